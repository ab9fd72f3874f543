"""The words beside a name in a text: do they belong to it?

A name ends where its writing does. In "JEMPUT GIZI di desa" small letters end it; in "JEMPUT GIZI PLUS" nothing does, and the whole may be
another name. In a heading, all in capitals, only the words tell: some lead to a name, some begin an office's name or go on with the sentence.
"""
import re
from typing import NamedTuple

from app.rules.hints.folding import unbroken, vocabulary

LEADS = vocabulary("""
    inovasi program kegiatan aplikasi bernama berjudul nama tim pelaksana pelaksanaan pengelola pengelolaan penyelenggara penyelenggaraan penerapan
    pengembangan penetapan peluncuran penciptaan pendukung dukungan tentang terhadap mengenai melalui laporan monitoring evaluasi sosialisasi
    pelatihan bimtek teknis pedoman manual sop prosedur replikasi belanja operasional menetapkan melaksanakan menerapkan mengembangkan
    menyelenggarakan mendukung implementasi yaitu yakni berupa manfaat dampak kajian""")
SERVICE, OF_SERVICE = "pelayanan", vocabulary("standar prosedur sop teknis")  # SOP PELAYANAN before it; PELAYANAN alone may begin a name
OFFICES = vocabulary("""
    dinas badan sekretariat setda dprd inspektorat satpol rsud rsu uptd upt sdn smpn sman smkn pemerintah pemkab pemkot pemda bupati walikota
    gubernur camat lurah perumda pdam bpbd bkpsdm bkd bkpp bkad bpkad bpkpd bapenda bappeda bappelitbang bappelitbangda brida kesbangpol
    bakesbangpol dpmptsp diskominfo disdukcapil dukcapil dinkes dinsos disdik dispendik disperindag dispora dispar dlh dpupr dpu dpmd dishub
    disnaker distan dpkp""")
PLACES = vocabulary("kecamatan kelurahan kabupaten kota provinsi desa puskesmas bagian lingkungan wilayah kepala wali")
GOES_ON = vocabulary("""
    tahun ta periode tanggal nomor oleh sebagai yang adalah merupakan telah sudah akan dapat tidak agar guna karena secara sampai dilaksanakan
    dilakukan diterapkan berjalan bertempat berbasis memutuskan menimbang mengingat ditetapkan lampiran terdiri meliputi sebagaimana ini itu
    tersebut bertujuan melibatkan dibebankan menggunakan selama sejak antara""")
LINKS = vocabulary("di ke dari pada untuk dan atau serta dengan dalam bagi")
LONGER = re.compile(r"(?:plus|pro|lite|mini|max|ultra|premium|next|reborn|jilid|versi|edisi|seri|generasi|junior|v\.?\d\S*|i{2,3}|iv|vi{0,3}|"
                    r"\d+\.0|[2-9])")

MONEY = re.compile(r"[Rr]p\.?\d")
WORD = r"[A-Za-z0-9_](?:[\w.'/-]*\w)?"
BEFORE = re.compile(rf"(?:({WORD})[ \n]+)?({WORD})[ \n]+\Z")
BEHIND = re.compile(rf"([ \n]+)({WORD})(?:[ \n]+({WORD}))?")
GROWN_BEFORE = re.compile(r"[A-Za-z0-9_]-\Z|[@_]\Z|\w\.\Z")  # pre-NAME, account@NAME, www.NAME
GROWN_BEHIND = re.compile(r"-(?:[\w\n\t]|\Z)|[@_]|[.!)]\w")
BROKEN_OFF = re.compile(r"([A-Za-z0-9_]+)-[\n\t]\Z")  # half a word, or the end of another column's line


class Writing(NamedTuple):
    """How a name is written: all in capitals, or with a capital at each word, or neither."""
    is_capitals: bool
    has_initials: bool

    @classmethod
    def of(cls, text: str) -> "Writing":
        words = re.findall(r"[A-Za-z0-9_]+", text.replace("-\n", ""))
        return cls(not any(sign.islower() for sign in text), not any(word[0].islower() for word in words))

    def is_like(self, word: str | None) -> bool:
        """Whether a word beside the name is written like it."""
        letters = [sign for sign in word or "" if sign.isalpha()]
        if MONEY.match(word or ""):
            return False
        if self.is_capitals:
            return len(word or "") > 1 and bool(letters) and all(sign.isupper() for sign in letters)
        return bool(letters) and letters[0].isupper() == self.has_initials


def belong_together(before: str, name: str, behind: str) -> bool:
    """Whether the text around a name may be part of a longer one."""
    writing, broken_off = Writing.of(name), BROKEN_OFF.search(before)
    if GROWN_BEFORE.search(before) or GROWN_BEHIND.match(behind) or broken_off and writing.is_like(f"{broken_off[1]}-"):
        return True
    before, behind = (unbroken(text).replace("&", "DAN") for text in (before, behind))
    left, right = BEFORE.search(before), BEHIND.match(behind)
    return bool(left and _leads_in(writing, left[2], left[1]) or right and _leads_on(writing, right[2], right[3], "\n" in right[1]))


def _leads_in(writing: Writing, word: str, further: str | None) -> bool:
    if _bare(word) in LEADS or _bare(word) == SERVICE and _bare(further) in OF_SERVICE:
        return False
    if _bare(word) in LINKS and not writing.is_capitals:
        return writing.is_like(further) and _bare(further) not in LEADS
    return writing.is_like(word)


def _leads_on(writing: Writing, word: str, further: str | None, on_next_line: bool) -> bool:
    if LONGER.fullmatch(word.lower()):
        return not (on_next_line and word.isdigit())  # there it is the next row's number
    if _bare(word) in OFFICES | GOES_ON:
        return False
    if _bare(word) in LINKS and not (writing.is_capitals and not writing.is_like(word)):
        return _bare(further) not in OFFICES | PLACES and writing.is_like(further or word)
    if _bare(word) in PLACES and writing.is_like(further):
        return _bare(further) in PLACES
    return writing.is_like(word)


def _bare(word: str | None) -> str:
    return re.sub(r"[^a-z]", "", (word or "").lower())
