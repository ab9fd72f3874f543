"""Who is asking. Closed unless opened: a view is public only when marked @public."""
from datetime import timedelta

from flask import current_app, g, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import update

from app import clock
from app.extensions import db, login_manager, short_write
from app.models import Session, User
from app.queries import people
from app.queries import regency as settings
from app.rules.tokens import hash_token
from app.web.gate import session_limits
from app.web.regency import remember
from app.web.stranded import signed_out

OPEN_TO_SLIPS = {"account.password", "account.logout"}
TOUCH_EVERY = timedelta(minutes=1)


def init_app(app) -> None:
    app.before_request(require_login)
    login_manager.user_loader(load_user)


def load_user(token: str) -> User | None:
    """The person behind the session token, while the session lives and the account is active."""
    row = db.session.execute(settings.beside(people.by_session(hash_token(token)))).unique().first()
    if row is None:
        return None
    remember(row._mapping)
    session = row.Session
    if not session.is_alive(*session_limits()) or not session.user.is_active:
        return None
    if clock.now() - session.seen_at > TOUCH_EVERY:
        with short_write() as connection:
            connection.execute(update(Session).where(Session.id == session.id).values(seen_at=clock.now()))
    g.session_id, g.user_id = session.id, session.user_id
    session.user.token = token
    return session.user


def require_login():
    view = current_app.view_functions.get(request.endpoint)
    if view is None or getattr(view, "is_public", False):
        return None
    if not current_user.is_authenticated:
        return signed_out()
    if current_user.must_change_password and request.endpoint not in OPEN_TO_SLIPS:
        return redirect(url_for("account.password"))
    return None
