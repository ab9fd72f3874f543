"""Evidence of the regional indicators: the office's documents first, new files second; what else the documents prove is said everywhere."""
import io

import pytest

from app.extensions import db
from app.models import Document, Period, RegionExhibit, Unit
from tests.cast import make_document, make_file
from tests.exports.readers import xlsx
from tests.web.reviewing import Selects, desk, text
from tests.web.test_entries_evidence import JSON, ids, pdf, png
from tests.web.test_region_list import fill

ROW = "/spd/2026/1"


def titles(app, saved, code="1"):
    with app.app_context():
        return [exhibit.version.title for exhibit in db.session.get(Period, saved.period).region_row(code).exhibits]


def office_document(cast, number, **facts):
    return Document.add(cast.units["office"], cast.coordinator, make_file(number, facts.pop("kind", "pdf")), f"spd-{number}.pdf",
                        title=f"Kantor {number}", years=[2025], **facts)


@pytest.fixture
def filled(app, saved):
    """Row 1 proven by SPD 900."""
    with desk(app, saved) as cast:
        fill(cast)
    with app.app_context():
        return db.session.query(RegionExhibit).one().id


def test_a_file_becomes_a_document_of_the_office_and_proves_the_row(app, saved, open_as):
    coordinator = open_as("coordinator")
    coordinator.post(ROW, {"level": "2"})
    page = text(coordinator.follow(f"{ROW}/bukti", {"file": (pdf(), "RPJMD.pdf"), "title": "RPJMD", "doc_number": "3/2025", "pages": "1"}))
    assert "1 berkas dilampirkan pada baris 1." in page and "Berkas yang ada mendukung level 2 yang diklaim." in page
    assert "3/2025 · hlm. 1" in page
    with app.app_context():
        assert db.session.query(Document).filter(Document.unit_id == saved.units["office"]).one().current.title == "RPJMD"


def test_the_pages_stand_in_place_and_open_where_the_proof_is(app, saved, filled, open_as):
    with desk(app, saved) as cast:
        row = cast.period.region_row("1")
        row.describe(cast.coordinator, row.exhibits[0], "3", 1)
    assert "/halaman/3" in open_as("reviewer").get(ROW).text
    assert "/halaman/2" in open_as("reviewer").get(f"{ROW}?bukti={filled}&hlm=2").text


def test_a_bad_file_is_refused_and_what_was_typed_stays(app, saved, open_as):
    coordinator = open_as("coordinator")
    page = coordinator.post(f"{ROW}/bukti", {"file": (png(), "foto.png"), "title": "RPJMD"}, expect=200)
    assert "foto.png:" in text(page) and 'value="RPJMD"' in page.text and titles(app, saved) == []
    page = coordinator.post(f"{ROW}/bukti", {"file": (pdf(), "a.pdf"), "title": "RPJMD", "pages": "9"}, expect=200)
    assert "tidak ada halaman 9" in text(page) and titles(app, saved) == []
    assert "Pilih berkasnya dulu." in text(coordinator.post(f"{ROW}/bukti", {"title": "RPJMD"}, expect=200))
    page = coordinator.post(f"{ROW}/bukti", {"file": (io.BytesIO(b"bukan"), "a.pdf"), "dated_on": "kemarin"}, expect=200)
    assert titles(app, saved) == []


def test_the_script_is_answered_file_by_file(app, saved, open_as):
    coordinator = open_as("coordinator")
    assert coordinator.post(f"{ROW}/bukti", {"file": (pdf(), "RPJMD.pdf")}, expect=200, headers=JSON).get_json() == {"ok": True}
    assert set(coordinator.post(f"{ROW}/bukti", {"file": (png(), "foto.png")}, expect=422, headers=JSON).get_json()) == {"error"}
    assert titles(app, saved) == ["RPJMD"]


def test_the_offices_documents_are_picked(app, saved, filled, open_as):
    with desk(app, saved) as cast:
        db.session.add_all([office_document(cast, 700), office_document(cast, 701, kind="jpg"), make_document(cast, 702)])
        fill(cast, "8", number=703)
    coordinator = open_as("coordinator")
    page = text(coordinator.get(f"{ROW}/pilih"))
    assert "Kantor 700" in page and "Kantor 701" not in page and "Bukti 702" not in page and "SPD 900" not in page
    assert "SPD 703 2025 PDF 98 kB SPD 2026 baris 8" in page
    assert "Pilih dari 2 dokumen" in text(coordinator.get(ROW))
    page = text(coordinator.follow(f"{ROW}/bukti", {"pick": "1", "document": ids(app, "Kantor 700", "SPD 703")}))
    assert "2 dokumen dilampirkan pada baris 1." in page and "Juga membuktikan SPD baris 8" in page
    assert titles(app, saved) == ["SPD 900", "Kantor 700", "SPD 703"]


def test_what_may_not_be_attached(app, saved, filled, open_as):
    coordinator, here = open_as("coordinator"), {"Referer": f"http://localhost{ROW}"}
    coordinator.post(f"{ROW}/bukti", {"document": 99999}, expect=404)
    coordinator.post(f"{ROW}/bukti", {"document": saved.document}, headers=here)
    assert "dokumen kantor pengelola inovasi" in text(coordinator.get(ROW))
    coordinator.post(f"{ROW}/bukti", {"document": ids(app, "SPD 900")}, headers=here)
    assert "“SPD 900” sudah dilampirkan pada baris ini." in text(coordinator.get(ROW))
    answer = coordinator.post(f"{ROW}/bukti", {"pick": "1"}, headers={"Referer": f"http://localhost{ROW}/pilih"})
    assert answer.location == f"{ROW}/pilih" and "Centang dulu dokumen yang dilampirkan." in text(coordinator.get(answer.location))
    assert titles(app, saved) == ["SPD 900"]


