"""Accounts: the list, a new one with its slip, and one as a whole."""
from flask import Response, flash, make_response, redirect, render_template, request, url_for

from app import clock, passwords
from app.extensions import db
from app.models import Unit, User
from app.queries import people as queries
from app.queries import units
from app.queries.people import PersonFilter
from app.rules import Refused
from app.rules.access import ROLE_LABELS, Role
from app.web.gate import get_person, me, must
from app.web.listing import page_of
from app.web.manage import people
from app.web.manage.forms import NewPersonForm, PersonForm, RoleForm
from app.web.sorting import Sorting


@people.get("/")
def index():
    must("person.manage")
    chosen = PersonFilter.read(request.args)
    query = chosen.ordered(chosen.narrow(queries.rows(), clock.now()))
    page = page_of(query, chosen.page, lambda n: url_for(".index", **chosen.args(page=n)))
    roles = queries.by_person(db.session.execute(queries.roles_of([row.id for row in page.items])))
    return render_template("manage/people/index.html", page=page, chosen=chosen, sort=Sorting("people.index", chosen), roles=roles,
                           labels=ROLE_LABELS)


@people.route("/baru", methods=["GET", "POST"])
def new():
    must("person.manage", write=False)
    role = request.args.get("peran", Role.OPERATOR if "unit" in request.args else None)
    form = NewPersonForm(data={"unit": request.args.get("unit", type=int), "role": role})
    form.unit.offer(db.session.execute(units.in_use()))
    if form.validate_on_submit():
        password = passwords.one_time_password()
        try:
            user = add(form, passwords.hash_password(password))
        except Refused as reason:
            form.refuse(reason)
        else:
            return slip_page(user, password, added=True)
    return render_template("manage/people/new.html", form=form)


def add(form: NewPersonForm, slip_hash: str) -> User:
    """Hashed before, because the writing transaction is short."""
    must("person.manage")
    must_be_free(form.username.data)
    user = User.add(form.username.data, form.name.data, slip_hash, me(), nip=form.nip.data or None, position=form.position.data or None)
    user.give_role(Role(form.role.data), db.session.get(Unit, form.unit.data), me())
    db.session.add(user)
    db.session.commit()
    return user


def must_be_free(username: str) -> None:
    if db.session.scalar(queries.named(username)):
        raise Refused(f"Nama pengguna {username} sudah dipakai. Pilih yang lain.")


def slip_page(user: User, password: str, added: bool = False) -> Response:
    """The one answer to a POST that is no redirect: a redirect would have to keep the password somewhere until the next request.
    Nothing keeps it. A reload sends the form again and is refused: the user name is taken, or the account changed since the form was drawn."""
    response = make_response(render_template("manage/people/slip.html", user=user, password=password, added=added))
    response.headers["Cache-Control"] = "no-store"
    return response


@people.get("/<int:id>")
def show(id):
    user = get_person(id)
    form = RoleForm()
    form.unit.offer(db.session.execute(units.in_use()))
    return render_template("manage/people/show.html", user=user, form=form, events=db.session.scalars(queries.history(user).limit(30)).all(),
                           seen=db.session.scalar(queries.last_change_of_access(user)), last_sign_in=db.session.scalar(queries.last_sign_in(user)))


@people.route("/<int:id>/ubah", methods=["GET", "POST"])
def edit(id):
    user = get_person(id)
    form = PersonForm(obj=user)
    if form.validate_on_submit():
        user.edit(me(), form.name.data, form.nip.data or None, form.position.data or None)
        db.session.commit()
        flash(f"Data {user.name} disimpan.")
        return redirect(url_for(".show", id=id), 303)
    return render_template("manage/people/edit.html", form=form, user=user)
