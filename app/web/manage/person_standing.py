"""What a person may do and whether they get in: roles, one-time passwords, closing and opening an account."""
from flask import abort, flash, redirect, request, url_for

from app import passwords
from app.extensions import db
from app.models import Unit, User
from app.queries import people as queries
from app.queries import units
from app.rules import Refused
from app.rules.access import ROLE_LABELS, Role
from app.web.gate import get_person, me
from app.web.manage import people
from app.web.manage.forms import RoleForm
from app.web.manage.person_pages import slip_page


@people.post("/<int:id>/peran")
def give_role(id):
    user, form = get_person(id), RoleForm()
    form.unit.offer(db.session.execute(units.in_use()))
    if not form.validate():
        raise Refused("Pilih peran dan perangkat daerahnya dulu.")
    role, unit = Role(form.role.data), db.session.get(Unit, form.unit.data)
    user.give_role(role, unit, me())
    db.session.commit()
    flash(f"{user.name} sekarang {ROLE_LABELS[role]} di {unit.name}.")
    return redirect(url_for(".show", id=id), 303)


@people.post("/<int:id>/peran/<int:membership_id>/cabut")
def take_role(id, membership_id):
    user = get_person(id)
    membership = next((held for held in user.memberships if held.id == membership_id), None) or abort(404)
    if membership.role == Role.ADMIN:
        must_leave_an_admin(user)
    user.take_role(membership, me())
    if user is not me():
        end_sessions(user)
    db.session.commit()
    flash(f"Peran {ROLE_LABELS[Role(membership.role)]} {user.name} dicabut.")
    return redirect(url_for(".show", id=id), 303)


@people.post("/<int:id>/slip")
def slip(id):
    user = get_person(id, write=False)
    if user is me():
        raise Refused("Kata sandi Anda sendiri diganti lewat halaman Akun saya.")
    must_be_unchanged(user)
    password = passwords.one_time_password()
    hashed = passwords.hash_password(password)
    user = get_person(id)
    must_be_unchanged(user)
    user.give_slip(hashed, me())
    end_sessions(user)
    db.session.commit()
    return slip_page(user, password)


@people.post("/<int:id>/langkah-kedua/lepas")
def drop_second_step(id):
    """For somebody who lost their telephone."""
    user = get_person(id)
    if user is me():
        raise Refused("Langkah kedua Anda sendiri dilepas lewat halaman Akun saya.")
    user.turn_off_totp(by=me())
    end_sessions(user)
    db.session.commit()
    flash(f"Langkah kedua {user.name} dilepas dan sesinya diakhiri.")
    return redirect(url_for(".show", id=id), 303)


@people.post("/<int:id>/nonaktif")
def deactivate(id):
    user = get_person(id)
    if user.has_role(Role.ADMIN):
        must_leave_an_admin(user)
    user.deactivate(me())
    end_sessions(user)
    db.session.commit()
    flash(f"Akun {user.username} dinonaktifkan dan sesinya diakhiri.")
    return redirect(url_for(".show", id=id), 303)


@people.post("/<int:id>/aktif")
def reactivate(id):
    user = get_person(id)
    user.reactivate(me())
    db.session.commit()
    flash(f"Akun {user.username} aktif kembali. Buat kata sandi sementara bila pemiliknya lupa.")
    return redirect(url_for(".show", id=id), 303)


def must_be_unchanged(user: User) -> None:
    """One form makes one slip: sent again, by a reload or a second click, it meets an account that changed since."""
    if request.form.get("seen", type=int) != db.session.scalar(queries.last_change_of_access(user)):
        raise Refused(f"Akun {user.username} berubah sejak halaman itu dibuka, atau kata sandinya sudah dibuat. Kata sandi yang tadi tampil tetap "
                      "berlaku; bila tidak tercatat, buat yang baru di halaman akunnya.")


def must_leave_an_admin(user: User) -> None:
    """Two administrators who remove each other at the same moment wait for one another; the second one is refused here."""
    if user is not me() and not db.session.scalar(queries.other_admins(user)):
        raise Refused(f"{user.name} satu-satunya Admin yang aktif. Tunjuk admin lain dulu.")


def end_sessions(user: User) -> None:
    for session in db.session.scalars(queries.open_sessions(user)):
        session.end()
