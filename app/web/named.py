"""People in the sentences of events. An event is never changed, so it keeps a person's number: the name is the one they have now."""
from typing import Any

from flask import Flask

from app.extensions import db
from app.queries import people
from app.web.known import known


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(orang=name_of, orang_di=name_in)


def name_of(id: int) -> str:
    """Of an account. Read once for all of them: a log names many."""
    return known("people's names", lambda: {row.id: row.name for row in db.session.execute(people.names())}).get(id, "seseorang")


def name_in(details: dict[str, Any], key: str) -> str:
    """Who an event tells of under `key`; empty for nobody. Older events hold the name they had then."""
    id = details.get(f"{key}_id")
    return name_of(id) if id else details.get(key) or ""
