"""The years side by side: what was published, typed in by hand, and what is expected where nothing was published yet."""
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models import Event, Period, YearResult
from app.models.choosing import Choice
from app.web.standing_now import standing_of
from tests import figures
from tests.exports.readers import xlsx
from tests.web.reviewing import Selects, another, desk, judge, text
from tests.web.sent import three_sent
from tests.web.test_results import rows_of

TYPED = {"year": "2022", "index": "53,10", "band": "Inovatif", "rank": "54", "participants": "415", "count": "32", "spd": "",
         "note": "Keputusan Desember."}


def record(app, saved, *results):
    with desk(app, saved) as cast:
        for year, index, band, rank in results:
            db.session.add(YearResult.add(cast.admin, year, index=Decimal(index), band=band, rank=rank))


@pytest.fixture
def magetan(app, saved):
    """53.10 and rank 54, then 43.20 and rank 218."""
    record(app, saved, (2022, "53.10", "Inovatif", 54), (2023, "43.20", "Inovatif", 218))
    return saved


def test_nothing_recorded_says_how_to_begin(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.period.opens_at = cast.period.closes_at - timedelta(days=1)
    page = text(open_as("coordinator").get("/dasbor/tahun"))
    assert "Belum ada tahun yang dicatat" in page and "Catat hasil satu tahun" in page
    assert "Koordinator atau admin mengetik" in text(open_as("leader").get("/dasbor/tahun"))


def test_the_fall_of_a_year_is_said_with_its_places(magetan, open_as):
    page = open_as("leader").get("/dasbor/tahun")
    now, later, first = rows_of(page)
    assert later.startswith("2023 diumumkan 43,20 −9,90 Inovatif") and "218 turun 164" in later
    assert first.startswith("2022 diumumkan 53,10 – Inovatif 54 –")
    assert now.startswith("2026 perkiraan belum resmi – belum ada yang terverifikasi –")


def test_the_running_period_is_an_expectation_until_its_result_is_there(app, magetan, open_as):
    with desk(app, magetan) as cast:
        three_sent(cast)
        standing = standing_of(cast.period)
    index = f"{standing.verified.index:.2f}".replace(".", ",")
    page = open_as("leader").get("/dasbor/tahun")
    said = f"2026 perkiraan belum resmi {index} – {standing.verified.band} batas 40 · 65 – 3 menurut susunan"
    assert rows_of(page)[0].startswith(said)
    record(app, magetan, (2026, "57.01", "Inovatif", 80))
    assert rows_of(open_as("leader").get("/dasbor/tahun"))[0].startswith("2026 diumumkan 57,01 – Inovatif")


def test_the_expectation_is_that_of_the_dashboard_with_its_list(app, saved, open_as):
    """What is best held counts neither there nor here."""
    with desk(app, saved) as cast:
        three_sent(cast)
        weak = another(cast, "LEMAH SEKALI")
        judge(cast, weak, r16=0)
        weak.approve(cast.coordinator)
        weak.choose(cast.coordinator, Choice.HOLD, "Bukti belum lengkap.")
        standing = standing_of(cast.period)
    assert (standing.depths["verified"].number, standing.best_depth.number) == (4, 3)
    leader = open_as("leader")
    [figure] = figures.check(leader, "/dasbor/tahun")
    said = f"{standing.best_index.index:.2f}".replace(".", ",")
    assert figure.words == "3" and rows_of(leader.get("/dasbor/tahun"))[0].startswith(f"2026 perkiraan belum resmi {said} ")
    assert f'<div class="headline">{said}</div>' in leader.get("/dasbor/").text


def test_the_chart_says_the_same_figures_and_leaves_no_year_out(magetan, open_as):
    page = open_as("leader").get("/dasbor/tahun").text
    assert 'aria-label="Indeks per tahun, skala 0 sampai 100: 2022 53,10 Inovatif; 2023 43,20 Inovatif' in page
    assert re.findall(r'y="261" text-anchor="middle">(\d+)<', page) == ["2022", "2023", "2024", "2025", "2026"]


def test_the_limits_are_those_of_their_year(app, saved, open_as):
    """The 2023 instrument drew the line elsewhere; of 2021 nothing is known."""
    record(app, saved, (2021, "36.00", "Inovatif", None), (2023, "36.00", "Inovatif", None))
    page = open_as("leader").get("/dasbor/tahun")
    assert [re.findall(r"batas (\S+ · \S+)", row) for row in rows_of(page)] == [["40 · 65"], ["34,99 · 60"], []]


def test_the_file_has_every_year_with_real_numbers(magetan, open_as):
    rows = list(xlsx(open_as("leader").get("/dasbor/tahun.xlsx").data).iter_rows(values_only=True))
    assert [row[:8] for row in rows[2:]] == [
        (2026, "perkiraan, belum resmi", None, None, None, None, None, None), (2023, "diumumkan", 43.2, -9.9, "Inovatif", 218, None, -164),
        (2022, "diumumkan", 53.1, None, "Inovatif", 54, None, None)]


def test_a_year_from_before_this_app_is_typed_in(app, saved, open_as):
    page = text(open_as("coordinator").follow("/dasbor/tahun/baru", TYPED))
    assert "Hasil 2022 dicatat." in page and "54 dari 415" in page
    with app.app_context():
        result = db.session.scalars(select(YearResult)).one()
        assert (result.year, result.index, result.band, result.rank, result.participants, result.count, result.spd, result.note) == (
            2022, Decimal("53.1"), "Inovatif", 54, 415, 32, None, "Keputusan Desember.")


@pytest.mark.parametrize(("typed", "words"), [
    ({"year": ""}, "Isi tahunnya."), ({"year": "dua ribu"}, "bilangan bulat"), ({"year": "2005"}, "Tahun hasil antara 2010"),
    ({"year": "2099"}, "Tahun hasil antara 2010"), ({"year": "999999999999999999999"}, "bilangan bulat yang wajar"),
    ({"index": ""}, "Isi indeksnya"), ({"index": "tinggi"}, "bukan bilangan"), ({"index": "53,105"}, "paling banyak dua desimal"),
    ({"index": "101"}, "Indeks antara 0,00 dan 100,00."), ({"band": ""}, "Isi predikat"), ({"band": "x" * 41}, "Paling banyak 40 huruf"),
    ({"rank": "0"}, "Peringkat dimulai dari 1"), ({"rank": "500"}, "tidak melebihi"), ({"rank": "99999999999999999999"}, "bilangan bulat yang wajar"),
    ({"spd": "-1"}, "bukan bilangan"), ({"year": "2026", "band": "Cukup"}, "Predikat 2026 menurut instrumennya: Sangat Inovatif, Inovatif"),
    ({"year": "2026", "spd": "64"}, "Poin SPD 2026 paling banyak 63."), ({"note": "x" * 501}, "Paling banyak 500 huruf"),
])
def test_what_is_wrong_is_said_and_what_was_typed_stays(app, saved, open_as, typed, words):
    page = open_as("admin").post("/dasbor/tahun/baru", {**TYPED, **typed}, expect=200)
    assert words in text(page) and ("Keputusan Desember." in page.text or "note" in typed)
    with app.app_context():
        assert db.session.scalar(select(func.count(YearResult.id))) == 0


def test_a_year_is_recorded_once(magetan, open_as):
    assert "Hasil 2022 sudah dicatat" in text(open_as("admin").post("/dasbor/tahun/baru", TYPED, expect=200))


def test_a_year_with_a_period_offers_its_bands(saved, open_as):
    browser = open_as("coordinator")
    page = browser.get("/dasbor/tahun/baru?tahun=2026").text
    assert re.findall(r'<option value="([^"]+)">', page) == ["Sangat Inovatif", "Inovatif", "Kurang Inovatif", "Tidak Dapat Dinilai"]
    assert 'value="2026"' in page and '<select class="form-select" id="band"' in page
    suggested = browser.get("/dasbor/tahun/baru").text
    assert 'list="predikat"' in suggested and '<option value="Kurang Inovatif">' in suggested


def test_a_band_beside_the_limits_is_taken_with_a_word(saved, open_as):
    page = text(open_as("coordinator").follow("/dasbor/tahun/baru?tahun=2026", {**TYPED, "year": "2026", "index": "70"}))
    assert "Hasil 2026 dicatat." in page and "indeks itu berarti Sangat Inovatif. Periksa sekali lagi" in page


def test_a_correction_is_written_down_with_what_it_was(app, magetan, open_as):
    browser = open_as("coordinator")
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', browser.get("/dasbor/tahun/2022").text)[1]
    page = text(browser.follow("/dasbor/tahun/2022", {**TYPED, "index": "53,11", "seen": seen}))
    assert "Hasil 2022 dibetulkan." in page and "53,11" in page
    told = text(browser.get("/dasbor/tahun/2022"))
    assert "Hasil 2022 dibetulkan: indeks dari 53,1 menjadi 53,11, daerah yang dinilai dari kosong menjadi 415, inovasi dikirim dari kosong" in told
    assert "catatan dari “” menjadi “Keputusan Desember.”" in told


def test_a_page_from_before_a_change_takes_nothing_back(app, magetan, open_as):
    browser = open_as("coordinator")
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', browser.get("/dasbor/tahun/2022").text)[1]
    browser.post("/dasbor/tahun/2022", {**TYPED, "index": "53,11", "seen": seen})
    page = open_as("admin").post("/dasbor/tahun/2022", {**TYPED, "index": "52", "seen": seen}, expect=200)
    assert "diubah sesudah halaman ini dibuka" in text(page)
    newer = re.search(r'name="seen"[^>]*value="(\d+)"', page.text)[1]
    open_as("admin").post("/dasbor/tahun/2022", {**TYPED, "index": "52", "seen": newer})
    with app.app_context():
        assert db.session.scalars(select(Event.what).where(Event.year_result_id.is_not(None)).order_by(Event.id)).all() == [
            "result_recorded", "result_recorded", "result_edited", "result_edited"]


def test_a_year_typed_wrong_moves_to_the_right_one(app, magetan, open_as):
    browser = open_as("admin")
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', browser.get("/dasbor/tahun/2022").text)[1]
    assert "Hasil 2023 sudah dicatat" in text(browser.post("/dasbor/tahun/2022", {**TYPED, "year": "2023", "seen": seen}, expect=200))
    browser.post("/dasbor/tahun/2022", {**TYPED, "year": "2021", "seen": seen})
    browser.get("/dasbor/tahun/2022", expect=404)
    assert "53,1" in browser.get("/dasbor/tahun/2021").text


def test_as_many_selects_for_many_years_as_for_few(app, magetan, open_as):
    browser, counted = open_as("leader"), []
    for address in ("/dasbor/tahun", "/dasbor/tahun.xlsx"):
        browser.get(address)
        with Selects() as seen:
            browser.get(address)
        counted.append(seen.number)
    record(app, magetan, *((year, "40.00", "Inovatif", 9) for year in range(2010, 2022)))
    for address, few in zip(("/dasbor/tahun", "/dasbor/tahun.xlsx"), counted, strict=True):
        with Selects() as seen:
            browser.get(address)
        assert seen.number == few


def test_only_the_last_years_stand_in_the_chart_and_all_in_the_table(app, saved, open_as):
    record(app, saved, *((year, "40.00", "Inovatif", 9) for year in range(2010, 2026)))
    page = open_as("leader").get("/dasbor/tahun")
    assert "8 tahun terakhir" in text(page) and len(rows_of(page)) == 17
    assert re.findall(r'y="261" text-anchor="middle">(\d+)<', page.text) == [str(year) for year in range(2019, 2027)]


def test_a_period_that_has_not_begun_is_no_year_yet(app, saved, open_as):
    with desk(app, saved) as cast:
        begins = clock.now() + timedelta(days=100)
        db.session.add(Period.add(2027, cast.period.instrument, cast.admin, opens_at=begins, closes_at=begins + timedelta(days=9),
                                  repairs_close_at=begins + timedelta(days=10), minimum_maturity=80))
    assert [row.split()[0] for row in rows_of(open_as("leader").get("/dasbor/tahun"))] == ["2026"]
