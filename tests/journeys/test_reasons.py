"""Reasons taken from the bank by key, a row opened again and two submissions beside each other, in Chromium on the real server."""
import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Entry, Instrument, Reason, StoredFile
from tests.cast import PASSWORD_HASH, judge_all, make_cast
from tests.journeys import evidence
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH as KNOWN
from tests.live import prepared, running

ROLES, TWICE = "Peran tiap orang tidak tercantum. Tambahkan lampirannya.", "Nama yang sama tertulis dua kali."


@pytest.fixture
def folder(tmp_path):
    """Submitted, with two reasons for row 17 in the bank; the documents of the rows that are opened, and of the
    one the page prepares after them, can be looked at."""
    with prepared(tmp_path / "data") as app:
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for user in cast.people.values():
            assert user.password_hash == PASSWORD_HASH
            user.change_password(KNOWN)
        db.session.add_all([*cast.people.values(), cast.entry, Reason.add("17", "peran", ROLES, None), Reason.add("17", "sama", TWICE, None)])
        for code in ("17", "32", "33"):
            content = evidence.decree(tmp_path / f"{code}.pdf", f"Keputusan {code}").read_bytes()
            stored = app.extensions["storage"].keep(content, "pdf", pages=2)
            cast.entry.answer_on(code).exhibits[0].version.file = StoredFile(sha256=stored.sha256, size=stored.size, kind="pdf", pages=2, active=[])
        db.session.flush()
        cast.entry.submit(cast.owner)
    return tmp_path / "data"


def verdict(folder):
    with prepared(folder):
        given = db.session.get(Entry, 1).answer_on("17").verdicts[-1]
        return given.reason, [reason.text for reason in given.cited]


def test_a_reason_goes_in_by_key_and_counts_while_it_is_said(browser, shots, folder):
    with running(folder) as address:
        reviewer = Visitor(browser, address, shots).sign_in("reviewer")
        page = reviewer.page
        reviewer.open("/verifikasi/1/putusan/17")
        area, boxes = page.get_by_label("Alasan untuk OPD"), page.locator("[name=cited]")
        page.keyboard.press("1")  # the level
        area.fill("Halaman 3 kosong.")
        page.keyboard.press("Alt+1")
        assert area.input_value() == f"Halaman 3 kosong. {ROLES}" and boxes.nth(0).is_checked()
        page.keyboard.press("Alt+2")
        page.keyboard.type(" Mohon diperbaiki.")
        assert area.input_value() == f"Halaman 3 kosong. {ROLES} {TWICE} Mohon diperbaiki."
        page.keyboard.press("Alt+1")  # once more takes it out again
        assert area.input_value() == f"Halaman 3 kosong. {TWICE} Mohon diperbaiki." and not boxes.nth(0).is_checked()
        area.fill(f"{TWICE} Halaman 4.")
        assert boxes.nth(1).is_checked()
        area.fill("Halaman 4.")
        assert not boxes.nth(1).is_checked()  # deleted again: not counted
        edited = ROLES.replace("tiap orang", "tiap anggota")
        area.fill(edited)
        boxes.nth(0).check()  # said in other words already: only counted
        assert area.input_value() == edited
        reviewer.look("verifikator-baris-alasan")
        area.focus()
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/putusan/32")
        assert reviewer.faults == []
    assert verdict(folder) == (ROLES.replace("tiap orang", "tiap anggota"), [ROLES])


@pytest.fixture
def twice(folder):
    """Returned and back with other words, approved."""
    with prepared(folder):
        entry = db.session.get(Entry, 1)
        people = {user.username: user for user in db.session.scalars(select(type(entry.rounds[0].submitted_by)))}
        bank = db.session.scalars(select(Reason).order_by(Reason.id)).all()
        stage = type("Stage", (), {"entry": entry, "reviewer": people["reviewer"]})
        entry.judge(entry.answer_on("17"), people["reviewer"], 1, ROLES, cited=bank[:1])
        judge_all(stage)
        entry.return_(people["reviewer"], ["17"], profile_note="Manfaat masih berupa rencana.")
        entry.innovation.edit(people["owner"], benefit="Balita tertimbang setiap dua bulan.")
        entry.answer_on("17").reply(people["owner"], "Lampiran peran sudah ada.")
        entry.submit(people["owner"])
        entry.annotate(people["reviewer"], "Hati-hati pada halaman dua.", "17")
        judge_all(stage)
        entry.approve(people["reviewer"])
    return folder


def test_the_office_and_the_unit_read_what_came_of_it(browser, shots, twice):
    with running(twice) as address:
        coordinator = Visitor(browser, address, shots).sign_in("coordinator")
        for name, path in (("bank", "/verifikasi/alasan"), ("bank-tambah", "/verifikasi/alasan/baru"), ("bank-ubah", "/verifikasi/alasan/1"),
                           ("agenda", "/verifikasi/agenda"), ("agenda-opd", "/verifikasi/agenda?tab=opd"),
                           ("agenda-cetak", "/verifikasi/agenda/cetak"), ("agenda-putusan", "/verifikasi/agenda/putusan"),
                           ("banding", "/verifikasi/1/banding"), ("usulan", "/verifikasi/1"),
                           ("catatan", "/verifikasi/1/catatan?baris=17"), ("buka-kembali", "/verifikasi/1/buka-kembali")):
            coordinator.open(path)
            coordinator.look(f"koordinator-{name}")
        page = coordinator.page
        page.get_by_label("17 Ketersediaan").check()
        page.get_by_label("Alasan untuk perangkat daerah").fill("Daftar peran ternyata milik inovasi lain.")
        page.get_by_role("button", name="Buka kembali").click()
        page.wait_for_url("**/verifikasi/1")
        assert "Baris 17 JEMPUT GIZI dibuka kembali." in coordinator.text()
        owner = Visitor(browser, address, shots).sign_in("owner")
        owner.open("/usulan/1/banding?dari=1&ke=2")
        assert "dua" in owner.page.locator("ins").all_inner_texts()[0]
        owner.look("operator-banding")
        owner.open("/usulan/1/indikator/17")
        assert "Daftar peran ternyata milik inovasi lain." in owner.text() and "Hati-hati" not in owner.text()
        owner.look("operator-baris-dibuka-kembali")
        assert coordinator.faults + owner.faults == []
