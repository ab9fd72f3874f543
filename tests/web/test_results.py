"""What the ministry gave beside what was verified: every figure is the total of the list it leads to."""
import re
from datetime import timedelta
from decimal import Decimal

import pytest

from app.extensions import db
from app.models import Period, Sending
from tests.exports.readers import xlsx
from tests.web.reviewing import Selects, another, desk, text
from tests.web.sent import give, send, three_sent


@pytest.fixture
def sent(app, saved, once):
    return once("sent", lambda: lay_down(app, saved))


def lay_down(app, saved):
    """IID-1 read one level lower in row 16 and one higher in 17, IID-2 as verified, IID-3 known in all only: 4 points less."""
    with desk(app, saved) as cast:
        one, two, three = three_sent(cast)
        give(cast, one, rest=-1, r16=1, r17=3, note="Surat Desember.")
        give(cast, two, rest=-1)
        give(cast, three, str(three.maturity - 4))
        saved.sendings = [sending.id for sending in (one, two, three)]
        saved.points = [sending.maturity for sending in (one, two, three)]
    return saved


def figure(points: Decimal) -> str:
    return f"{points:f}".replace(".", ",").removesuffix(",0")


def rows_of(page) -> list[str]:
    """Each row of the last table, as a person reads it."""
    body = page.text.rpartition("<tbody>")[2].partition("</tbody>")[0]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in body.split("<tr>")[1:]]


def test_the_head_says_what_the_ministry_made_of_it(sent, open_as):
    whole = sum(sent.points)
    page = text(open_as("leader").get("/hasil/"))
    assert f"Dari {figure(whole)} poin terverifikasi, kementerian memberi {figure(whole - 5)}: selisih −5 pada 3 usulan." in page


def test_the_largest_gap_stands_first_and_the_foot_adds_up(sent, open_as):
    page = open_as("reviewer").get("/hasil/")
    assert [re.search(r"IID-\d", row)[0] for row in rows_of(page)] == ["IID-3", "IID-1", "IID-2"]
    assert [row.rsplit(" ", 1)[1] for row in rows_of(page)] == ["−4", "−1", "0"]
    assert re.search(r"<tfoot>.*?3 usulan.*?−5", page.text, re.DOTALL)


def test_by_row_the_rows_that_differ_come_first_and_lead_to_their_list(sent, open_as):
    browser = open_as("leader")
    first, second, third = rows_of(browser.get("/hasil/?tab=baris"))[:3]
    assert first.startswith("16 Regulasi Inovasi Daerah ") and first.endswith("−3 1 baris berbeda, Regulasi Inovasi Daerah")
    assert second.startswith("17 ") and "+2 1 baris berbeda" in second
    assert third.endswith(" 0 0")
    assert "Sekarang 2 dari 3." in text(browser.get("/hasil/?tab=baris"))
    page = browser.get("/hasil/selisih?row=16")
    assert "1 baris berbeda dari putusan kita: 6 poin menjadi 3, selisih −3" in text(page)
    assert [re.sub(r".*terverifikasi", "terverifikasi", row) for row in rows_of(page)] == [
        "terverifikasi 2 → kementerian 1 diklaim 2, berbukti 2 −3"]


def test_a_row_that_differs_says_why_we_judged_as_we_did(app, sent, open_as):
    with desk(app, sent) as cast:
        give(cast, db.session.get(Sending, sent.sendings[1]), r16=2)
    page = text(open_as("leader").get("/hasil/selisih?row=16&sort=name"))
    assert page.index("JEMPUT GIZI") < page.index("Tanpa alasan: sesuai klaim.") < page.index("PAJAK PINTAR") < page.index(
        "Nama inovasi tidak tercantum.") < page.index("terverifikasi 1 → kementerian 2")


