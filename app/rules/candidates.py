"""The best set to send of a list in which each innovation is told by itself."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from app.rules import selection
from app.rules.field import Group, Hand
from app.rules.portfolio import IndexRules
from app.rules.selection import Id, Nth, Selection


class Candidate(NamedTuple):
    """An innovation that may be sent. `choice` is a person's: "send" must go (as what was sent already), "hold" must stay."""
    id: Id
    maturity: Decimal
    main_affair: str
    choice: Hand = None


@dataclass(frozen=True)
class Chosen(Selection):
    """With what goes, in the order given."""
    send: tuple[Id, ...]


def best(spd: Decimal, candidates: Sequence[Candidate], rules: IndexRules, basic_affairs: Collection[str]) -> Chosen:
    found = selection.best(spd, groups_of(candidates), rules, basic_affairs, nth_of(candidates))
    return Chosen(**vars(found), send=tuple(one.id for place, one in enumerate(candidates) if found.takes(one.maturity, one.choice, place)))


def groups_of(candidates: Sequence[Candidate]) -> list[Group]:
    """Each a group by itself."""
    return [Group(one.maturity, one.main_affair, one.choice, 1, place, place) for place, one in enumerate(candidates)]


def nth_of(candidates: Sequence[Candidate]) -> Nth:
    """The places of what is alike, told from the list."""
    def nth(maturity: Decimal, so_many: int, but: Collection[int]) -> int:
        alike = [place for place, one in enumerate(candidates) if one.maturity == maturity and not one.choice and place not in but]
        return alike[so_many - 1]

    return nth
