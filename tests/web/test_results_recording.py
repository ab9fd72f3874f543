"""The ministry's result typed in for one proposal, and imported for all: looked at first, then all of it or nothing."""
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.models import Event, Notification, OfficialLevel, Sending
from tests.web.reviewing import Selects, another, desk, text
from tests.web.sent import give, send, three_sent

CODES = [str(code) for code in range(16, 36)]


@pytest.fixture
def sent(app, saved, once):
    return once("sent-without-result", lambda: lay_down(app, saved))


def lay_down(app, saved):
    with desk(app, saved) as cast:
        saved.sendings = [sending.id for sending in three_sent(cast)]
    return saved


def seen_in(page) -> str:
    found = re.search(r'name="seen"[^>]*value="(\d*)"', page.text)
    return found[1] if found else ""


def result_of(app, id: int) -> tuple:
    with app.app_context():
        sending = db.session.get(Sending, id)
        levels = {answer.indicator.code: answer.official.level for answer in sending.entry.answers if answer.official}
        return sending.official_maturity, sending.official_note, levels


def given(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Event.id)).where(Event.what == "result_given"))


# By hand

def test_levels_of_all_rows_make_the_total_and_the_unit_is_told(app, sent, open_as):
    first, browser = sent.sendings[0], open_as("coordinator")
    page = browser.get(f"/hasil/{first}")
    typed = {f"level_{code}": "1" for code in CODES}
    said = text(browser.follow(f"/hasil/{first}", {**typed, "total": "", "note": "Surat 12.", "seen": seen_in(page)}))
    assert "Hasil JEMPUT GIZI dicatat. Dinas Kesehatan diberi tahu." in said
    assert result_of(app, first) == (Decimal(37), "Surat 12.", dict.fromkeys(CODES, 1))
    with app.app_context():
        told = db.session.scalars(select(Notification.user_id).join(Event).where(Event.what == "result_given")).all()
        assert set(told) == {sent.people["owner"], sent.people["head"]}


def test_a_corrected_level_needs_no_corrected_total(app, sent, open_as):
    first, browser = sent.sendings[0], open_as("coordinator")
    with desk(app, sent) as cast:
        give(cast, db.session.get(Sending, first), rest=1)
    page = browser.get(f"/hasil/{first}")
    assert "tercatat 37 poin menurut kementerian" in text(page) and re.search(r'id="total"[^>]*value=""', page.text)
    browser.post(f"/hasil/{first}", {**{f"level_{code}": "1" for code in CODES}, "level_16": "2", "total": "", "seen": seen_in(page)})
    assert result_of(app, first)[0] == 40
    content = filled(template(browser), IID_1={"16": 0})
    place = upload(browser, content).location
    browser.post(place, {"laporan": stamp(browser.get(place))})
    assert result_of(app, first)[0] == 34


def test_empty_is_unknown_and_takes_back_what_was_known(app, sent, open_as):
    first, browser = sent.sendings[0], open_as("admin")
    browser.post(f"/hasil/{first}", {"level_16": "2", "total": "27,5", "seen": ""})
    assert result_of(app, first) == (Decimal("27.5"), "", {"16": 2})
    seen = seen_in(browser.get(f"/hasil/{first}"))
    browser.post(f"/hasil/{first}", {"level_16": "", "total": "27,5", "seen": seen})
    assert result_of(app, first) == (Decimal("27.5"), "", {})


@pytest.mark.parametrize(("typed", "words"), [
    ({"total": "112"}, "antara 0 dan 111 poin"), ({"total": "banyak"}, "bukan bilangan"), ({"total": "5,125"}, "paling banyak dua desimal"),
    ({"level_16": "4"}, "Pilih salah satu dari daftar."), ({"level_16": "x"}, "Pilih salah satu dari daftar."),
    ({**{f"level_{code}": "1" for code in CODES}, "total": "36"}, "Jumlah ke-20 barisnya 37 poin, bukan 36."),
    ({"level_16": "3", "total": "5"}, "Jumlah 5 poin tidak mungkin"), ({"note": "x" * 501}, "Paling banyak 500 huruf"),
    ({}, "Tidak ada yang berubah."),
])
def test_what_is_wrong_is_said_and_nothing_is_stored(app, sent, open_as, typed, words):
    page = open_as("coordinator").post(f"/hasil/{sent.sendings[0]}", {"seen": "", "level_17": "" if not typed else "2", **typed}, expect=200)
    assert words in text(page)
    assert result_of(app, sent.sendings[0]) == (None, "", {}) and given(app) == 0
    if typed:
        assert re.search(r'id="level_17".*?<option selected value="2">', page.text, re.DOTALL) or "level_17" in typed


