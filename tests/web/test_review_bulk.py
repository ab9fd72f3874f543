"""Many proposals of the queue at once."""
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.extensions import db
from app.models import Entry, Event, Notification
from tests.web.reviewing import Selects, another, desk, judge, text


@pytest.fixture
def full(app, saved):
    """Two wait (1, 2), one was returned (3), one is approved (4)."""
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        another(cast, "SURAT TUNTAS", submit_days_ago=8)
        for name, end in (("TIRTA JEMPUT", "return"), ("JAGA HUTAN", "approve")):
            entry = another(cast, name)
            judge(cast, entry, r17=1)
            entry.return_(cast.reviewer, ["17"]) if end == "return" else entry.approve(cast.reviewer)
    return saved


def holders(app):
    with app.app_context():
        return [entry.reviewer and entry.reviewer.username for entry in db.session.scalars(select(Entry).order_by(Entry.id))]


def test_one_or_many_are_given_and_the_list_stays_as_it_was(app, full, open_as):
    coordinator = open_as("coordinator")
    address = coordinator.get("/verifikasi/?q=T&idle=0").text
    assert 'action="/verifikasi/bagikan?q=T"' in address
    answer = coordinator.post("/verifikasi/bagikan?q=T&page=2", {"usulan": ["1", "2"], "reviewer": full.people["reviewer"]})
    assert answer.location == "/verifikasi/?page=2&q=T"
    assert "2 usulan dibagikan ke Reviewer." in text(coordinator.get(answer.location))
    assert holders(app) == ["reviewer", "reviewer", None, None]


def test_what_is_refused_is_named_with_its_reason_and_stops_nobody(app, full, open_as):
    with desk(app, full) as cast:
        db.session.get(Entry, 2).assign(cast.coordinator, cast.reviewer)
    page = text(open_as("coordinator").follow("/verifikasi/bagikan", {"usulan": ["4", "2", "1"], "reviewer": full.people["reviewer"]}))
    assert "1 usulan dibagikan ke Reviewer." in page
    assert "1 tidak diubah, SURAT TUNTAS: Usulan ini sudah dipegang Reviewer." in page
    assert "1 tidak diubah, JAGA HUTAN: Usulan ini sudah disetujui, jadi tidak perlu dibagi lagi." in page
    assert holders(app) == ["reviewer", "reviewer", None, None]


def test_the_reviewer_hears_of_it_and_each_is_one_event(app, full, open_as):
    open_as("coordinator").post("/verifikasi/bagikan", {"usulan": ["1", "2"], "reviewer": full.people["reviewer"]})
    with app.app_context():
        told = select(Notification.user_id, Event.entry_id).join(Notification.event).where(Event.what == "assigned").order_by(Event.entry_id)
        assert [tuple(row) for row in db.session.execute(told)] == [(full.people["reviewer"], 1), (full.people["reviewer"], 2)]


def test_they_can_be_taken_from_everyone_again(app, full, open_as):
    with desk(app, full) as cast:
        db.session.get(Entry, 1).assign(cast.coordinator, cast.reviewer)
    page = open_as("coordinator").follow("/verifikasi/bagikan", {"usulan": ["1"], "reviewer": "belum"})
    assert "1 usulan dilepas dari verifikatornya." in text(page)
    assert holders(app)[0] is None


@pytest.mark.parametrize(("sent", "sentence"), [
    ({"reviewer": "4"}, "Centang dulu usulan yang Anda maksud."), ({"usulan": "1"}, "Pilih dulu verifikatornya."),
    ({"usulan": "1", "reviewer": "999"}, "Pilih dulu verifikatornya."), ({"usulan": "1", "reviewer": "x"}, "Pilih dulu verifikatornya."),
    ({"usulan": ["1"], "reviewer": "1"}, "1 tidak diubah, JEMPUT GIZI: Owner terdaftar di Dinas Kesehatan, jadi tidak memutus usulannya."),
    ({"usulan": [str(n) for n in range(1, 102)], "reviewer": "4"}, "Pilih paling banyak 100 usulan sekaligus."),
    ({"usulan": "777", "reviewer": "4"}, "Tidak ada yang cocok dengan yang Anda centang."),
])
def test_what_makes_no_sense_changes_nothing(app, full, open_as, sent, sentence):
    coordinator = open_as("coordinator")
    coordinator.post("/verifikasi/bagikan", sent)
    assert sentence in text(coordinator.get("/verifikasi/"))
    assert holders(app) == [None] * 4


