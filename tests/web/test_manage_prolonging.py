"""More time for everybody: the days move, all hear from when to when and why, what hangs on the days follows; earlier is not done here."""
import re
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models import Announcement, Entry, Event, Notification, Period
from tests.browser import Browser
from tests.web.reviewing import desk, text
from tests.web.typing import hidden

REASON = "Surat edaran kementerian terlambat terbit."
ZONE = timedelta(hours=7)


@pytest.fixture
def url(saved):
    return f"/kelola/periode/{saved.period}/undur"


def period_of(app, saved) -> Period:
    with app.app_context():
        return db.session.get(Period, saved.period)


def day(instant, more: int = 0) -> str:
    return (instant + ZONE + timedelta(days=more)).date().isoformat()


def plan(app, saved, fill: int = 10, repair: int = 10, **typed) -> dict:
    """The present days and so many more."""
    period = period_of(app, saved)
    return {"closes_on": day(period.closes_at, fill), "repairs_close_on": day(period.repairs_close_at, repair), "reason": REASON, **typed}


def shown(app, instant) -> str:
    with app.test_request_context():
        return app.jinja_env.filters["waktu"](instant)


def test_everybody_has_more_time_and_hears_from_when_to_when_and_why(app, saved, open_as, url):
    before = period_of(app, saved)
    page = text(open_as("coordinator").follow(url, plan(app, saved, announce="y")))
    after = period_of(app, saved)
    assert (day(after.closes_at), day(after.repairs_close_at)) == (day(before.closes_at, 10), day(before.repairs_close_at, 10))
    assert "Periode 2026 diundur. Operator dan kepala semua perangkat daerah diberi tahu. Pengumumannya tampil di semua halaman." in page
    said = f"Pengisian diundur dari {shown(app, before.closes_at)} menjadi {shown(app, after.closes_at)}."
    assert said in page and REASON in page
    for who in ("owner", "head", "stranger"):
        assert said in text(open_as(who).get("/pemberitahuan"))
    with app.app_context():
        event = db.session.scalars(select(Event).where(Event.what == "period_prolonged")).one()
        told = set(db.session.scalars(select(Notification.user_id).where(Notification.event_id == event.id)))
    assert told == {saved.people[who] for who in ("owner", "head", "stranger")}
    assert event.details == {"reason": REASON, "reopened": False,
                             "closes_at": [before.closes_at.isoformat(), after.closes_at.isoformat()],
                             "repairs_close_at": [before.repairs_close_at.isoformat(), after.repairs_close_at.isoformat()]}


def test_the_announcement_stands_on_every_page_until_the_new_closing(app, saved, open_as, url):
    open_as("coordinator").post(url, plan(app, saved, announce="y"))
    with app.app_context():
        one = db.session.scalars(select(Announcement)).one()
        period = db.session.get(Period, saved.period)
        assert (one.audience, one.shows_until, one.at_door) == ("semua", period.closes_at, False)
        assert one.paragraphs[1] == REASON and one.paragraphs[0].startswith("Pengisian usulan inovasi 2026 diundur dari ")
    for who in ("owner", "reviewer", "leader"):
        assert "Pengisian usulan inovasi 2026 diundur dari" in text(open_as(who).get("/bantuan"))


@pytest.mark.parametrize("again", [{"announce": "y"}, {}])
def test_what_was_announced_before_no_longer_stands_beside_it(app, saved, open_as, url, again):
    coordinator = open_as("coordinator")
    coordinator.post(url, plan(app, saved, announce="y"))
    first = period_of(app, saved)
    page = text(coordinator.follow(url, plan(app, saved, fill=3, repair=0, **again)))
    after = period_of(app, saved)
    assert "Pengumuman pengunduran sebelumnya diakhiri." in page
    with app.app_context():
        showing = [one.paragraphs[0] for one in db.session.scalars(select(Announcement)) if one.is_showing]
        assert len(showing) == len(again)
    if again:
        assert showing[0].endswith(f"menjadi {shown(app, after.closes_at)}. Perbaikan tetap ditutup {shown(app, first.repairs_close_at)}.")


