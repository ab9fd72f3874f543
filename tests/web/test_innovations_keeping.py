"""For the catalogue, into the archive and back: what the page says, who may, and what is left of it elsewhere."""
from datetime import timedelta

import pytest

from app import clock
from app.extensions import db
from app.models import Entry, Innovation, Period, User
from app.queries import carrying, figures, home, readiness, units
from app.queries.carrying import Totals
from app.rules.workflow import Status
from tests.cast import judge_all
from tests.web.reviewing import desk, text


@pytest.fixture
def idle(app, saved):
    """An innovation nobody proposed."""
    with desk(app, saved) as cast:
        innovation = Innovation.add("SIAGA BUMIL", cast.units["dinas"], cast.owner)
        db.session.add(innovation)
        db.session.flush()
        return innovation.id


def archive(app, saved, id, who="owner"):
    with app.app_context():
        db.session.get(Innovation, id).archive(db.session.get(User, saved.people[who]), "Tercatat dua kali.")
        db.session.commit()


# For the catalogue

def test_it_is_described_and_stands_there(saved, open_as):
    owner = open_as("owner")
    page = owner.follow(f"/inovasi/{saved.innovation}/katalog", {
        "summary": "Kader menjemput balita.", "tags": ["Gizi, balita", "Posyandu"], "is_shown": "1"})
    assert "Kader menjemput balita. balita · gizi · posyandu" in text(page) and "Tampil di katalog" in text(page)
    assert "Ringkasan dan kata kunci untuk katalog diubah. Tampil di katalog." in text(page)
    form = owner.get(f"/inovasi/{saved.innovation}/katalog").text
    assert form.count('name="tags"') == 8 and 'value="posyandu"' in form


def test_what_is_too_much_is_refused_and_stays_typed(saved, open_as):
    address, owner = f"/inovasi/{saved.innovation}/katalog", open_as("owner")
    page = owner.post(address, {"summary": "a" * 601, "tags": ["gizi"]}, expect=200).text
    assert "Paling banyak 600 huruf; sekarang 601." in page and "a" * 601 in page and 'value="gizi"' in page
    page = owner.post(address, {"tags": list("abcdefghi")}, expect=200).text
    assert "Paling banyak 8 kata kunci; sekarang 9." in page and page.count('name="tags"') == 9


def test_the_second_of_two_sees_that_somebody_was_faster(saved, open_as):
    address = f"/inovasi/{saved.innovation}/katalog"
    open_as("coordinator").post(address, {"summary": "Dari kantor."})
    page = open_as("owner").post(address, {"summary": "Dari dinas.", "seen": ""}, expect=200).text
    assert "Orang lain mengubah bagian ini" in page and "Dari dinas." in page and "Dari kantor." in page


def test_it_may_be_described_while_the_profile_is_locked(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    assert "Kader menjemput." in text(open_as("owner").follow(f"/inovasi/{saved.innovation}/katalog", {"summary": "Kader menjemput."}))


# The archive

def test_archived_with_a_reason_and_back(saved, idle, open_as):
    owner = open_as("owner")
    assert "Tulis mengapa inovasi ini diarsipkan." in owner.post(f"/inovasi/{idle}/arsip", {"reason": " "}, expect=200).text
    page = owner.follow(f"/inovasi/{idle}/arsip", {"reason": "Tercatat dua kali."})
    assert "oleh Owner. Tercatat dua kali." in text(page) and "Diarsipkan 2" in text(page)
    assert "Lengkapi profil" not in text(page) and "Usulkan pada periode" not in text(page)
    owner.get(f"/inovasi/{idle}/profil/dasar")
    assert "SIAGA BUMIL dipulihkan" in text(owner.follow(f"/inovasi/{idle}/pulihkan"))
    assert "SIAGA BUMIL" in owner.get("/inovasi/").text


def test_under_way_the_page_says_why_it_stays(saved, open_as):
    address = f"/inovasi/{saved.innovation}/arsip"
    page = open_as("owner").get(address)
    assert "JEMPUT GIZI masih diusulkan pada periode 2026 (draf)." in text(page) and "<textarea" not in page.text
    assert "masih diusulkan" in text(open_as("owner").post(address, {"reason": "Keliru."}, expect=200))
    assert "JEMPUT GIZI" in open_as("owner").get("/inovasi/").text


def test_an_archived_one_is_counted_offered_and_proposed_nowhere(app, saved, idle, open_as):
    with app.app_context():
        period, unit = db.session.get(Period, saved.period), saved.units["dinas"]
        before = ({row.id: row.innovations for row in db.session.execute(units.rows())}[unit],
                  [name for _, name in db.session.execute(home.unproposed([unit], period))])
    archive(app, saved, idle)
    with app.app_context():
        period = db.session.get(Period, saved.period)
        after = ({row.id: row.innovations for row in db.session.execute(units.rows())}[unit],
                 [name for _, name in db.session.execute(home.unproposed([unit], period))])
    assert (before, after) == ((2, ["SIAGA BUMIL"]), (1, []))
    owner = open_as("owner")
    owner.post("/usulan/", {"innovation": idle})
    assert "SIAGA BUMIL diarsipkan. Pulihkan dulu" in text(owner.get(f"/inovasi/{idle}"))
    assert "SIAGA BUMIL" not in owner.get("/inovasi/").text + owner.get("/").text
    with app.app_context():
        assert not db.session.query(Entry).filter_by(innovation_id=idle).count()


def test_an_archived_one_is_not_offered_for_the_next_period(app, saved, open_as):
    now = clock.now()
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge_all(cast)
        cast.entry.approve(cast.coordinator)
        cast.period.opens_at, cast.period.closes_at, cast.period.repairs_close_at = (now - timedelta(days=day) for day in (90, 60, 50))
        later = Period.add(2027, cast.period.instrument, cast.admin, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30),
                           repairs_close_at=now + timedelta(days=30), minimum_maturity=86)
        db.session.add(later)
        db.session.flush()
        id = later.id
    seen = []
    for _ in range(2):
        with app.app_context():
            later = db.session.get(Period, id)
            offered = [row.name for row in db.session.execute(carrying.offers([saved.units["dinas"]], later))]
            seen.append((offered, Totals(*db.session.execute(carrying.totals(later)).one()),
                         [row.recorded for row in db.session.execute(figures.units_without(later, 9)) if row.name == "Dinas Kesehatan"]))
        if len(seen) == 1:
            archive(app, saved, saved.innovation)
    assert seen == [(["JEMPUT GIZI"], Totals(0, 1, 0), [1]), ([], Totals(0, 0, 0), [0])]
    assert "JEMPUT GIZI diarsipkan" in text(open_as("owner").post(f"/usulan/bawa/{saved.innovation}", {"development": "X"}, expect=200))
    assert "Disetujui" in open_as("owner").get(f"/usulan/{saved.entry}").text


def test_what_was_sent_stays_sent(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.status = Status.SENT
    archive(app, saved, saved.innovation, "coordinator")
    assert "JEMPUT GIZI" in open_as("reviewer").get("/usulan/?status=selesai").text
    assert "Terkirim" in text(open_as("owner").get(f"/usulan/{saved.entry}"))
    with app.app_context():
        assert db.session.execute(readiness.unserved(9)).all() is not None
