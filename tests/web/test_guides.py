"""The guides: each renders whole, leads only to what its reader may open, and shows pictures that are there."""
import re
from pathlib import Path

import html5lib
import pytest

from app.web import guides
from tests.journeys.pictures import LARGEST, PICTURES
from tests.web.reviewing import text

ALL = sorted(guides.slugs())
READERS = {"operator": "owner", "kepala": "head", "verifikator": "reviewer", "koordinator": "coordinator", "pimpinan": "leader", "admin": "admin"}
NS = {"h": "http://www.w3.org/1999/xhtml"}


def body(page):
    """What came from the guide itself."""
    tree = html5lib.parse(page.text)
    return [*tree.findall(".//h:section[@class='sheet guide']", NS), *tree.findall(".//h:p[@class='lead-line']", NS)]


def found(page, tag, attribute):
    return [node.get(attribute) for part in body(page) for node in part.findall(f".//h:{tag}", NS)]


def test_there_is_a_guide_for_each_role():
    assert set(READERS) == set(guides.SLUGS.values()) <= set(ALL)


@pytest.mark.parametrize("slug", ALL)
def test_a_guide_is_one_page_in_order(open_as, slug):
    page = open_as("owner").get(f"/bantuan/panduan/{slug}")
    levels = [int(tag[1]) for tag in re.findall(r"<(h[1-6])\b", page.text)]
    assert levels.count(1) == 1 and [(a, b) for a, b in zip(levels, levels[1:], strict=False) if b > a + 1] == []
    assert all(found(page, "img", "alt")) and "style=" not in page.text
    ids = set(re.findall(r'id="([^"]+)"', page.text))
    assert [anchor for anchor in re.findall(r'href="#([^"]+)"', page.text) if anchor not in ids] == []


@pytest.mark.parametrize("slug", ALL)
def test_what_a_guide_leads_to_is_there_for_its_reader(open_as, slug):
    reader = open_as(READERS.get(slug, "admin"))
    page = reader.get(f"/bantuan/panduan/{slug}")
    for address in {*found(page, "a", "href"), *found(page, "img", "src")}:
        reader.get(address.partition("#")[0] or f"/bantuan/panduan/{slug}")


def test_a_table_reads_as_a_list_on_a_phone(open_as):
    page = open_as("owner").get("/bantuan/panduan/pengaturan")
    cells = re.search(r'<th class="full" scope="row"><code>port</code></th>\s*(.*?)</tr>', page.text, re.S)[1]
    assert re.findall(r'<td class="full" data-l="([^"]+)">', cells) == ["Boleh diisi", "Bawaan", "Keterangan"]


def test_help_names_the_own_guide_first(open_as):
    for slug, who in READERS.items():
        assert re.findall(r'href="/bantuan/panduan/(\w+)"', open_as(who).get("/bantuan").text)[0] == slug


@pytest.mark.parametrize(("who", "slug"), [("stranger", "operator"), ("reviewer", "verifikator")])
def test_whoever_has_nothing_to_do_yet_is_led_to_their_guide(open_as, who, slug):
    assert f'href="/bantuan/panduan/{slug}"' in open_as(who).get("/").text


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(guides, "DOCS", tmp_path)
    return tmp_path


def test_html_in_a_guide_is_text_and_a_script_no_link(open_as, elsewhere):
    (elsewhere / "coba.md").write_text("# Coba\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![Tidak ada](gambar/../../rahasia.png)\n")
    page = open_as("owner").get("/bantuan/panduan/coba").text
    assert "&lt;script&gt;" in page and 'href="javascript' not in page and "<em>Tidak ada</em>" in page and "rahasia" not in page


def test_without_its_files_a_guide_says_so(open_as, elsewhere):
    owner = open_as("owner")
    assert "Panduan ini tidak ikut terpasang." in text(owner.get("/bantuan/panduan/operator"))
    assert "Panduan Operator OPD" in text(owner.get("/bantuan"))
    owner.get("/bantuan/panduan/coba", 404)


def test_only_pictures_of_the_guides_are_given_and_only_to_people_who_are_signed_in(open_as):
    owner = open_as("owner")
    picture = owner.get("/bantuan/gambar/usulan.png")
    assert (picture.mimetype, picture.headers["Cache-Control"]) == ("image/png", "private, max-age=86400")
    for name in ("tidak-ada.png", "..%2Fpanduan-admin.md", "panduan-admin.md"):
        owner.get(f"/bantuan/gambar/{name}", 404)
    assert "/masuk" in open_as(None).get("/bantuan/gambar/usulan.png", 302).location


def test_every_picture_is_one_of_the_script_and_small():
    files = {path.stem: path.stat().st_size for path in Path(guides.PICTURES).iterdir()}
    assert set(files) == {one.name for one in PICTURES}
    assert [name for name, size in files.items() if size > LARGEST] == []
