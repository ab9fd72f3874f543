"""Machine hints in Chromium, on the real server: a decree of typed and scanned pages goes up, both sides jump to the words that were found."""
import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Entry, Instrument
from tests.cast import make_cast
from tests.hints.sheets import LEFT, Sheets
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running
from tests.storage import samples

A4 = (210.0, 297.0)
NUMBER, NAMED_AT = "188/45/2025", 120.0  # millimetres from the upper edge

PLACE = """page => {
  const mark = page.querySelector(".marks rect:not(.jump)").getBoundingClientRect(), sheet = page.querySelector("img").getBoundingClientRect();
  return [(mark.left - sheet.left) / sheet.width, (mark.bottom - sheet.top) / sheet.height, mark.top];
}"""


@pytest.fixture
def folder(tmp_path):
    with prepared(tmp_path / "data") as app:
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for number, answer in enumerate(cast.entry.answers):
            for exhibit in answer.exhibits:
                exhibit.version.file.sha256 = app.extensions["storage"].keep(samples.pdf(3, f"Bukti {number}"), "pdf").sha256
        for user in cast.people.values():
            user.change_password(PASSWORD_HASH)
        cast.entry.answer_on("22").claim(cast.owner, 1)
        db.session.add_all([*cast.people.values(), cast.entry])
    return tmp_path / "data"


@pytest.fixture
def decree(tmp_path):
    """Its name stands on page 2 only, the third page is a scan."""
    sheets = Sheets(None, size=12)
    sheets.title("KEPUTUSAN BUPATI LUMBUNG RAYA")
    sheets.say(f"Nomor {NUMBER}. Ditetapkan pada tanggal 12 Februari 2025.")
    sheets.page()
    sheets.y = NAMED_AT
    sheets.say("JEMPUT GIZI adalah inovasi daerah.")
    sheets.scan()
    path = tmp_path / "sk.pdf"
    path.write_bytes(sheets.done())
    return path


def test_both_sides_jump_to_the_words(browser, shots, folder, decree):
    with running(folder) as address:
        operator = Visitor(browser, address, shots).sign_in("owner")
        upload(operator, decree)
        jump(operator, "1280")
        submit(folder)
        reviewer = Visitor(browser, address, shots).sign_in("reviewer")
        reviewer.open("/verifikasi/1/putusan/22")
        reviewer.page.get_by_label("Alasan untuk OPD").fill("Sedang saya tulis.")
        jump(reviewer, "390")
        assert reviewer.page.get_by_label("Alasan untuk OPD").input_value() == "Sedang saya tulis."
        scanned(reviewer)
        without_script(browser, address)
        faults = operator.faults + reviewer.faults
    assert not faults, "\n".join(faults)


def upload(operator, decree):
    page = operator.open("/usulan/1/indikator/22")
    if not page.locator("#file").is_visible():
        page.locator("#unggah > summary").click()
    page.locator("#file").set_input_files(decree)
    page.get_by_label("Nomor", exact=True).fill(NUMBER)
    page.get_by_label("2025", exact=True).check()
    page.get_by_role("button", name="Unggah dan lampirkan").click()
    page.locator(".hints").wait_for()
    said = page.locator(".hints").inner_text().split()
    assert " ".join(said) == ("Petunjuk mesin, bukan putusan: nama inovasi di hlm. 2 nomor 188/45/2025 di hlm. 1 tahun 2025 di hlm. 1 "
                              "hlm. 3 hasil pindai, tidak dapat dibaca mesin. Periksa sendiri.")
    operator.look("petunjuk-operator")


def jump(visitor, width):
    """The gold lies on the words: at the left margin, a little above their baseline; and it is in view."""
    page = visitor.page
    page.get_by_role("link", name="nama inovasi, halaman 2").click()
    page.locator(".marks").wait_for()
    page.locator(".viewer img").evaluate("image => image.decode()")
    left, bottom, top = page.locator(".viewer-page").evaluate(PLACE)
    assert abs(left - LEFT / A4[0]) < 0.01 and abs(bottom - NAMED_AT / A4[1]) < 0.01
    assert 0 < top < page.viewport_size["height"]
    visitor.look(f"petunjuk-tanda-{width}")


def submit(folder):
    with prepared(folder):
        entry = db.session.get(Entry, 1)
        entry.submit(next(member.user for member in entry.unit.memberships if member.role == "operator"))


def scanned(reviewer):
    page = reviewer.page
    page.get_by_role("link", name="Halaman berikutnya").click()
    page.get_by_text("Halaman ini hasil pindai, tidak dapat dibaca mesin. Periksa sendiri.").wait_for()
    assert page.locator(".marks").count() == 0


def without_script(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/masuk")
    page.get_by_label("Nama pengguna").fill("reviewer")
    page.get_by_label("Kata sandi").fill("empat kata sandi latihan")
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"{address}/verifikasi/1/putusan/22")
    page.get_by_role("link", name="nomor 188/45/2025, halaman 1").click()
    mark = page.locator(".marks rect:not(.jump)")
    for _ in range(50):  # the browser scrolls once the picture has its height
        if 0 <= mark.bounding_box()["y"] < 844:
            break
        page.wait_for_timeout(100)
    else:
        raise AssertionError("the mark is not in view")
    context.close()