def test_by_unit_the_figures_are_the_totals_of_the_filtered_list(sent, open_as):
    browser = open_as("leader")
    page = browser.get("/hasil/?tab=opd")
    badan, dinas = rows_of(page)
    assert badan.startswith("Badan Keuangan 2 usulan") and badan.endswith("−4 1 usulan berbeda, Badan Keuangan")
    assert dinas.startswith("Dinas Kesehatan 1 usulan") and dinas.endswith("−1 1 usulan berbeda, Dinas Kesehatan")
    behind = browser.get(f"/hasil/?unit={sent.units['badan']}")
    assert [re.search(r"IID-\d", row)[0] for row in rows_of(behind)] == ["IID-3", "IID-2"]
    foot = re.sub(r"<[^>]+>", " ", behind.text.partition("<tfoot>")[2].partition("</tfoot>")[0]).split()
    assert foot[:2] == ["2", "usulan"] and foot[-1] == "−4"
    assert figure(sum(sent.points[1:])) in foot and figure(sum(sent.points[1:]) - 4) in foot


def test_by_reviewer_it_is_about_reading_and_not_about_blame(sent, open_as):
    browser = open_as("coordinator")
    page = browser.get("/hasil/?tab=verifikator")
    (reviewer,) = rows_of(page)
    assert reviewer.startswith("Reviewer ") and reviewer.endswith("−1 −3 dan +2 2 baris berbeda, Reviewer")
    assert "Selisih bukan kesalahan" in text(page)
    behind = browser.get(f"/hasil/selisih?reviewer={sent.people['reviewer']}")
    assert "membaca 2 baris berbeda" in text(behind) and "selisih −1" in text(behind) and len(rows_of(behind)) == 2


@pytest.mark.parametrize(("state", "numbers"), [
    ("turun", ["IID-3", "IID-1"]), ("naik", []), ("sama", ["IID-2"]), ("berbeda", ["IID-3", "IID-1"]),
    ("ada", ["IID-3", "IID-1", "IID-2"]), ("belum", []), ("lain", [])])
def test_the_list_is_narrowed_by_how_it_came_out(sent, open_as, state, numbers):
    page = open_as("leader").get(f"/hasil/?state={state}")
    assert ([re.search(r"IID-\d", row)[0] for row in rows_of(page)] if "<tbody>" in page.text else []) == numbers


def test_both_directions_have_their_list(sent, open_as):
    browser = open_as("leader")
    assert [rows_of(browser.get(f"/hasil/selisih?state={state}"))[0].rsplit(" ", 1)[1] for state in ("turun", "naik")] == ["−3", "+2"]


def test_the_files_are_the_lists(sent, open_as):
    browser = open_as("leader")
    listed = list(xlsx(browser.get("/hasil/daftar.xlsx?state=turun").data).iter_rows(values_only=True))
    assert [(row[0], row[8], row[9], row[10]) for row in listed[2:]] == [("IID-3", -4, 0, None), ("IID-1", -1, 20, "Surat Desember.")]
    assert "kementerian memberi lebih sedikit" in listed[0][0]
    for tab, head, first in (("baris", "Baris", "16"), ("opd", "Perangkat daerah", "Badan Keuangan"), ("verifikator", "Verifikator", "Reviewer")):
        added = list(xlsx(browser.get(f"/hasil/daftar.xlsx?tab={tab}").data).iter_rows(values_only=True))
        assert (added[1][0], added[2][0]) == (head, first)
    gaps = list(xlsx(browser.get("/hasil/selisih.xlsx?row=16").data).iter_rows(values_only=True))
    assert [row[0:2] + row[5:10] for row in gaps[2:]] == [("IID-1", "JEMPUT GIZI", 2, 2, 2, 1, -3)]


def test_nothing_sent_says_where_to_begin(saved, open_as):
    page = text(open_as("leader").get("/hasil/"))
    assert "Belum ada yang terkirim pada 2026" in page and "Buka Kirim" in page
    assert open_as("leader").get("/hasil/selisih").status_code == 200


