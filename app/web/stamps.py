"""What is signed into each form of a page: the session's token; when the page was opened, by whom and about which proposal. A page opened before a
closing may still be sent within the grace, and what was typed is only ever kept for the person the page was made for."""
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, Serializer, URLSafeSerializer
from itsdangerous.encoding import base64_encode

from app import clock
from app.models import Draft, Entry
from app.rules.workflow import EDITABLE, Status

NAME = "opened"  # of the hidden field
MOST_TOKENS = 1000  # kept by one process


class Stamp(NamedTuple):
    """`entry_id` is 0 where the page is not about one proposal; `at` is exact to the millisecond."""
    user_id: int
    entry_id: int
    at: datetime


class Short(URLSafeSerializer):
    def dump_payload(self, obj: Any) -> bytes:
        """Without trying whether the few letters get shorter compressed: that took as long as all the rest."""
        return base64_encode(Serializer.dump_payload(self, obj))


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(csrf_token=form_token, page_stamp=page_stamp, grace_until=grace_until, seconds_left=seconds_left)


def form_token() -> str:
    """Of the forms of this session. It stays good as long as the session, so it is signed once and not for each page."""
    token = g.get("csrf_token")
    if token is None and (secret := session.get("csrf_token")):
        token = g.csrf_token = _token_of(secret, current_app.secret_key)
    return token or generate_csrf()


@lru_cache(MOST_TOKENS)
def _token_of(secret: str, key: str) -> str:
    """`secret` stands in the session of this request; `key` is what it is signed with."""
    return generate_csrf()


def page_stamp() -> str:
    """Of the page being made. One that answers a refused sending was opened when that was."""
    if "page_stamp" not in g:
        told, mine = sent(), (g.get("user_id", 0), _entry_id())
        g.page_stamp = request.form[NAME] if told and told[:2] == mine else signed(*mine, clock.now())
    return g.page_stamp


def signed(user_id: int, entry_id: int, at: datetime) -> str:
    return _signer().dumps([user_id, entry_id, round(at.timestamp() * 1000)])


def sent() -> Stamp | None:
    """Of the page this POST comes from, when we made it."""
    return read(request.form.get(NAME, "")) if request.method == "POST" else None


def read(words: str) -> Stamp | None:
    try:
        user_id, entry_id, milliseconds = _signer().loads(words)
    except BadData:
        return None
    return Stamp(user_id, entry_id, datetime.fromtimestamp(milliseconds / 1000, UTC))


def opened_at(entry: Entry, typed: Callable[[], Draft | None]) -> datetime | None:
    """When the page that is being sent was opened by this person for this proposal. Where what they typed is shown again after the
    closing, it is the page they typed it on."""
    if request.method == "POST":
        words = request.form.get(NAME, "")
    elif entry.period.is_late(Status(entry.status), entry.unit) and (draft := typed()):
        words = draft.fields.get(NAME, [""])[0]
    else:
        return None
    stamp = read(words)
    if stamp is None or stamp[:2] != (g.get("user_id"), entry.id):
        return None
    if request.method != "POST":
        g.page_stamp = words
    return stamp.at


def grace_until(entry: Entry) -> datetime | None:
    """Until when this page may still be sent although the time is up; None while it is not, and when it was opened too late."""
    period, status = entry.period, Status(entry.status)
    if status not in EDITABLE or not period.is_late(status, entry.unit) or not entry.is_editable:
        return None
    return period.grace_ends_at(status, entry.unit, entry.page_opened_at)


def seconds_left(entry: Entry) -> int:
    """Until the closing, by the server's clock; 0 when it is over."""
    return max(0, round((entry.deadline - clock.now()).total_seconds()))


def _entry_id() -> int:
    return (request.view_args or {}).get("id", 0) if request.blueprint in ("entries", "review") else 0


def _signer() -> URLSafeSerializer:
    return _signer_with(current_app.secret_key)


@lru_cache(4)
def _signer_with(key: str) -> URLSafeSerializer:
    return Short(key, salt="halaman")
