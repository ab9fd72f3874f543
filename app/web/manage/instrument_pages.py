"""Instruments: which there are, one to read and to print, two beside each other."""
from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import abort, render_template, request

from app import instruments as shipped
from app.extensions import db
from app.models import Event, Instrument
from app.queries import instruments as queries
from app.rules import changes as texts
from app.rules.changes import Change, Piece
from app.rules.instrument_changes import ADDED, ASPECTS, CHANGED, GONE, MOVED, RENAMED, SAME, compare
from app.rules.instrument_check import check
from app.rules.instrument_words import Facts, row_of, rules_of
from app.rules.scoring import HIGHEST
from app.rules.years import in_years, period_name
from app.web.gate import must
from app.web.manage import instruments

IN_HEAD = ("Kode", "Nama", "Variabel", "Bobot", "Wajib", "Definisi")  # stands in a row's heading


class Known(NamedTuple):
    """An instrument to be read: one of the database, or one that is shipped incomplete, only to compare with."""
    data: Mapping[str, Any]
    row: Instrument | None = None

    @property
    def code(self) -> str:
        return self.data["id"]

    @property
    def is_draft(self) -> bool:
        return self.row is not None and self.row.published_at is None

    def count(self, aspect: str) -> int:
        return sum(one["aspect"] == aspect for one in self.data["indicators"])


class Reading(NamedTuple):
    """A row as it is read: the facts beside its heading, with calendar years."""
    data: Mapping[str, Any]
    facts: Facts
    faults: int


@instruments.get("/")
def index():
    must("instrument.view")
    used: dict[int, list[tuple[int, str]]] = {}
    for instrument_id, period_id, *named in db.session.execute(queries.used_by()):
        used.setdefault(instrument_id, []).append((period_id, period_name(*named)))
    return render_template("manage/instruments/index.html", known=all_known(), used=used)


@instruments.get("/<instrumen>")
def show(instrumen):
    known = get_known(instrumen)
    faults = check(known.data) if known.is_draft else []
    return render_template("manage/instruments/show.html", known=known, aspects=aspects(known, faults), rules=rules_beside(known), faults=faults,
                           events=history(known), used=periods_of(known), base=base_of(known))


@instruments.get("/<instrumen>/cetak", endpoint="print")
def print_page(instrumen):
    known = get_known(instrumen)
    return render_template("manage/instruments/print.html", known=known, aspects=aspects(known, []), rules=rules_beside(known))


@instruments.get("/banding", endpoint="compare")
def compare_two():
    must("instrument.view")
    known = all_known()
    after = next((one for one in known if one.code == request.args.get("ke")), known[0] if known else None)
    older = next((one for one in known if after and one.data["year"] < after.data["year"]), None)
    before = next((one for one in known if one.code == request.args.get("dari")), older)
    found = compare(before.data, after.data) if before and after else None
    return render_template("manage/instruments/compare.html", known=known, before=before, after=after, found=found, marked=marked, kinds=(
        (ADDED, "Baru"), (GONE, "Hilang"), (MOVED, "Kode berubah"), (RENAMED, "Berganti nama"), (CHANGED, "Berubah"), (SAME, "Sama")))


def all_known() -> list[Known]:
    """The newest year first; what is shipped incomplete stands among them."""
    known = [Known(row.source, row) for row in db.session.scalars(queries.newest_first())]
    codes = {one.code for one in known}
    known += [Known(data) for code in shipped.codes() if code not in codes and not (data := shipped.load(code))["complete"]]
    return sorted(known, key=lambda one: (-one.data["year"], -(one.row.id if one.row else 0)))


def get_known(code: str) -> Known:
    must("instrument.view")
    row = db.session.scalar(queries.coded(code))
    if row is None and code in shipped.codes():
        return Known(shipped.load(code))
    return Known(row.source, row) if row else abort(404)


def base_of(known: Known) -> Known | None:
    """What it is best compared with: the year before, as far as it is known."""
    return next((one for one in all_known() if one.data["year"] < known.data["year"]), None)


def history(known: Known) -> list[Event]:
    return db.session.scalars(queries.history(known.row)).all() if known.row else []


def periods_of(known: Known) -> list[tuple[int, str]]:
    return [(id, period_name(*named)) for row, id, *named in db.session.execute(queries.used_by()) if known.row and row == known.row.id]


def rules_beside(known: Known) -> Facts:
    """Beside the title, which is the heading."""
    return {label: words for label, words in rules_of(known.data).items() if label != "Judul"}


def aspects(known: Known, faults: list) -> list[tuple[str, str, str, list[tuple[str, list[Reading]]]]]:
    """Aspect, what it is called, its highest points, and its rows by variable, in the order of the file."""
    found = []
    for aspect, name in ASPECTS.items():
        rows = [row for row in known.data["indicators"] if row["aspect"] == aspect]
        groups: dict[str, list[Reading]] = {}
        for row in rows:
            facts = {label: words and in_years(words, known.data["year"]) for label, words in row_of(row).items() if label not in IN_HEAD}
            groups.setdefault(row["variable"] or "", []).append(Reading(row, facts, sum(fault.row == row["code"] for fault in faults)))
        found.append((aspect, name, sum(row["weight"] or 0 for row in rows) * HIGHEST, list(groups.items())))
    return found


def marked(change: Change) -> list[Piece]:
    """Word by word; two texts with little in common as they are, one after the other."""
    pieces = texts.words(change.before, change.after)
    kept = sum(len(piece.text) for piece in pieces if piece.kind == texts.KEPT)
    if 2 * kept < min(len(change.before), len(change.after)):
        pieces = [Piece(texts.OUT, f"{change.before} "), Piece(texts.IN, change.after)]
    return pieces
