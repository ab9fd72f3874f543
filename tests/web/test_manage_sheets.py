"""Units and accounts in bulk: looked at first, taken as a whole or not at all, brought again without doubling, 120 and 400 in time."""
import io
import re
import time

import openpyxl
import pytest
from sqlalchemy import func, select

from app import passwords
from app.extensions import db
from app.models import Event, Membership, Unit, User
from app.rules import people_sheet, unit_sheet
from tests.web.reviewing import Selects, text

UNITS, PEOPLE = "/kelola/unit/impor", "/kelola/orang/impor"
COLUMNS = {UNITS: unit_sheet.COLUMNS, PEOPLE: people_sheet.COLUMNS}


@pytest.fixture
def admin(open_as):
    return open_as("admin")


def xlsx(*rows) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def upload(browser, where, content: bytes, expect=303):
    return browser.post(where, {"file": (io.BytesIO(content), "daftar.xlsx")}, expect=expect, content_type="multipart/form-data")


def brought(browser, where, *rows):
    """The report of a sheet with these rows under the headings of the template."""
    return browser.get(upload(browser, where, xlsx(COLUMNS[where], *rows)).location)


def yes(browser, report):
    """Say yes to a report; the page it leads to."""
    action, stamp = re.search(r'action="([^"]+)"', report.text)[1], re.search(r'name="laporan" value="(\w+)"', report.text)[1]
    return browser.get(browser.post(action, {"laporan": stamp}).location)


def counted(app, noun) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(noun.id)))


def lead(page) -> str:
    return re.search(r'<p class="lead-line">(.*?)</p>', page.text, re.S)[1]


def refusal(page) -> str:
    return re.search(r'role="alert">.*?<p>(.*?)</p>', page.text, re.S)[1]


def test_a_report_comes_first_and_stores_nothing(admin, app):
    before = counted(app, Unit)
    page = brought(admin, UNITS, ("Dinas Sosial", "Dinas"), ("Dinas Kesehatan", "Badan"), ("Badan Keuangan", "Badan"))
    assert lead(page) == "3 baris dibaca: 1 baru, 1 diubah, 1 sama, 0 galat. Belum ada yang disimpan."
    assert "Jenis: Dinas → Badan" in text(page) and counted(app, Unit) == before


def test_a_yes_takes_all_of_it_and_a_second_time_there_is_nothing_to_take(admin, app, saved):
    rows = [("Puskesmas Timur", "Puskesmas", "UPTD Timur"), ("UPTD Timur", "UPTD", "Dinas Kesehatan"), ("Dinas Kesehatan", "Badan")]
    page = yes(admin, brought(admin, UNITS, *rows))
    assert "2 perangkat daerah ditambahkan dan 1 diubah dari berkas." in page.text
    with app.app_context():
        unit = db.session.scalar(select(Unit).where(Unit.name == "Puskesmas Timur"))
        assert [above.name for above in unit.ancestors()] == ["UPTD Timur", "Dinas Kesehatan"]
        edited = db.session.scalars(select(Event).where(Event.what == "unit_edited")).one()
        assert (edited.unit_id, edited.details["changed"]) == (saved.units["dinas"], {"kind": ["Dinas", "Badan"]})
    again = brought(admin, UNITS, *rows)
    assert "Tidak ada yang berubah" in again.text and 'name="laporan"' not in again.text


def test_units_may_change_places(admin, app, saved):
    yes(admin, brought(admin, UNITS, ("Dinas Kesehatan", "", "Badan Keuangan")))
    yes(admin, brought(admin, UNITS, ("Badan Keuangan", "", "Dinas Kesehatan"), ("Dinas Kesehatan", "", "-")))
    with app.app_context():
        assert db.session.get(Unit, saved.units["badan"]).parent_id == saved.units["dinas"]


def test_one_wrong_row_keeps_the_whole_sheet_out(admin, app):
    before = counted(app, Unit)
    page = brought(admin, UNITS, *[(f"Unit {n}", "Dinas") for n in range(40)], ("Dinas Kesehatan", "Dinass"))
    first = re.search(r"<tbody>\s*<tr>(.*?)</tr>", page.text, re.S)[1]
    assert "Baris 42, kolom Jenis: “Dinass” bukan jenis yang dikenal" in first and 'name="laporan"' not in page.text
    admin.post(page.request.path, {"laporan": "0" * 64}, headers={"Referer": f"http://localhost{page.request.path}"})
    assert "Masih ada baris yang salah, jadi belum ada yang disimpan." in admin.get(page.request.path).text
    assert counted(app, Unit) == before


def test_what_changed_since_the_report_is_reported_again(admin, app, saved):
    page = brought(admin, UNITS, ("Dinas Sosial", "Dinas"))
    admin.follow("/kelola/unit/baru", {"name": "Dinas Sosial", "kind": "Badan", "parent": "", "is_office": ""})
    action, stamp = re.search(r'action="([^"]+)"', page.text)[1], re.search(r'name="laporan" value="(\w+)"', page.text)[1]
    before = counted(app, Event)
    admin.post(action, {"laporan": stamp}, headers={"Referer": f"http://localhost{action}"})
    assert "Ada yang berubah sesudah laporan ini dibuat." in admin.get(action).text and counted(app, Event) == before


