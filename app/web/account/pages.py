"""One's own data, sessions and password."""
from collections.abc import Iterable

from flask import abort, current_app, flash, g, redirect, render_template, session, url_for
from flask_login import login_user

from app import passwords
from app.extensions import begin_writing, db
from app.models import Session, User
from app.queries import people, units
from app.rules import Refused
from app.rules import passwords as policy
from app.rules.passwords import PROFILES, Profile
from app.rules.tokens import hash_token, new_token
from app.web import unsaved
from app.web.account import bp, tries
from app.web.account.forms import PasswordForm
from app.web.gate import me, session_limits
from app.web.regency import regency


@bp.get("/akun")
def show():
    sessions = [one for one in db.session.scalars(people.open_sessions(me())) if one.is_alive(*session_limits())]
    return render_template("account/show.html", user=me(), sessions=sessions, session_id=g.session_id)


@bp.post("/akun/sesi/<int:id>")
def end_session(id):
    begin_writing()
    own = db.session.get(Session, id)
    if own is None or own.user_id != me().id:
        abort(404)
    own.end()
    db.session.commit()
    flash("Sesi itu sudah diakhiri.")
    return redirect(url_for("account.show"), 303)


@bp.post("/akun/sesi/lain")
def end_others():
    begin_writing()
    end_elsewhere()
    db.session.commit()
    flash("Semua sesi Anda yang lain sudah diakhiri.")
    return redirect(url_for("account.show"), 303)


@bp.route("/akun/sandi", methods=["GET", "POST"])
def password():
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            replace_password(form.current.data, form.password.data)
        except Refused as reason:
            form.refuse(reason)
        else:
            flash("Kata sandi diganti. Sesi Anda di komputer lain sudah diakhiri.")
            return redirect(unsaved.landing(me().id, url_for("home.show")), 303)
    return render_template("account/password.html", form=form, rule=profile().says(me().asks_code))


def replace_password(current: str, new: str) -> None:
    """Checks and hashes first, then writes: the old one is needed, and other sessions of this person end."""
    tries.was_right(tries.own_password(me(), current, "Kata sandi sekarang tidak cocok."))
    known = me().password_hash
    if passwords.verify(known, new):
        raise Refused("Kata sandi baru harus berbeda dari yang sekarang.")
    policy.check(new, me().username, names(me()), passwords.common(), profile(), me().asks_code)
    hashed = passwords.hash_password(new)
    begin_writing()
    if me().password_hash != known:
        raise Refused("Kata sandi Anda baru saja diganti di tempat lain. Masuk sekali lagi.")
    me().change_password(hashed)
    end_elsewhere()
    renew_token()


def names(user: User) -> Iterable[str]:
    """What everybody here knows and would try first."""
    house = regency()
    return [user.name, house.region, house.office, house.seat, *(name for _, name in db.session.execute(units.in_use()))]


def profile() -> Profile:
    return PROFILES[current_app.config["LUMBUNG"].password_profile]


def end_elsewhere() -> None:
    for other in db.session.scalars(people.open_sessions(me())):
        if other.id != g.session_id:
            other.end()


def renew_token() -> None:
    """Commits. The session goes on under a new token: a cookie copied before is dead."""
    token, user = new_token(), me()
    db.session.get(Session, g.session_id).renew(hash_token(token))
    db.session.commit()
    session.pop("_user_id")
    user.token = token
    login_user(user)
