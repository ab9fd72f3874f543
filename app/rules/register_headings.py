"""The columns of a register of innovations, and which of them the headings of any office's sheet mean. Knows no database."""
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple

from app.rules.intake import FORMULA
from app.rules.tables import Line, key, tidy

(NAME, UNIT, STAGE, INITIATOR, INITIATOR_NAME, CLASSIFICATION, KIND, FORM, MAIN_AFFAIR, TOUCHING, TRIAL, APPLIED, DEVELOPED, DESIGN, PURPOSE, BENEFIT,
 RESULT, COORDINATES, LATITUDE, LONGITUDE, SUMMARY, TAGS, YEARS, NUMBER, MATURITY) = COLUMNS = (
    "Nama inovasi", "Perangkat daerah", "Tahapan", "Inisiator", "Nama inisiator", "Klasifikasi", "Jenis", "Bentuk", "Urusan utama", "Urusan lain",
    "Tanggal uji coba", "Tanggal penerapan", "Tanggal pengembangan", "Rancang bangun", "Tujuan", "Manfaat", "Hasil", "Koordinat", "Lintang", "Bujur",
    "Ringkasan", "Kata kunci", "Tahun dilaporkan", "Nomor registrasi", "Kematangan")
REQUIRED = (NAME, UNIT)
ALSO = {  # other headings that mean the same, as `folded` leaves them
    NAME: "inovasi, judul inovasi, judul, nama inovasi daerah, judul inovasi daerah, nama program inovasi, nama",
    UNIT: "nama perangkat daerah, perangkat daerah pengusul, dinas, instansi, unit kerja, nama instansi, unit, pengusul, organisasi perangkat daerah",
    STAGE: "tahap, tahapan inovasi, tahap inovasi, status inovasi", INITIATOR: "inisiator inovasi, inisiator inovasi daerah, pemrakarsa",
    INITIATOR_NAME: "nama inovator, inovator, nama pemrakarsa, nama inisiator inovasi",
    CLASSIFICATION: "klasifikasi inovasi, klasifikasi pengusul", KIND: "jenis inovasi, digital nondigital, digital non digital, jenis inovasi daerah",
    FORM: "bentuk inovasi, bentuk inovasi daerah", MAIN_AFFAIR: "urusan, urusan pemerintahan, urusan inovasi, bidang urusan, urusan inovasi daerah, "
    "urusan pemerintahan utama", TOUCHING: "urusan bersinggungan, urusan yang bersinggungan, urusan pendukung, urusan lainnya, urusan tambahan",
    TRIAL: "uji coba, tanggal ujicoba, waktu uji coba, waktu uji coba inovasi daerah, mulai uji coba, tanggal uji coba inovasi",
    APPLIED: "tanggal implementasi, waktu penerapan, waktu implementasi, tanggal diterapkan, waktu inovasi daerah diterapkan, "
    "waktu penerapan inovasi daerah, mulai diterapkan, implementasi, diterapkan, penerapan inovasi",
    DEVELOPED: "tanggal pengembangan terakhir, pengembangan terakhir, waktu pengembangan, tanggal dikembangkan, pengembangan",
    DESIGN: "rancang bangun inovasi, rancang bangun dan pokok perubahan, rancang bangun dan pokok perubahan yang dilakukan, rancangbangun, "
    "deskripsi, uraian inovasi", PURPOSE: "tujuan inovasi, tujuan inovasi daerah",
    BENEFIT: "manfaat inovasi, manfaat yang diperoleh, manfaat inovasi daerah",
    RESULT: "hasil inovasi, hasil inovasi daerah, hasil yang dicapai", COORDINATES: "titik koordinat, koordinat lokasi, lokasi koordinat, lat long",
    LATITUDE: "latitude, lat, garis lintang, koordinat lintang", LONGITUDE: "longitude, long, lon, garis bujur, koordinat bujur",
    SUMMARY: "ringkasan inovasi, deskripsi singkat, abstrak, uraian singkat, gambaran singkat", TAGS: "kata kunci inovasi, tag, tagar, keyword",
    YEARS: "tahun, tahun lapor, tahun pelaporan, tahun penilaian, tahun dilapor, dilaporkan tahun, tahun lomba, tahun iid",
    NUMBER: "nomor register, nomor registrasi iid, kode registrasi, id inovasi, registrasi, nomor registrasi kemendagri",
    MATURITY: "skor kematangan, nilai kematangan, skor, kematangan inovasi, tingkat kematangan, skor inovasi"}