def test_pages_are_described_and_let_go(app, saved, filled, open_as):
    coordinator = open_as("coordinator")
    page = text(coordinator.follow(f"{ROW}/bukti/{filled}", {"pages": "2–3"}))
    assert "hlm. 2–3" in page
    refused = coordinator.post(f"{ROW}/bukti/{filled}", {"pages": "x" * 61}, expect=200)
    assert "Paling banyak 60 huruf" in text(refused) and "x" * 61 in refused.text
    coordinator.post(f"/spd/2026/8/bukti/{filled}/lepas", expect=404)
    page = text(coordinator.follow(f"{ROW}/bukti/{filled}/lepas"))
    assert "“SPD 900” dilepas dari baris 1. Dokumennya tetap ada di dokumen bukti." in page and titles(app, saved) == []
    assert len(ids(app, "SPD 900")) == 1


def test_a_locked_row_takes_no_evidence(app, saved, filled, open_as):
    with desk(app, saved) as cast:
        cast.period.close_region(cast.coordinator)
    coordinator, here = open_as("coordinator"), {"Referer": f"http://localhost{ROW}"}
    assert coordinator.get(f"{ROW}/pilih", expect=302).location == ROW
    refused = coordinator.post(f"{ROW}/bukti", {"file": (pdf(), "a.pdf")}, expect=422, headers=JSON)
    assert "sudah dikunci" in refused.get_json()["error"]
    coordinator.post(f"{ROW}/bukti/{filled}/lepas", headers=here)
    assert "sudah dikunci" in text(coordinator.get(ROW)) and titles(app, saved) == ["SPD 900"]


def test_without_an_office_it_says_who_can_help(app, saved, open_as):
    with app.app_context():
        db.session.get(Unit, saved.units["office"]).is_office = False
        db.session.commit()
    coordinator = open_as("coordinator")
    assert "Belum ada perangkat daerah yang ditandai sebagai kantor pengelola inovasi" in text(coordinator.get(ROW))
    assert coordinator.get(f"{ROW}/pilih", expect=302).location == ROW
    refused = coordinator.post(f"{ROW}/bukti", {"file": (pdf(), "a.pdf")}, expect=422, headers=JSON)
    assert "Minta admin menandainya." in refused.get_json()["error"]


def test_a_document_says_which_regional_rows_it_proves(app, saved, filled, open_as):
    reviewer, document = open_as("reviewer"), ids(app, "SPD 900")[0]
    page = text(reviewer.get(f"/dokumen/{document}"))
    assert "Membuktikan 1 baris" in page and "Indikator daerah 2026 , baris 1 1 Visi dan Misi" in page
    assert "Indikator daerah 2026: baris 1" in text(reviewer.get("/dokumen/")) and "SPD 900" not in text(reviewer.get("/dokumen/?unused=1"))
    rows = list(xlsx(reviewer.get("/dokumen/daftar.xlsx").data).iter_rows(values_only=True))
    assert next(row[-1] for row in rows if row[0] == "SPD 900") == "Indikator daerah 2026: baris 1"


def test_a_newer_version_says_which_regional_rows_took_it(app, saved, filled, open_as):
    with desk(app, saved) as cast:
        cast.owner.give_role("operator", cast.units["office"], None)
    page = text(open_as("owner").follow(f"/dokumen/{ids(app, 'SPD 900')[0]}/ubah", {"title": "RPJMD 2025", "years": ["2025"]}))
    assert "Versi 2 disimpan. Baris SPD 1 ikut memakainya." in page and titles(app, saved) == ["RPJMD 2025"]
    with desk(app, saved) as cast:
        cast.period.close_region(cast.coordinator)
    page = text(open_as("owner").follow(f"/dokumen/{ids(app, 'RPJMD 2025')[0]}/ubah", {"title": "RPJMD", "years": ["2025"]}))
    assert "Baris SPD 1 tetap memakai versi yang sudah diperiksa." in page and "versi 2, yang dikunci" in page


def test_a_twin_that_proves_a_regional_row_is_said_by_its_row(app, saved, filled, open_as):
    with desk(app, saved) as cast:
        twin = Document.add(cast.units["office"], cast.coordinator, db.session.query(RegionExhibit).one().version.file, "lagi.pdf")
        cast.period.region_row("8").claim(cast.coordinator, 2)
        cast.period.region_row("8").attach(cast.coordinator, twin)
    page = text(open_as("reviewer").get("/spd/2026/8"))
    assert "Berkas ini sudah ada di dokumen bukti sebagai “SPD 900” , baris 1 indikator daerah 2026" in page


def test_many_documents_cost_as_many_selects_as_few(app, saved, filled, open_as):
    coordinator, seen = open_as("coordinator"), []
    for number in (1, 9):
        with desk(app, saved) as cast:
            for n in range(number):
                cast.period.region_row("1").attach(cast.coordinator, office_document(cast, 7000 + 100 * number + n))
            db.session.add_all([office_document(cast, 9000 + 100 * number + n) for n in range(number)])
        for place in (ROW, f"{ROW}/pilih"):
            coordinator.get(place)
            with Selects() as counted:
                coordinator.get(place)
            seen.append((place, counted.number))
    assert seen[:2] == seen[2:]
