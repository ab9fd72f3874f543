"""How far the hints can be trusted: hundreds of papers with a known truth, read as the child reads them.

Never "found" where the thing does not stand, on no page; at most 2 % "not found" where it does. An uncertain place counts as not found.
"""
import io
from array import array
from collections import Counter
from random import Random

import pypdfium2
import pytest

from app.demo.content.catalogue import INNOVATIONS
from app.demo.content.recipes import recipe
from app.demo.drawing import draw
from app.rules import hints
from app.storage import Storage, words
from app.storage.text import Page
from tests.hints.cases import MAKERS, Case

SEED, PAPERS, THROUGH_THE_CHILD = 2026, 340, 5
MOST_MISSED = 0.02
OF_THE_REGENCY = {"18": 3, "21": 3, "23": 3}  # rows proven by budgets, plans and decrees, at this level


def read(content: bytes) -> list[Page]:
    """The pages as the child finds them, without its process."""
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        pages = [words.read_page(document, number, array("H")) for number in range(len(document))]
    return [Page(tuple(page["texts"]), tuple(page["order"]), 0, page["words"]) for page in pages]


def judged(stands: dict[str, set[int]], found: list[hints.Hint]) -> Counter:
    """What was asked and how it was answered, as (kind of thing, outcome) pairs."""
    outcome: Counter = Counter()
    for hint in found:
        truth = stands.get(hint.key, set())
        outcome[hint.kind, "stands" if truth else "does not"] += 1
        outcome[hint.kind, "false"] += bool(set(hint.found) - truth)
        outcome[hint.kind, "missed"] += bool(truth and not hint.found)
    return outcome


def must_be_trusted(outcome: Counter, *kinds: str) -> None:
    for kind in kinds:
        assert outcome[kind, "stands"] > 100 and outcome[kind, "does not"] > 100, outcome
        assert outcome[kind, "false"] == 0, outcome
        assert outcome[kind, "missed"] <= MOST_MISSED * outcome[kind, "stands"], outcome


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    draw_from = Random(SEED)
    return [MAKERS[number % len(MAKERS)](draw_from) for number in range(PAPERS)]


def test_papers_of_every_habit(cases):
    outcome: Counter = Counter()
    for case in cases:
        pages = read(case.content)
        assert hints.unread(pages) == case.unread
        outcome += judged(case.stands, hints.look(pages, hints.wanted(case.name, case.number, case.years)))
    must_be_trusted(outcome, "nama", "nomor", "tahun")


def test_papers_of_the_training_regency():
    """Every name of the register is looked for in every fifth paper; it stands where its letters do."""
    papers = {paper.key: paper for item in INNOVATIONS.values() for row, level in OF_THE_REGENCY.items() for paper in recipe(row, level, item)}
    names = {item.name: hints.wanted(item.name, "", ()) for item in INNOVATIONS.values()}
    outcome: Counter = Counter()
    for paper in list(papers.values())[::5]:
        pages = read(draw(paper)[0])
        flat = [" ".join(page.texts[0].split()) for page in pages]
        for name, thing in names.items():
            stands = {number for number, text in enumerate(flat, 1) if name in text}
            outcome += judged({"nama": stands}, hints.look(pages, thing))
        outcome += judged({"nomor": {1}}, [hint for hint in hints.look(pages, hints.wanted("", paper.doc_number, ())) if set(hint.found) <= {1}])
    assert outcome["nomor", "missed"] == 0
    must_be_trusted(outcome, "nama")


def test_the_child_reads_the_same(cases, tmp_path):
    storage = Storage(tmp_path, max_bytes=10_000_000)
    for case in cases[:THROUGH_THE_CHILD]:
        pages = storage.text(storage.keep(case.content, "pdf").sha256).pages
        assert [(page.texts, page.order) for page in pages] == [(page.texts, page.order) for page in read(case.content)]