SHORT = {"tgl": "tanggal", "opd": "perangkat daerah", "skpd": "perangkat daerah", "pd": "perangkat daerah", "no": "nomor", "thn": "tahun"}
WITHIN = 15             # rows among which the headings are looked for
LONGEST_HEADING = 80
NEAR = 0.84             # how alike a heading must be; “Pilihan Tahapan” is another thing than “Tahapan”
LEAST = 2               # headings a row must have to be theirs
NUMBERED = re.compile(r"\(?\d{1,2}[).]?\Z")


class Table(NamedTuple):
    """A sheet with its headings at row `at` (counted from 0): `headings` by the place of their column, columns with content but without one as ""."""
    rows: Sequence[Sequence[Any]]
    at: int
    headings: Mapping[int, str]

    def samples(self, place: int, most: int = 3) -> list[str]:
        """What stands below a heading, in short."""
        values = (said(row[place]) for row in self.rows[self.at + 1:] if place < len(row) and row[place] is not None)
        return list(dict.fromkeys(value[:60] for _, value in zip(range(50), values, strict=False)))[:most]

    def lines(self, columns: Mapping[str, int]) -> list[Line]:
        """The rows that say anything in the chosen columns, by our names for them."""
        found = [Line(place, {column: row[at] for column, at in columns.items() if at < len(row) and row[at] is not None})
                 for place, row in enumerate(self.rows[self.at + 1:], self.at + 2)]
        return [line for line in found if line.cells and not _is_numbering(line)]


def table_in(rows: Sequence[Sequence[Any]]) -> Table | None:
    """By the one of its first rows that means most of our columns; None when none does."""
    meant = [len({found[0] for value in row if (found := _meaning(value))}) for row in rows[:WITHIN]]
    if not meant or max(meant) < LEAST:
        return None
    at = meant.index(max(meant))
    width = max(len(row) for row in rows)
    filled = [place for place in range(width) if any(place < len(row) and row[place] is not None for row in rows[at:])]
    return Table(rows, at, {place: said(rows[at][place])[:LONGEST_HEADING] if place < len(rows[at]) else "" for place in filled})


def guess(table: Table) -> dict[str, int]:
    """Which column of the sheet is which of ours: the surest first, each once."""
    found = [(-meant[1], place, meant[0]) for place, heading in table.headings.items() if (meant := _meaning(heading))]
    taken: dict[str, int] = {}
    for _, place, column in sorted(found):
        taken.setdefault(column, place)
    return taken


def is_ours(table: Table) -> bool:
    """Has exactly the headings of the template."""
    return {key(heading) for heading in table.headings.values()} == {key(column) for column in COLUMNS}


def folded(heading: str) -> str:
    """Without what stands in brackets, signs and capitals; short words as long ones."""
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"\([^)]*\)", " ", key(heading))).split()
    return " ".join(SHORT.get(word, word) for word in words)


def letter(place: int) -> str:
    """A column as the program names it: A, Z, AA."""
    return ("" if place < 26 else letter(place // 26 - 1)) + chr(ord("A") + place % 26)


def _meaning(value: Any) -> tuple[str, float] | None:
    """The column a heading means, and how sure that is."""
    return _meant(folded(value)) if isinstance(value, str) and len(value) <= LONGEST_HEADING else None


@lru_cache(2048)  # the same headings on every page of a report
def _meant(heading: str) -> tuple[str, float] | None:
    if column := KNOWN.get(heading):
        return column, 1.0
    near = get_close_matches(heading, KNOWN, n=1, cutoff=NEAR) if len(heading) > 3 else []
    return (KNOWN[near[0]], NEAR) if near else None


def said(value: Any) -> str:
    """A cell on one line."""
    return "rumus" if value is FORMULA else f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else tidy(value)


def _is_numbering(line: Line) -> bool:
    """The row of (1) (2) (3) that stands below many an office's headings."""
    return len(line.cells) > 1 and all(NUMBERED.match(tidy(value)) for value in line.cells.values())


KNOWN = {folded(said): column for column in COLUMNS for said in (column, *ALSO[column].split(", "))}
