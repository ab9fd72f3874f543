"""The expected index on screen: every figure is a list's total."""
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app import clock, instruments
from app.extensions import db
from app.models import Instrument, Period, User, YearResult
from app.rules.workflow import Status
from tests.figures import check
from tests.portfolios import EDUCATION, HEALTH, HOUSING, ORDER, SOCIAL, WORKS, Brought, bring, region, worked_example
from tests.web.reviewing import Selects, text

INDEX, IMAGINE = "/dasbor/indeks", "/dasbor/indeks/andai"


@pytest.fixture
def lay(app, saved):
    """`lay(portfolio)` brings it into the period with 47.5 verified points of the region; the ids."""
    def laid(portfolio, spd=("58", "52.5", "47.5")):
        with app.app_context():
            region(*spd)
            ids = bring(saved, portfolio)
            db.session.commit()
        return ids
    return laid


def total(page) -> int:
    return int(re.search(r'data-total="(\d+)"', page.text)[1])


MIXED = [Brought(100, HEALTH), Brought(90, HEALTH), Brought(85, EDUCATION, name="KELAS MALAM"), Brought(95, SOCIAL, Status.SENT), Brought(20),
         Brought(0, ORDER, Status.SUBMITTED, evidenced=70, claimed=90, name="RONDA MALAM"), Brought(0, SOCIAL, Status.VERIFIED, evidenced=60),
         Brought(0, HEALTH, Status.DRAFT, evidenced=0, claimed=40), Brought(0, status=Status.RETURNED, evidenced=30, claimed=40)]


def test_the_page_says_the_index_its_band_and_how_far_the_next_one_is(lay, open_as):
    lay(worked_example(), spd=("45", "45", "45"))
    said = text(open_as("leader").get(INDEX))
    assert "60,43 Inovatif Perkiraan bila 16 inovasi terbaik dikirim. Kurang 4,58 untuk Sangat Inovatif." in said
    assert "Bila semua 32 dikirim 50,86" in said
    assert "Kirim 16, tahan 16" in said


def test_the_three_depths_stand_side_by_side_and_say_what_is_not_verified(lay, open_as):
    lay(MIXED)
    said = text(open_as("leader").get(INDEX))
    assert "Terverifikasi Bila semua yang diperiksa terbukti belum diverifikasi Diklaim belum diverifikasi" in said
    assert "Inovasi yang dihitung 5 usulan yang disetujui 5 usulan yang disetujui + 2 usulan yang diperiksa 10 usulan" in said
    assert "Jumlah kematangan 390 poin 390 poin + 130 poin 560 poin" in said


def test_every_figure_is_the_total_of_its_list(lay, open_as):
    lay(MIXED)
    check(open_as("leader"), INDEX, at_least=21)


def test_the_gate_says_what_hangs_on_one_innovation_and_who_could_stand_in(lay, open_as):
    lay([Brought(100, affair) for affair in (HEALTH, HEALTH, "Pangan")] + [Brought(85, EDUCATION, name="KELAS MALAM"), *MIXED[5:7]])
    said = text(open_as("leader").get(INDEX))
    assert "Belum lolos: 2 dari 6 paling sedikit 5" in said
    assert "Bergantung pada KELAS MALAM . Bila batal, indeks menjadi" in said
    assert "Masih ada 1 lainnya." in said
    assert "Belum terwakili. Cadangan terdekat: RONDA MALAM , sedang diperiksa, berbukti 70 poin." in said


def test_what_the_gate_is_worth_and_how_many_affairs_it_can_spare(lay, open_as):
    lay([Brought(100, affair) for affair in (EDUCATION, HEALTH, WORKS, HOUSING)])
    leader = open_as("leader")
    assert "Bila gerbang terbuka dengan inovasi yang sama, indeks menjadi 32,94 , naik 0,61." in text(leader.get(INDEX))
    lay([Brought(100, ORDER)])
    assert "Tidak satu urusan pun boleh lepas. Tanpa skor jumlah, inovasi yang sama memberi indeks 35,67 , turun 0,76." in text(leader.get(INDEX))
    lay([Brought(100, SOCIAL)])
    assert "Satu urusan boleh lepas. Tanpa skor jumlah, inovasi yang sama memberi indeks 39,00 , turun 0,91." in text(leader.get(INDEX))


