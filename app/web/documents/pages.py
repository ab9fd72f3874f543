"""The library and one document of it."""
from collections import defaultdict
from itertools import groupby
from operator import attrgetter

from flask import render_template, request, url_for

from app.extensions import db
from app.models import Document, Exhibit
from app.queries import documents
from app.queries.documents import DocumentFilter
from app.rules.access import READS_ALL, UNIT_ROLES, Role
from app.rules.years import period_name
from app.web.documents import bp
from app.web.gate import get_document, me, must
from app.web.hints import of_document
from app.web.listing import page_of
from app.web.season import instrument_now
from app.web.sorting import Sorting
from app.web.twins import flags


@bp.get("/")
def index():
    must("document.list")
    chosen, year = DocumentFilter.read(request.args), instrument_now().year
    page = page_of(chosen.ordered(chosen.narrow(documents.rows(me()))), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)))
    ids = [row.id for row in page.items]
    return render_template(
        "documents/index.html", page=page, chosen=chosen, sort=Sorting(".index", chosen), proves=proves(ids), regional=regional(ids),
        counts=db.session.execute(documents.counts(me(), chosen)).one(), units=db.session.execute(documents.units(me())).all(),
        own=[] if me().has_role(*READS_ALL) else me().units(*UNIT_ROLES), years=range(year, year - 5, -1), may_add=me().has_role(Role.OPERATOR))


def proves(ids: list[int]) -> dict[int, list]:
    """Per document: (proposal, name of the innovation, period, codes of the rows), newest period first."""
    found = defaultdict(list)
    for row in db.session.execute(documents.proved_by(ids)):
        found[row.document_id].append(row)
    return {id: [(entry, *_heading(group)) for entry, group in groupby(rows, attrgetter("entry_id"))] for id, rows in found.items()}


def regional(ids: list[int]) -> dict[int, list[tuple[int, list[str]]]]:
    """Per document: (year, codes of the regional rows it proves), newest first."""
    found: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in db.session.execute(documents.region_proved_by(ids)):
        found[row.document_id][row.year].append(row.code)
    return {id: list(by_year.items()) for id, by_year in found.items()}


def _heading(group) -> tuple[str, str, list[str]]:
    rows = list(group)
    return rows[0].name, period_name(rows[0].year, rows[0].is_training), [row.code for row in rows]


@bp.get("/<int:id>")
def show(id):
    document = get_document(id)
    page = request.args.get("hlm", 1, type=int)
    events = db.session.scalars(documents.history(document)).all()
    exhibit = opened_from(document)
    version, hints = of_document(document, exhibit)
    return render_template("documents/show.html", document=document, exhibit=exhibit, version=version, page=page, events=events,
                           exhibits=in_order(document), regional=regional_in_order(document), hints=hints,
                           twin=flags(document.unit_id, [version]).get(version.id))


def opened_from(document: Document) -> Exhibit | None:
    """The row somebody came from, whose version and innovation are meant; `?lampiran=` is an exhibit of this document."""
    chosen = request.args.get("lampiran", type=int)
    return next((exhibit for exhibit in document.exhibits if exhibit.id == chosen), None)


def in_order(document: Document) -> list:
    """Newest period first, then by innovation and by the instrument's order of rows."""
    return sorted(document.exhibits, key=lambda e: (-e.answer.entry.period.year, e.answer.entry.innovation.name, e.answer.indicator.position))


def regional_in_order(document: Document) -> list:
    """The regional rows it proves, newest period first."""
    return sorted(document.region_exhibits, key=lambda e: (-e.row.period.year, e.row.position))