def test_a_tab_that_is_not_there_is_the_list(sent, open_as):
    browser = open_as("leader")
    assert rows_of(browser.get("/hasil/?tab=lain&page=9")) == rows_of(browser.get("/hasil/"))
    assert "Baris 99" in text(browser.get("/hasil/selisih?row=99"))


def test_a_year_without_a_period_is_not_there(saved, open_as):
    open_as("leader").get("/hasil/?tahun=2019", expect=404)


def test_without_a_period_it_says_what_comes_first(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.period.opens_at = cast.period.closes_at - timedelta(days=1)
    assert "Belum ada periode penilaian" in text(open_as("leader").get("/hasil/"))
    assert "Buka periode pertama" in text(open_as("coordinator").get("/hasil/"))
    assert open_as("leader").client.get("/hasil/selisih").status_code == 303


# What the unit reads

def test_the_unit_reads_what_the_ministry_gave_its_own(sent, open_as):
    page = text(open_as("owner").get(f"/usulan/{sent.entry}"))
    part = page[page.index("Hasil kementerian"):]
    assert f"Kementerian memberi {figure(sent.points[0] - 1)} poin ; hasil verifikasi kita {figure(sent.points[0])} poin, selisih −1 ." in part
    assert "16 Regulasi Inovasi Daerah level 2 level 1 −3" in part and "18 baris lain sama." in part
    assert "Catatan: Surat Desember." in part and "Ubah hasilnya" not in part
    open_as("stranger").get(f"/usulan/{sent.entry}", expect=404)


def test_a_total_without_rows_and_no_result_yet(app, sent, open_as):
    with desk(app, sent) as cast:
        three, late = db.session.get(Sending, sent.sendings[2]).entry_id, send(cast, another(cast, "BARU TERKIRIM"), "IID-4").entry_id
    page = text(open_as("stranger").get(f"/usulan/{three}"))
    assert "selisih −4" in page and "Baris yang berbeda" not in page
    assert "Belum diumumkan, atau belum dicatat" in text(open_as("stranger").get(f"/usulan/{late}"))


def test_one_select_more_and_only_for_what_was_sent(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    owner, counted = open_as("owner"), []
    owner.get(f"/usulan/{saved.entry}")
    for step in (None, lambda cast: send(cast, cast.entry, "IID-1"), lambda cast: give(cast, cast.entry.sending, rest=1)):
        if step:
            with desk(app, saved) as cast:
                step(cast)
        with Selects() as seen:
            owner.get(f"/usulan/{saved.entry}")
        counted.append([sql for sql in seen.all if "official_level" in sql])
    assert [len(found) for found in counted] == [0, 1, 1]


@pytest.mark.parametrize("address", ["/hasil/", "/hasil/?tab=baris", "/hasil/?tab=opd", "/hasil/?tab=verifikator", "/hasil/selisih",
                                     "/hasil/daftar.xlsx", "/hasil/selisih.xlsx", "/hasil/templat.xlsx"])
def test_as_many_selects_for_many_as_for_few(app, sent, open_as, address):
    browser, counted = open_as("coordinator"), []
    for more in (0, 12):
        with desk(app, sent) as cast:
            for number in range(more):
                give(cast, send(cast, another(cast, f"INOVASI {number:02d}"), f"IID-1{number:02d}"), rest=1)
        browser.get(address)
        with Selects() as seen:
            browser.get(address)
        counted.append(seen.number)
    assert counted[0] == counted[1]


def test_another_years_results_stand_apart(app, sent, open_as):
    with desk(app, sent) as cast:
        began = cast.period.opens_at - timedelta(days=400)
        db.session.add(Period.add(2025, cast.period.instrument, cast.admin, opens_at=began, closes_at=began + timedelta(days=100),
                                  repairs_close_at=began + timedelta(days=110), minimum_maturity=80))
    browser = open_as("leader")
    assert "Belum ada yang terkirim pada 2025" in text(browser.get("/hasil/?tahun=2025"))
    assert "IID-3" in text(browser.get("/hasil/?tahun=2026"))
