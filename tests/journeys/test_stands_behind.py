"""Who stands behind a proposal, in Chromium on the real server: the head hands it back and signs, two steps at the office with a second look,
taking back, more time for one unit, one operator following another. Every page is looked at in both widths."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Entry, Instrument, User
from tests.cast import make_cast
from tests.journeys import evidence
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running
from tests.models.test_handing import turn

ROWS = ("16", "17", "32", "33", "35")


@pytest.fixture
def folder(tmp_path):
    """JEMPUT GIZI is ready to be handed in; the period asks for the head's signature and for two steps."""
    with prepared(tmp_path / "data") as app:
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for user in cast.people.values():
            user.change_password(PASSWORD_HASH)
        real_files(cast.entry, app.extensions["storage"], tmp_path)
        turn(cast, needs_signature=True, two_steps=True)
        db.session.add_all([*cast.people.values(), cast.entry])
    return tmp_path / "data"


def real_files(entry, storage, scratch):
    for answer in entry.answers:
        for exhibit in answer.exhibits:
            file, code = exhibit.version.file, answer.indicator.code
            draw = evidence.decree if file.kind == "pdf" else evidence.video if file.kind == "mp4" else evidence.photograph
            content = draw(scratch / f"baris-{code}.{file.kind}", code).read_bytes()
            stored = storage.keep(content, file.kind, pages=2 if file.kind == "pdf" else None, seconds=4 if file.kind == "mp4" else None)
            file.sha256, file.size, file.pages, file.seconds = stored.sha256, stored.size, stored.pages, stored.seconds


def test_who_stands_behind_it(browser, shots, folder):
    with running(folder) as address:
        people = {who: Visitor(browser, address, shots).sign_in(who) for who in ("owner", "head", "reviewer", "coordinator")}
        owner, head, reviewer, coordinator = people.values()
        to_the_head(owner)
        hand_back(head)
        mend(owner)
        take_back(owner)
        to_the_head(owner)
        sign(head)
        judge(reviewer)
        finish(reviewer)
        look_again(coordinator)
        correct(reviewer)
        finish(reviewer)
        approve(coordinator)
        faults = [fault for person in people.values() for fault in person.faults]
    assert not faults, "\n".join(faults)
    with prepared(folder):
        entry = db.session.get(Entry, 1)
        assert [(r.decision, r.submitted_by.username, r.signed_by.username, r.finished_by.username, r.decided_by.username) for r in entry.rounds] == [
            ("approved", "owner", "head", "reviewer", "coordinator")]
        assert [(note.row, note.by.username) for note in entry.notes] == [("16", "coordinator")]


def press(person, name):
    with person.page.expect_navigation():
        person.page.get_by_role("button", name=name, exact=name == "Simpan").click()


def to_the_head(owner):
    owner.open("/usulan/1")
    owner.look("operator-siap-ke-kepala")
    owner.page.get_by_role("link", name="Ajukan ke Kepala OPD").click()
    owner.look("operator-ajukan-ke-kepala")
    owner.page.locator("[name=agreed]").check()
    press(owner, "Ajukan ke Kepala OPD")
    owner.look("operator-menunggu-pengesahan")
    assert "JEMPUT GIZI diajukan ke Head." in owner.text() and "Menunggu pengesahan" in owner.text()


def hand_back(head):
    head.open("/")
    head.look("kepala-beranda")
    head.page.get_by_role("link", name="Baca dan sahkan").first.click()
    head.look("kepala-pengesahan")
    head.page.get_by_label("Yang perlu diperbaiki").fill("Tujuan di profil belum menyebut sasaran umur.")
    press(head, "Kembalikan ke operator")
    head.look("kepala-sesudah-kembali")


def mend(owner):
    owner.open("/usulan/1")
    owner.look("operator-dikembalikan-kepala")
    assert "Tujuan di profil belum menyebut sasaran umur." in owner.text()
    owner.open("/inovasi/1/profil/hasil")
    owner.page.locator("[name=purpose]").fill("Menekan stunting pada balita di bawah dua tahun.")
    press(owner, "Simpan")
    owner.open("/usulan/1/pengajuan")
    owner.page.locator("[name=agreed]").check()
    press(owner, "Ajukan ke Kepala OPD")


def take_back(owner):
    owner.page.get_by_role("link", name="Tarik usulan").click()
    owner.look("operator-tarik")
    owner.page.get_by_label("Alasan").fill("Satu bukti tertinggal.")
    press(owner, "Tarik usulan ini")
    owner.look("operator-sesudah-tarik")
    assert "JEMPUT GIZI ditarik." in owner.text()


def sign(head):
    head.open("/usulan/1/pengesahan")
    head.page.locator("[name=agreed]").check()
    press(head, "Sahkan dan ajukan ke")
    head.look("kepala-tanda-terima")
    assert "Disiapkan oleh" in head.text() and "Disahkan oleh" in head.text()


