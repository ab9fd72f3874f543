"""Each try at a password or code is written down as a wrong one before it is looked at, in one short writing transaction that also asks
whether it must wait: however many processes and tries there are at once, no more get through than the rule says. A right one is taken back."""
import hmac

from flask import current_app, request
from sqlalchemy import delete, insert, update

from app import clock, passwords
from app.extensions import db, short_write
from app.models import FailedSignIn, User
from app.queries import tries as queries
from app.rules import Refused, retention, sign_in
from app.rules.sign_in import Asked


def address() -> str:
    return (request.remote_addr or "")[:60]


def masked(name: str) -> str:
    """What nobody is called may be a password typed into the wrong field: it slows the next try as a name does, and cannot be read."""
    return f"?{hmac.new(current_app.secret_key.encode(), name.encode(), 'sha256').hexdigest()[:40]}"


def reserve(name: str, asked: Asked = Asked.PASSWORD) -> int:
    """The id of the try; refused while this name must wait here. Whoever waits for the others at this door holds no connection that they need."""
    db.session.rollback()
    with short_write() as connection:
        now, here = clock.now(), address()
        sign_in.must_wait(connection.scalars(queries.of_pair(name, here, now)).all(), now, asked)
        if connection.scalar(queries.usual(name, here, now)) is None:
            sign_in.must_wait_here(*connection.execute(queries.names_at(here, now)).one(), now)
            sign_in.must_wait_elsewhere(*connection.execute(queries.elsewhere(name, here, now)).one(), now)
        return connection.execute(insert(FailedSignIn).values(username=name, address=here, at=now)).inserted_primary_key[0]


def take_back(id: int) -> None:
    """It was right after all. For the caller's writing transaction."""
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.id == id))


def was_right(id: int) -> None:
    """Taken back at once, when other reasons may still refuse."""
    with short_write() as connection:
        connection.execute(delete(FailedSignIn).where(FailedSignIn.id == id))


def forgive(user: User) -> None:
    """Signed in: what was wrong here before slows nobody any more. Very old ones go."""
    db.session.execute(update(FailedSignIn).values(forgiven_at=clock.now()).where(
        FailedSignIn.username == user.username, FailedSignIn.address == address(), FailedSignIn.forgiven_at.is_(None)))
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.at < clock.now() - retention.FAILURES))


def own_password(user: User, typed: str, refusal: str) -> int:
    """Asked again of somebody who is signed in, as slowly as at the door; the id of the try, to be taken back."""
    id, known = reserve(user.username), user.password_hash
    if not passwords.verify(known, typed):
        raise Refused(refusal)
    return id
