"""Machine hints beside the documents of a row, for both sides; what they mark, and that they never decide."""
import io
from itertools import count
from uuid import uuid4

import pytest

from app.extensions import db
from app.models import Document, Entry, Innovation, StoredFile
from tests.cast import make_file
from tests.hints.sheets import Sheets
from tests.web.reviewing import Selects, desk, text

numbers = count(1)


def decree(*pages: str, scans: int = 0) -> bytes:
    """No two are the same file: what was read of one in another test is not known of this one."""
    sheets = Sheets(None, with_page=False)
    sheets.pdf.set_title(f"Surat {uuid4()}")
    for words in pages:
        sheets.page()
        sheets.say(words)
    for _ in range(scans):
        sheets.scan()
    return sheets.done()


@pytest.fixture
def proven(app, saved):
    """`proven("17", content, …)` attaches bytes that are on disk to a row and gives the exhibit's id; facts as of Document.add."""
    def attach(code: str, content: bytes, pages: int = 1, **facts) -> int:
        stored = app.extensions["storage"].keep(content, "pdf", pages=pages)
        with desk(app, saved) as cast:
            file = StoredFile(sha256=stored.sha256, size=stored.size, kind="pdf", pages=pages, active=[])
            document = Document.add(cast.units["dinas"], cast.owner, file, "sk.pdf", **{"title": f"SK {next(numbers)}", **facts})
            exhibit = cast.entry.answer_on(code).attach(cast.owner, document)
            db.session.flush()
            return exhibit.id
    return attach


def submit(app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)


def row(saved, code="22"):
    return f"/usulan/{saved.entry}/indikator/{code}"


def verdict(saved, code="22"):
    return f"/verifikasi/{saved.entry}/putusan/{code}"


GOOD = "Keputusan Bupati Nomor 188/45/2025. Tim inovasi JEMPUT GIZI ditetapkan tanggal 12 Februari 2025."
FACTS = {"doc_number": "188/45/2025", "years": [2024, 2025]}
SEEN = "Petunjuk mesin, bukan putusan: nama inovasi di hlm. 1 nomor 188/45/2025 di hlm. 1 tahun 2025 di hlm. 1 tahun 2024 tidak ditemukan"


def test_an_upload_is_read_before_it_is_looked_at(app, saved, open_as):
    owner = open_as("owner")
    owner.post(row(saved, "22"), {"level": "1"})
    owner.post(row(saved, "22") + "/bukti", {"file": (io.BytesIO(decree(GOOD)), "SK.pdf"), "doc_number": "188/45/2025", "years": ["2024", "2025"]})
    root = app.extensions["storage"].root
    with app.app_context():
        sha256 = db.session.get(Entry, saved.entry).answer_on("22").exhibits[0].version.file.sha256
    assert (root / f"previews/{sha256[:2]}/{sha256}/teks-1/text.json").is_file()
    assert SEEN in text(owner.get(row(saved, "22")))


def test_both_sides_read_the_same(app, saved, open_as, proven):
    proven("22", decree(GOOD), **FACTS)
    with desk(app, saved) as cast:
        cast.entry.answer_on("22").claim(cast.owner, 1)
    assert SEEN in text(open_as("owner").get(row(saved)))
    submit(app, saved)
    assert SEEN in text(open_as("reviewer").get(verdict(saved)))


def test_the_reviewer_looks_for_the_name_as_it_was_submitted(app, saved, open_as, proven):
    proven("22", decree(GOOD), **FACTS)
    submit(app, saved)
    with app.app_context():
        db.session.get(Entry, saved.entry).innovation.name = "SIAGA BUMIL"
        db.session.commit()
    assert "nama inovasi di hlm. 1" in text(open_as("reviewer").get(verdict(saved)))
    assert "nama inovasi tidak ditemukan" in text(open_as("owner").get(row(saved)))


def test_a_page_jumps_to_the_marked_words(app, saved, open_as, proven):
    exhibit = proven("22", decree("Lampiran.", GOOD), pages=2, **FACTS)
    owner = open_as("owner")
    page = owner.get(row(saved)).text
    with app.app_context():
        document = db.session.get(Entry, saved.entry).answer_on("22").exhibits[0].document_id
    address = f"/dokumen/{document}?lampiran={exhibit}&hlm=2&cari=nama"
    assert f'href="{address.replace("&", "&amp;")}#tanda"' in page
    shown = owner.get(address).text
    assert "/halaman/2" in shown and 'aria-label="Ditandai: nama inovasi"' in shown and shown.count("<rect ") == 2
    submit(app, saved)
    marked = open_as("reviewer").get(f"{verdict(saved)}?bukti={document}&hlm=2&cari=tahun-2025").text
    assert 'aria-label="Ditandai: tahun 2025"' in marked and marked.count("<rect ") == 2