def judge(reviewer):
    page = reviewer.page
    for code in ROWS:
        reviewer.open(f"/verifikasi/1/putusan/{code}")
        page.locator(f"[name=level][value='{1 if code == '16' else 2}']").check()
        page.get_by_label("Alasan untuk OPD").fill("Nama inovasi tidak tercantum." if code == "16" else "")
        page.get_by_role("button", name="Simpan, lanjut ke").click()
        page.wait_for_url(lambda url, code=code: not url.endswith(f"/putusan/{code}"))
    reviewer.open("/verifikasi/1/profil")
    reviewer.look("verifikator-profil")


def finish(reviewer):
    page = reviewer.page
    reviewer.open("/verifikasi/1/keputusan")
    page.get_by_label("Catatan umum untuk OPD").fill("Terima kasih, tinggal disetujui koordinator.")
    reviewer.look("verifikator-keputusan-dua-langkah")
    press(reviewer, "Selesai, serahkan ke koordinator")
    reviewer.open("/verifikasi/1")
    reviewer.look("verifikator-menunggu-persetujuan")


def look_again(coordinator):
    page = coordinator.page
    coordinator.open("/")
    coordinator.look("koordinator-beranda")
    coordinator.open("/verifikasi/1/persetujuan")
    page.locator("[name=rows][value='16']").check()
    page.get_by_label("Yang perlu diperiksa lagi").fill("Halaman 2 menyebut namanya. Tolong lihat lagi.")
    coordinator.look("koordinator-persetujuan")
    press(coordinator, "Kembalikan ke Reviewer")
    assert "JEMPUT GIZI dikembalikan ke verifikator untuk diperiksa lagi." in coordinator.text()


def correct(reviewer):
    page = reviewer.page
    reviewer.open("/verifikasi/1/putusan/16")
    assert "Halaman 2 menyebut namanya." in reviewer.text()
    reviewer.look("verifikator-baris-diperiksa-lagi")
    page.locator("[name=level][value='2']").check()
    page.get_by_label("Alasan untuk OPD").fill("")
    page.get_by_role("button", name="Simpan, lanjut ke").click()
    page.wait_for_url("**/keputusan")


def approve(coordinator):
    coordinator.open("/verifikasi/1/persetujuan")
    coordinator.page.get_by_label("Pesan tambahan untuk OPD").fill("Selamat.")
    coordinator.look("koordinator-persetujuan-2")
    press(coordinator, "Setujui dengan 28 poin")
    coordinator.open("/usulan/1")
    coordinator.look("koordinator-disetujui")


def test_more_time_and_another_operator(browser, shots, folder):
    with prepared(folder):
        entry = db.session.get(Entry, 1)
        period, owner = entry.period, db.session.scalar(select(User).where(User.username == "owner"))
        entry.submit(owner)
        period.closes_at, period.repairs_close_at = clock.now() - timedelta(hours=2), clock.now() - timedelta(hours=1)
    with running(folder) as address:
        admin = Visitor(browser, address, shots).sign_in("admin")
        switches(admin)
        extension(admin)
        owner = Visitor(browser, address, shots).sign_in("owner")
        owner.look("operator-beranda-perpanjangan")
        assert "Perpanjangan untuk Dinas Kesehatan sampai" in owner.text()
        owner.open("/usulan/1")
        owner.look("operator-usulan-perpanjangan")
        handover(admin)
        faults = admin.faults + owner.faults
    assert not faults, "\n".join(faults)
    with prepared(folder):
        heir = db.session.scalar(select(User).where(User.username == "nur.aini"))
        assert [(held.role, held.unit.name) for held in heir.memberships] == [("operator", "Dinas Kesehatan")]
        assert not db.session.scalar(select(User).where(User.username == "owner")).is_active


def switches(admin):
    admin.open("/")
    admin.look("admin-beranda")
    admin.open("/kelola/periode/1")
    admin.look("admin-periode")


def extension(admin):
    page = admin.page
    admin.open("/kelola/periode/1/perpanjangan")
    admin.look("admin-perpanjangan-kosong")
    page.get_by_label("Perangkat daerah").select_option(label="Dinas Kesehatan")
    page.get_by_label("Sampai").fill((clock.now() + timedelta(days=5)).date().isoformat())
    page.get_by_label("Alasan").fill("Kantor terendam banjir sepekan.")
    press(admin, "Beri perpanjangan")
    admin.look("admin-perpanjangan")
    assert "Dinas Kesehatan mendapat perpanjangan sampai" in admin.text()


def handover(admin):
    page = admin.page
    admin.open("/kelola/unit/1")
    admin.look("admin-unit")
    page.get_by_role("link", name="Owner").click()
    admin.look("admin-akun")
    page.get_by_role("link", name="Serah terima").click()
    page.get_by_label("Nama lengkap").fill("Nur Aini, S.K.M.")
    page.get_by_label("Nama pengguna").fill("nur.aini")
    page.get_by_label("Jabatan").fill("Penyusun Program")
    admin.look("admin-serah-terima")
    press(admin, "Serahkan peran")
    admin.look("admin-lembar-serah-terima")
    assert "JEMPUT GIZI" in admin.text() and "Yang menerima," in admin.text()
    assert page.pdf(format="A4").startswith(b"%PDF")
