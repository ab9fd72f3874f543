"""What SQLite and PostgreSQL say in different words; everything else in this house both understand."""
from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, ColumnElement, DateTime, TableValuedAlias, column, func, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Greatest(FunctionElement[Any]):
    inherit_cache = True


class _DayOf(FunctionElement[Any]):
    inherit_cache = True


class _Each(FunctionElement[Any]):
    inherit_cache = True


def latest_of(*instants: Any) -> ColumnElement[Any]:
    """The last of several instants in one row, none of them empty."""
    found = _Greatest(*instants)
    found.type = instants[0].type
    return found


def day_of(instant: Any, offset: timedelta) -> ColumnElement[Any]:
    """The day of an instant where clocks are so far from UTC; to sort by."""
    return _DayOf(instant, literal(int(offset.total_seconds() // 60)))


def each_in(details: Any, name: str) -> TableValuedAlias:
    """One line, `value`, for each item of the list of that name; no line when there is none."""
    return _Each(details, literal(name)).table_valued(column("value", JSON))


@compiles(_Greatest)
def _greatest(element: Any, compiler: Any, **words: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **words)})"


@compiles(_Greatest, "sqlite")
def _max(element: Any, compiler: Any, **words: Any) -> str:
    return f"max({compiler.process(element.clauses, **words)})"


@compiles(_DayOf)
def _day(element: Any, compiler: Any, **words: Any) -> str:
    instant, minutes = element.clauses
    return compiler.process(func.date(instant + func.make_interval(0, 0, 0, 0, 0, minutes, type_=DateTime()), type_=DateTime()), **words)


@compiles(_DayOf, "sqlite")
def _day_on_sqlite(element: Any, compiler: Any, **words: Any) -> str:
    instant, minutes = element.clauses
    return compiler.process(func.date(instant, minutes.concat(" minutes")), **words)


@compiles(_Each)
def _elements(element: Any, compiler: Any, **words: Any) -> str:
    details, name = element.clauses
    return f"json_array_elements({compiler.process(details, **words)} -> {compiler.process(name, **words)})"


@compiles(_Each, "sqlite")
def _json_each(element: Any, compiler: Any, **words: Any) -> str:
    details, name = element.clauses
    return f"json_each({compiler.process(details, **words)}, '$.' || {compiler.process(name, **words)})"