def test_an_announcement_ends_with_the_days_it_names_also_on_the_page_of_the_period(app, saved, open_as, url):
    coordinator, page = open_as("coordinator"), url.removesuffix("/undur")
    coordinator.post(url, plan(app, saved, announce="y"))
    after = period_of(app, saved)

    def as_it_is(**typed):
        return {"seen": hidden(coordinator.get(page), "seen"), "year": 2026, "instrument": after.instrument_id, "opens_on": day(after.opens_at),
                "closes_on": day(after.closes_at), "repairs_close_on": day(after.repairs_close_at), "minimum_maturity": 86, "grace_minutes": 15,
                "most_reports": 2, "entries_per_unit": 1, **typed}

    assert "diakhiri" not in text(coordinator.follow(page, as_it_is(minimum_maturity=80)))
    assert "Pengumuman pengunduran sebelumnya diakhiri." in text(coordinator.follow(page, as_it_is(closes_on=day(after.closes_at, -2))))
    assert "usulan inovasi 2026 diundur dari" not in text(coordinator.get("/bantuan"))


def test_without_the_tick_nothing_is_announced(app, saved, open_as, url):
    open_as("admin").post(url, plan(app, saved))
    with app.app_context():
        assert db.session.scalar(select(func.count(Announcement.id))) == 0


def test_the_unit_reads_it_at_home_as_long_as_it_holds(app, saved, open_as, url):
    open_as("coordinator").post(url, plan(app, saved, repair=20))
    page = text(open_as("owner").get("/"))
    assert re.search(r"Pengisian diundur dari \d+ \w+ \d{4} menjadi [^.]+\.[^.]+\. Perbaikan diundur dari [^.]+\.[^.]+\. " + REASON, page)
    with app.app_context():
        db.session.get(Period, saved.period).closes_at += timedelta(days=1)
        db.session.commit()
    assert "diundur dari" not in text(open_as("owner").get("/"))


def test_countdown_calendar_and_deadline_follow(app, saved, open_as, url):
    before = period_of(app, saved)
    open_as("coordinator").post(url, plan(app, saved))
    after = period_of(app, saved)
    owner = open_as("owner")
    assert f"{(after.closes_at + ZONE).date().day} " in re.search(r'class="deadline".*?<b>([^<]*)</b>', owner.get("/bantuan").text)[1] + " "
    dates = [event.decoded("dtstart") for event in Calendar.from_ical(owner.get("/tenggat.ics").data).walk("VEVENT")]
    assert dates == [instant.replace(microsecond=0) for instant in (after.closes_at, after.repairs_close_at)]
    with clock.at(before.closes_at + timedelta(days=1)):
        Browser(app, saved.people["owner"]).post(f"/usulan/{saved.entry}/pengajuan", {"agreed": "y"})
    with app.app_context():
        assert db.session.get(Entry, saved.entry).status == "submitted"


def test_repairs_alone_may_be_put_off_also_after_the_closing(app, saved, url):
    before = period_of(app, saved)
    with clock.at(before.closes_at + timedelta(days=2)):
        page = text(Browser(app, saved.people["coordinator"]).follow(url, plan(app, saved, fill=0, repair=5, announce="y")))
    after = period_of(app, saved)
    assert after.closes_at == before.closes_at and day(after.repairs_close_at) == day(before.repairs_close_at, 5)
    assert "Perbaikan diundur dari" in page and "Pengisian diundur dari" not in page


