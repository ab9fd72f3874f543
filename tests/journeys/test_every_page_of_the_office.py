"""Every page there is, as each role: those who work in the office."""
from app.rules.access import Role
from app.rules.workflow import Status
from tests.journeys.tour import go_round


def issue_a_letter(visitor, places):
    """So that there is one to look at."""
    visitor.open(f"/verifikasi/{places['own'][Status.APPROVED]}/surat").get_by_role("button", name="Buat berita acara").last.click()
    visitor.page.get_by_role("link", name="PDF").first.wait_for()


def test_pages_of_the_reviewer(browser, shots, regency):
    go_round(browser, shots, regency, Role.REVIEWER, issue_a_letter)


def test_pages_of_the_admin(browser, shots, regency):
    go_round(browser, shots, regency, Role.ADMIN)
