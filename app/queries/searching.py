"""Innovations by a part of their name or summary, wherever it stands in a word: "layan" finds "pelayanan"."""
from typing import Any

from sqlalchemy import Boolean, ColumnElement, SQLColumnExpression, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from app.models import Innovation

WORDS = ("name", "summary")  # columns of an innovation
LEAST = 3  # letters: the index is made of three at a time


class found(FunctionElement[bool]):  # noqa: N801  # a function of SQL
    """An innovation (a column that holds its id) whose words match, on SQLite through the table of migration 0008; elsewhere the same said with
    LIKE, which PostgreSQL answers through an index of its own."""
    type = Boolean()
    inherit_cache = True


class found_first(found):  # noqa: N801
    """The same, for SQLite to begin with those that match. Of a Boolean it is told "= 1", and keeps to the order it is asked for."""
    type = NullType()  # type: ignore[assignment]
    inherit_cache = True


@compiles(found)
def _through_like(element: found, compiler: SQLCompiler, **kw: Any) -> str:
    return f"({compiler.process(list(element.clauses)[2], **kw)})"


@compiles(found, "sqlite")
def _through_index(element: found, compiler: SQLCompiler, **kw: Any) -> str:
    id, phrase = (compiler.process(clause, **kw) for clause in list(element.clauses)[:2])
    return f"{id} IN (SELECT rowid FROM innovation_search WHERE innovation_search MATCH {phrase})"


def named(text: str) -> ColumnElement[bool]:
    """With this in its name."""
    return _has(text, "name")


def told(text: str) -> ColumnElement[bool]:
    """With this in its name or its summary."""
    return _has(text, *WORDS)


def named_at(id: SQLColumnExpression[int], text: str, first: bool = False) -> ColumnElement[bool]:
    """The same of a column that points to an innovation; `first`: to begin with what matches."""
    return _has(text, "name", at=id, how=found_first if first else found)


def _has(text: str, *columns: str, at: SQLColumnExpression[int] | None = None, how: type[found] = found) -> ColumnElement[bool]:
    like = or_(*(getattr(Innovation, name).icontains(text, autoescape=True) for name in columns))
    if at is not None:
        like = at.in_(select(Innovation.id).where(like))
    if len(text) < LEAST or "\0" in text:
        return like
    words = text.replace('"', '""')
    return how(Innovation.id if at is None else at, literal(f'{{{" ".join(columns)}}} : "{words}"'), like)
