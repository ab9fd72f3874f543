"""The same paper held as another document is said to both sides; one document linked to many rows is not."""
import io

import pytest

from app.extensions import db
from app.models import Document, Entry, Unit, User
from app.queries.twins import _is_twin, alike
from app.rules.access import Role
from tests.cast import make_document
from tests.web.reviewing import Selects, another, desk, file_numbers
from tests.web.reviewing import text as words
from tests.web.test_entries_evidence import pdf

OTHER = "Berkas yang sama ada pada dokumen lain:"
NUMBER = "Nomor dan tanggalnya sama dengan dokumen lain yang berkasnya berbeda:"


def text(page) -> str:
    """As read: no blank where a link ends before a comma."""
    return words(page).replace(" ,", ",").replace(" .", ".")


def attach(cast, entry, code, file=None, title="Salinan", unit="dinas", number="900/1/2026", level=1) -> Document:
    """A document of its own on a row, with the given bytes (or others)."""
    answer = entry.answer_on(code)
    answer.claim(cast.owner, level, basis=answer.indicator.bases[0] if answer.indicator.bases else None)
    document = make_document(cast, next(file_numbers), unit=unit)
    if file:
        document.current.file = file
    document.current.title, document.current.doc_number = title, number
    answer.attach(cast.owner, document)
    db.session.flush()
    return document


def first(cast) -> Document:
    return cast.entry.answer_on("16").exhibits[0].document


@pytest.fixture
def copied(app, saved):
    """The bytes of row 16's document held again: on row 17 of another proposal of the unit."""
    with desk(app, saved) as cast:
        other = another(cast, "SURAT TUNTAS", unit="dinas", submit_days_ago=None)
        attach(cast, other, "18", first(cast).current.file, title="SK dipindai ulang")
        cast.entry.submit(cast.owner)
    return saved


def test_both_sides_read_what_else_the_same_file_proves(copied, open_as):
    sentence = f"{OTHER} “SK dipindai ulang”, baris 18 SURAT TUNTAS, 2026."
    for who, url in (("owner", "/usulan/1/indikator/16"), ("reviewer", "/verifikasi/1/putusan/16"), ("owner", f"/dokumen/{copied.document}")):
        assert sentence in text(open_as(who).get(url))
    assert OTHER not in text(open_as("reviewer").get("/verifikasi/1/putusan/17"))


def test_another_row_of_the_same_proposal_is_said_as_such(app, saved, open_as):
    with desk(app, saved) as cast:
        attach(cast, cast.entry, "18", first(cast).current.file, title="SK lagi")
        attach(cast, cast.entry, "23", first(cast).current.file, title="SK sekali lagi")
    page = text(open_as("owner").get("/usulan/1/indikator/16"))
    assert "“SK sekali lagi”, baris 23 usulan ini; “SK lagi”, baris 18 usulan ini." in page


def test_one_document_linked_to_many_rows_is_no_warning(app, saved, open_as):
    with desk(app, saved) as cast:
        document = first(cast)
        for code in ("18", "23"):
            cast.entry.answer_on(code).claim(cast.owner, 1)
            cast.entry.answer_on(code).attach(cast.owner, document)
    page = text(open_as("owner").get("/usulan/1/indikator/16"))
    assert OTHER not in page and NUMBER not in page
    assert "Juga membuktikan baris 18 dan 23" in page


@pytest.mark.parametrize(("number", "said"), [("188/0/2025", True), ("188/ 0 / 2025", True), ("188/1/2026", False)])
def test_the_same_number_and_date_with_other_bytes_is_said(app, saved, open_as, number, said):
    with desk(app, saved) as cast:
        other = another(cast, "SURAT TUNTAS", unit="dinas", submit_days_ago=None)
        attach(cast, other, "18", title="SK lain", number=number)
    page = text(open_as("owner").get("/usulan/1/indikator/16"))
    assert (f"{NUMBER} “SK lain”, baris 18 SURAT TUNTAS, 2026." in page) == said


def test_of_the_papers_of_one_day_only_those_with_its_figures_are_read(app, saved):
    with desk(app, saved) as cast:
        for number in ("188 / 0\t/ 2025", "Nomor 188/00/2025", "1880/2025", "188/1/2025", "0/188/2025", "188/0/2025/7", "", "tanpa nomor"):
            document = make_document(cast, next(file_numbers))
            document.current.doc_number = number
            db.session.add(document)
        db.session.flush()
        asked = first(cast).current
        found = db.session.execute(alike(cast.units["dinas"].id, [asked])).all()
        assert sorted(one.doc_number for one in found) == ["188 / 0\t/ 2025", "188/0/2025", "1880/2025"]
        assert [one.doc_number for one in found if _is_twin(asked, one)] == ["188 / 0\t/ 2025"]


@pytest.mark.parametrize("number", ["", "-", "12"])
def test_a_number_that_tells_nothing_is_no_twin(app, saved, open_as, number):
    with desk(app, saved) as cast:
        first(cast).current.doc_number = number
        attach(cast, another(cast, "SURAT TUNTAS", unit="dinas", submit_days_ago=None), "18", title="SK lain", number=number)
    assert NUMBER not in text(open_as("owner").get("/usulan/1/indikator/16"))


@pytest.fixture
def elsewhere(app, saved):
    """The same bytes in another unit, and the same number on a document of its own there."""
    with desk(app, saved) as cast:
        other = another(cast, "RAHASIA KEUANGAN", submit_days_ago=None)
        attach(cast, other, "18", first(cast).current.file, title="Berkas badan", unit="badan")
        attach(cast, other, "23", title="Surat badan", unit="badan", number=first(cast).current.doc_number)
        cast.entry.submit(cast.owner)
    return saved


