"""One season to the next, in Chromium on the real server: the coordinator closes 2026 and opens 2027 with another instrument, the operator is
offered what was approved, reads what comes along and what expired, takes it on, tells what was developed and renews the first row; the office
sees how far the units are. Every page is looked at in both widths."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Entry, Instrument
from tests.cast import make_cast
from tests.journeys import evidence
from tests.journeys.test_stands_behind import press
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running
from tests.next_year import approve, changed_data, fill_more

STORY = "Sejak 2026 kader mencatat lewat ponsel, dan tiga kecamatan baru ikut."


@pytest.fixture
def folder(tmp_path):
    """JEMPUT GIZI is approved in 2026, still open; the instrument of 2027 is published."""
    with prepared(tmp_path / "data") as app:
        cast = make_cast(db.session.scalars(select(Instrument).where(Instrument.code == "iid-2026")).one())
        for user in cast.people.values():
            user.change_password(PASSWORD_HASH)
        fill_more(cast)
        real_files(cast.entry, app.extensions["storage"], tmp_path)
        approve(cast)
        db.session.add_all([*cast.people.values(), cast.entry, Instrument.publish(changed_data())])
    return tmp_path / "data"


def real_files(entry, storage, scratch):
    """Each document its own bytes."""
    exhibits = [exhibit for answer in entry.answers for exhibit in answer.exhibits]
    for number, exhibit in enumerate(exhibits):
        file = exhibit.version.file
        draw = {"pdf": evidence.decree, "mp4": evidence.video}.get(file.kind, evidence.photograph)
        content = draw(scratch / f"bukti-{number}.{file.kind}", f"{number}").read_bytes()
        stored = storage.keep(content, file.kind, pages=2 if file.kind == "pdf" else None, seconds=4 if file.kind == "mp4" else None)
        file.sha256, file.size, file.pages, file.seconds = stored.sha256, stored.size, stored.pages, stored.seconds


def test_one_season_to_the_next(browser, shots, folder, tmp_path):
    before = kept(folder)
    with running(folder) as address:
        coordinator, owner = (Visitor(browser, address, shots).sign_in(who) for who in ("coordinator", "owner"))
        close(coordinator)
        open_the_next(coordinator)
        offered(owner)
        take_on(owner)
        tell(owner)
        renew(owner, tmp_path)
        how_far(coordinator)
        faults = owner.faults + coordinator.faults
    assert not faults, "\n".join(faults)
    with prepared(folder):
        entry = db.session.scalar(select(Entry).where(Entry.carried_from_id == 1))
        assert (entry.period.year, entry.status, entry.development) == (2027, "draft", STORY)
        assert (entry.answer_on("18").claimed_level, entry.answer_on("18").evidenced_level, entry.answer_on("24").claimed_level) == (3, 3, 2)
    assert kept(folder) == before


def kept(folder) -> tuple:
    """What 2026 is."""
    with prepared(folder):
        entry = db.session.get(Entry, 1)
        return (entry.status, entry.claimed, entry.evidenced, entry.verified, len(entry.events),
                [(answer.facts(), answer.evidenced_level, answer.proven_level, answer.version) for answer in entry.answers])


def day(days: int) -> str:
    return (clock.now() + timedelta(days=days)).date().isoformat()


def close(coordinator):
    page = coordinator.page
    coordinator.open("/kelola/periode/1")
    page.get_by_label("Pengisian ditutup").fill(day(-1))
    page.get_by_label("Perbaikan ditutup").fill(day(-1))
    press(coordinator, "Simpan periode")
    coordinator.look("bawa-1-periode-2026-ditutup")
    assert "Sudah ditutup" in coordinator.text()


def open_the_next(coordinator):
    page = coordinator.page
    coordinator.open("/kelola/periode/baru")
    page.get_by_label("Tahun", exact=False).first.fill("2027")
    page.get_by_label("Instrumen").select_option(label="Indeks Inovasi Daerah 2027")
    for label, when in (("Pengisian dibuka", day(0)), ("Pengisian ditutup", day(40)), ("Perbaikan ditutup", day(60))):
        page.get_by_label(label).fill(when)
    page.get_by_label("Kematangan layak kirim").fill("86")
    coordinator.look("bawa-2-periode-baru")
    press(coordinator, "Tambah periode")
    coordinator.look("bawa-3-periode-2027")
    assert "0 inovasi sudah dibawa, 1 belum." in coordinator.text()


def offered(owner):
    owner.open("/")
    owner.look("bawa-4-beranda-operator")
    owner.page.get_by_role("link", name="Bawa JEMPUT GIZI ke periode 2027").click()
    owner.look("bawa-5-tawaran")
    owner.page.get_by_role("link", name="Lihat dan bawa").click()
    owner.page.get_by_text("Semua isian yang ikut").click()
    owner.look("bawa-6-sebelum-dibawa")
    said = owner.text()
    assert "Belum layak dinilai 2027." in said and "Pelatihan inovasi" in said and "Lima perangkat daerah" in said
    assert "berlaku untuk 2024; dibutuhkan 2025, 2026, atau 2027" in said


def take_on(owner):
    owner.page.get_by_label("Tanggal pengembangan terakhir").fill("2026-05-04")
    press(owner, "Bawa ke periode 2027")
    owner.look("bawa-7-usulan-2027")
    assert "JEMPUT GIZI dibawa dari usulan 2026 ke periode 2027. Layak dinilai 2027" in owner.text()
    assert "Belum ditulis apa yang dikembangkan sejak 2026; wajib sebelum diajukan." in owner.text()


def tell(owner):
    owner.page.get_by_role("link", name="Tulis apa yang dikembangkan", exact=True).click()
    owner.look("bawa-8-pengembangan")
    owner.page.get_by_label("Apa yang dikembangkan sejak itu?").fill(STORY)
    press(owner, "Simpan pengembangan")
    assert STORY in owner.text()


def renew(owner, scratch):
    page = owner.page
    page.get_by_role("link", name="18 Dukungan anggaran").first.click()
    owner.look("bawa-9-baris-18")
    assert "2027" in owner.text()
    page.locator("#unggah summary").click()
    page.set_input_files("#file", evidence.decree(scratch / "dpa-2027.pdf", "2027"))
    page.get_by_label("Judul dokumen").fill("DPA 2027")
    page.locator("#years input[value='2027']").check()
    page.get_by_role("button", name="Unggah dan lampirkan").click()
    page.locator(".doc b", has_text="DPA 2027").wait_for()
    owner.open("/usulan/2")
    owner.look("bawa-10-sesudah-diperbarui")
    assert "18 Dukungan anggaran" not in owner.page.locator("section[aria-labelledby=h-bawa] ol").inner_text()


def how_far(coordinator):
    with_id = coordinator.page.url.rstrip("/").rsplit("/", 1)[-1]
    coordinator.open(f"/kelola/periode/{with_id}/bawaan")
    coordinator.look("bawa-11-per-perangkat-daerah")
    assert "1 inovasi sudah dibawa dari tahun sebelumnya, 0 belum." in coordinator.text()
