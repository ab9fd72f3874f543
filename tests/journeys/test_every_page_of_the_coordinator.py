"""Every page there is, as each role: the coordinator, also what comes between a form and its end."""
from app.rules.access import Role
from tests.journeys.tour import go_round


def types_numbers(visitor, _places):
    """What is sent at once is shown once more first; then nothing is sent."""
    page = visitor.open("/kirim/")
    numbers = page.get_by_label("Nomor registrasi")
    for place in range(2):
        numbers.nth(place).fill(f"IID-UJI-{place}")
    page.get_by_role("button", name="Kirim yang bernomor").click()
    page.get_by_role("heading", name="Kirim 2 inovasi").wait_for()
    visitor.look("coordinator-kirim-periksa")


def uploads_results(visitor, _places):
    """The template as it was downloaded: nothing in it is new."""
    page = visitor.open("/hasil/impor?tahun=2025")
    with page.expect_download() as got:
        page.get_by_role("link", name="Unduh templat").click()
    page.get_by_label("Berkas XLSX").set_input_files(got.value.path())
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.wait_for_url("**/hasil/impor/*")
    visitor.look("coordinator-hasil-impor-laporan")


def before_the_tour(visitor, places):
    types_numbers(visitor, places)
    uploads_results(visitor, places)


def test_pages_of_the_coordinator(browser, shots, regency):
    go_round(browser, shots, regency, Role.COORDINATOR, before_the_tour)
