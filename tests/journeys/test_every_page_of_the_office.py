"""Every page there is, as each role: those who work in the office."""
from app.rules.access import Role
from app.rules.workflow import Status
from tests.journeys.tour import go_round
from tests.web.test_register_import import FAULTS, register

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEW_FAULTS = {place: fault for place, fault in FAULTS.items() if place <= 61}


def issue_a_letter(visitor, places):
    """So that there is one to look at."""
    visitor.open(f"/verifikasi/{places['own'][Status.APPROVED]}/surat").get_by_role("button", name="Buat berita acara").last.click()
    visitor.page.get_by_role("link", name="PDF").first.wait_for()


def test_pages_of_the_reviewer(browser, shots, regency):
    go_round(browser, shots, regency, Role.REVIEWER, issue_a_letter)


def brings_a_register(visitor, _places):
    """As an office keeps it: headings of its own, and faults in its rows. Nothing of it is kept."""
    page = visitor.open("/kelola/impor/baru")
    page.get_by_label("Berkas XLSX").set_input_files({"name": "rekap.xlsx", "mimeType": XLSX, "buffer": register(60, FEW_FAULTS)})
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.get_by_role("heading", name="Cocokkan judul kolom").wait_for()
    visitor.look("admin-kelola-impor-kolom")
    page.get_by_role("button", name="Periksa isinya").click()
    page.get_by_text("Maksudnya Dinas Kesehatan?").first.wait_for()
    visitor.look("admin-kelola-impor-laporan")


def test_pages_of_the_admin(browser, shots, regency):
    go_round(browser, shots, regency, Role.ADMIN, brings_a_register)