def test_a_period_that_is_over_is_opened_again_on_purpose(app, saved, url):
    over = period_of(app, saved).repairs_close_at + timedelta(days=3)
    with clock.at(over):
        coordinator = Browser(app, saved.people["coordinator"])
        page = text(coordinator.get(url))
        assert "Buka kembali periode 2026" in page and "Periode ini sudah selesai. Menyimpan di sini membukanya kembali" in page
        assert "Buka kembali untuk semua" in text(coordinator.get(url.removesuffix("/undur")))
        typed = {"closes_on": day(over, 4), "repairs_close_on": day(over, 6), "reason": REASON}
        assert "Periode dibuka kembali. Pengisian diundur dari" in text(coordinator.follow(url, typed))
        owner = Browser(app, saved.people["owner"])
        owner.post(f"/usulan/{saved.entry}/pengajuan", {"agreed": "y"})
    with app.app_context():
        assert db.session.get(Entry, saved.entry).status == "submitted"


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"reason": " "}, "Tulis alasan pengunduran. Alasan ini dibaca semua perangkat daerah."),
    ({"fill": 0, "repair": 0}, "Pilih hari yang lebih akhir dari sekarang: belum ada yang diundur."),
    ({"fill": -1}, "Pengisian ditutup: harinya lebih awal dari yang berlaku. Untuk memajukan, ubah tanggalnya di halaman periode."),
    ({"fill": 0, "repair": -1}, "Perbaikan ditutup: harinya lebih awal dari yang berlaku. Untuk memajukan, ubah tanggalnya di halaman periode."),
    ({"fill": 40, "repair": 0}, "Batas perbaikan tidak boleh sebelum penutupan pengisian. Undurkan juga batas perbaikannya."),
    ({"closes_on": "besok"}, "Tanggal ini tidak dapat dibaca."), ({"reason": "x" * 301}, "Paling banyak 300 huruf; sekarang 301.")])
def test_a_refusal_keeps_what_was_typed_and_moves_nothing(app, saved, open_as, url, typed, sentence):
    before = period_of(app, saved)
    page = open_as("coordinator").post(url, plan(app, saved, announce="y", **typed), expect=200)
    assert sentence in text(page) and ("reason" in typed or REASON in page.text)
    after = period_of(app, saved)
    assert (after.closes_at, after.repairs_close_at) == (before.closes_at, before.repairs_close_at)
    with app.app_context():
        assert db.session.scalar(select(func.count(Announcement.id))) == 0


def test_a_day_that_is_gone_is_refused(app, saved, url):
    over = period_of(app, saved).repairs_close_at + timedelta(days=10)
    with clock.at(over):
        typed = {"closes_on": day(over, -5), "repairs_close_on": day(over, 5), "reason": REASON}
        assert "Hari yang baru sudah lewat." in text(Browser(app, saved.people["coordinator"]).post(url, typed, expect=200))


def test_extensions_that_end_earlier_are_counted_as_pointless(app, saved, open_as, url):
    with desk(app, saved) as cast:
        for unit, days in (("dinas", 5), ("badan", 30)):
            cast.period.extend(cast.coordinator, cast.units[unit], cast.period.closes_at + timedelta(days=days), "Banjir.")
    page = text(open_as("coordinator").follow(url, plan(app, saved)))
    assert "1 perpanjangan satu perangkat daerah berakhir sebelum penutupan yang baru, jadi tidak lagi menambah waktu." in page
    assert "Dua perangkat daerah sedang mendapat waktu tambahan; satu di antaranya berakhir sebelum penutupan untuk semua" in page


def test_a_page_from_before_it_takes_nothing_back(app, saved, open_as, url):
    coordinator, edit = open_as("coordinator"), url.removesuffix("/undur")
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', coordinator.get(url).text)[1]
    old = plan(app, saved, fill=0, repair=0)
    coordinator.post(url, plan(app, saved, seen=seen))
    days = {"opens_on": day(period_of(app, saved).opens_at), "closes_on": old["closes_on"], "repairs_close_on": old["repairs_close_on"]}
    for address, typed in ((url, plan(app, saved, fill=30, repair=30)), (edit, {**days, "year": 2026, "instrument": 1, "minimum_maturity": 86})):
        page = coordinator.post(address, typed | {"seen": seen}, expect=200)
        assert "Periode ini diubah sesudah halaman ini dibuka" in page.text
