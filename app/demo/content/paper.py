"""A document of evidence before it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Paper:
    """One document and how it is linked to one row.

    `key` names the document: papers with the same key are the same bytes and should be attached once.
    `pages` and `set_number` belong to the link, so they may differ between rows.
    `render` names a drawing in `app.demo.drawing`, `facts` are its arguments.
    """

    key: str
    title: str
    dated_on: date
    kind: str  # pdf, jpg, png, mp4
    render: str
    facts: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    doc_number: str | None = None
    years: tuple[int, ...] = ()
    url: str | None = None
    captured_on: date | None = None
    pages: str | None = None
    set_number: int | None = None

    def link(self, pages: str | None = None, set_number: int | None = None) -> "Paper":
        return replace(self, pages=pages, set_number=set_number)

    def variant(self, mark: object, **facts: Any) -> "Paper":
        """A document of its own that differs in these facts."""
        return replace(self, key=f"{self.key}:{mark}", facts={**self.facts, **facts})

    def spoiled(self, **facts: Any) -> "Paper":
        """The same document as an office first hands it in, with something missing."""
        return replace(self, key=f"{self.key}~awal", facts={**self.facts, **facts})

    @property
    def is_spoiled(self) -> bool:
        return self.key.endswith("~awal")
