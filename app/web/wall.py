"""Who is asking. Closed unless opened: a view is public only when marked @public."""
from datetime import timedelta

from flask import current_app, g, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from app import clock
from app.extensions import db, login_manager, short_write
from app.models import Session, User
from app.queries import head
from app.rules.access import Role
from app.rules.passwords import PROFILES
from app.rules.tokens import hash_token
from app.web.gate import session_limits
from app.web.known import remember_last
from app.web.regency import remember
from app.web.stranded import signed_out

OPEN_TO_KEPT = {"account.password": {"account.password", "account.logout"},
                "account.second_step": {"account.second_step", "account.draw_key", "account.logout"}}
TOUCH_EVERY = timedelta(minutes=1)


def init_app(app) -> None:
    app.before_request(require_login)
    login_manager.user_loader(load_user)


def load_user(token: str) -> User | None:
    """The person behind the session token, while the session lives and the account is active."""
    if g.get("is_broken"):  # Flask-Login asks for the page that tells of a broken database
        return None
    row = db.session.execute(head.of_session(), {"token_hash": hash_token(token), "now": clock.now()}).unique().first()
    if row is None:
        return None
    remember(row._mapping)
    remember_last(head.Last(row.last_id, row.last_hash))
    session = row.Session
    if not session.is_alive(*session_limits()) or not session.user.is_active:
        return None
    touch(session)
    g.session_id, g.user_id, g.last_event = session.id, session.user_id, row.last_id or 0
    g.period_now, g.unread, g.tells = row.Period, row.unread, row.tells
    session.user.token, session.user.kept_at = token, kept_at(session.user)
    return session.user


def kept_at(user: User) -> str | None:
    """What must be done before anything else: replace a one-time or outdated password; an administrator's second step, where it is required."""
    settings = current_app.config["LUMBUNG"]
    if user.must_change_password or PROFILES[settings.password_profile].is_over(user.password_changed_at, clock.now()):
        return "account.password"
    return "account.second_step" if settings.admin_totp and not user.asks_code and user.has_role(Role.ADMIN) else None


def touch(session: Session) -> None:
    """Once a minute. A full disk or a lock is no reason not to show a page: then this process tries again a minute later."""
    now, later = clock.now(), current_app.extensions.get("touches_after")
    if abs(now - session.seen_at) <= TOUCH_EVERY or (later and abs(later - now) <= TOUCH_EVERY):
        return
    try:
        with short_write() as connection:
            connection.execute(update(Session).where(Session.id == session.id).values(seen_at=now))
    except OperationalError as trouble:
        current_app.extensions["touches_after"] = now + TOUCH_EVERY
        current_app.logger.warning("sessions are not written: %s", trouble.orig)


def require_login():
    view = current_app.view_functions.get(request.endpoint)
    if view is None or getattr(view, "is_public", False):
        return None
    if not current_user.is_authenticated:
        return signed_out()
    if current_user.kept_at and request.endpoint not in OPEN_TO_KEPT[current_user.kept_at]:
        return redirect(url_for(current_user.kept_at))
    return None
