"""One session: arranged, changed, called off."""
from flask import abort, flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import DeskSession, Innovation, Unit
from app.queries import desk, helping, units
from app.rules import Refused, desk_plan
from app.web.desk import bp
from app.web.desk.forms import CancelForm, SessionForm
from app.web.gate import get_desk_session, look_again, me, must
from app.web.season import period_now, today, zone


@bp.route("/baru", methods=["GET", "POST"])
def new():
    must("desk.arrange")
    unit = one_of(request.args.get("unit", 0, int))
    if unit is None:
        look_again()
        return render_template("desk/new.html", units=db.session.execute(units.in_use()).all())
    form = offered(SessionForm(data=fresh(unit)), unit)
    if form.validate_on_submit() and (session := arranged(form, unit)):
        db.session.commit()
        flash("Sesi disimpan. Perangkat daerah dan verifikatornya diberi tahu.")
        return redirect(url_for(".show", id=session.id), 303)
    return render_template("desk/edit.html", form=form, unit=unit, session=None)


@bp.route("/<int:id>/ubah", methods=["GET", "POST"])
def edit(id):
    session = get_desk_session(id, "arrange")
    session.must_be_open()
    form = offered(SessionForm(data=facts(session)), session.unit, session)
    if form.validate_on_submit() and changed(form, session):
        db.session.commit()
        flash("Jadwal diubah. Kedua pihak diberi tahu.")
        return redirect(url_for(".show", id=id), 303)
    return render_template("desk/edit.html", form=form, unit=session.unit, session=session)


@bp.route("/<int:id>/batal", methods=["GET", "POST"])
def call_off(id):
    session, form = get_desk_session(id, "arrange"), CancelForm()
    session.must_be_open()
    if form.validate_on_submit():
        session.call_off(me(), form.reason.data)
        db.session.commit()
        flash("Sesi dibatalkan. Kedua pihak diberi tahu.")
        return redirect(url_for(".show", id=id), 303)
    return render_template("desk/call_off.html", session=session, form=form)


def one_of(id: int) -> Unit | None:
    if not id:
        return None
    return db.session.scalar(helping.chosen([id])) or abort(404)


def offered(form: SessionForm, unit: Unit, session: DeskSession | None = None) -> SessionForm:
    """The innovations of the unit, and whoever judges and does not belong to it."""
    able = [(one.id, one.name) for one in db.session.scalars(desk.judges()) if not one.serves(unit)]
    about = list(db.session.execute(helping.innovations(unit)))
    if session and session.innovation_id and session.innovation_id not in [id for id, _ in about]:
        about.append((session.innovation_id, session.innovation.name))
    form.offer(about, able)
    return form


def fresh(unit: Unit) -> dict:
    return {"kind": "monitoring" if request.args.get("jenis") == "monitoring" else "desk", "innovation": request.args.get("inovasi", None, int),
            "reviewer": unit.reviewer_id, "day": desk_plan.working_days(today() + desk_plan.A_DAY, 1)[0], "at": desk_plan.FIRST,
            "minutes": desk_plan.MINUTES}


def facts(session: DeskSession) -> dict:
    """A session as its form shows it."""
    local = session.starts_at.astimezone(zone())
    return {"seen": db.session.scalar(desk.last_arranged(session)), "kind": session.kind, "innovation": session.innovation_id,
            "reviewer": session.reviewer_id, "day": local.date(), "at": local.time(), "minutes": session.minutes, "place": session.place,
            "agenda": session.agenda}


def arranged(form: SessionForm, unit: Unit) -> DeskSession | None:
    try:
        session = DeskSession.arrange(me(), unit, **said(form, unit))
    except Refused as reason:
        form.refuse(reason)
        return None
    db.session.add(session)
    return session


def changed(form: SessionForm, session: DeskSession) -> bool:
    try:
        form.must_be_last(db.session.scalar(desk.last_arranged(session)))
        session.edit(me(), **said(form, session.unit))
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def said(form: SessionForm, unit: Unit) -> dict:
    """What the verbs take: the records by their ids, and what else there is around that time."""
    reviewer = next(one for one in db.session.scalars(desk.judges()) if one.id == form.reviewer.data)
    innovation, period = form.innovation.data and db.session.get(Innovation, form.innovation.data), period_now()
    entry = db.session.scalar(helping.entry_of(innovation, period)) if innovation and period else None
    starts, ends = form.starts_at, form.starts_at + desk_plan.A_MINUTE * form.minutes.data
    others = db.session.scalars(desk.around([unit.id], [reviewer.id], starts, ends)).all()
    return {"reviewer": reviewer, "starts_at": starts, "minutes": form.minutes.data, "others": others, "kind": form.kind.data,
            "innovation": innovation or None, "entry": entry, "place": form.place.data or "", "agenda": form.agenda.data or ""}
