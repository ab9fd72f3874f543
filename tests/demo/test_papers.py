"""The files of the training regency are real, repeatable and small."""

import subprocess
import sys
from hashlib import sha256
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from app.demo.content import region
from app.demo.content.catalogue import INNOVATIONS
from app.demo.content.claims import claims
from app.demo.content.recipes import RECIPES, recipe
from app.demo.content.recipes.flaws import SLIPS, first_try
from app.demo.drawing import DRAWINGS, draw
from app.demo.video import CLIPS, clip

SHOWN = [INNOVATIONS[key] for key in ("jemput-gizi", "labkesda-daring", "kolam-sekolah", "tandon-gilir", "perpustakaan-perahu")]
KINDS = {"pdf": 150_000, "jpg": 250_000, "png": 250_000, "mp4": 260_000}


def all_papers(innovations, levels=(1, 2, 3)):
    papers = [p for item in innovations for row in RECIPES for level in levels for p in recipe(row, level, item)]
    return list({paper.key: paper for paper in papers}.values())


def text_of(content):
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


@pytest.fixture(scope="module")
def drawn():
    regional = {paper.key: paper for claim in region.claims(2026) for paper in claim.papers}
    return [(paper, *draw(paper)) for paper in [*all_papers(SHOWN), *regional.values()]]


def test_every_drawing_is_used(drawn):
    assert {paper.render for paper, *_ in drawn} == set(DRAWINGS)


def test_documents_open_and_have_the_pages_they_say(drawn):
    for paper, content, facts in drawn:
        if paper.kind == "pdf":
            with pikepdf.open(BytesIO(content)) as document:
                assert 1 <= len(document.pages) <= 6, paper.key
                assert len(document.pages) == facts["pages"]
                assert not isinstance(document.Root.get("/OpenAction"), pikepdf.Dictionary)


def test_pictures_open_in_the_format_they_say(drawn):
    for paper, content, _ in drawn:
        if paper.kind in {"jpg", "png"}:
            with Image.open(BytesIO(content)) as picture:
                picture.load()
                assert picture.format == {"jpg": "JPEG", "png": "PNG"}[paper.kind], paper.key
                assert min(picture.size) >= 600


def test_files_stay_small(drawn):
    assert [(paper.key, len(content)) for paper, content, _ in drawn if len(content) > KINDS[paper.kind]] == []


def test_the_same_paper_is_the_same_bytes(drawn):
    for paper, content, _ in drawn[::7]:
        assert draw(paper)[0] == content, paper.key


def test_another_process_draws_the_same_bytes():
    code = (
        "from hashlib import sha256; from app.demo.content.catalogue import INNOVATIONS; from app.demo.content.recipes import recipe;"
        "from app.demo.drawing import draw; item = INNOVATIONS['kades-antar'];"
        "print(*(sha256(draw(p)[0]).hexdigest() for row in ('17', '25', '30', '35') for p in recipe(row, 3, item)))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    here = [p for row in ("17", "25", "30", "35") for p in recipe(row, 3, INNOVATIONS["kades-antar"])]
    assert printed == [sha256(draw(paper)[0]).hexdigest() for paper in here]


def test_different_papers_are_different_files(drawn):
    hashes = {}
    for paper, content, _ in drawn:
        hashes.setdefault(sha256(content).hexdigest(), []).append(paper.key)
    assert [keys for keys in hashes.values() if len(keys) > 1] == []


def test_text_can_be_found_in_the_decree():
    (paper,) = recipe("23", 3, INNOVATIONS["jemput-gizi"])
    text = text_of(draw(paper)[0])
    assert "JEMPUT GIZI" in text and paper.doc_number in text and str(paper.dated_on.year) in text
    assert "Penanggung jawab" in text


def test_a_scan_has_no_text():
    item = INNOVATIONS["ketuk-pintu-tb"]
    (paper,) = recipe("23", 2, item)
    assert item.name not in text_of(draw(paper)[0])


@pytest.mark.parametrize("row", ["18", "21"])
def test_yearly_pages_name_the_innovation_on_the_linked_page(row):
    for item in INNOVATIONS.values():
        for paper in recipe(row, 3, item):
            with pypdfium2.PdfDocument(draw(paper)[0]) as document:
                page = document[int(paper.pages) - 1].get_textpage().get_text_bounded()
            assert item.name in " ".join(page.split()), paper.key


def test_the_name_stands_in_the_lists_of_the_regent():
    perda, listing, _ = recipe("16", 3, INNOVATIONS["izin-sehari"])
    assert "IZIN SEHARI" in text_of(draw(listing)[0])
    assert "IZIN SEHARI" not in text_of(draw(perda)[0])


def test_one_decree_serves_five_rows():
    for item in INNOVATIONS.values():
        shared = [{p.key for p in recipe(row, 3, item)} for row in ("16", "17", "22", "23", "24")]
        assert any(key.startswith("sk-tim:") for key in set.intersection(*shared)), item.key


def test_linked_pages_exist():
    for paper in all_papers(SHOWN):
        for link in (p for item in SHOWN for row in RECIPES for p in recipe(row, 3, item) if p.key == paper.key and p.pages):
            last = int(link.pages.replace("–", ",").split(",")[-1])
            assert last <= draw(paper)[1]["pages"], link


def test_first_tries_lack_something_and_share_the_document():
    for row in RECIPES:
        good = recipe(row, 3, INNOVATIONS["rumah-singgah-sehari"])
        first = first_try(row, good)
        assert first != good
        for paper in first:
            assert paper.key.removesuffix("~awal") in {p.key for p in good}
            if paper.is_spoiled:
                assert draw(paper)[0] != draw(next(p for p in good if p.key == paper.key.removesuffix("~awal")))[0]
    assert set(SLIPS) <= set(RECIPES)


@pytest.mark.parametrize("substances", CLIPS)
def test_clips_are_whole_boxes_and_differ_by_seed(substances):
    content, end, names = clip("a", substances), 0, []
    while end < len(content):
        size = int.from_bytes(content[end : end + 4])
        names.append(content[end + 4 : end + 8])
        assert size >= 8
        end += size
    assert end == len(content)
    assert names[0] == b"ftyp" and names[-1] == b"free" and b"moov" in names
    assert clip("a", substances) != clip("b", substances)


def test_claims_are_proven_by_papers():
    for item in INNOVATIONS.values():
        for row, level in claims(item).items():
            assert 0 <= level <= 3
            assert bool(recipe(row, level, item)) == bool(level), (item.key, row)
