"""What the regional indicators ask for and how far they are, in words and figures."""
import re
from decimal import Decimal
from typing import NamedTuple

from flask import url_for

from app.models import Period, RegionExhibit, RegionRow
from app.queries.region import Line
from app.rules.scoring import HIGHEST, row_score
from app.rules.words import listed
from app.rules.years import in_years
from app.web.gate import can, me
from app.web.proofs import uploadable


class Option(NamedTuple):
    """A level; `closed` is why a verdict may not say it, in words, and empty where it may."""
    level: int
    label: str
    points: Decimal
    closed: str = ""


class Step(NamedTuple):
    """What this person may do next: the button's words, where it leads, and how many rows wait for the same."""
    label: str
    url: str
    rows: int


def options(row: RegionRow) -> list[Option]:
    return [Option(level.level, dated(row, level.label), row_score(row.indicator.weight, level.level)) for level in row.indicator.levels]


def verdict_options(row: RegionRow) -> list[Option]:
    claimed = row.claimed_level or 0
    labels = {0: "Tidak ada bukti yang sah", **{level.level: dated(row, level.label) for level in row.indicator.levels}}
    closed = {level: "di atas klaim" if level > claimed else "tanpa bukti" if level and not row.exhibits else "" for level in labels}
    return [Option(level, labels[level], row_score(row.indicator.weight, level), closed[level]) for level in range(HIGHEST + 1)]


def dated(row: RegionRow, text: str | None) -> str:
    """Relative years (T-1) as calendar years."""
    return in_years(text or "", row.indicator.year)


def documents(row: RegionRow) -> list[str]:
    return [dated(row, text) for text in row.indicator.evidence.get("documents") or ()]


def rules(row: RegionRow) -> list[str]:
    scales = row.indicator.evidence.get("documents_scale_with_level")
    return ([dated(row, rule) for rule in row.indicator.evidence.get("rules") or ()]
            + (["Makin tinggi levelnya, makin banyak dokumennya: lampirkan semua yang diklaim"] if scales else []))


def kinds_line(row: RegionRow) -> str:
    """`PDF, JPG, atau PNG`."""
    return listed([kind.upper() for kind in uploadable(row) if kind != "jpeg"], "atau")


def said_of_evidence(row: RegionRow) -> str:
    """How far the evidence at hand carries the claim, as a sentence."""
    supported, claimed = row.supported_level, row.claimed_level or 0
    if not row.exhibits:
        return f"Belum ada bukti, jadi baris ini bernilai 0 meskipun diklaim level {claimed}." if claimed else ""
    if not claimed:
        return "Bukti sudah ada. Pilih levelnya di atas, lalu simpan."
    return f"Berkas yang ada mendukung level {claimed} yang diklaim." if supported >= claimed else (
        f"Berkas yang ada mendukung level {supported}; untuk level {claimed}: {row.lacks}.")


def filled(period: Period) -> int:
    return sum(1 for row in period.region_rows if row.claimed_level)


def verified(period: Period) -> int:
    return sum(1 for row in period.region_rows if row.claimed_level and row.proven_level is not None)


def is_waiting(row: RegionRow) -> bool:
    """Claimed, with evidence, and not judged."""
    return bool(row.claimed_level and row.exhibits) and row.proven_level is None


def may_judge(row: RegionRow) -> bool:
    """This person, this row, now."""
    return bool(can("region.judge") and row.claimed_level and not row.period.why_region_is_closed and not row.why_not_judged_by(me()))


def steps(lines: list[Line], period: Period) -> list[Step]:
    """The most useful first; nothing for those who only read and while it is locked."""
    if period.why_region_is_closed or not can("region.fill"):
        return []
    groups = [("Lengkapi bukti baris", [one.row for one in lines if one.kind == "short"]),
              ("Isi baris", [one.row for one in lines if one.kind == "empty"]),
              ("Periksa baris", [one.row for one in lines if is_waiting(one.row) and may_judge(one.row)])]
    return [Step(f"{words} {rows[0].code}", address(rows[0]), len(rows)) for words, rows in groups if rows]


def address(row: RegionRow, endpoint: str = "region.row", **more) -> str:
    return url_for(endpoint, tahun=row.period.year, kode=row.code, **more)


class Neighbours(NamedTuple):
    before: RegionRow | None
    after: RegionRow | None


def neighbours(row: RegionRow) -> Neighbours:
    rows = row.period.region_rows
    here = rows.index(row)
    return Neighbours(rows[here - 1] if here else None, rows[here + 1] if here + 1 < len(rows) else None)


def next_to_judge(row: RegionRow) -> RegionRow | None:
    """The next row, round about, that waits for this person's verdict."""
    rows = row.period.region_rows
    here = rows.index(row)
    return next((other for other in rows[here + 1:] + rows[:here] if is_waiting(other) and may_judge(other)), None)


def first_page(exhibit: RegionExhibit | None) -> int:
    """Where the office says the proof is: "3–4" opens page 3."""
    found = re.search(r"\d{1,5}", exhibit.pages) if exhibit else None
    return int(found.group()) if found else 1
