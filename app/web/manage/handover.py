"""One person leaves, another takes over: roles, what a reviewer holds, the old account, and a page to sign with what is open."""
from collections.abc import Sequence
from typing import NamedTuple

from flask import abort, flash, make_response, redirect, render_template, url_for

from app import passwords
from app.extensions import db
from app.models import Entry, Event, User
from app.queries import drafts, entries, units
from app.queries import people as queries
from app.rules import Refused
from app.rules.access import JUDGES, ROLE_LABELS, UNIT_ROLES, Role
from app.web.gate import get_person, me
from app.web.manage import people
from app.web.manage.forms import HandoverForm
from app.web.manage.person_pages import must_be_free
from app.web.manage.person_standing import end_sessions, must_leave_an_admin


class Open(NamedTuple):
    """What a unit of the leaving person still has to do."""
    unit: str
    innovations: int
    documents: int
    entries: Sequence[Entry]


@people.route("/<int:id>/serah-terima", methods=["GET", "POST"])
def hand_over(id):
    user, form = get_person(id, write=False), HandoverForm()
    offer(form, user)
    password = passwords.one_time_password()
    if form.validate_on_submit() and (done := handed_over(id, form, password)):
        db.session.commit()
        flash(f"Peran {user.name} diserahkan kepada {done.name}.")
        return redirect(url_for(".handover_sheet", id=id), 303) if form.to.data else sheet(user, password)
    typed = db.session.execute(drafts.how_many(id)).one()  # no more is anybody else's business
    return render_template("manage/people/handover.html", user=user, form=form, typed=typed, last=db.session.scalar(queries.last_handover(user)))


@people.get("/<int:id>/serah-terima/lembar")
def handover_sheet(id):
    return sheet(get_person(id))


def offer(form: HandoverForm, user: User) -> None:
    form.roles.choices = [(held.id, f"{ROLE_LABELS[Role(held.role)]}, {held.unit.name}") for held in user.memberships]
    form.to.offer(db.session.execute(queries.in_use(besides=user)))
    if not form.is_submitted():
        form.roles.data, form.deactivate.data = [held.id for held in user.memberships if held.role in UNIT_ROLES], user.is_active


def handed_over(id: int, form: HandoverForm, password: str) -> User | None:
    """The heir; None when a rule refused, and then nothing was changed."""
    hashed = None if form.to.data else passwords.hash_password(password)  # before the writing transaction, which is short
    user = get_person(id)
    held = [membership for membership in user.memberships if membership.id in form.roles.data]
    try:
        heir = heir_of(form, hashed)
        for membership in held:
            if not heir.serves(membership.unit, Role(membership.role)):
                heir.give_role(Role(membership.role), membership.unit, me())
        judged = any(membership.role in JUDGES for membership in held)
        user.hand_over(held, heir, me())
        if judged and not user.has_role(*JUDGES):
            pass_on(user, heir)
        if user is not me():
            end_sessions(user)
        if form.deactivate.data:
            close(user)
    except Refused as reason:
        form.refuse(reason)
        return None
    return heir


def heir_of(form: HandoverForm, hashed: str | None) -> User:
    if hashed is None:
        return db.session.get(User, form.to.data) or abort(404)
    must_be_free(form.username.data)
    heir = User.add(form.username.data, form.name.data, hashed, me(), nip=form.nip.data or None, position=form.position.data or None)
    db.session.add(heir)
    db.session.flush()
    return heir


def pass_on(user: User, heir: User) -> None:
    """What a reviewer held, as far as the heir may judge it; the rest is free for anybody."""
    for unit in db.session.scalars(units.held_by(user)).all():
        unit.give_reviewer(me(), None if heir.serves(unit) else heir)
    for entry in db.session.scalars(entries.held_by(user)).all():
        entry.assign(me(), heir if entry.may_be_judged_by(heir) else None)


def close(user: User) -> None:
    if user.has_role(Role.ADMIN):
        must_leave_an_admin(user)
    user.deactivate(me())


def sheet(user: User, password: str = ""):
    """To print and sign. With a password it answers the POST itself, as a slip does: nothing keeps the password for a later page."""
    event: Event = db.session.scalar(queries.last_handover(user)) or abort(404)
    heir = db.session.get(User, event.details["to_id"]) or abort(404)
    page = render_template("manage/people/handover_sheet.html", user=user, heir=heir, event=event, password=password, opened=opened(event))
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def opened(event: Event) -> list[Open]:
    names = {unit_id: unit for role, unit, unit_id in event.details["roles"] if role in UNIT_ROLES}
    sizes = {id: (innovations, documents) for id, innovations, documents in db.session.execute(units.library_sizes(names))}
    found = db.session.scalars(entries.unfinished(names)).unique().all()
    return [Open(name, *sizes[id], [entry for entry in found if entry.unit_id == id]) for id, name in names.items()]
