"""What was worked out once stays right until something is written: every change writes exactly one event, so the last event stands for all of
them. A request reads which it is in the first SELECT of its transaction; what any process wrote is therefore seen at once."""
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import Flask, current_app, g, has_request_context, request
from sqlalchemy import event

from app import clock
from app.extensions import db
from app.queries.head import Last

Thing = TypeVar("Thing")
MOST = 2000  # things kept by one process


class Memory:
    """What this process worked out, as of one event and for no longer than a minute."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.now: tuple[Hashable, dict[Hashable, Any]] = (None, {})

    def as_of(self, moment: Hashable) -> dict[Hashable, Any]:
        """Threads may be at different events for an instant; each gets what belongs to its own."""
        known, kept = self.now
        if known != moment or len(kept) > MOST:
            kept = {}
            self.now = (moment, kept)
        return kept


def init_app(app: Flask) -> None:
    app.extensions["known"] = Memory()
    app.jinja_env.globals["remembered"] = remembered


def remember_last(last: Last) -> None:
    """The last event, as the first SELECT of this request found it."""
    g.known = current_app.extensions["known"].as_of((last, int(clock.now().timestamp() // 60)))


def forget_last() -> None:
    """Something was written in this request: what it read before tells nothing any more."""
    for name in ("known", "last_event", "period_now", "unread", "tells"):
        g.pop(name, None)


@event.listens_for(db.session, "after_commit")
def go_on_reading(_session: object) -> None:
    """Who saved reads on and holds up nobody who saves next; to write once more is to be said once more."""
    if has_request_context() and g.get("writing"):
        g.writing = False
        forget_last()


def known(key: Hashable, make: Callable[[], Thing]) -> Thing:
    """What `make` gives, made once for every event. It depends on the database and on `key` alone, and holds no rows of a session: plain things
    or finished words. Whoever writes asks the database."""
    kept = _kept_for(g._get_current_object())
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    return kept[key]


def remembered(macro: Callable[..., Thing], *told: Hashable) -> Thing:
    """For a template: what a macro prints for this person on this page when it is told this. It says nothing of one sending alone, such as the
    token of a form."""
    here = g._get_current_object()
    kept = _kept_for(here)
    if kept is None:
        return macro(*told)
    key = (request.endpoint, here.get("user_id"), macro.name, told)  # type: ignore[attr-defined]
    if key not in kept:
        kept[key] = macro(*told)
    return kept[key]


def _kept_for(here: Any) -> dict[Hashable, Any] | None:
    """Of `g` itself, since its proxy costs a third of all that is found here; None for whoever writes."""
    return None if here.get("writing") else here.get("known")
