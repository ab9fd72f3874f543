"""Periods: days of the regency become instants, the year and the instrument stay once used, and every change is on record."""
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Event, Instrument, Period
from tests.web.reviewing import Selects, another, desk, text

NEXT = {"year": "2027", "opens_on": "2027-01-04", "closes_on": "2027-06-26", "repairs_close_on": "2027-07-10", "minimum_maturity": "90"}


@pytest.fixture
def coordinator(open_as):
    return open_as("coordinator")


@pytest.fixture
def instrument(app, saved) -> int:
    with app.app_context():
        return db.session.scalar(select(Instrument.id))


def period_of(app, year) -> Period | None:
    with app.app_context():
        return db.session.scalar(select(Period).where(Period.year == year))


def facts(app, saved, **changes) -> dict:
    """The present period as its form shows it."""
    period = period_of(app, 2026)
    days = {f"{name}_on": (getattr(period, f"{name}_at") + timedelta(hours=7)).date().isoformat() for name in ("opens", "closes", "repairs_close")}
    return {"year": 2026, "instrument": period.instrument_id, "minimum_maturity": period.minimum_maturity, **days, **changes}


def test_days_begin_at_midnight_and_end_at_the_last_second_of_the_regency(coordinator, app, instrument):
    page = coordinator.follow("/kelola/periode/baru", NEXT | {"instrument": instrument})
    assert "Periode 2027 ditambahkan." in page.text
    period = period_of(app, 2027)
    assert (period.opens_at, period.closes_at, period.repairs_close_at) == (
        datetime(2027, 1, 3, 17, tzinfo=UTC), datetime(2027, 6, 26, 16, 59, 59, tzinfo=UTC), datetime(2027, 7, 10, 16, 59, 59, tzinfo=UTC))
    assert "Pengisian ditutup" in page.text and "Sabtu, 26 Juni 2027" in page.text


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"year": "2026"}, "Periode 2026 sudah ada."),
    ({"closes_on": "2027-01-01"}, "Penutupan pengisian harus sesudah pembukaan."),
    ({"repairs_close_on": "2027-06-01"}, "Batas perbaikan tidak boleh sebelum penutupan pengisian."),
    ({"minimum_maturity": "500"}, "Kematangan layak kirim antara 0 dan 111 poin."),
    ({"year": "dua"}, "Isi dengan bilangan bulat, misalnya 12."),
    ({"closes_on": "26/06/2027"}, "Tanggal ini tidak dapat dibaca. Tulis misalnya 2026-06-26."),
    ({"instrument": ""}, "Pilih instrumennya."),
])
def test_a_refused_period_keeps_what_was_typed(coordinator, app, instrument, wrong, sentence):
    page = coordinator.post("/kelola/periode/baru", NEXT | {"instrument": instrument} | wrong, expect=200)
    assert sentence in page.text
    assert 'value="2027-01-04"' in page.text and period_of(app, 2027) is None


def test_the_closing_may_fall_on_the_day_of_opening(coordinator, app, instrument):
    coordinator.post("/kelola/periode/baru", NEXT | {"instrument": instrument, "closes_on": "2027-01-04", "repairs_close_on": "2027-01-04"})
    assert period_of(app, 2027).closes_at == datetime(2027, 1, 4, 16, 59, 59, tzinfo=UTC)


def test_a_later_closing_is_on_record_with_both_days(coordinator, app, saved):
    before = facts(app, saved)
    later = {"closes_on": "2030-07-03", "repairs_close_on": "2030-07-20"}
    page = coordinator.follow(f"/kelola/periode/{saved.period}", before | later)
    assert "Periode 2026 disimpan." in page.text
    assert re.search(r"Penutupan pengisian diubah dari \d+ \w+ \d{4} pukul [\d.]+ WIB menjadi 3 Juli 2030 pukul 23\.59 WIB\.", text(page))
    with app.app_context():
        record = db.session.scalars(select(Event).where(Event.what == "period_edited")).one()
    assert record.by_id == saved.people["coordinator"] and record.details["changed"]["closes_at"][1] == "2030-07-03T16:59:59+00:00"


