"""In and out. Failed tries slow the next one for this account from this address; nobody is locked out for good."""
import hmac
from datetime import timedelta
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from sqlalchemy import delete, insert, select, update

from app import clock, passwords
from app.extensions import begin_writing, db, short_write
from app.models import FailedSignIn, Session, User
from app.queries import announcements, drafts, people, periods
from app.rules import Refused, sign_in
from app.rules.tokens import hash_token, new_token
from app.web import unsaved
from app.web.account import bp
from app.web.account.forms import SignInForm
from app.web.gate import public

FAILURES_KEPT_FOR = timedelta(days=90)  # for the administrator's log


@bp.route("/masuk", methods=["GET", "POST"])
@public
def login():
    if current_user.is_authenticated:
        return redirect(url_for("home.show"))
    form = SignInForm(next=request.args.get("next"))
    if form.validate_on_submit():
        try:
            user_id = checked(form.username.data.strip().lower(), form.password.data)
        except Refused as reason:
            form.refuse(reason)
        else:
            open_session(user_id)
            return redirect(unsaved.landing(user_id, inside(form.next.data)), 303)
    period = db.session.scalar(periods.current(clock.now()))
    return render_template("account/login.html", form=form, period=period if period and period.is_open else None,
                           announcements=db.session.scalars(announcements.at_door(clock.now())).all())


@bp.post("/keluar")
def logout():
    begin_writing()
    db.session.scalars(people.by_session(hash_token(current_user.token))).unique().one().end()
    db.session.commit()
    logout_user()
    session.clear()
    flash("Anda sudah keluar.")
    return redirect(url_for("account.login"), 303)


def checked(username: str, password: str) -> int:
    """The account's id when name and password fit; refuses in the same words whatever was wrong."""
    user = db.session.scalar(select(User).where(User.username == username))
    name = user.username if user else masked(username)
    tries = select(FailedSignIn.at).where(FailedSignIn.username == name, FailedSignIn.address == address(),
                                          FailedSignIn.forgiven_at.is_(None))
    sign_in.must_wait(db.session.scalars(tries).all(), clock.now())
    right = passwords.verify(user and user.password_hash, password)
    if not right or not user.is_active or user.slip_has_expired:
        with short_write() as connection:
            connection.execute(insert(FailedSignIn).values(username=name, address=address(), at=clock.now()))
        if right and user.is_active:
            raise Refused("Kata sandi sementara ini sudah lewat tiga hari. Minta yang baru kepada admin.")
        raise Refused("Nama pengguna atau kata sandi tidak cocok.")
    return user.id


def masked(name: str) -> str:
    """What nobody is called may be a password typed into the wrong field: it slows the next try as a name does, and cannot be read."""
    return f"?{hmac.new(current_app.secret_key.encode(), name.encode(), 'sha256').hexdigest()[:40]}"


def open_session(user_id: int) -> None:
    token = new_token()
    begin_writing()
    user = db.session.scalars(people.whole().where(User.id == user_id)).one()
    db.session.add(Session.start(user, hash_token(token), address(), request.user_agent.string))
    db.session.execute(update(FailedSignIn).values(forgiven_at=clock.now()).where(
        FailedSignIn.username == user.username, FailedSignIn.address == address(), FailedSignIn.forgiven_at.is_(None)))
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.at < clock.now() - FAILURES_KEPT_FOR))
    db.session.execute(drafts.older_than(clock.now() - unsaved.KEPT_FOR))
    db.session.commit()
    session.clear()
    user.token = token
    login_user(user)


def address() -> str:
    return request.remote_addr or ""


def inside(target: str | None) -> str:
    """A path of this site, else the front page: nobody is sent elsewhere."""
    parts = urlsplit(target or "")
    safe = target and target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if safe else url_for("home.show")
