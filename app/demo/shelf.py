"""From papers to documents: each is drawn once, kept once, and added to its unit's library the first time it is needed."""
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from app.demo.content.paper import Paper
from app.demo.drawing import draw
from app.models import Document, StoredFile, Unit, User
from app.storage import Storage, Stored


def draw_all(storage: Storage, papers: Iterable[Paper], say: Callable[[str], None]) -> dict[str, Stored]:
    """Draw every different paper on all cores; by key. The files are real and stay under their hash."""
    wanted = list({paper.key: paper for paper in papers}.values())
    kept: dict[str, Stored] = {}
    with ProcessPoolExecutor() as pool:
        for number, (key, stored) in enumerate(pool.map(_draw_one, [(storage.root, paper) for paper in wanted], chunksize=20), start=1):
            kept[key] = stored
            if number % 400 == 0 or number == len(wanted):
                say(f"  {number} dari {len(wanted)} berkas bukti dibuat")
    return kept


def _draw_one(job: tuple[Path, Paper]) -> tuple[str, Stored]:
    root, paper = job
    content, facts = draw(paper)
    return paper.key, Storage(root, max_bytes=len(content)).keep(content, paper.kind, **facts)


class Shelf:
    """What has been drawn, as rows: one file per hash, one document per unit and paper."""

    def __init__(self, kept: dict[str, Stored]):
        self.kept = kept
        self.files: dict[str, StoredFile] = {}
        self.documents: dict[tuple[int, str], Document] = {}

    def file(self, key: str) -> StoredFile:
        stored = self.kept[key]
        if stored.sha256 not in self.files:
            self.files[stored.sha256] = StoredFile(sha256=stored.sha256, size=stored.size, kind=stored.kind, pages=stored.pages,
                                                   seconds=stored.seconds, active=[])
        return self.files[stored.sha256]

    def document(self, unit: Unit, paper: Paper, by: User) -> Document:
        """The unit's document of this paper; a spoiled first try and its repair are two versions of the same one."""
        place = (id(unit), paper.key.removesuffix("~awal"))
        if place not in self.documents:
            self.documents[place] = Document.add(unit, by, self.file(paper.key), name_of(paper), **facts_of(paper))
        return self.documents[place]

    def repair(self, unit: Unit, paper: Paper, by: User) -> None:
        """Replace the spoiled file by the good one."""
        document = self.document(unit, paper, by)
        if document.current.file is not self.file(paper.key):
            document.revise(by, self.file(paper.key), name_of(paper, "-perbaikan"), **facts_of(paper))


def name_of(paper: Paper, mark: str = "") -> str:
    """A file name as an office would give it."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", paper.title)[:60].strip("-")
    return f"{words}{mark}.{paper.kind}"


def facts_of(paper: Paper) -> dict:
    return {"title": paper.title, "doc_number": paper.doc_number, "dated_on": paper.dated_on, "years": list(paper.years), "url": paper.url,
            "captured_on": paper.captured_on}
