"""The catalogue: found by words and filters, printed, and the page of one innovation."""
from flask import flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Innovation, Unit
from app.queries import catalogue
from app.queries.catalogue import CatalogueFilter
from app.rules import Refused, codelists
from app.rules.access import UNIT_ROLES, Role
from app.rules.history import years_of
from app.web.catalogue import bp
from app.web.catalogue.forms import InterestForm
from app.web.gate import can, get_interest, get_shown, me, must
from app.web.known import known
from app.web.listing import page_of

MOST_PRINTED = 500


@bp.get("/")
def index():
    must("catalogue.view")
    chosen = CatalogueFilter.read(request.args)
    return render_template("catalogue/index.html", chosen=chosen, **known(("catalogue", chosen), lambda: look(chosen)))


def look(chosen: CatalogueFilter) -> dict:
    """The same for everybody."""
    page = page_of(chosen.ordered(catalogue.rows()), chosen.page, lambda n: url_for("catalogue.index", **chosen.args(page=n)),
                   key=Innovation.id, bare=catalogue.bare(chosen))
    ids = [row.id for row in page.items]
    return {"page": page, "tags": grouped(catalogue.tags_of(ids)), "reported": grouped(catalogue.years_of(ids)), **offered()}


@bp.get("/cetak", endpoint="print")
def print_page():
    """All finds of the filter, as a list on paper."""
    must("catalogue.view")
    chosen = CatalogueFilter.read(request.args)
    page = page_of(chosen.ordered(catalogue.rows()), 1, lambda n: url_for(".index", **chosen.args(page=n)), size=MOST_PRINTED,
                   key=Innovation.id, bare=catalogue.bare(chosen))
    return render_template("catalogue/print.html", page=page, chosen=chosen, filtered=", ".join(filter(None, in_words(chosen))),
                           reported=grouped(catalogue.years_of([row.id for row in page.items])))


@bp.get("/<int:id>")
def show(id):
    return page_about(get_shown(id))


@bp.post("/<int:id>/minat")
def note_interest(id):
    innovation = get_shown(id, "interest.note")
    form = InterestForm(units_to_ask_for(innovation))
    if form.validate() and noted(innovation, form):
        flash(f"Minat dicatat. Operator dan kepala {innovation.unit.name} diberi tahu.")
        return redirect(url_for(".show", id=id), 303)
    return page_about(innovation, form)


@bp.post("/minat/<int:id>/akhiri")
def end_interest(id):
    interest = get_interest(id)
    interest.innovation.end_interest(me(), interest)
    db.session.commit()
    flash(f"Minat {interest.unit.name} ditarik. Catatannya tetap ada di riwayat.")
    return redirect(url_for(".show", id=interest.innovation_id) if interest.innovation.is_in_catalogue else url_for(".index"), 303)


def noted(innovation: Innovation, form: InterestForm) -> bool:
    """False when a rule refused; the page then says why."""
    units = units_to_ask_for(innovation)
    unit = next((unit for unit in units if "unit" not in form or unit.id == form.unit.data), None)
    try:
        if unit is None:
            raise Refused("Tidak ada perangkat daerah Anda yang dapat mencatat minat di sini.")
        innovation.note_interest(me(), unit, form.note.data or "")
    except Refused as reason:
        form.refuse(reason)
        return False
    db.session.commit()
    return True


def units_to_ask_for(innovation: Innovation) -> list[Unit]:
    """One's own that may note an interest and have not yet."""
    standing = {one.unit_id for one in innovation.interests if one.stands}
    return [unit for unit in me().units(*UNIT_ROLES) if unit.archived_at is None and unit is not innovation.unit and unit.id not in standing]


def page_about(innovation: Innovation, form: InterestForm | None = None):
    units = units_to_ask_for(innovation) if can("interest.note") else []
    return render_template(
        "catalogue/show.html", innovation=innovation, form=form or (InterestForm(units, formdata=None) if units else None), units=units,
        years=years_of(innovation, dict(db.session.execute(catalogue.begun(innovation)).all())), reads=can("innovation.view", innovation),
        heads=innovation.unit.people(Role.HEAD), operators=innovation.unit.people(Role.OPERATOR))


def offered() -> dict:
    """What the filters offer."""
    return {"units": db.session.execute(catalogue.units()).all(), "years": [(year, year) for year in db.session.scalars(catalogue.years())],
            "stages": [(stage, stage) for stage in codelists.STAGES], "affairs": codelists.AFFAIR_GROUPS,
            "words": db.session.scalars(catalogue.tags()).all()}


def in_words(chosen: CatalogueFilter) -> list[str]:
    """The filter, for what leaves the screen."""
    unit = db.session.get(Unit, chosen.unit) if chosen.unit else None
    return [chosen.q and f"“{chosen.q}”", unit.name if unit else "", chosen.affair and f"urusan {chosen.affair}",
            chosen.stage and f"tahapan {chosen.stage}", f"tahun {chosen.year}" if chosen.year else "", chosen.tag and f"kata kunci {chosen.tag}"]


def grouped(query) -> dict[int, list]:
    """Pairs of id and word, by id."""
    found: dict[int, list] = {}
    for id, word in db.session.execute(query):
        found.setdefault(id, []).append(word)
    return found