def test_a_page_from_before_somebody_elses_takes_nothing_back(app, sent, open_as):
    first = sent.sendings[0]
    open_as("admin").post(f"/hasil/{first}", {"total": "27", "seen": ""})
    page = open_as("coordinator").post(f"/hasil/{first}", {"total": "29", "seen": ""}, expect=200)
    assert "dicatat sesudah halaman ini dibuka" in text(page) and 'value="29"' in page.text
    assert result_of(app, first)[0] == 27
    open_as("coordinator").post(f"/hasil/{first}", {"total": "29", "seen": seen_in(page)})
    assert result_of(app, first)[0] == 29


def test_what_was_never_sent_has_no_result(sent, open_as):
    open_as("coordinator").get("/hasil/999", expect=404)


def test_as_many_selects_for_one_sending_among_many(app, sent, open_as):
    browser = open_as("coordinator")
    browser.get(f"/hasil/{sent.sendings[0]}")
    with Selects() as few:
        browser.get(f"/hasil/{sent.sendings[0]}")
    with desk(app, sent) as cast:
        give(cast, db.session.get(Sending, sent.sendings[0]), rest=1)
    with Selects() as many:
        browser.get(f"/hasil/{sent.sendings[0]}")
    assert few.number == many.number


# From a sheet

def filled(content: bytes, **rows: dict) -> bytes:
    """The template with cells by registration number ("IID_1") and heading ("Jumlah", "16")."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    heads = {str(cell.value).split()[0] if str(cell.value)[:2].isdigit() else cell.value: cell.column for cell in sheet[2]}
    for line in sheet.iter_rows(min_row=3):
        for head, value in rows.get((line[0].value or "").replace("-", "_"), {}).items():
            sheet.cell(line[0].row, heads[head], value)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def upload(browser, content: bytes, expect: int = 303):
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="hasil.xlsx"\r\n\r\n%s\r\n--x--\r\n' % content
    return browser.post("/hasil/impor", body, expect=expect, content_type="multipart/form-data; boundary=x")


def template(browser) -> bytes:
    return browser.get("/hasil/templat.xlsx").data


def stamp(page) -> str:
    return re.search(r'name="laporan" value="([0-9a-f]{64})"', page.text)[1]


def test_the_template_is_filled_looked_at_and_taken_as_a_whole(app, sent, open_as):
    browser = open_as("coordinator")
    content = filled(template(browser), IID_1={**dict.fromkeys(CODES, 1), "Catatan": "Surat 12."}, IID_2={"Jumlah": 20.5})
    place = upload(browser, content).location
    report = browser.get(place)
    assert "3 baris dibaca: 2 akan dicatat, 1 tidak berubah, 0 salah. Belum ada yang tersimpan." in text(report)
    assert "Baris 5: KAS DAERAH IID-3 , kosong" in text(report)
    assert given(app) == 0
    said = text(browser.follow(place, {"laporan": stamp(report)}))
    assert "Hasil 2 usulan dicatat dari berkas." in said
    assert result_of(app, sent.sendings[0]) == (Decimal(37), "Surat 12.", dict.fromkeys(CODES, 1))
    assert result_of(app, sent.sendings[1]) == (Decimal("20.5"), "", {})
    assert (result_of(app, sent.sendings[2]), given(app)) == ((None, "", {}), 2)
    again = text(browser.get(upload(browser, template(browser)).location))
    assert "Tidak ada yang baru" in again and "0 akan dicatat, 3 tidak berubah" in again


def test_one_wrong_row_keeps_all_of_it_out(app, sent, open_as):
    browser = open_as("coordinator")
    content = filled(template(browser), IID_1={"Jumlah": 20}, IID_2={"Jumlah": 200}, IID_3={"Nomor registrasi": "IID-9", "16": "=1+1"})
    place = upload(browser, content).location
    report = browser.get(place)
    page = text(report)
    assert "2 baris perlu diperbaiki" in page and "antara 0 dan 111 poin" in page and 'name="laporan"' not in report.text
    assert "Nomor registrasi “IID-9” tidak ada di antara yang terkirim." in page and "Kolom 16 berisi rumus" in page
    assert "1 usulan terkirim tidak ada di berkas ini" in page
    browser.post(place, {"laporan": "0" * 64})
    assert given(app) == 0


def test_what_changed_since_the_report_is_looked_at_again(app, sent, open_as):
    browser = open_as("coordinator")
    place = upload(browser, filled(template(browser), IID_1={"Jumlah": 20})).location
    report = browser.get(place)
    with desk(app, sent) as cast:
        give(cast, db.session.get(Sending, sent.sendings[0]), "25")
    told = browser.client.post(place, data={"laporan": stamp(report)}, headers={"Referer": f"http://localhost{place}"})
    assert "Ada yang berubah sesudah laporan ini dibuat." in text(browser.get(told.location))
    assert result_of(app, sent.sendings[0])[0] == 25
    browser.post(place, {"laporan": stamp(browser.get(place))})
    assert result_of(app, sent.sendings[0])[0] == 20


def test_taken_once_the_file_is_gone(app, sent, open_as):
    browser = open_as("coordinator")
    place = upload(browser, filled(template(browser), IID_1={"Jumlah": 20})).location
    mark = stamp(browser.get(place))
    browser.post(place, {"laporan": mark})
    browser.post(place, {"laporan": mark})
    assert given(app) == 1
    assert "Unggah lagi." in text(browser.get(browser.get(place, expect=303).location))


@pytest.mark.parametrize("berkas", ["0" * 64, "..%2F..%2Flumbung.sqlite", "x"])
def test_no_other_file_is_ever_opened(sent, open_as, berkas):
    answer = open_as("coordinator").client.get(f"/hasil/impor/{berkas}")
    assert answer.status_code in (303, 404) and "/hasil/impor?" in (answer.location or "/hasil/impor?")


@pytest.mark.parametrize(("content", "words"), [
    (b"", "kosong (0 byte)"), (b"a;b\n1;2", "bukan lembar kerja Excel"), (b"x" * 1_100_000, "lebih besar dari 1 MB"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 500, "format Excel lama"),
])
def test_what_is_no_sheet_is_refused_on_the_page(app, sent, open_as, content, words):
    assert words in text(upload(open_as("coordinator"), content, expect=200))


def test_no_file_at_all(sent, open_as):
    assert "Pilih berkasnya dulu." in text(open_as("admin").post("/hasil/impor", {}, expect=200))


def test_nothing_sent_nothing_to_import(saved, open_as):
    assert "Belum ada yang terkirim pada 2026" in text(open_as("admin").get("/hasil/impor"))


def test_as_many_selects_to_look_at_many_as_at_few(app, sent, open_as):
    browser, counted = open_as("coordinator"), []
    for more in (0, 10):
        with desk(app, sent) as cast:
            for number in range(more):
                send(cast, another(cast, f"INOVASI {number:02d}"), f"IID-1{number:02d}")
        cells = {f"IID_1{number:02d}": {"Jumlah": 20} for number in range(more)}
        place = upload(browser, filled(template(browser), **cells, IID_1={"Jumlah": 9})).location
        browser.get(place)
        with Selects() as seen:
            browser.get(place)
        counted.append(seen.number)
    assert counted[0] == counted[1]


def test_a_hundred_are_taken_in_one_transaction_with_one_event_each(app, sent, open_as):
    browser = open_as("coordinator")
    cells = {**dict.fromkeys(CODES, 2), "16": 1}
    place = upload(browser, filled(template(browser), IID_1=cells, IID_2=cells, IID_3=cells)).location
    browser.post(place, {"laporan": stamp(browser.get(place))})
    with app.app_context():
        assert db.session.scalar(select(func.count(OfficialLevel.id))) == 60
    assert given(app) == 3
