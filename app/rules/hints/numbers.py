"""The number of a document in its text.

A number is found where it stands whole: 188/12/2025 is neither in 188/123/2025 nor in 188/12/2025/BUP, nor in 1188/12/2025. Blanks and line
breaks around its signs do not matter ("188.45 / 123 / 2025"), nor capitals, nor a leading "Nomor"; the signs themselves and all digits do.
A part of a longer number, or the same one with other zeros in front, is uncertain. A bare number ("12") is looked for behind "Nomor" only.

"Nomor 19 Tahun 2022" is the number of many laws. With its kind ("Peraturan Bupati Nomor 19 Tahun 2022") it is found where that kind stands
before it, whatever place names come between; another kind is another number. Without a kind it is certain in a heading, uncertain where a law
is quoted ("… Nomor 19 Tahun 2022 tentang …").
"""
import re
from collections.abc import Iterator

from app.rules.hints.folding import Folded, dense, unbroken
from app.rules.hints.hit import Hit, Verdict

NEAR = 120  # letters on either side that decide what an occurrence is

PREFIX = re.compile(r"^\W*(?:nomor|nomer|no|nr)\b[\s.:]*")
ANNOUNCED = re.compile(r"\b(?:nomor|nomer|no|nr)[ \n\t.:]*\Z")
GROWN_BEFORE = re.compile(r"(?:[a-z0-9_][/.\-_]|[a-z0-9_]\s*/\s*|-\n)\Z")
GROWN_BEHIND = re.compile(r"[.\-_/]\w|-\n\w|\s*/\s*\w")

LAW = re.compile(r"^(?P<kind>\D*?)\b(?:(?:nomor|nomer|no)\b[\s.:]*)?(?P<number>\d+[a-z]?)\s+tahun\s+(?P<year>\d{4})\W*$")
QUOTED = re.compile(r"[ \n]+tentang\b")  # in small letters: a heading has TENTANG
SHORT = {
    "perbup": "peraturan bupati", "perwali": "peraturan wali kota", "perwal": "peraturan wali kota", "pergub": "peraturan gubernur",
    "perda": "peraturan daerah", "perdes": "peraturan desa", "perkada": "peraturan kepala daerah", "permendagri": "peraturan menteri",
    "perpres": "peraturan presiden", "pp": "peraturan pemerintah", "uu": "undang-undang", "kepbup": "keputusan bupati",
    "kepwali": "keputusan wali kota", "surat keputusan": "keputusan", "sk": "keputusan", "inpres": "instruksi presiden", "walikota": "wali kota",
}
SHORTENED = re.compile(rf"\b(?:{'|'.join(sorted(SHORT, key=len, reverse=True))})\b")
KINDS = re.compile(r"\b(?:undang-undang|(?:peraturan|keputusan|instruksi|surat edaran)(?: (?:pemerintah|presiden|menteri|gubernur|bupati|wali kota|"
                   r"kepala daerah|kepala dinas|kepala badan|kepala|daerah|desa|sekretaris daerah|direktur|camat|lurah))?)\b")


class Number:
    kind = "nomor"

    def __init__(self, number: str):
        self.what = " ".join(number.split())
        lower = re.sub(r"\s*([^\w\s])\s*", r"\1", PREFIX.sub("", Folded(self.what).lower)).strip(" .,:;-/")
        parts = re.findall(r"[0-9]+|[a-z_]+|\s+|[^\w\s]", lower)
        self.digits, self.dense = _digits(lower), dense(lower)
        self.is_bare = len(parts) == 1
        self.pattern = re.compile("".join([*parts[:1], *map(_part, parts[1:])]))

    def hits(self, text: Folded) -> Iterator[Hit]:
        if self.dense in text.dense:
            for found in self.pattern.finditer(text.lower):
                before, behind = unbroken(text.lower[max(0, found.start() - NEAR):found.start()]), text.lower[found.end():found.end() + NEAR]
                announced = ANNOUNCED.search(before)
                if not (before[-1:].isalnum() or behind[:1].isalnum() or self.is_bare and not announced):
                    is_whole = self._is_whole(found[0], before, behind, bool(announced))
                    yield Hit(*found.span(), Verdict.CERTAIN if is_whole else Verdict.DENIED)

    def _is_whole(self, written: str, before: str, behind: str, announced: bool) -> bool:
        grown = not announced and GROWN_BEFORE.search(before) or GROWN_BEHIND.match(behind) or self.is_bare and re.match(r"\s+tahun\b", behind)
        return not grown and _digits(written) == self.digits


class LawNumber:
    kind = "nomor"

    def __init__(self, number: str, law: re.Match[str]):
        self.what, self.number, self.year = " ".join(number.split()), law["number"], law["year"]
        self.law, self.dense = _kind(law["kind"]), f"{self.number}tahun{self.year}"
        self.pattern = re.compile(rf"\b(?:nomor|nomer|no)\b[ \n\t.:]*(0*{self.number})[ \n]+tahun[ \n]+{self.year}(?![0-9])")

    def hits(self, text: Folded) -> Iterator[Hit]:
        if self.dense in text.dense:
            for found in self.pattern.finditer(text.lower):
                stated, quoted = _kind(unbroken(text.lower[max(0, found.start() - NEAR):found.start()])), bool(QUOTED.match(text.plain, found.end()))
                is_this_law = stated == self.law if self.law and stated else not quoted
                yield Hit(*found.span(), Verdict.CERTAIN if is_this_law and found[1] == self.number else Verdict.DENIED)


def number_of(number: str) -> Number | LawNumber | None:
    """What to look for; None when no digit is in it ("tanpa nomor", "-")."""
    law = LAW.match(Folded(number).lower)
    if law:
        return LawNumber(number, law)
    return Number(number) if re.search(r"\d", Folded(number).plain) else None


def _part(part: str) -> str:
    if part.isdigit():
        return rf"0*{part.lstrip('0')}(?![0-9])"
    if part.isspace():
        return r"[ \n]+"
    return part if part.isalpha() else rf"\s*{re.escape(part)}\s*"  # justified to the width of a cell there can be wide gaps


def _kind(lower: str) -> str:
    """The kind of law some words name last; empty when they name none."""
    named = KINDS.findall(SHORTENED.sub(lambda found: SHORT[found[0]], re.sub(r"\s+", " ", lower)))
    return named[-1] if named else ""


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)
