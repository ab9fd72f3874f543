"""The evidence library and the page of one document: who sees what, how it is narrowed."""
import pytest
from sqlalchemy import Engine, event

from app.extensions import db
from app.models import Document, Unit, User
from app.queries.documents import DocumentFilter
from tests.cast import make_file


@pytest.fixture
def selects():
    seen = []

    def listen(connection, cursor, sql, *rest):
        if sql.startswith("SELECT"):
            seen.append(sql)
    event.listen(Engine, "before_cursor_execute", listen)
    yield seen
    event.remove(Engine, "before_cursor_execute", listen)


def keep(app, saved, *titles, unit="dinas", kind="pdf", start=100, **details) -> list[int]:
    """Documents without bytes, straight into the library."""
    with app.app_context():
        by, unit = db.session.get(User, saved.people["owner"]), db.session.get(Unit, saved.units[unit])
        made = [Document.add(unit, by, make_file(start + n, kind), f"{title}.{kind}", title=title, **details) for n, title in enumerate(titles)]
        db.session.add_all(made)
        db.session.commit()
        return [document.id for document in made]


def titles_on(page) -> list[str]:
    return [line.split("</a>")[0].split(">")[-1] for line in page.text.split('<th scope="row"')[1:]]


# The list

def test_a_unit_sees_its_own_library_and_the_office_sees_all(app, saved, open_as):
    keep(app, saved, "Neraca 2025", unit="badan")
    own = [f"Bukti {n}" for n in (4, 3, 2, 1, 0)]
    assert titles_on(open_as("owner").get("/dokumen/")) == own == titles_on(open_as("head").get("/dokumen/"))
    assert titles_on(open_as("stranger").get("/dokumen/")) == ["Neraca 2025"]
    for who in ("reviewer", "coordinator", "admin"):
        assert titles_on(open_as(who).get("/dokumen/")) == ["Neraca 2025", *own]
    open_as("leader").get("/dokumen/", expect=403)


def test_the_address_narrows_and_orders(app, saved, open_as):
    keep(app, saved, "Foto sosialisasi", kind="jpg", years=[2023], doc_number="")
    keep(app, saved, "Akta kerja sama", start=200, years=[2026], doc_number="415.4/7/2026")
    owner = open_as("owner")
    assert titles_on(owner.get("/dokumen/?q=415.4")) == ["Akta kerja sama"]
    assert titles_on(owner.get("/dokumen/?q=sosialisasi")) == ["Foto sosialisasi"]
    assert titles_on(owner.get("/dokumen/?year=2023")) == ["Foto sosialisasi"]
    assert titles_on(owner.get("/dokumen/?kind=gambar&unused=1")) == ["Foto sosialisasi"]
    assert titles_on(owner.get("/dokumen/?unused=1&sort=title")) == ["Akta kerja sama", "Foto sosialisasi"]
    assert titles_on(owner.get("/dokumen/?kind=tautan")) == []


def test_each_line_says_which_rows_it_proves(saved, open_as):
    page = open_as("owner").get("/dokumen/?q=Bukti+0").text
    assert f'<a href="/usulan/{saved.entry}">JEMPUT GIZI</a> 2026: baris 16' in page
    assert "Semua 1" in page and "Belum dipakai 0" in page


def test_a_longer_library_costs_no_more_queries(app, saved, open_as, selects):
    office, costs = open_as("reviewer"), []
    for count in (2, 14):
        keep(app, saved, *[f"Laporan {count} {n}" for n in range(count)], start=count * 100)
        selects.clear()
        office.get("/dokumen/")
        costs.append(len(selects))
    assert costs[0] == costs[1]


def test_an_empty_library_says_what_to_do(saved, open_as):
    assert "Tambah dokumen pertama" in open_as("stranger").get("/dokumen/").text


def test_filter_round_trip():
    chosen = DocumentFilter.read({"q": "SK", "year": "2025", "kind": "pdf", "unused": "1", "unit": "3", "page": "2"})
    assert chosen == DocumentFilter(q="SK", year=2025, kind="pdf", unused=True, unit=3, page=2)
    assert chosen.args(page=1) == {"q": "SK", "year": 2025, "kind": "pdf", "unused": 1, "unit": 3}
    assert DocumentFilter.read({"unused": "ya", "year": "dua ribu"}) == DocumentFilter()


# One document

def test_its_page_shows_what_it_proves(saved, open_as):
    for who in ("owner", "head", "reviewer", "leader"):
        page = open_as(who).get(f"/dokumen/{saved.document}").text
        assert "Membuktikan 1 baris" in page and f'href="/usulan/{saved.entry}/indikator/16"' in page
    open_as("stranger").get(f"/dokumen/{saved.document}", expect=404)


def test_turning_pages_stays_inside_the_document(saved, open_as):
    owner = open_as("owner")
    assert "halaman 3 dari 3" in owner.get(f"/dokumen/{saved.document}?hlm=99").text
    assert "halaman 1 dari 3" in owner.get(f"/dokumen/{saved.document}?hlm=-2").text
    assert "halaman 1 dari 3" in owner.get(f"/dokumen/{saved.document}?hlm=dua").text


def test_active_content_is_said_to_whoever_looks(app, saved, open_as):
    with app.app_context():
        db.session.get(Document, saved.document).current.file.active = ["/JavaScript", "/Launch"]
        db.session.commit()
    assert "PDF ini memuat isi aktif: skrip, perintah membuka program." in open_as("reviewer").get(f"/dokumen/{saved.document}").text
