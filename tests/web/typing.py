"""Pages as a script or a browser handles them: the stamp of a page, its token, typing that is kept, sessions that end."""
import re
from datetime import timedelta

from sqlalchemy import update

from app import clock
from app.extensions import db
from app.models import Draft, Session

JSON = {"Accept": "application/json"}


def hidden(page, name: str) -> str:
    return re.search(f'name="{name}"[^>]*? value="([^"]*)"', page.text)[1]


def stamp(page) -> dict[str, str]:
    return {"opened": hidden(page, "opened")}


def type_in(person, address: str, expect: int = 200, page: str = "", **fields):
    """What the script sends while somebody types into the form that is sent to `address`, standing on `page`."""
    return person.post(f"/ketikan?alamat={address}", stamp(person.get(page or address)) | fields, expect=expect, headers=JSON)


def drafts_of(app, user_id: int) -> dict[str, dict]:
    """Address to what was typed there."""
    with app.app_context():
        found = db.session.query(Draft).filter_by(user_id=user_id).order_by(Draft.id)
        return {draft.address: {name: values for name, values in draft.fields.items() if name not in ("opened", "seen")} for draft in found}


def held(app) -> list[bool]:
    with app.app_context():
        return [draft.is_held for draft in db.session.query(Draft).order_by(Draft.id)]


def end_sessions(app, how: str) -> None:
    """All of them: unused for long, open for long, or ended on purpose."""
    long_ago = clock.now() - timedelta(hours=13)
    values = {"idle": {"seen_at": long_ago}, "absolute": {"started_at": long_ago}, "revoked": {"ended_at": clock.now()}}[how]
    with app.app_context():
        db.session.execute(update(Session).values(**values))
        db.session.commit()
