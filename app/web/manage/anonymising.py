"""Making a person nameless for good: only a closed account, with its user name typed and a reason."""
from flask import flash, redirect, render_template, url_for

from app import passwords
from app.extensions import db
from app.models import User
from app.queries import personal
from app.rules import Refused
from app.web.gate import get_person, me
from app.web.manage import people
from app.web.manage.forms import AnonymiseForm
from app.web.manage.person_pages import must_be_free


@people.route("/<int:id>/samarkan", methods=["GET", "POST"])
def anonymise(id):
    user, form = get_person(id, write=False), AnonymiseForm()
    if form.validate_on_submit():
        try:
            user = anonymised(id, form)
        except Refused as reason:
            form.refuse(reason)
        else:
            db.session.commit()
            flash(f"Orang ini sekarang bernama {user.name}. Nama, NIP, jabatan, dan jejak masuknya sudah dihapus.")
            return redirect(url_for(".show", id=id), 303)
    return render_template("manage/people/anonymise.html", user=user, form=form)


def anonymised(id: int, form: AnonymiseForm) -> User:
    locked = passwords.hash_password(passwords.one_time_password())  # before the writing transaction, which is short
    user = get_person(id)
    username = user.username
    if username != user.nameless:
        must_be_free(user.nameless)
    user.anonymise(me(), form.username.data, form.reason.data, locked)
    for statement in personal.traces(id, username):
        db.session.execute(statement)
    return user
