"""A schedule for many units: chosen, tried, kept as a whole."""
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app import clock
from app.extensions import db
from app.models import DeskSession, Unit, User
from app.queries import desk, helping
from app.queries.helping import HelpFilter
from app.rules import Refused, days, desk_plan
from app.rules.desk_plan import Helper, Plan, Span, Taken, Wish
from app.web.desk import bp
from app.web.desk.forms import PlanForm
from app.web.gate import look_again, me, must
from app.web.season import period_now, today, zone

CHANGED = "Jadwal atau orangnya berubah sesudah rencana ini dibuat. Ini rencana yang baru; belum ada yang disimpan."


class Draft(NamedTuple):
    """A plan with the records it speaks of, by id; `mark` changes when the plan does."""
    plan: Plan
    units: dict[int, Unit]
    people: dict[int, User]
    there: Sequence[DeskSession]

    @property
    def mark(self) -> str:
        return sha256(repr([(seat.unit, seat.reviewer, seat.span.starts.isoformat(), seat.span.ends.isoformat())
                            for seat in self.plan.seats]).encode()).hexdigest()[:16]

    def days(self) -> dict:
        """By day and reviewer (id), in turn."""
        found: dict = {}
        for seat in self.plan.seats:
            found.setdefault(days.of(seat.span.starts, zone()), {}).setdefault(seat.reviewer, []).append(seat)
        return found


@bp.get("/susun")
def choose():
    must("desk.arrange")
    form = form_of(request.args)
    return choose_page(form)


@bp.route("/susun/rencana", methods=["GET", "POST"])
def plan():
    must("desk.arrange")
    sent = request.form if request.method == "POST" else request.args
    form = form_of(sent)
    draft = drafted(form)
    if draft and request.method == "POST" and draft.mark == sent.get("mark") and keep(draft, form):
        db.session.commit()
        flash(f"{len(draft.plan.seats)} sesi disimpan. Perangkat daerah dan verifikatornya diberi tahu.")
        return redirect(url_for(".index"), 303)
    if draft and request.method == "POST":
        look_again()
        draft = drafted(form)
    if draft is None:
        return choose_page(form)
    return render_template("desk/plan.html", form=form, draft=draft, sent=[pair for pair in sent.items(multi=True) if pair[0] in form],
                           changed=CHANGED if request.method == "POST" else "", back=sent.to_dict(flat=False))


def form_of(sent: MultiDict) -> PlanForm:
    """As the address says it; at first with every reviewer and from tomorrow on."""
    people = db.session.scalars(desk.judges()).all()
    fresh = {"reviewer": [one.id for one in people if any(m.role == "reviewer" for m in one.memberships)],
             "first": desk_plan.working_days(today() + desk_plan.A_DAY, 1)[0], "unit": sent.getlist("unit", int)}
    form = PlanForm(formdata=sent if "first" in sent else None, data=fresh, meta={"csrf": False})
    form.offer([(one.id, one.name) for one in db.session.execute(helping.candidates(None, clock.now()))], [(one.id, one.name) for one in people])
    return form


def choose_page(form: PlanForm) -> str:
    chosen, period = HelpFilter.read(request.args), period_now()
    found = chosen.ordered(chosen.narrow(helping.candidates(period, clock.now()), period, form.unit.data or []))
    return render_template("desk/choose.html", form=form, chosen=chosen, period=period, units=db.session.execute(found).all(),
                           states=helping.STATES, kinds=[(kind, kind) for kind in db.session.scalars(helping.kinds())])


def drafted(form: PlanForm) -> Draft | None:
    """None where the form says something that cannot be; the reason stands in it."""
    if not form.validate():
        return None
    try:
        spans = form.spans()
    except Refused as reason:
        form.refuse(reason)
        return None
    units = {unit.id: unit for unit in db.session.scalars(helping.chosen(form.unit.data))}
    people = {user.id: user for user in db.session.scalars(desk.judges()) if user.id in form.reviewer.data}
    there = db.session.scalars(desk.around(list(units), list(people), spans[0].starts, spans[-1].ends)).all()
    made = desk_plan.plan([Wish(unit.id, unit.reviewer_id) for unit in units.values()],
                          [Helper(user.id, frozenset(unit.id for unit in user.units())) for user in people.values()], spans,
                          [Taken(one.unit_id, one.reviewer_id, Span(one.starts_at, one.ends_at)) for one in there])
    return Draft(made, units, people, there)


def keep(draft: Draft, form: PlanForm) -> bool:
    """All of it or nothing."""
    if not draft.plan.seats:
        return False
    others = list(draft.there)
    for seat in draft.plan.seats:
        others.append(DeskSession.arrange(me(), draft.units[seat.unit], draft.people[seat.reviewer], seat.span.starts, form.minutes.data,
                                          others=others, place=form.place.data or ""))
    db.session.add_all(others[len(draft.there):])
    return True
