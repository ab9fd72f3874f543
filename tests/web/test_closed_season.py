"""A season that is over stays as it was: every page of it is read, nothing of it is saved, and no unit that goes away moves its figures."""
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app import clock
from app.extensions import db
from app.models import Entry, Event, Period, Unit
from app.rules.workflow import WITH_OFFICE, Status
from tests import midseason
from tests.browser import Browser
from tests.past import rewritten
from tests.web.reviewing import another, desk, judge, second_round, text

LEADERS = ("/", "/papan/", "/papan/?lane=macet", "/papan/teks", "/papan/cetak", "/dasbor/", "/dasbor/ringkas", "/dasbor/klaim?semua=1",
           "/dasbor/waktu", "/dasbor/kirim-atau-tahan")
TODAY = re.compile(r"( \d+)? (operator )?(Operator Unit \d{3}|Stranger)")


def after(app, saved, days: int = 3):
    with app.app_context():
        return db.session.get(Period, saved.period).repairs_close_at + timedelta(days=days)


def reading(app, saved, at) -> dict[str, str]:
    """What the leader reads then, page by page, but for whom to ask now and how many innovations a unit has today."""
    with clock.at(at):
        leader = Browser(app, saved.people["leader"])
        return {address: TODAY.sub(" ", text(leader.get(address))) for address in LEADERS}


@pytest.fixture
def season(app, saved):
    """Decided in every unit; some drafts were never handed in, and some units brought nothing."""
    with desk(app, saved) as cast:
        midseason.lay_down(cast, units=40, entries=90)
        db.session.execute(update(Entry).where(Entry.status.in_(WITH_OFFICE)).values(status=Status.APPROVED))
        with rewritten(db.session):
            db.session.execute(update(Event).where(Event.what == "unit_added").values(at=cast.period.opens_at))
    return saved


def going(cast) -> list[Unit]:
    """Two units that brought nothing, two whose furthest is a draft, two that have something approved; none with others below it."""
    def some(condition):
        over = select(Unit.parent_id).where(Unit.parent_id.is_not(None))
        free = select(Unit).where(condition, Unit.name.startswith("Unit "), Unit.archived_at.is_(None), Unit.id.not_in(over)).order_by(Unit.id)
        return list(db.session.scalars(free.limit(2)))

    theirs, done = (select(Entry.unit_id).where(*which) for which in ((), (Entry.status == Status.APPROVED,)))
    return [*some(Unit.id.not_in(theirs)), *some(Unit.id.in_(theirs) & Unit.id.not_in(done)), *some(Unit.id.in_(done))]


def test_merging_archiving_and_adding_units_afterwards_moves_no_figure(app, season):
    at = after(app, season, 20)
    before = reading(app, season, at)
    with desk(app, season) as cast:
        leaving = [unit.id for unit in going(cast)]
    assert len(leaving) == 6
    with clock.at(at - timedelta(hours=1)):
        admin = Browser(app, season.people["admin"])
        for merged, archived in zip(leaving[::2], leaving[1::2], strict=True):
            admin.post(f"/kelola/unit/{merged}/gabung", {"into": season.units["badan"], "reason": "Perda 4/2027."})
            admin.post(f"/kelola/unit/{archived}/arsip")
        admin.post("/kelola/unit/baru", {"name": "Dinas Baru", "kind": "Dinas"})
    with app.app_context():
        assert [bool(unit.merged_into_id) for unit in (db.session.get(Unit, id) for id in leaving)] == [True, False] * 3
        assert db.session.scalar(select(Unit).where(Unit.name == "Dinas Baru"))
    assert reading(app, season, at) == before


def test_a_unit_that_went_away_during_filling_is_asked_for_nothing_any_more(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.units["badan"].archive(cast.admin)
    assert "Badan Keuangan" not in open_as("leader").get("/papan/").text


def test_what_was_under_way_is_counted_where_it_went(app, saved):
    with clock.at(after(app, saved, -5)):  # filling is closed, repairs are not
        Browser(app, saved.people["admin"]).post(f"/kelola/unit/{saved.units['dinas']}/gabung", {"into": saved.units["badan"], "reason": "Perda."})
        page = text(Browser(app, saved.people["leader"]).get("/papan/"))
    assert "dari 2 perangkat daerah" in page and "Dinas Kesehatan" not in page and "JEMPUT GIZI" in page


# Everything of it is read

@pytest.fixture
def lives(app, saved):
    """One proposal approved after a second round, one returned, one still a draft."""
    with desk(app, saved) as cast:
        second_round(cast)
        judge(cast, cast.entry)
        cast.entry.approve(cast.coordinator)
        back = another(cast, "DIKEMBALIKAN", "dinas")
        judge(cast, back, r16=1)
        back.return_(cast.reviewer, ["16"])
        draft = another(cast, "MASIH DRAF", "dinas", submit_days_ago=None)
        return saved, [entry.id for entry in (cast.entry, back, draft)]


PAGES = ("/usulan/{}", "/usulan/{}/indikator", "/usulan/{}/indikator/16", "/usulan/{}/indikator/20", "/usulan/{}/riwayat", "/usulan/{}/cetak")
OFFICE = ("/verifikasi/{}", "/verifikasi/{}/putusan/16", "/verifikasi/{}/profil")
LISTS = ("/", "/usulan/", "/inovasi/", "/dokumen/", "/pemberitahuan", "/tenggat.ics")
OF_ALL = ("/papan/", "/dasbor/", "/dasbor/klaim", "/spd/", "/kirim/")


BESIDE = ("/pengumuman/", "/pemberitahuan", "/catatan")  # what is no part of the season: notices, and what the office says to itself


def saves(page) -> list[str]:
    """Buttons that would keep something about the season; those of the head of the page, of lists and of notices are not."""
    main = re.search(r"<main.*?</main>", page.text, re.S)
    forms = re.findall(r'<form[^>]*method="post"[^>]*>.*?</form>', main[0] if main else "", re.S)
    return [form for form in forms if "<button" in form and "disabled" not in form and not any(room in form for room in BESIDE)]


@pytest.mark.parametrize("who", ["owner", "head", "reviewer", "leader"])
def test_every_page_of_a_closed_season_is_read_and_saves_nothing(app, lives, who):
    saved, entries = lives
    with clock.at(after(app, saved)):
        browser = Browser(app, saved.people[who])
        places = [page.format(id) for page in PAGES for id in entries] + list(LISTS)
        places += [page.format(id) for page in OFFICE for id in entries[:2]] if who == "reviewer" else []
        places += list(OF_ALL) if who in ("reviewer", "leader") else []
        places = [place for place in places if not (place == "/dokumen/" and who == "leader")]
        assert {place: found for place in places if (found := saves(browser.get(place)))} == {}
