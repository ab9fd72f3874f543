"""What was sent does not change, whoever tries: in the record, through the app, behind its back."""
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import inspect

from app import clock
from app.extensions import db
from app.models import Sending
from app.rules import Refused
from tests.web.outgoing import approved, send
from tests.web.reviewing import desk, text


@pytest.fixture
def sent(app, saved, open_as):
    approved(app, saved)
    send(open_as("coordinator"), saved.entry, "IID-1")
    return saved


def stored(app):
    """Every column as it stands in the database."""
    with app.app_context():
        one = db.session.get(Sending, 1)
        return {column.key: getattr(one, column.key) for column in inspect(Sending).column_attrs}


@pytest.mark.parametrize(("name", "value"), [
    ("maturity", Decimal(111)), ("name", "NAMA LAIN"), ("unit_name", "Dinas Lain"), ("main_affair", "Sosial"), ("checksum", "0" * 64),
    ("snapshot", {"profile": {}}), ("sent_at", clock.now() - timedelta(days=1)), ("sent_by_id", 1), ("pdf_id", 1), ("entry_id", 99),
    ("period_id", 99)])
def test_no_part_of_what_was_sent_can_be_saved_anew(app, sent, name, value):
    before = stored(app)
    with app.app_context():
        one = db.session.get(Sending, 1)
        setattr(one, name, value)
        with pytest.raises(Refused, match="tidak dapat diubah"):
            db.session.commit()
        db.session.rollback()
    assert stored(app) == before


def test_an_attribute_that_was_not_even_read_is_guarded_too(app, sent):
    before = stored(app)
    with app.app_context():
        one = db.session.get(Sending, 1)
        assert "snapshot" in inspect(one).unloaded
        one.snapshot = {"profile": {"name": "LAIN"}}
        with pytest.raises(Refused, match="tidak dapat diubah"):
            db.session.commit()
        db.session.rollback()
    assert stored(app) == before


def test_it_cannot_be_removed(app, sent):
    before = stored(app)
    with app.app_context():
        db.session.delete(db.session.get(Sending, 1))
        with pytest.raises(Refused, match="tidak dapat dihapus"):
            db.session.commit()
        db.session.rollback()
    assert stored(app) == before


def test_number_and_result_may_follow(app, sent):
    with app.app_context():
        one = db.session.get(Sending, 1)
        one.number, one.official_maturity, one.official_note = "IID-2", Decimal("20.5"), "Dari surat Desember."
        db.session.commit()
    after = stored(app)
    assert (after["number"], after["official_maturity"], after["maturity"]) == ("IID-2", Decimal("20.5"), Decimal(28))


def test_the_innovation_lives_on_and_the_page_of_what_was_sent_does_not_follow(app, sent, open_as):
    before = open_as("owner").get("/kirim/1")
    with desk(app, sent) as cast:
        cast.entry.innovation.edit(cast.owner, name="JEMPUT GIZI BARU", purpose="Tujuan tahun depan.", touching_affairs=[])
        cast.units["dinas"].edit(cast.admin, "Dinas Kesehatan dan Keluarga Berencana", "Dinas", None, False)
        cast.period.minimum_maturity = 12
        document = cast.entry.answer_on("16").exhibits[0].document
        document.revise(cast.owner, title="Judul lain")
    after = open_as("owner").get("/kirim/1")

    def main(page):
        return text(page).split("Halaman ini tidak berubah lagi.")[1].split("Nomor registrasi")[0]
    assert main(after) == main(before)
    assert "Menekan stunting." in after.text and "JEMPUT GIZI BARU" not in after.text and "Judul lain" not in after.text


def test_the_page_says_that_it_stays_and_the_innovation_goes_on(sent, open_as):
    page = text(open_as("head").get("/kirim/1"))
    for said in ("Halaman ini tidak berubah lagi.", "Inovasinya sendiri terus hidup", "Nomor registrasi IID-1",
                 "Level 2 terbukti dari 2 yang diklaim", "188/0/2025", "12 Februari 2025"):
        assert said in page, said


def test_only_the_coordinator_is_offered_the_correction(sent, open_as):
    pages = {who: open_as(who).get("/kirim/1").text for who in ("owner", "head", "reviewer", "coordinator", "leader", "admin")}
    assert [who for who, page in pages.items() if "Betulkan nomor atau tanggal" in page] == ["coordinator"]


def test_a_document_of_the_snapshot_is_handed_out_in_the_version_that_was_sent(app, sent, open_as):
    page = open_as("owner").get("/kirim/1").text
    with app.app_context():
        version = db.session.get(Sending, 1).snapshot["rows"]["16"]["exhibits"][0]["version"]
    assert f'href="/berkas/{version}/unduh"' in page
