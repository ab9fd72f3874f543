"""One's own data, sessions and password."""
from flask import abort, flash, g, redirect, render_template, url_for

from app import passwords
from app.extensions import begin_writing, db
from app.models import Session
from app.queries import people
from app.rules import Refused
from app.rules import passwords as policy
from app.web import unsaved
from app.web.account import bp
from app.web.account.forms import PasswordForm
from app.web.gate import me, session_limits


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
    return render_template("account/password.html", form=form)


def replace_password(current: str, new: str) -> None:
    """Checks and hashes first, then writes: the old one is needed, and other sessions of this person end."""
    if not passwords.verify(me().password_hash, current):
        raise Refused("Kata sandi sekarang tidak cocok.")
    if new == current:
        raise Refused("Kata sandi baru harus berbeda dari yang sekarang.")
    policy.check(new, me().username)
    hashed, here = passwords.hash_password(new), g.session_id
    begin_writing()
    me().change_password(hashed)
    for other in db.session.scalars(people.open_sessions(me())):
        if other.id != here:
            other.end()
    db.session.commit()