def test_the_units_are_reminded_and_once_is_enough(app, full, open_as):
    coordinator = open_as("coordinator")
    assert "Ingatkan OPD" in coordinator.get("/verifikasi/?tab=opd").text
    with desk(app, full):
        assert [user.username for user in db.session.get(Entry, 3).holders()] == ["stranger"]
    answer = coordinator.post("/verifikasi/ingatkan?tab=opd", {"usulan": ["3"]})
    assert answer.location == "/verifikasi/?tab=opd"
    assert "Pengingat untuk 1 usulan sampai di 1 orang." in text(coordinator.get(answer.location))
    again = text(coordinator.follow("/verifikasi/ingatkan?tab=opd", {"usulan": ["3", "1"]}))
    assert "1 tidak diubah, TIRTA JEMPUT: Pengingat untuk TIRTA JEMPUT sudah dikirim hari ini." in again
    assert "1 tidak diubah, JEMPUT GIZI: JEMPUT GIZI belum dipegang verifikator yang aktif. Bagikan dulu." in again


def test_only_who_may_sees_the_boxes(full, open_as):
    boxes = {who: 'name="usulan"' in open_as(who).get("/verifikasi/?tab=opd").text for who in ("reviewer", "coordinator", "admin")}
    assert boxes == {"reviewer": False, "coordinator": True, "admin": True}


@pytest.mark.parametrize("address", ["", "?tab=rekan", "?tab=opd", "?tab=selesai", "?q=surat", "?verifikator=belum", "?idle=7", "?round=ulang"])
def test_the_file_holds_what_the_list_holds(full, open_as, address):
    coordinator = open_as("coordinator")
    page = text(coordinator.get(f"/verifikasi/{address}"))
    sheet = opened(coordinator.get(f"/verifikasi/daftar.xlsx{address}"))
    names = [row[1] for row in sheet.iter_rows(min_row=3, values_only=True) if row[1]]
    assert (f"{len(names)} usulan · Unduh XLSX" in page) == bool(names)
    assert all(name in page for name in names)


def opened(answer):
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return load_workbook(io.BytesIO(answer.data)).active


def test_the_file_says_what_it_is_and_who_has_each(app, full, open_as):
    with desk(app, full) as cast:
        db.session.get(Entry, 2).assign(cast.coordinator, cast.reviewer)
    sheet = opened(open_as("reviewer").get("/verifikasi/daftar.xlsx?idle=7&q=surat"))
    assert sheet["A1"].value.startswith("Antrean verifikasi · Giliran saya, “surat”, diam 7 hari atau lebih · Keadaan ")
    row = next(sheet.iter_rows(min_row=3, values_only=True))
    assert (row[:9], row[10]) == (("LR-26-002", "SURAT TUNTAS", "Badan Keuangan", "Menunggu verifikasi", 1, 5, 28, 28, None), "Reviewer")


def test_as_many_selects_to_give_ten_as_to_give_two(app, saved, open_as):
    with desk(app, saved) as cast:
        for number in range(12):
            another(cast, f"INOVASI {number}")
    coordinator = open_as("coordinator")
    coordinator.get("/verifikasi/")
    with Selects() as few:
        coordinator.post("/verifikasi/bagikan", {"usulan": ["2", "3"], "reviewer": saved.people["reviewer"]})
    with Selects() as many:
        coordinator.post("/verifikasi/bagikan", {"usulan": [str(n) for n in range(4, 14)], "reviewer": saved.people["reviewer"]})
    assert few.number == many.number