@pytest.mark.parametrize("wanted", ["", "apa", "tahun-1999", "tahun-2024", "<b>", "Keputusan"])
def test_the_address_cannot_choose_what_is_marked(app, saved, open_as, proven, wanted):
    proven("22", decree(GOOD), **FACTS)
    submit(app, saved)
    page = open_as("reviewer").get(verdict(saved), query_string={"cari": wanted, "hlm": "99999"}).text
    assert "<rect " not in page and "<b>" not in page.split("</head>")[0]


def test_a_scan_says_so(app, saved, open_as, proven):
    proven("22", decree(scans=2), pages=2, **FACTS)
    assert "Petunjuk mesin, bukan putusan: hasil pindai, tidak dapat dibaca mesin. Periksa sendiri." in text(open_as("owner").get(row(saved)))


def test_of_a_mixed_document_the_scanned_pages_are_named(app, saved, open_as, proven):
    proven("22", decree(GOOD, scans=2), pages=3, **FACTS)
    assert "tahun 2024 tidak ditemukan hlm. 2–3 hasil pindai, tidak dapat dibaca mesin. Periksa sendiri." in text(open_as("owner").get(row(saved)))
    submit(app, saved)
    assert "Halaman ini hasil pindai, tidak dapat dibaca mesin. Periksa sendiri." in text(open_as("reviewer").get(verdict(saved) + "?hlm=2"))


def test_what_only_looks_like_it_is_called_alike(app, saved, open_as, proven):
    proven("22", decree("Tim inovasi JEMPUT GIZI PLUS. Nomor 188/45/2025/BUP."), doc_number="188/45/2025", years=[2025])
    page = text(open_as("owner").get(row(saved)))
    assert ("mirip nama inovasi di hlm. 1 mirip nomor 188/45/2025 di hlm. 1 "
            "tahun 2025 hanya di dalam nomor, peraturan, atau rentang di hlm. 1") in page


def test_another_innovation_with_a_longer_name_is_not_this_one(app, saved, open_as, proven):
    proven("22", decree("Tim inovasi JEMPUT GIZI di dinas."), years=[2025])
    assert "nama inovasi di hlm. 1" in text(open_as("owner").get(row(saved)))
    with desk(app, saved) as cast:
        db.session.add(Innovation.add("JEMPUT GIZI DI DINAS", cast.units["badan"], cast.stranger))
    assert "mirip nama inovasi di hlm. 1" in text(open_as("owner").get(row(saved)))


def test_a_document_that_takes_for_ever_is_looked_at_as_far_as_time_goes(app, saved, open_as, proven, monkeypatch):
    proven("22", decree(GOOD, GOOD, GOOD), pages=3, **FACTS)
    monkeypatch.setattr("app.web.hints.LOOKING", -1)
    page = text(open_as("owner").get(row(saved)))
    assert "nama inovasi di hlm. 1 " in page and "hanya 1 halaman pertama dibaca" in page


def test_a_hint_changes_no_level_and_no_verdict(app, saved, open_as, proven):
    proven("16", decree("Tentang hal lain sama sekali, tanpa nama, tanpa nomor."), **FACTS)
    with app.app_context():
        answer = db.session.get(Entry, saved.entry).answer_on("16")
        assert (answer.claimed_level, answer.evidenced_level) == (2, 2)
    submit(app, saved)
    open_as("reviewer").post(verdict(saved, "16"), {"level": "2", "seen": "0"})


def test_documents_without_bytes_or_of_another_kind_keep_the_page(app, saved, open_as):
    with desk(app, saved) as cast:
        document = Document.add(cast.units["dinas"], cast.owner, make_file(900, "jpg"), "foto.jpg", title="Foto", years=[2025])
        cast.entry.answer_on("25").attach(cast.owner, document)
    owner = open_as("owner")
    assert "Petunjuk mesin, bukan putusan: PDF ini tidak dapat dibaca mesin. Periksa sendiri." in text(owner.get(row(saved, "16")))
    assert "Petunjuk mesin" not in text(owner.get(row(saved, "25")))


def test_a_document_opened_from_the_library_serves_the_innovation_it_proves(app, saved, open_as, proven):
    proven("22", decree(GOOD), **FACTS)
    with app.app_context():
        document = db.session.get(Entry, saved.entry).answer_on("22").exhibits[0].document_id
    owner = open_as("owner")
    assert SEEN in text(owner.get(f"/dokumen/{document}"))
    assert "Kembali ke baris" not in text(owner.get(f"/dokumen/{document}?lampiran=999999"))


def test_a_refused_form_reads_no_older_document(app, saved, open_as, proven):
    proven("22", decree(GOOD), **FACTS)
    page = open_as("owner").post(row(saved), {"level": "9"}, expect=200)
    assert "Petunjuk mesin, bukan putusan: PDF ini belum dibaca. Muat ulang halaman ini sebentar lagi." in text(page)


def test_more_documents_ask_the_database_nothing_more(app, saved, open_as, proven):
    seen = []
    for _ in range(3):
        proven("22", decree(GOOD), **FACTS)
        owner = open_as("owner")
        owner.get(row(saved))
        with Selects() as counted:
            owner.get(row(saved))
        seen.append(counted.number)
    assert seen[1] == seen[2]