def test_a_report_belongs_to_who_made_it_and_to_its_list(admin, open_as, app, saved):
    page = brought(admin, UNITS, ("Dinas Sosial", "Dinas"))
    berkas = page.request.path.rsplit("/", 1)[1]
    with app.app_context():
        db.session.get(User, saved.people["coordinator"]).give_role("admin", db.session.get(Unit, saved.units["office"]), None)
        db.session.commit()
    for browser, url in ((open_as("coordinator"), f"{UNITS}/{berkas}"), (admin, f"{PEOPLE}/{berkas}")):
        assert "Berkas itu diunggah orang lain atau untuk daftar lain." in browser.get(browser.get(url, expect=303).location).text
    assert "Berkasnya tidak disimpan lebih dari satu jam." in admin.get(admin.get(f"{UNITS}/palsu", expect=303).location).text


@pytest.mark.parametrize(("content", "words"), [
    (b"bukan berkas", "bukan lembar kerja Excel"), (xlsx(("Nama", "Umur"), ("A", 1)), "Judul kolom “Nama”"), (b"", "kosong (0 byte)")])
def test_a_file_that_is_no_list_stays_outside(admin, content, words):
    page = upload(admin, UNITS, content, expect=200)
    assert words in refusal(page)


def test_no_file_at_all(admin):
    assert refusal(admin.post(PEOPLE, {}, expect=200)) == "Pilih berkasnya dulu."


@pytest.mark.parametrize("where", [UNITS, PEOPLE])
def test_what_is_exported_comes_back_as_the_same(admin, where):
    page = admin.get(upload(admin, where, admin.get(f"{where}/daftar.xlsx").data).location)
    assert re.match(r"\d+ baris dibaca: 0 baru, 0 diubah, (\d+) sama, 0 galat", lead(page)) and "Tidak ada yang berubah" in page.text


@pytest.mark.parametrize("where", [UNITS, PEOPLE])
def test_the_template_holds_nothing_but_its_example(admin, where):
    page = admin.get(upload(admin, where, admin.get(f"{where}/templat.xlsx").data).location)
    assert lead(page).startswith("0 baris dibaca") and "1 baris contoh dilewati." in page.text


def test_people_come_with_their_roles_and_without_a_password(admin, app, saved):
    page = yes(admin, brought(admin, PEOPLE, ("budi.dinkes", "Budi", "1980", "Staf", "Operator OPD", "Dinas Kesehatan"),
                              ("budi.dinkes", "", "", "", "Kepala OPD", "Dinas Kesehatan"), ("owner", "Owner Baru", "", "", "", "")))
    assert "1 akun dibuat dan 1 diubah dari berkas. Buat slipnya di bawah, lalu bagikan." in page.text
    assert "Budi" in page.text and "Owner Baru" not in page.text
    with app.app_context():
        budi = db.session.scalar(select(User).where(User.username == "budi.dinkes"))
        assert (budi.nip, [held.role for held in budi.memberships]) == ("1980", ["operator", "head"])
        assert (budi.must_change_password, budi.slip_expires_at) == (True, None) and not passwords.verify(budi.password_hash, "")
        assert [event.what for event in budi.events] == ["person_added", "role_given", "role_given"]
        assert db.session.get(User, saved.people["owner"]).name == "Owner Baru"
    for url in ("/kelola/orang/?state=baru", f"/kelola/orang/{budi.id}", "/"):
        admin.get(url)


def test_new_administrators_are_pointed_out(admin):
    assert "1 akun mendapat peran Admin" in text(brought(admin, PEOPLE, ("budi", "Budi", "", "", "Admin", "Bappelitbangda")))


def test_the_report_is_paged_and_shows_one_kind_of_rows(admin):
    page = brought(admin, UNITS, *[(f"Unit {n:02}", "Dinas") for n in range(30)], ("Badan Keuangan", "Badan"))
    assert "31 baris, halaman 1 dari 2" in text(page)
    assert "1 baris" in text(admin.get(f"{page.request.path}?hanya=sama"))


def region(units=120, people=400):
    kinds = ["Dinas", "Badan", "Kecamatan", "Kelurahan", "Puskesmas", "UPTD"]
    rows = [(f"Perangkat Daerah {n:03}", kinds[n % 6], f"Perangkat Daerah {n - n % 10:03}" if n % 10 else "", "") for n in range(units)]
    staff = [(f"orang.{n:03}", f"Orang {n}, S.Sos.", f"19800101200501{n:04}", "Staf", "Operator OPD" if n % 3 else "Kepala OPD", rows[n % units][0])
             for n in range(people)]
    return list(reversed(rows)), staff


def test_a_whole_region_is_taken_in_seconds(admin, app, capsys):
    """120 units and 400 accounts, each brought, read and confirmed; the second time all of it is the same."""
    units, staff = region()
    took = {}
    for where, rows in ((UNITS, units), (PEOPLE, staff)):
        begun = time.perf_counter()
        report = brought(admin, where, *rows)
        looked = time.perf_counter()
        yes(admin, report)
        took[where] = (looked - begun, time.perf_counter() - looked)
        assert f"{len(rows)} sama" in lead(brought(admin, where, *rows))
    with capsys.disabled():
        print(" ".join(f"{where}: laporan {report:.2f} s, simpan {stored:.2f} s;" for where, (report, stored) in took.items()))
    assert (counted(app, Unit), counted(app, User), counted(app, Membership)) == (123, 407, 407)
    assert max(seconds for pair in took.values() for seconds in pair) < 10


def test_the_report_asks_the_same_for_few_and_many(admin):
    few_url, many_url = (brought(admin, UNITS, *region(units=size)[0]).request.path for size in (10, 100))
    with Selects() as few:
        admin.get(few_url)
    with Selects() as many:
        admin.get(many_url)
    assert many.number == few.number
