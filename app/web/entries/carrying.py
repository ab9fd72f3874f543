"""Bringing along what was approved or sent in an earlier year: what is offered, what one would bring, and what it brought."""
from decimal import Decimal
from typing import NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Answer, Entry, Innovation, Period
from app.models.carrying import plan_of
from app.queries import carrying as queries
from app.queries import sheet
from app.rules import Refused, eligibility
from app.rules.access import Role
from app.rules.carrying import Carried, Plan, used_up
from app.rules.instrument_changes import SAME, Pair, compare
from app.rules.workflow import Status
from app.web.entries import bp
from app.web.entries.forms import CarryForm
from app.web.gate import get_entry, get_innovation, me, must
from app.web.listing import page_of
from app.web.season import period_now

READ = ("Kode", "Nama", "Bobot", "Wajib", "Level", "Satuan ukur", "Dokumen", "Jenis berkas", "Aturan bukti", "Tahun", "Set bukti", "Harus ada",
        "Substansi", "Video")  # what matters to who fills a row, as its label begins


class Renewal(NamedTuple):
    """A row whose claim has more than its evidence carries now."""
    answer: Answer
    row: Carried

    @property
    def points(self) -> Decimal:
        return self.answer.indicator.weight * ((self.answer.claimed_level or 0) - self.answer.evidenced_level)


@bp.get("/bawa")
def offers():
    must("entry.bring")
    units, period = [unit.id for unit in me().units(Role.OPERATOR) if unit.archived_at is None], period_now()
    found = period and page_of(queries.offers(units, period), request.args.get("page", 1, int), lambda n: url_for(".offers", page=n))
    opens = {unit.id for unit in me().units(Role.OPERATOR) if period and period.accepts(Status.DRAFT, unit)}
    return render_template("entries/offers.html", period=period, page=found, opens=opens, several=len(units) > 1, used_up=used_up,
                           check=eligibility.check)


@bp.route("/bawa/<int:innovation>", methods=["GET", "POST"])
def carry(innovation):
    found, period = get_innovation(innovation, "edit"), period_now() or abort(404)
    form = CarryForm.of(found)
    if form.validate_on_submit() and (entry := carried(found, period, form)):
        db.session.commit()
        flash(done(entry))
        return redirect(url_for(".show", id=entry.id), 303)
    here = next((entry for entry in found.entries if entry.period_id == period.id), None)
    return redirect(url_for(".show", id=here.id), 303) if here else carry_page(found, period, form)


@bp.route("/<int:id>/pengembangan", methods=["GET", "POST"])
def development(id):
    entry = get_entry(id, "edit")
    if entry.carried_from is None:
        raise Refused("Usulan ini tidak dibawa dari tahun lain.")
    form = CarryForm.of(entry.innovation, entry.development)
    if form.validate_on_submit() and told(entry, form):
        db.session.commit()
        flash(f"Pengembangan tersimpan. {entry.innovation.eligibility(entry.period.instrument.window).sentence}")
        return redirect(url_for(".show", id=id), 303)
    window = entry.period.instrument.window
    return render_template("entries/development.html", entry=entry, form=form, lock=sheet.reason_against(entry.must_be_editable), window=window)


def carried(innovation: Innovation, period: Period, form: CarryForm) -> Entry | None:
    """None when a rule refused; the page then says why."""
    try:
        entry = Entry.carry_over(source_of(innovation, period), period, me(), form.development.data or "", form.developed_on.data)
    except Refused as reason:
        form.refuse(reason)
        return None
    db.session.add(entry)
    return entry


def told(entry: Entry, form: CarryForm) -> bool:
    try:
        entry.tell_development(me(), form.development.data or "", form.developed_on.data)
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def done(entry: Entry) -> str:
    eligible = entry.innovation.eligibility(entry.period.instrument.window)
    return f"{entry.innovation.name} dibawa dari usulan {entry.carried_from.period.year} ke periode {entry.period.year}. {eligible.sentence}"


def carry_page(innovation: Innovation, period: Period, form: CarryForm) -> str:
    before = source_of(innovation, period)
    plan = plan_of(before, period)
    return render_template(
        "entries/carry.html", innovation=innovation, period=period, before=before, plan=plan, form=form, refusal=refusal(innovation, period),
        times=len(innovation.years_reported_before(period.year)), eligible=innovation.eligibility(period.instrument.window),
        changes=changes(before, period), doubted=[row for row in plan.rows if row.was_doubted])


def source_of(innovation: Innovation, period: Period) -> Entry:
    """Whole, in a fixed number of SELECTs."""
    before = db.session.scalars(queries.latest(innovation, period)).first()
    if before is None:
        raise Refused(f"{innovation.name} belum pernah disetujui atau dikirim sebelum {period.year}, jadi tidak ada yang dibawa. "
                      "Usulkan dari halaman inovasinya.")
    return before


def refusal(innovation: Innovation, period: Period) -> str:
    """Why it cannot be brought along now, as a sentence; empty when it can."""
    if not period.accepts(Status.DRAFT, innovation.unit):
        return f"Periode {period.year} sedang tidak dibuka untuk pengisian."
    return sheet.reason_against(lambda: period.must_take_again(innovation))


def changes(before: Entry, period: Period) -> list[Pair]:
    """What the later instrument has otherwise, of its innovation rows."""
    if before.period.instrument_id == period.instrument_id:
        return []
    pairs = [pair._replace(changes=[one for one in pair.changes if one.label.startswith(READ)])
             for pair in compare(before.period.instrument.source, period.instrument.source).rows if pair.row["aspect"] == "SID"]
    return [pair for pair in pairs if pair.kind != SAME and (pair.changes or None in (pair.before, pair.after))]


def brought(entry: Entry) -> dict:
    """For the page of a proposal that goes on from another: what stayed behind, and what to renew first."""
    if entry.carried_from is None:
        return {"plan": None, "renewals": []}
    db.session.scalars(queries.source(entry)).one()
    plan = plan_of(entry.carried_from, entry.period)
    return {"plan": plan, "renewals": renewals(entry, plan)}


def renewals(entry: Entry, plan: Plan) -> list[Renewal]:
    """Rows that lost evidence on the way and still lack it, the dearest first."""
    answers = {answer.indicator.code: answer for answer in entry.answers}
    found = [Renewal(answers[row.now.code], row) for row in plan.rows if row.left]
    return sorted((one for one in found if one.points), key=lambda one: (not one.answer.indicator.mandatory, -one.points))
