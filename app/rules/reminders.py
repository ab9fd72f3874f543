"""Who is to hear today that something waits for them. From what waits and the calendar alone; who says it, and that it is said once a day,
is somebody else's business."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.rules.workflow import EDITABLE, Status

BEFORE_CLOSING = (14, 7, 3, 1)  # days before a deadline
UNSTARTED_AFTER = 14            # days after the opening, for a unit that brings nothing
PATIENCE = {  # days without a touch until somebody is told, and again after as many
    Status.DRAFT: 7, Status.RETURNED: 5, Status.SIGNING: 3, Status.SUBMITTED: 5, Status.VERIFIED: 3,
}
PROMISE_AGAIN = 7               # days until a promise that is late is named again
UNSHARED_FOR = 2                # days until coordinators hear of a proposal nobody was given


class Kind(StrEnum):
    DEADLINE = "deadline"    # it closes soon, and the unit has not handed it in
    IDLE = "idle"            # the unit has left it lying
    SIGNING = "signing"      # its head has not signed
    JUDGING = "judging"      # its reviewer has not gone on
    UNSHARED = "unshared"    # it was given to nobody
    APPROVING = "approving"  # no coordinator has approved it
    UNSTARTED = "unstarted"  # a unit brings nothing at all
    PROMISE = "promise"      # what was promised at a desk session is late


LEFT_LYING = {Status.DRAFT: Kind.IDLE, Status.RETURNED: Kind.IDLE, Status.SIGNING: Kind.SIGNING, Status.SUBMITTED: Kind.JUDGING,
              Status.VERIFIED: Kind.APPROVING}


@dataclass(frozen=True)
class Waiting:
    """A proposal and the people (ids) whose turn it is. `touched` is the day somebody last worked on it; `closes` the last day its unit may,
    None once the office has it. `is_shared` is false for a submitted one that no reviewer holds: then `people` are who shares out."""
    id: int
    name: str
    status: Status
    touched: date
    closes: date | None
    people: tuple[int, ...]
    is_shared: bool = True


@dataclass(frozen=True)
class Missing:
    """A unit without any proposal in a period that opened on one day and closes for it on another."""
    unit: str
    opened: date
    closes: date
    people: tuple[int, ...]


@dataclass(frozen=True)
class Promised:
    """What a unit said it would bring until a day that is over, and who is to hear of it."""
    text: str
    due_on: date
    people: tuple[int, ...]


@dataclass(frozen=True)
class Item:
    """One thing a reminder names: `left` days until the last day its unit may act (None once the office has it), `idle` days without a touch
    (None where only the deadline speaks); `entry` is None for a unit that brings nothing."""
    entry: int | None
    name: str
    left: int | None = None
    idle: int | None = None


Due = dict[tuple[int, Kind], list[Item]]


def due(waiting: Iterable[Waiting], missing: Iterable[Missing], since: date, today: date, promised: Iterable[Promised] = ()) -> Due:
    """What each person hears today, by person and kind: everything of that kind, once something in it is worth a word since the last run.
    `since` is the last day reminders were made: a day on which nobody came (a weekend, a switched off server) is made up for, not skipped."""
    found: Due = {}
    fresh: set[tuple[int, Kind]] = set()
    said = [_about_proposal(one, since, today) for one in waiting] + [_about_unit(one, since, today) for one in missing]
    said += [_about_promise(one, since, today) for one in promised]
    for people, kind, item, is_new in filter(None, said):
        for person in people:
            found.setdefault((person, kind), []).append(item)
            if is_new:
                fresh.add((person, kind))
    for items in found.values():
        items.sort(key=lambda item: (item.left is None, item.left, -(item.idle or 0), item.name, item.entry))
    return {key: items for key, items in found.items() if key in fresh}


Said = tuple[tuple[int, ...], Kind, Item, bool]


def _about_proposal(one: Waiting, since: date, today: date) -> Said | None:
    """What would be said of it, and whether that is new today. A deadline goes before a delay."""
    left, idle = (one.closes - today).days if one.closes else None, (today - one.touched).days
    if left is not None and left < 0:
        return None  # nothing its unit could still do
    patience = PATIENCE[one.status] if one.is_shared else UNSHARED_FOR
    item = Item(one.id, one.name, left, idle if idle >= patience else None)
    soon = left is not None and left <= max(BEFORE_CLOSING)
    if not soon and idle < patience:
        return None
    kind = Kind.UNSHARED if not one.is_shared else Kind.DEADLINE if soon and one.status in EDITABLE else LEFT_LYING[one.status]
    is_new = is_idle(one.touched, patience, since, today) or (one.closes is not None and closes_soon(one.closes, since, today))
    return one.people, kind, item, is_new


def _about_unit(one: Missing, since: date, today: date) -> Said | None:
    reached = one.opened + timedelta(days=UNSTARTED_AFTER)
    if one.closes < today or (today < reached and not closes_soon(one.closes, since, today)):
        return None
    return one.people, Kind.UNSTARTED, Item(None, one.unit, left=(one.closes - today).days), since < reached or closes_soon(one.closes, since, today)


def _about_promise(one: Promised, since: date, today: date) -> Said:
    """On the day after it was due, and every week from then on."""
    first = one.due_on + timedelta(days=1)
    is_new = since < first or (today - first).days // PROMISE_AGAIN > (since - first).days // PROMISE_AGAIN
    return one.people, Kind.PROMISE, Item(None, one.text, left=(one.due_on - today).days), is_new


def closes_soon(closes: date, since: date, today: date) -> bool:
    """Was one of the marks before the closing reached since then?"""
    return today <= closes and any(since < closes - timedelta(days=mark) <= today for mark in BEFORE_CLOSING)


def is_idle(touched: date, patience: int, since: date, today: date) -> bool:
    """Has the patience run out (once more) since then?"""
    return (today - touched).days // patience > max((since - touched).days // patience, 0)