def test_the_same_days_again_are_no_change(coordinator, app, saved):
    coordinator.follow(f"/kelola/periode/{saved.period}", facts(app, saved))
    coordinator.follow(f"/kelola/periode/{saved.period}", facts(app, saved))
    with app.app_context():
        assert db.session.scalars(select(Event).where(Event.what == "period_edited").order_by(Event.id.desc())).first().details == {"changed": {}}


def test_year_and_instrument_are_fixed_once_a_proposal_uses_them(coordinator, app, saved):
    page = coordinator.get(f"/kelola/periode/{saved.period}").text
    assert "Tahun dan instrumen tetap, karena 1 usulan memakainya." in page and 'id="year"' not in page
    page = coordinator.post(f"/kelola/periode/{saved.period}", facts(app, saved, year=2025), expect=200)
    assert "Tahun dan instrumen periode 2026 tetap, karena sudah ada usulan yang memakainya." in page.text
    assert period_of(app, 2026).id == saved.period


def test_an_unused_period_may_move_to_another_year(coordinator, app, instrument):
    coordinator.post("/kelola/periode/baru", NEXT | {"instrument": instrument})
    id = period_of(app, 2027).id
    coordinator.post(f"/kelola/periode/{id}", NEXT | {"instrument": instrument, "year": "2028"})
    assert period_of(app, 2028).id == id


@pytest.mark.parametrize(("days", "words"), [(-31, "Belum dibuka"), (0, "Sedang dibuka"), (31, "Masa perbaikan"), (46, "Sudah ditutup")])
def test_the_page_says_where_the_period_stands(coordinator, saved, app, days, words):
    with clock.at(clock.now() + timedelta(days=days)):
        again(app, coordinator, saved)
        assert words in coordinator.get(f"/kelola/periode/{saved.period}").text
        assert words in coordinator.get("/kelola/periode/").text


def again(app, browser, saved):
    """Signed in anew at the pretended time."""
    browser.__init__(app, saved.people["coordinator"])


def test_the_page_counts_what_a_change_touches(coordinator, app, saved):
    assert "1 draf" in text(coordinator.get(f"/kelola/periode/{saved.period}"))


@pytest.mark.parametrize("who", ["owner", "reviewer", "leader"])
def test_periods_are_for_coordinators_and_administrators(open_as, saved, who):
    open_as(who).get("/kelola/periode/", expect=403)
    open_as(who).post(f"/kelola/periode/{saved.period}", expect=403)


def test_the_list_asks_the_same_for_few_and_many_proposals(coordinator, app, saved):
    with Selects() as few:
        coordinator.get("/kelola/periode/")
    with desk(app, saved) as cast:
        for n in range(4):
            another(cast, f"INOVASI {n}")
    with Selects() as many:
        coordinator.get("/kelola/periode/")
    assert many.number == few.number


def test_a_page_from_before_a_colleagues_change_takes_nothing_back(coordinator, open_as, app, saved):
    address, before = f"/kelola/periode/{saved.period}", facts(app, saved)
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', coordinator.get(address).text)[1]
    open_as("admin").post(address, before | {"minimum_maturity": "90"})
    page = coordinator.post(address, before | {"grace_minutes": "30", "seen": seen}, expect=200)
    assert "Periode ini diubah sesudah halaman ini dibuka; perubahannya ada di riwayat." in page.text
    assert "Kematangan layak kirim diubah dari 86 menjadi 90." in text(page)
    again = re.search(r'name="seen"[^>]*value="(\d+)"', page.text)[1]
    coordinator.post(address, before | {"minimum_maturity": "90", "grace_minutes": "30", "seen": again})
    assert (period_of(app, 2026).minimum_maturity, period_of(app, 2026).grace_minutes) == (90, 30)


def test_a_day_no_calendar_of_an_office_has_is_refused(coordinator, app, instrument):
    page = coordinator.post("/kelola/periode/baru", NEXT | {"instrument": instrument, "opens_on": "0001-01-01"}, expect=200)
    assert "Tahun tanggalnya antara 2000 dan 2200." in page.text and period_of(app, 2027) is None
