"""A year in the text of a document.

A year is found where it stands for itself: "Tahun Anggaran 2025", "12 Februari 2025", "12-02-2025", "2025", both ends of "2024-2026". Digits
within others (12025) are nothing, nor is a quantity ("2025 orang", "Rp 2025") or a telephone number.

Uncertain, because it says when something else was made or only when the number was given: a year in a number or a code (188/45/2025,
DPA/A.1/2025) and in the name of a law ("Undang-Undang Nomor 23 Tahun 2014"), the document's own or another's. A decree of 2025 also says
"pada tanggal … 2025"; one that says 2025 in its number alone may well be about another year. Uncertain too is a year that only lies within
a range of years ("2024-2026" for 2025).
"""
import re
from collections.abc import Iterator

from app.rules.hints.folding import Folded, unbroken
from app.rules.hints.hit import Hit, Verdict

NEAR = 48  # letters on either side that decide what an occurrence is
LONGEST = 10  # years a plan may span

MONTHS = (r"(?:jan(?:uari)?|feb(?:ruari)?|peb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agu?s?t?(?:us)?|sept?(?:ember)?|okt(?:ober)?|"
          r"no[vp](?:ember)?|des(?:ember)?)")
SAYS_YEAR = re.compile(rf"\b(?:tahun|thn|th|t\.? ?a|anggaran|ajaran|pelajaran|periode|{MONTHS})[ \n\t.:,/'-]*\Z")
OF_LAW = re.compile(r"\b(?:nomor|nomer|no|nr|uu|pp|undang-undang|perpres|inpres|keppres|per(?:da|bup|wali|wal|gub|des|men\w*)|"
                    r"kep(?:bup|wali|gub|men\w*))[ \n.:]*\S*\d\S*[ \n]+(?:tahun|thn|th)[ \n.]*\Z")
NUMBERED = re.compile(r"\b(?:nomor|nomer|no|nr)[ \n.:]*\Z")
ALONE = r"(?<![0-9/.\-])"  # the first sign of a date or a range: nothing is joined to it from before
DATE_BEFORE = re.compile(rf"{ALONE}(?<![0-9][/.\-][ \n])(?:0?[1-9]|[12][0-9]|3[01])[ ]?([/.\-])\s?(?:0?[1-9]|1[0-2]|{MONTHS})[ ]?\1\s?\Z")
DATE_BEHIND = re.compile(r"-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9])")
RANGE_BEFORE = re.compile(rf"{ALONE}(?<![/.\-][ \n])(?:19|20)[0-9]{{2}}[ \n]?[/\-,][ \n]?\Z")
RANGE_BEHIND = re.compile(r"[ \n]?[/\-,][ \n]?(?:19|20)[0-9]{2}(?![0-9]|[/.\-]\w|[ \n]*/)")
JOINED_BEFORE = re.compile(r"(?:\w[/.\-_]|\w[ \n]*/[ \n]*|[0-9][,:])\Z")
JOINED_BEHIND = re.compile(r"[/\-_.]\w|[ \n]*/[ \n]*\w")
COUNTED_BEFORE = re.compile(r"(?:\brp\.?|\b(?:hlm|telp|faks?|hp|wa)\.?|\b(?:halaman|pasal|kode|kode pos|telepon)|\(0[0-9]{2,3}\))[ \n]*\Z")
COUNTED_BEHIND = re.compile(r"%|,[0-9]|[ \n]+(?:orang|buah|lembar|unit(?! kerja)|paket|eksemplar|kk|jiwa|warga|peserta|kali|ha|km|meter|m2|kg|ton|"
                            r"liter|rupiah|persen|siswa|pasien)\b")
TO = r"(?:[ \n]?[/\-][ \n]?|[ \n]+(?:s/d|s\.d\.?|sd|sampai(?: dengan)?|hingga)[ \n]+(?:tahun[ \n]+)?)"
RANGE = re.compile(rf"{ALONE}(?<![/.\-][ \n])((?:19|20)[0-9]{{2}}){TO}((?:19|20)[0-9]{{2}})(?![0-9]|[/.\-][0-9])")


class Year:
    kind = "tahun"

    def __init__(self, year: int):
        self.year, self.what = year, str(year)

    def hits(self, text: Folded) -> Iterator[Hit]:
        for found in text.years:
            start, end = found.span()
            before, behind = text.lower[max(0, start - NEAR):start], text.lower[end:end + NEAR]
            if found[0] == self.what and not before[-1:].isdigit() and not behind[:1].isdigit():
                yield Hit(start, end, _verdict(unbroken(before), behind))
            elif int(found[0]) < self.year and (to := RANGE.match(text.lower, start)) and self.year < int(to[2]) <= int(to[1]) + LONGEST:
                yield Hit(start, to.end(), Verdict.UNCERTAIN)


def _verdict(before: str, behind: str) -> Verdict:
    """What four digits are, by what stands around them."""
    says_year = SAYS_YEAR.search(before)
    if behind[:1].isalpha() or before[-1:].isalpha() and not says_year:
        return Verdict.NOTHING
    if OF_LAW.search(before) or NUMBERED.search(before):
        return Verdict.DENIED
    dated_before = says_year or RANGE_BEFORE.search(before) or DATE_BEFORE.search(before)
    dated_behind = RANGE_BEHIND.match(behind) or DATE_BEHIND.match(behind)
    if JOINED_BEFORE.search(before) and not dated_before or JOINED_BEHIND.match(behind) and not dated_behind:
        return Verdict.DENIED
    if not (dated_before or dated_behind) and (COUNTED_BEFORE.search(before) or COUNTED_BEHIND.match(behind)):
        return Verdict.NOTHING
    return Verdict.CERTAIN
