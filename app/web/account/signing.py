"""In and out: name and password, then a code from who set one up. Wrong tries slow the next one; nobody is locked out for good."""
import hmac
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from sqlalchemy import select

from app import clock, passwords
from app.extensions import begin_writing, db
from app.models import Session, User
from app.queries import announcements, drafts, people, periods
from app.rules import Refused, retention, totp
from app.rules.sign_in import Asked
from app.rules.tokens import hash_token, new_token
from app.web import unsaved
from app.web.account import bp, tries
from app.web.account.forms import CodeForm, SignInForm
from app.web.exposed import WARNING, is_exposed
from app.web.gate import public

WRONG = "Nama pengguna atau kata sandi tidak cocok."
LONGEST_WAY = 1500
PENDING = "pending"  # in the cookie: who gave the right password, when, for which account state, and where they wanted to go


class Passed(NamedTuple):
    """A password that was right. `renewed` is its hash by the present parameters when the stored one is older."""
    user_id: int
    password_hash: str
    renewed: str | None
    try_id: int


@bp.route("/masuk", methods=["GET", "POST"])
@public
def login():
    if current_user.is_authenticated:
        return redirect(url_for("home.show"))
    form = SignInForm(next=request.args.get("next"))
    if form.validate_on_submit():
        try:
            return let_in(checked(form.username.data.strip().lower(), form.password.data), inside(form.next.data))
        except Refused as reason:
            form.refuse(reason)
    period = db.session.scalar(periods.current(clock.now()))
    return render_template("account/login.html", form=form, period=period if period and period.is_open else None,
                           announcements=db.session.scalars(announcements.at_door(clock.now())).all())


@bp.route("/masuk/kode", methods=["GET", "POST"])
@public
def code():
    """The second page of signing in, for five minutes after the password."""
    if current_user.is_authenticated or pending() is None:
        return redirect(url_for("account.login"))
    form = CodeForm()
    if form.validate_on_submit():
        try:
            return let_in_by_code(form.code.data)
        except Refused as reason:
            form.refuse(reason)
    return render_template("account/code.html", form=form)


@bp.post("/keluar")
def logout():
    begin_writing()
    db.session.scalars(people.by_session(hash_token(current_user.token))).unique().one().end()
    db.session.commit()
    logout_user()
    session.clear()
    flash("Anda sudah keluar.")
    return redirect(url_for("account.login"), 303)


def checked(username: str, password: str) -> Passed:
    """Refuses in the same words, after the same time, whatever was wrong."""
    user = db.session.scalar(select(User).where(User.username == username))
    try_id = tries.reserve(user.username if user else tries.masked(username))
    right = passwords.verify(user and user.password_hash, password)
    if not right or not user.is_active:
        raise Refused(WRONG)
    if user.slip_has_expired:
        raise Refused("Kata sandi sementara ini sudah lewat tiga hari. Minta yang baru kepada admin.")
    return Passed(user.id, user.password_hash, passwords.renewed(user.password_hash, password), try_id)


def let_in(passed: Passed, wanted: str):
    """Looks again inside the writing transaction: the account may have been closed or reset while the password was hashed."""
    begin_writing()
    user = db.session.scalars(people.whole().where(User.id == passed.user_id)).one()
    if not user.is_active or user.password_hash != passed.password_hash:
        raise Refused(WRONG)
    user.renew_hash(passed.renewed)
    tries.take_back(passed.try_id)
    if not user.asks_code:
        return open_session(user, wanted)
    db.session.commit()
    session.clear()
    session[PENDING] = [user.id, clock.now().timestamp(), state_of(user), wanted]
    return redirect(url_for("account.code"), 303)


def let_in_by_code(typed: str):
    try_id = tries.reserve(expected().username, Asked.CODE)
    begin_writing()
    user = expected()
    user.use_code(typed)
    tries.take_back(try_id)
    return open_session(user, session[PENDING][3])


def expected() -> User:
    if (user := pending()) is None:
        raise Refused("Waktu untuk kode sudah lewat, atau akun Anda baru saja berubah. Masuk sekali lagi dari awal.")
    return user


def pending() -> User | None:
    """Who gave the right password in this browser less than five minutes ago, while their account is as it was then."""
    id, at, state, _ = session.get(PENDING) or (0, 0, "", "")
    if not 0 <= clock.now().timestamp() - at < totp.PENDING_FOR.total_seconds():
        return None
    user = db.session.scalars(people.whole().where(User.id == id)).one_or_none()
    return user if user and user.is_active and user.asks_code and hmac.compare_digest(state, state_of(user)) else None


def state_of(user: User) -> str:
    """Another one after a reset, a new password or a new key."""
    return hmac.new(current_app.secret_key.encode(), f"{user.password_hash} {user.totp_secret}".encode(), "sha256").hexdigest()


def open_session(user: User, wanted: str):
    """A new token for every sign-in; what this browser was before is forgotten."""
    token = new_token()
    db.session.add(Session.start(user, hash_token(token), tries.address(), request.user_agent.string))
    tries.forgive(user)
    db.session.execute(drafts.older_than(clock.now() - retention.DRAFTS))
    db.session.commit()
    session.clear()
    user.token = token
    login_user(user)
    target = unsaved.landing(user.id, wanted)
    if is_exposed(user) and target != url_for("home.show"):
        flash(WARNING, "warning")
    return redirect(target, 303)


def inside(target: str | None) -> str:
    """A path of this site, else the front page: nobody is sent elsewhere. A longer one would not fit into the cookie beside the rest; browsers
    read past what cannot be seen."""
    if not target or len(target) > LONGEST_WAY or not target.isprintable():
        return url_for("home.show")
    parts = urlsplit(target)
    safe = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if safe else url_for("home.show")