def test_the_unit_learns_that_others_use_it_and_not_who(elsewhere, open_as):
    for url in ("/usulan/1/indikator/16", f"/dokumen/{elsewhere.document}"):
        page = text(open_as("owner").get(url))
        assert "Berkas yang sama juga dipakai di perangkat daerah lain." in page
        assert "Nomor dan tanggal ini juga dipakai di perangkat daerah lain, dengan berkas yang berbeda." in page
        assert not any(word in page for word in ("Badan Keuangan", "RAHASIA KEUANGAN", "Berkas badan", "Surat badan"))


def test_the_office_sees_where(elsewhere, open_as):
    page = text(open_as("reviewer").get("/verifikasi/1/putusan/16"))
    assert f"{OTHER} “Berkas badan”, Badan Keuangan, baris 18 RAHASIA KEUANGAN, 2026." in page
    assert f"{NUMBER} “Surat badan”, Badan Keuangan, baris 23 RAHASIA KEUANGAN, 2026." in page


def test_who_serves_both_units_sees_both(app, elsewhere, open_as):
    with app.app_context():
        db.session.get(User, elsewhere.people["owner"]).give_role(Role.OPERATOR, db.session.get(Unit, elsewhere.units["badan"]), None)
        db.session.commit()
    assert "Badan Keuangan, baris 18 RAHASIA KEUANGAN" in text(open_as("owner").get("/usulan/1/indikator/16"))


def test_what_is_archived_or_used_nowhere_else_is_not_held_against_anyone(app, saved, open_as):
    with desk(app, saved) as cast:
        strange = make_document(cast, next(file_numbers), unit="badan")
        strange.current.file = first(cast).current.file
        gone = make_document(cast, next(file_numbers))
        gone.current.file = first(cast).current.file
        gone.archive(cast.owner)
        db.session.add_all([strange, gone])
    page = text(open_as("owner").get("/usulan/1/indikator/16"))
    assert OTHER not in page and "perangkat daerah lain" not in page


def held(app, code):
    with app.app_context():
        exhibits = db.session.get(Entry, 1).answer_on(code).exhibits
        return [(exhibit.version.title, exhibit.pages, exhibit.set_number) for exhibit in exhibits]


def test_the_same_file_uploaded_again_offers_the_document_that_is_there(app, saved, open_as):
    owner = open_as("owner")
    for code in ("18", "23"):
        owner.post(f"/usulan/1/indikator/{code}", {"level": "1"})
    same = pdf("Sama").getvalue()
    for code in ("18", "23"):
        owner.post(f"/usulan/1/indikator/{code}/bukti", {"file": (io.BytesIO(same), "SK.pdf"), "title": f"SK untuk {code}", "pages": "1"})
    page = owner.get("/usulan/1/indikator/23")
    assert "Berkas ini sudah ada di dokumen bukti sebagai “SK untuk 18”, baris 18 usulan ini." in text(page)
    assert "Pakai yang itu saja" in text(page)
    assert "Pakai yang itu saja" not in text(owner.get("/usulan/1/indikator/18"))  # there it was first
    with app.app_context():
        exhibit = db.session.get(Entry, 1).answer_on("23").exhibits[0].id
    page = owner.follow(f"/usulan/1/indikator/23/bukti/{exhibit}/pakai-yang-ada")
    assert "Baris 23 sekarang memakai “SK untuk 18” yang sudah ada." in text(page)
    assert held(app, "23") == [("SK untuk 18", "1", 1)]
    assert "diganti dengan “SK untuk 18” yang sudah ada" in text(owner.get("/usulan/1/riwayat"))


def test_without_a_twin_there_is_nothing_to_use_instead(app, saved, open_as):
    page = open_as("owner").follow(f"/usulan/1/indikator/16/bukti/{saved.exhibit}/pakai-yang-ada")
    assert "Tidak ada dokumen lain yang lebih dulu berisi berkas ini." in text(page)
    assert len(held(app, "16")) == 1


def test_twins_cost_two_selects_however_many_there_are(app, saved, open_as):
    owner = open_as("owner")
    with desk(app, saved) as cast:
        attach(cast, cast.entry, "18", first(cast).current.file)
    owner.get("/usulan/1/indikator/16")
    with Selects() as one:
        owner.get("/usulan/1/indikator/16")
    with desk(app, saved) as cast:
        for n in range(6):
            attach(cast, another(cast, f"INOVASI {n}", unit="dinas", submit_days_ago=None), "18", first(cast).current.file)
    with Selects() as many:
        page = owner.get("/usulan/1/indikator/16")
    assert many.number == one.number
    assert "; dan 4 dokumen lain." in text(page)


def test_in_memory_a_document_takes_the_place_of_its_twin(cast):
    answer, document = cast.entry.answer_on("16"), make_document(cast, 900)
    exhibit = answer.exhibits[0]
    document.current.file = exhibit.version.file
    twin = exhibit.document
    answer.use_instead(cast.owner, exhibit, document)
    assert [one.document for one in answer.exhibits] == [document] and document.exhibits == [exhibit] and twin.exhibits == []
    assert [event.what for event in cast.entry.events][-1] == "exhibit_swapped"
    assert answer.evidenced_level == 2


def test_a_row_that_has_both_keeps_the_first(app, saved, open_as):
    with desk(app, saved) as cast:
        document = first(cast)
        attach(cast, cast.entry, "16", document.current.file, title="Salinan", level=2)
    with app.app_context():
        exhibit = db.session.get(Entry, 1).answer_on("16").exhibits[-1].id
    open_as("owner").post(f"/usulan/1/indikator/16/bukti/{exhibit}/pakai-yang-ada")
    assert held(app, "16") == [("Bukti 0", "", 1)]
