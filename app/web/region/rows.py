"""One regional row: what it asks, which figures and level the office states, what proves it, and the verdict on it."""
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select

from app.extensions import db
from app.models import RegionRow, Unit
from app.queries import documents, region, units
from app.rules import Refused
from app.rules.formulas import Suggestion
from app.web import conflict, unsaved
from app.web.gate import can, get_region_row, me, must
from app.web.hints import Reader
from app.web.proofs import UploadForm
from app.web.region import YEAR, bp, guide
from app.web.region.forms import ClaimForm, VerdictForm, figures_in_words, mark
from app.web.season import period_now
from app.web.twins import flags

COUNT = "hitung"  # the button that only counts


@bp.get("/<kode>")
def this_year(kode):
    """The same row of the period people mean now."""
    must("region.view")
    period = period_now() or abort(404)
    return redirect(url_for(".row", tahun=period.year, kode=kode))


@bp.route(f"/{YEAR}/<kode>", methods=["GET", "POST"])
def row(tahun, kode):
    saves = request.method == "POST" and COUNT not in request.form
    row = get_region_row(tahun, kode, "fill" if request.method == "POST" else "view", write=saves)
    form = ClaimForm.of(row)
    if form.is_submitted() and form.validate():
        form.follow(suggestion_of(row, form))
        if saves and said(row, form):
            db.session.commit()
            return redirect(following(row), 303)
    return row_page(row, claim=form)


def suggestion_of(row: RegionRow, form: ClaimForm) -> Suggestion | None:
    """What the formula makes of the figures in the form."""
    return row.formula.suggest(form.figures) if row.formula and not any(field.errors for field in form.figure_fields) else None


def said(row: RegionRow, form: ClaimForm) -> bool:
    """False when a rule refused, with the reason on the form."""
    try:
        stored = ClaimForm.of(row, formdata=None)
        conflict.choose(form, stored)
        form.must_say_a_level()
        is_stale = form.seen.data != mark(row) and bool(conflict.differing(stored, form))  # the same as is stored overwrites nothing
        row.claim(me(), form.level.data or None, form.figures, form.reason.data or "" if form.reason else "", -1 if is_stale else None)
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def following(row: RegionRow) -> str:
    """Where a save leads: to the same row, or on to the next."""
    level = f"level {row.claimed_level}" if row.claimed_level else "kosong"
    flash(f"Baris {row.code} tersimpan: {level}.")
    after = guide.neighbours(row).after
    if request.form.get("go") != "next":
        return guide.address(row)
    return guide.address(after) if after else url_for(".index", tahun=row.period.year)


def row_page(row: RegionRow, claim: ClaimForm | None = None, verdict: VerdictForm | None = None, upload: UploadForm | None = None,
             described=(None, None)) -> str:
    """The page of one row, with the forms somebody typed in where there are any."""
    claim = claim or ClaimForm.of(row, formdata=unsaved.typed(guide.address(row)))
    verdict = verdict or VerdictForm.of(row, formdata=unsaved.typed(guide.address(row, ".judge")))
    upload = upload or UploadForm.of(row, formdata=unsaved.typed(guide.address(row, ".attach")))
    clash = conflict.between(ClaimForm.of(row, formdata=None), claim, row.judged_by or row.changed_by)
    suggestion, versions, lock = suggestion_of(row, claim), [exhibit.version for exhibit in row.exhibits], lock_of(row)
    office = the_office()
    if request.method == "GET" and claim.taken:  # typed here before, not saved: the level follows as it did then
        claim.follow(suggestion)
    asked = request.args.get("bukti", type=int)
    shown = next((exhibit for exhibit in row.exhibits if exhibit.id == asked), row.exhibits[0] if row.exhibits else None)
    return render_template(
        "region/row.html", row=row, period=row.period, indicator=row.indicator, line=region.line(row), lines=region.lines(row.period), guide=guide,
        claim=claim, verdict=verdict, upload=upload, clash=clash, described=described, lock=lock, office=office, judging=guide.may_judge(row),
        suggestion=suggestion, why=suggestion.why_reason(claim.level.data) if suggestion and claim.level.data else "",
        figures=figures_in_words(row), also=also(row), candidates=waiting(office, row) if office and not lock else 0,
        shown=shown, page=request.args.get("hlm", guide.first_page(shown), type=int), hints=Reader("", versions),
        twins=flags(office.id, versions) if office else {}, most_bytes=current_app.config["LUMBUNG"].upload_mb * 1024 * 1024)


def the_office() -> Unit | None:
    return db.session.scalar(units.offices().limit(1))


def waiting(office: Unit, row: RegionRow) -> int:
    """How many documents of the office this row could take."""
    return db.session.scalar(select(func.count()).select_from(region.candidates(me(), office, row).order_by(None).subquery())) or 0


def lock_of(row: RegionRow) -> str:
    """Why this person cannot change the row now; empty when they can."""
    return row.period.why_region_is_closed if can("region.fill") else "Indikator daerah diisi verifikator dan koordinator. Anda dapat membacanya."


def also(row: RegionRow) -> dict[int, list[str]]:
    """By document: which other regional rows of this period it proves."""
    found: dict[int, list[str]] = {}
    for proof in db.session.execute(documents.region_proved_by([exhibit.document_id for exhibit in row.exhibits])):
        if (proof.year, proof.code) != (row.period.year, row.code):
            found.setdefault(proof.document_id, []).append(proof.code if proof.year == row.period.year else f"{proof.code} ({proof.year})")
    return found
