"""What a list is showing. One object reads the address, narrows the query, puts it in order and fills the links."""
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, fields, replace
from functools import cache
from typing import Any, ClassVar, Self, cast

from sqlalchemy import Select, SQLColumnExpression

MOST_DIGITS = 9  # more would not be an id or a page of anything here
LONGEST = 200    # letters: nothing here is called more, and SQLite looks for no pattern of 50,000


@dataclass(frozen=True)
class Filter:
    """Subclasses add fields (text, number or yes/no, each with the default that means "all") and a `narrow` of their own. `sort` is a key of
    ORDERS, with "-" in front when turned round; every order ends in the id, so it is total."""
    sort: str = ""
    page: int = 1
    ORDERS: ClassVar[Mapping[str, tuple[SQLColumnExpression[Any], ...]]] = {}
    USUAL: ClassVar[str] = ""

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Self:
        """From the address; what makes no sense there counts as not said."""
        said = {field.name: _value(args[field.name], field.default) for field in _fields(cls) if field.name in args}
        chosen = cls(**said) if said else _usual(cls)
        return chosen if not chosen.sort or chosen.sort.removeprefix("-") in cls.ORDERS else replace(chosen, sort="")

    def ordered(self, query: Select) -> Select:
        columns = self.ORDERS[self.sort_key]
        return query.order_by(*(_turned(column, self.descending) for column in columns))

    def args(self, **changes: Any) -> dict[str, Any]:
        """The address of this list with some changes; what says nothing is left out, a yes is 1."""
        changed = replace(self, **changes) if changes else self
        return {field.name: int(value) if value is True else value for field in _fields(type(self))
                if (value := getattr(changed, field.name)) != field.default}

    @property
    def sort_key(self) -> str:
        return (self.sort or self.USUAL).removeprefix("-")

    @property
    def descending(self) -> bool:
        return (self.sort or self.USUAL).startswith("-")

    def turned(self, key: str) -> dict[str, Any]:
        """The address for the head of column `key`: sorts by it, and the other way round when it already does."""
        again = key == self.sort_key and not self.descending
        return self.args(sort=f"-{key}" if again else key, page=1)

    @property
    def is_narrow(self) -> bool:
        return bool(self.args(sort="", page=1))


_fields = cast(Callable[[type[Filter]], tuple[Field[Any], ...]], cache(fields))
_usual = cast(Callable[[type[Filter]], Any], cache(lambda kind: kind()))  # as most lists are opened: nothing is said in the address


def _turned(column: SQLColumnExpression[Any], descending: bool) -> Any:
    """What is empty counts as least, on PostgreSQL too; said only where something may be empty, so that an index still gives the order."""
    turned = column.desc() if descending else column.asc()
    if not getattr(column, "nullable", True):
        return turned
    return turned.nulls_last() if descending else turned.nulls_first()


def _value(text: str, default: Any) -> Any:
    text = text.strip()
    if isinstance(default, bool):
        return text == "1"
    if isinstance(default, int):
        return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else default
    return text[:LONGEST]