def test_falling_below_the_gate_is_said(lay, open_as):
    lay([Brought(100, affair) for affair in (EDUCATION, HEALTH, WORKS, HOUSING, ORDER)])
    said = text(open_as("leader").get(INDEX))
    assert said.count("gerbang tertutup") == 5


def test_a_year_without_the_gate_says_so(app, saved, open_as):
    with app.app_context():
        data = instruments.load("iid-2026") | {"id": "iid-2022", "year": 2022}
        data["scoring"] = data["scoring"] | {"minimum_basic_affairs": None}
        period = db.session.scalars(select(Period)).one()
        db.session.add(instrument := Instrument.publish(data))
        db.session.flush()
        db.session.add(Period.add(2022, instrument, None, opens_at=period.opens_at, closes_at=period.closes_at,
                                  repairs_close_at=period.repairs_close_at, minimum_maturity=80))
        db.session.commit()
    assert "Tahun 2022 tidak mensyaratkan banyaknya urusan ini." in text(open_as("leader").get(INDEX + "?tahun=2022"))


def test_the_year_before_is_compared_where_it_was_recorded(app, lay, saved, open_as):
    lay(worked_example(), spd=("45", "45", "45"))
    with app.app_context():
        db.session.add(YearResult.add(db.session.get(User, saved.people["coordinator"]), 2025, index=Decimal("49.87"), band="Inovatif"))
        db.session.commit()
    page = open_as("leader").get(INDEX)
    assert "Naik 10,56 dari tahun lalu." in text(page)
    assert "Skala indeks 0 sampai 100: 2025: 49,87, sekarang 60,43, Inovatif" in page.text


def test_what_the_ministry_published_stands_beside_the_expectation(app, lay, saved, open_as):
    lay(worked_example(), spd=("45", "45", "45"))
    with app.app_context():
        db.session.add(YearResult.add(db.session.get(User, saved.people["coordinator"]), 2026, index=Decimal("59.10"), band="Inovatif"))
        db.session.commit()
    assert "Yang diumumkan kementerian: 59,10 , Inovatif." in text(open_as("leader").get(INDEX))


def test_nothing_verified_yet_says_what_to_wait_for_and_still_shows_the_claims(lay, open_as):
    lay([Brought(0, HEALTH, Status.SUBMITTED, evidenced=70, claimed=90)], spd=("30", "0", "0"))
    said = text(open_as("leader").get(INDEX))
    assert "Belum ada yang terverifikasi." in said
    assert "Diklaim" in said


@pytest.mark.parametrize("url", [INDEX, IMAGINE, "/dasbor/kirim-atau-tahan"])
def test_without_a_period_the_page_says_what_comes_first(app, saved, open_as, url):
    with app.app_context():
        period = db.session.query(Period).one()
        period.opens_at, period.closes_at, period.repairs_close_at = (clock.now() + timedelta(days=days) for days in (1, 2, 3))
        db.session.commit()
    assert "Belum ada periode penilaian" in text(open_as("leader").get(url))
    assert "Buka periode pertama" in text(open_as("coordinator").get(url))


@pytest.mark.parametrize("url", [INDEX, IMAGINE, "/dasbor/kirim-atau-tahan"])
def test_a_year_nobody_opened_is_not_found(saved, open_as, url):
    open_as("leader").get(url + "?tahun=1999", expect=404)


@pytest.mark.parametrize("url", [INDEX, IMAGINE])
def test_as_many_selects_with_many(lay, open_as, url):
    browser, counted = open_as("leader"), []
    for times in (1, 30):
        lay(MIXED * times)
        browser.get(url)
        with Selects() as seen:
            browser.get(url)
        counted.append(seen.number)
    assert counted[0] == counted[1]
