"""The coordinator's bank of reasons: found, added, edited, archived, carried away as a sheet."""
import io
import re

import openpyxl
import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Event, Reason
from tests.web.reviewing import desk, text

PAGE = "/verifikasi/alasan"
NEW = {"row": "17", "cause": "peran", "text": "Peran tiap orang tidak tercantum."}


@pytest.fixture
def bank(app, saved):
    """Two reasons of row 16, the first given once, and one of row 17 that was archived."""
    with desk(app, saved) as cast:
        reasons = [Reason.add("16", "nama", "SK tidak memuat nama inovasi.", None), Reason.add("16", "tahun", "SK bukan dari T-1.", None),
                   Reason.add("17", "peran", "Peran tidak tercantum.", None)]
        reasons[2].archive(None)
        db.session.add_all(reasons)
        cast.entry.submit(cast.owner)
        cast.entry.judge(cast.entry.answer_on("16"), cast.reviewer, 1, reasons[0].text, cited=reasons[:1])
        cast.entry.return_(cast.reviewer, ["16"])
        db.session.flush()
        saved.reasons = [reason.id for reason in reasons]
    return saved


def listed(page) -> list[str]:
    return re.findall(r'<th scope="row" class="full fw-normal">(?:<a [^>]*>)?([^<]+)', page.text)


def stored(app) -> list[tuple]:
    with app.app_context():
        return [(one.row, one.cause, one.text, bool(one.archived_at)) for one in db.session.scalars(select(Reason).order_by(Reason.id))]


@pytest.mark.parametrize(("query", "expected"), [
    ("", ["SK tidak memuat nama inovasi.", "SK bukan dari 2025."]), ("row=17", []), ("row=17&state=semua", ["Peran tidak tercantum."]),
    ("state=arsip", ["Peran tidak tercantum."]), ("cause=tahun", ["SK bukan dari 2025."]), ("q=NAMA", ["SK tidak memuat nama inovasi."]),
    ("sort=-uses", ["SK tidak memuat nama inovasi.", "SK bukan dari 2025."]), ("cause=lain", []),
])
def test_the_list_is_narrowed_by_row_cause_state_and_words(bank, open_as, query, expected):
    assert listed(open_as("reviewer").get(f"{PAGE}?{query}")) == expected


def test_each_says_how_often_it_was_used_and_leads_there(bank, open_as):
    coordinator = open_as("coordinator")
    page = coordinator.get(PAGE)
    assert re.findall(r'href="(/verifikasi/agenda/putusan\?reason=\d+)">(\d+)</a>', page.text) == [
        (f"/verifikasi/agenda/putusan?reason={bank.reasons[0]}", "1")]
    assert "JEMPUT GIZI" in text(coordinator.get(f"/verifikasi/agenda/putusan?reason={bank.reasons[0]}"))


def test_reviewers_read_and_only_the_coordinator_writes(bank, open_as):
    assert "Tambah alasan" not in text(open_as("reviewer").get(PAGE))
    assert "Tambah alasan" in text(open_as("coordinator").get(PAGE))


def test_an_empty_bank_says_what_it_is_for(saved, open_as):
    assert "Bank alasan masih kosong" in text(open_as("coordinator").get(PAGE))


def test_a_reason_is_added_to_its_row(app, saved, open_as):
    page = open_as("coordinator").follow(f"{PAGE}/baru", NEW | {"text": "  Peran tiap orang\r\ntidak tercantum. "})
    assert listed(page) == ["Peran tiap orang tidak tercantum."]
    assert stored(app) == [("17", "peran", "Peran tiap orang tidak tercantum.", False)]
    with app.app_context():
        assert db.session.scalars(select(Event.what).where(Event.reason_id.is_not(None))).all() == ["reason_added"]


@pytest.mark.parametrize(("sent", "sentence"), [
    ({"text": " "}, "Tulis alasannya."), ({"text": "x" * 601}, "Paling banyak 600 huruf; sekarang 601."), ({"cause": ""}, "Pilih sebabnya."),
    ({"row": ""}, "Pilih barisnya."), ({"row": "99"}, "Pilih salah satu dari daftar."), ({"cause": "lain"}, "Pilih salah satu dari daftar."),
])
def test_what_is_wrong_is_said_and_nothing_is_stored(app, saved, open_as, sent, sentence):
    page = open_as("coordinator").post(f"{PAGE}/baru", NEW | sent, expect=200)
    assert sentence in text(page)
    assert (NEW | sent)["text"].strip() in page.text
    assert stored(app) == []


def test_an_edited_reason_leaves_the_verdicts_as_they_were_written(app, bank, open_as):
    open_as("coordinator").post(f"{PAGE}/{bank.reasons[0]}", {"cause": "nomor", "text": "SK belum bernomor."})
    assert stored(app)[0] == ("16", "nomor", "SK belum bernomor.", False)
    page = open_as("coordinator").get(f"/verifikasi/agenda/putusan?reason={bank.reasons[0]}")
    assert "SK tidak memuat nama inovasi." in text(page)


def test_archiving_and_restoring(app, bank, open_as):
    coordinator = open_as("coordinator")
    assert "diarsipkan" in text(coordinator.follow(f"{PAGE}/{bank.reasons[1]}/arsip"))
    assert stored(app)[1][-1] is True
    assert "dipakai lagi" in text(coordinator.follow(f"{PAGE}/{bank.reasons[1]}/aktif"))
    assert stored(app)[1][-1] is False


def test_what_is_seen_is_what_is_downloaded(bank, open_as):
    answer = open_as("reviewer").get(f"{PAGE}.xlsx?row=16&cause=nama")
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows()]
    assert rows[0][0].startswith("Bank alasan · baris 16, dokumen tidak menyebut nama inovasi · Keadaan ")
    assert rows[2] == ["16", "Regulasi Inovasi Daerah", "Dokumen tidak menyebut nama inovasi", "SK tidak memuat nama inovasi.", 1, 1, "dipakai"]
    assert len(rows) == 3


def test_a_reason_nobody_has_is_not_there(saved, open_as):
    open_as("coordinator").get(f"{PAGE}/999", expect=404)
