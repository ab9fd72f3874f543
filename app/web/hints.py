"""What a machine finds in the PDFs of a page, beside them for both sides: hints, never judgements.

Which words are marked is chosen here from a word of the address (`?cari=nama`, `nomor`, `tahun-2025`), never by the address itself.
"""
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from flask import request

from app.extensions import db
from app.models import Answer, Document, DocumentVersion, Exhibit
from app.queries.hints import names_with
from app.rules import hints
from app.rules.hints import Hint
from app.storage.text import Box, Page, Text
from app.web.gate import SAFE, storage

PATIENCE = 2.0  # seconds a page may take to have older documents read
LOOKING = 10.0  # seconds to look one document through, after which no further page is begun; the longest honest one takes one or two


@dataclass(frozen=True)
class Report:
    """Of one PDF: `read` pages of `total`, the numbers of those among them that no machine can read; `is_waiting` until it was read."""
    hints: tuple[Hint, ...]
    read: int = 0
    total: int = 0
    unread: tuple[int, ...] = ()
    is_waiting: bool = False

    @property
    def is_scan(self) -> bool:
        return 0 < self.read == len(self.unread)

    @property
    def unread_pages(self) -> str:
        return hints.spans(self.unread)


@dataclass(frozen=True)
class Marks:
    """Places on one page of a document, and what stands there."""
    hint: Hint
    boxes: list[Box]


class Reader:
    """Looks in the PDFs among some versions for a name, which may be empty, and for what each version says of itself."""

    def __init__(self, name: str, versions: Iterable[DocumentVersion]):
        files = {version.id: version for version in versions if version.file.kind == "pdf"}
        words = hints.words(name) if files else []
        self.name, self.others = name, tuple(db.session.scalars(names_with(words))) if words else ()
        until = time.monotonic() + (PATIENCE if request.method in SAFE else 0)  # who holds the writing transaction keeps nobody waiting
        self.texts = {id: storage().text(version.file.sha256, until) for id, version in files.items()}
        self.reports = {id: self._report(version, self.texts[id]) for id, version in files.items()}

    def of(self, version: DocumentVersion) -> Report | None:
        """None for what is no PDF."""
        return self.reports.get(version.id)

    def marks(self, version: DocumentVersion, page: int) -> Marks | None:
        """What the address asks to see on a page; None when it asks for nothing, or for nothing that is there."""
        text, key = self.texts.get(version.id), request.args.get("cari")
        page = max(1, min(page, version.file.pages or 1))  # as the viewer shows it
        thing = next((thing for thing in self._wanted(version) if hints.key_of(thing) == key), None)
        if not thing or not text or page > len(text.pages):
            return None
        places = hints.places(text.pages[page - 1], thing)
        hint = next(hint for hint in self.reports[version.id].hints if hint.key == key)
        return Marks(hint, storage().boxes(version.file.sha256, text.pages[page - 1], places)) if places else None

    def _report(self, version: DocumentVersion, text: Text | None) -> Report:
        if text is None:
            return Report((), is_waiting=True)
        asked = (self.name, version.doc_number, tuple(version.years), self.others)
        found, looked = _look(version.file.sha256, *asked) if text.pages else ((), 0)
        return Report(found, looked, text.total, tuple(hints.unread(text.pages[:looked])))

    def _wanted(self, version: DocumentVersion) -> list[hints.Wanted]:
        return hints.wanted(self.name, version.doc_number, version.years, self.others)


@lru_cache(maxsize=1000)
def _look(sha256: str, name: str, number: str, years: tuple[int, ...], others: tuple[str, ...]) -> tuple[tuple[Hint, ...], int]:
    """And how many pages were looked at. The same bytes and questions have the same answer: who turns the pages of a long document has it
    looked through once."""
    looked: list[Page] = []
    found = hints.look(_in_time(storage().text(sha256), looked), hints.wanted(name, number, years, others))
    return tuple(found), len(looked)


def _in_time(text: Text | None, looked: list[Page]) -> Iterator[Page]:
    """Its pages, one at least, until the time is up: some text is made to take for ever."""
    until = time.monotonic() + LOOKING
    for page in text.pages if text else ():
        if looked and time.monotonic() > until:
            return
        looked.append(page)
        yield page


def of_answer(answer: Answer) -> Reader:
    """For the unit: its documents on a row as they are now, and the innovation's name as it is now."""
    return Reader(answer.entry.innovation.name, [exhibit.version for exhibit in answer.exhibits])


def of_document(document: Document, exhibit: Exhibit | None) -> tuple[DocumentVersion, Reader]:
    """For a document's own page: the version and the innovation of an exhibit it was opened from; else the current version, and the
    innovation when it serves a single one."""
    version = exhibit.version if exhibit else document.current
    names = {one.answer.entry.innovation.name for one in ([exhibit] if exhibit else document.exhibits)}
    return version, Reader(names.pop() if len(names) == 1 else "", [version])
