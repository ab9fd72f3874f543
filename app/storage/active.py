"""What could run, or is carried along, inside a PDF. Runs in the child only."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

KEYS = {  # the key alone tells
    "/JS": "/JavaScript",
    "/JavaScript": "/JavaScript",
    "/EmbeddedFiles": "/EmbeddedFiles",
    "/RichMediaContent": "/RichMedia",
}
ACTIONS = {"/AA", "/OpenAction"}  # a dictionary is an action; an array is a place to scroll to
VALUES = {  # the key and its value together tell
    "/S": {"/JavaScript": "/JavaScript", "/Launch": "/Launch"},
    "/Type": {"/EmbeddedFile": "/EmbeddedFiles"},
    "/Subtype": {"/FileAttachment": "/EmbeddedFiles", "/RichMedia": "/RichMedia"},
}


def active_names(pdf: Pdf) -> list[str]:
    """Names of the active content, sorted.

    Every object is read, wherever it hangs: an action can be chained behind a bookmark, a form
    field or an annotation, and an object no page points at can still be reached by an update.
    """
    names = {_name(key, value) for thing in pdf.objects for key, value in _entries(thing)}
    return sorted(names - {None})


def _name(key: str, value: Any) -> str | None:
    if key in ACTIONS:
        return key if isinstance(value, Dictionary) else None
    if key in VALUES and isinstance(value, Name):
        return VALUES[key].get(str(value))
    return KEYS.get(key)


def _entries(thing: Any) -> Iterator[tuple[str, Any]]:
    """The dictionary entries of one object and of all written inside it, not behind a link."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Stream):
            one = one.stream_dict
        if isinstance(one, Dictionary):
            yield from one.items()
            waiting += [value for value in one.values() if _is_inside(value)]
        elif isinstance(one, Array):
            waiting += [value for value in one if _is_inside(value)]


def _is_inside(value: Any) -> bool:
    return isinstance(value, Dictionary | Array) and not value.is_indirect
