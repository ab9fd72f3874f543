"""The main job in Chromium, on the real server: draft, half saved, twenty rows with evidence, submitted, three rows lowered and returned,
answered and mended, what changed and nothing else judged again, approved, printed. Every page is looked at in both widths."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Entry, Instrument, Period, Unit, User
from app.rules.access import Role
from tests.journeys import evidence
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running

DESIGN = " ".join(["Kader menjemput balita berisiko stunting ke posyandu setiap pekan."] * 40)
SECTIONS = {  # of the profile, each as it is typed in
    "dasar": {"Nama inisiator": "dr. Hendra Gunawan", "stage": "Penerapan", "initiator": "ASN", "classification": "Perangkat Daerah",
              "kind": "Nondigital", "form": "Pelayanan publik"},
    "urusan": {"main_affair": "Kesehatan", "asta_cita": "4", "pkpn_cluster": "I. Non PKPN"},
    "waktu": {"Lintang": "-7,75321", "Bujur": "113.21593", "Tanggal uji coba": "2024-01-08", "Tanggal diterapkan": "2024-03-04"},
    "rancang-bangun": {"Rancang bangun": DESIGN},
    "hasil": {"Tujuan": "Menekan stunting.", "Manfaat": "Balita tertimbang tiap bulan.", "Hasil": "Cakupan naik dari 61 menjadi 94 persen."},
}
PEOPLE = {"operator": (Role.OPERATOR, "dinas"), "kepala": (Role.HEAD, "dinas"), "verifikator": (Role.REVIEWER, "office")}
PICTURES = {"25", "27", "29", "30"}
SHARED = {"23", "24"}  # proven by the decree of row 17, linked instead of uploaded again
LEVELS = {"18": 1, "20": 1, "21": 1, "27": 1, "31": 1}  # rows that ask for a set or a year per level
LOWERED = {"17": "Peran tiap orang belum tercantum.", "24": "Perangkat daerah yang terlibat tidak disebut.",
           "33": "Daftar penerima belum ditandatangani."}


@pytest.fixture
def folder(tmp_path):
    """An office on its first day: units, three people, an open period, nothing else."""
    with prepared(tmp_path / "data"):
        units = {"dinas": Unit.add("Dinas Kesehatan", "Dinas", None), "office": Unit.add("Bappelitbangda", "Badan", None, is_office=True)}
        for username, (role, unit) in PEOPLE.items():
            user = User.add(username, username.title(), PASSWORD_HASH, None, nip="198001012005011001", position="Kepala Dinas Kesehatan")
            user.change_password(PASSWORD_HASH)
            user.give_role(role, units[unit], None)
            db.session.add(user)
        now = clock.now()
        db.session.add(Period.add(2026, db.session.scalars(select(Instrument)).first(), None, opens_at=now - timedelta(days=1),
                                  closes_at=now + timedelta(days=17), repairs_close_at=now + timedelta(days=30), minimum_maturity=80))
    return tmp_path / "data"


def test_the_main_job(browser, shots, folder, tmp_path):
    with running(folder, LUMBUNG_PROCESSES="2") as address:
        operator = Visitor(browser, address, shots).sign_in("operator")
        draft(operator)
        fill(operator, tmp_path)
        submit(operator, "01")
        reviewer = Visitor(browser, address, shots).sign_in("verifikator")
        judge_and_return(reviewer)
        mend(operator, tmp_path)
        submit(operator, "02")
        judge_what_changed(reviewer)
        approve(reviewer)
        read_and_print(operator)
        faults = operator.faults + reviewer.faults
    assert not faults, "\n".join(faults)
    with prepared(folder):
        entry = db.session.get(Entry, 1)
        assert [r.decision for r in entry.rounds] == ["returned", "approved"]
        assert entry.claimed == entry.evidenced == entry.verified == 93


def draft(operator):
    page = operator.page
    operator.look("operator-beranda-kosong")
    operator.open("/inovasi/")
    operator.look("operator-register-kosong")
    operator.open("/inovasi/baru")
    page.get_by_label("Nama inovasi").fill("JEMPUT GIZI")
    with page.expect_navigation():
        page.get_by_role("button", name="Catat inovasi").click()
    half_saved(operator)
    for slug, fields in SECTIONS.items():
        operator.open(f"/inovasi/1/profil/{slug}")
        for name, value in fields.items():
            write(page, name, value)
        operator.look(f"operator-profil-{slug}")
        with page.expect_navigation():
            page.get_by_role("button", name="Simpan", exact=True).click()
    operator.open("/inovasi/1")
    operator.look("operator-inovasi")
    page.get_by_role("button", name="Usulkan pada periode 2026").click()
    page.wait_for_url("**/usulan/1")
    operator.look("operator-usulan-baru")


def half_saved(operator):
    """A draft with nearly everything empty is saved, and is still there afterwards."""
    operator.open("/inovasi/1/profil/hasil")
    typed(operator.page, "Tujuan").fill("Setengah jadi.")
    with operator.page.expect_navigation():
        operator.page.get_by_role("button", name="Simpan", exact=True).click()
    operator.open("/inovasi/1/profil/hasil")
    assert typed(operator.page, "Tujuan").input_value() == "Setengah jadi."


def typed(page, label):
    return page.locator("input, textarea").and_(page.get_by_label(label)).first


def write(page, name, value):
    """By label where it is typed, by field name where it is chosen."""
    field = page.locator(f"[name={name}]")
    if not name.islower():
        typed(page, name).fill(value)
    elif field.first.evaluate("node => node.tagName") == "SELECT":
        field.select_option(value)
    else:
        page.locator(f"[name={name}][value='{value}']").check()


def fill(operator, folder):
    page = operator.page
    for code in map(str, range(16, 36)):
        operator.open(f"/usulan/1/indikator/{code}")
        if page.locator("[name=basis]").count():
            page.locator("[name=basis]").first.check()
            page.locator("[name=show]").click()
        page.locator(f"#level-{LEVELS.get(code, 3)}").check()
        for tick in page.locator("[name=substances]").all():
            tick.check()
        page.get_by_role("button", name="Simpan", exact=True).click()
        page.get_by_role("status").filter(has_text="Tersimpan").wait_for()
        link(operator, code) if code in SHARED else upload(operator, code, file_for(code, folder))
        if code in ("16", "18", "24", "30", "35"):
            operator.look(f"operator-baris-{code}")
    operator.open("/usulan/1/indikator")
    operator.look("operator-isian")
    operator.open("/usulan/1")
    operator.look("operator-usulan-lengkap")
    assert "93" in page.locator(".maturity").inner_text()


def file_for(code, folder):
    if code in PICTURES:
        return evidence.photograph(folder / f"foto-baris-{code}.jpg", code)
    return evidence.video(folder / "video.mp4", code) if code == "35" else evidence.decree(folder / f"dokumen-baris-{code}.pdf", code)


def upload(operator, code, path):
    page = operator.page
    if not page.locator("#unggah").get_attribute("open") and not page.locator("#file").is_visible():
        page.locator("#unggah summary").click()
    page.set_input_files("#file", path)
    page.get_by_label("Judul dokumen").fill(f"Dokumen baris {code}")
    for year in page.locator("#years input").all():
        if code not in ("18", "21") or year.get_attribute("value") == "2025":
            year.check()
    page.get_by_role("button", name="Unggah dan lampirkan").click()
    page.locator(".doc b", has_text=f"Dokumen baris {code}").wait_for()


def link(operator, code):
    page = operator.page
    page.get_by_role("link", name="dokumen OPD").click()
    if code == "23":
        operator.look("operator-pilih-dokumen")
    page.get_by_label("Dokumen baris 17").check()
    page.get_by_role("button", name="Lampirkan").click()
    page.locator(".doc b", has_text="Dokumen baris 17").wait_for()


def submit(operator, number):
    page = operator.page
    operator.open("/usulan/1/pengajuan")
    operator.look(f"operator-ajukan-{number}")
    page.locator("[name=agreed]").check()
    page.get_by_role("button", name="Ajukan").click()
    page.wait_for_url("**/tanda-terima*")
    operator.look(f"operator-tanda-terima-{number}")


def judge_and_return(reviewer):
    page = reviewer.page
    reviewer.look("verifikator-beranda")
    reviewer.open("/verifikasi/")
    reviewer.look("verifikator-antrean")
    reviewer.open("/verifikasi/1")
    reviewer.look("verifikator-daftar-baris")
    for code in map(str, range(16, 36)):
        reviewer.open(f"/verifikasi/1/putusan/{code}")
        level = LEVELS.get(code, 3)
        page.locator(f"[name=level][value='{1 if code in LOWERED else level}']").check()
        page.get_by_label("Alasan untuk OPD").fill(LOWERED.get(code, ""))
        if code in ("17", "25", "35"):
            reviewer.look(f"verifikator-baris-{code}")
        page.get_by_role("button", name="Simpan, lanjut ke").click()
        page.wait_for_url(lambda url, code=code: not url.endswith(f"/putusan/{code}"))
    page.wait_for_url("**/keputusan")
    assert page.locator("[name=rows]:checked").count() == 3
    page.get_by_label("Catatan umum untuk OPD").fill("Tinggal tiga baris.")
    reviewer.look("verifikator-keputusan")
    page.get_by_role("button", name="Kembalikan").click()
    page.wait_for_url("**/verifikasi/*")


def mend(operator, folder):
    """A reply on each returned row; for the decree of 17 and 24 also another file. The accepted rows 16 and 23 keep theirs."""
    page = operator.page
    operator.open("/")
    operator.look("operator-beranda-dikembalikan")
    operator.open("/usulan/1")
    operator.look("operator-usulan-dikembalikan")
    operator.open("/usulan/1/pengajuan")
    assert [code for code in ("16", "17", "23", "24", "33") if f"Perbaiki atau jawab dulu baris {code} yang" in operator.text()] == ["17", "24", "33"]
    operator.open("/usulan/1/indikator/17")
    assert LOWERED["17"] in operator.text()
    operator.look("operator-baris-17-dikembalikan")
    page.get_by_role("link", name="Lihat Dokumen baris 17").click()
    operator.look("operator-dokumen")
    page.get_by_role("link", name="Ubah").first.click()
    page.set_input_files("input[type=file]", evidence.decree(folder / "lampiran-peran.pdf", "peran", pages=3))
    operator.look("operator-ganti-berkas")
    page.get_by_role("button", name="Simpan versi baru").click()
    page.get_by_text("Versi 2 disimpan.").first.wait_for()  # the form itself names the file that was chosen, before it is sent
    for code in LOWERED:
        operator.open(f"/usulan/1/indikator/{code}")
        page.get_by_label("Jawaban untuk verifikator").fill(f"Sudah diperbaiki pada baris {code}.")
        page.get_by_role("button", name="Simpan", exact=True).click()
        page.get_by_text(f"Sudah diperbaiki pada baris {code}.").first.wait_for()


def judge_what_changed(reviewer):
    """Three rows and no other; the diff names the old and the new file and the answer."""
    page = reviewer.page
    reviewer.open("/verifikasi/1")
    page.goto(page.url.split("/putusan")[0])
    asked = [row for row in map(str, range(16, 36)) if opened(reviewer, row)]
    assert asked == ["17", "24", "33"]
    for code in LOWERED:
        reviewer.open(f"/verifikasi/1/putusan/{code}")
        diff = page.locator(".notice .diff").inner_text()
        assert LOWERED[code] in diff and f"Sudah diperbaiki pada baris {code}." in diff
        assert ("lampiran-peran.pdf" in diff and "dokumen-baris-17.pdf" in diff) == (code in ("17", "24"))
        reviewer.look(f"verifikator-putaran-2-baris-{code}")
        page.locator("[name=level][value='3']").check()
        page.get_by_label("Alasan untuk OPD").fill("")
        page.get_by_role("button", name="Simpan, lanjut ke").click()
        page.wait_for_url(lambda url, code=code: not url.endswith(f"/putusan/{code}"))


def opened(reviewer, code):
    reviewer.open(f"/verifikasi/1/putusan/{code}")
    return reviewer.page.locator("form[data-verdict] button").first.is_visible()


def approve(reviewer):
    reviewer.open("/verifikasi/1/keputusan")
    reviewer.look("verifikator-keputusan-2")
    reviewer.page.get_by_role("button", name="Setujui").click()
    reviewer.page.wait_for_url("**/verifikasi/*")


def read_and_print(operator):
    operator.open("/usulan/1")
    operator.look("operator-usulan-disetujui")
    assert "Disetujui" in operator.text()
    operator.open("/usulan/1/riwayat")
    operator.look("operator-riwayat")
    operator.open("/usulan/1/cetak")
    operator.look("operator-cetak")
    assert operator.page.pdf(format="A4", print_background=True).startswith(b"%PDF")
    operator.open("/pemberitahuan")
    operator.look("operator-pemberitahuan")
