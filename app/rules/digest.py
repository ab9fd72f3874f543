"""A day's notices as a person reads them: one line per proposal, and one for what was done to many at once."""
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

MANY = 4  # the same thing told of so many proposals is one piece of news


class Group(NamedTuple):
    """Notices about one thing, newest first, and how often something else was done to it that day (by word of the event). With `alike` the
    notices are of several proposals and say the same of each; without any, `entry` and `name` say which proposal was worked on."""
    notices: list[Any]
    work: dict[str, int]
    alike: bool = False
    entry: int | None = None
    name: str = ""

    @property
    def is_unread(self) -> bool:
        return any(notice.read_at is None for notice in self.notices)


def gathered(notices: Sequence[Any], work: Iterable[tuple[int, str, str, int]]) -> list[Group]:
    """`notices` newest first; `work` as entry id, name, what, how often. What was told comes before what was only counted."""
    done: dict[Any, dict[str, int]] = defaultdict(dict)
    names = {}
    for entry, name, what, times in work:
        done[entry][what], names[entry] = times, name
    singles, together = _alike(notices)
    about: dict[Any, list[Any]] = defaultdict(list)
    for notice in singles:
        about[notice.event.entry_id or f"event {notice.event.id}"].append(notice)
    told = [Group(found, done.pop(thing, {})) for thing, found in about.items()] + [Group(found, {}, alike=True) for found in together]
    told.sort(key=lambda group: group.notices[0].event.at, reverse=True)
    return told + [Group([], counts, entry=entry, name=names[entry]) for entry, counts in done.items()]


def _alike(notices: Sequence[Any]) -> tuple[list[Any], list[list[Any]]]:
    """Those that stand for themselves, and the sets that say the same of many proposals."""
    same: dict[tuple[str, int | None], list[Any]] = defaultdict(list)
    for notice in notices:
        if notice.event.entry_id:
            same[notice.event.what, notice.event.by_id].append(notice)
    together = [found for found in same.values() if len({notice.event.entry_id for notice in found}) >= MANY]
    taken = {id(notice) for found in together for notice in found}
    return [notice for notice in notices if id(notice) not in taken], together
