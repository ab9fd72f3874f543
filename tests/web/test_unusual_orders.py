"""Things that happen in an order nobody plans: archived and then opened again, merged between a date and its day, promised and never looked at."""
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app import clock
from app.cli.remind import WORDS
from app.extensions import db
from app.models import DeskSession, Entry, Innovation, Interest, Period, Regency, RegisterImport
from app.queries import desk as desk_queries
from app.queries import figures, imports, late, reminders
from app.queries import training as training_queries
from app.rules import Refused, days
from app.rules.reminders import Kind
from app.web.manage.merging import estate_of
from tests import next_year
from tests.cast import fill
from tests.web.reviewing import days_ago, desk, judge, text

ZONE = ZoneInfo("Asia/Jakarta")


def season(app, saved) -> tuple[list[str], list[int]]:
    """Who brings nothing, and how many units came how far."""
    with app.app_context():
        period = db.session.get(Period, saved.period)
        stages = figures.counted(db.session.execute(figures.units_by_stage(period)).all())
        return [row.name for row in db.session.execute(figures.units_without(period, 9))], [*stages.values()]


@pytest.fixture
def promised(app, saved):
    """At a session the day before yesterday, until yesterday."""
    with desk(app, saved) as cast, clock.at(days_ago(2)):
        session = DeskSession.arrange(cast.coordinator, cast.units["dinas"], cast.reviewer, clock.now() - timedelta(hours=1), 60)
        tomorrow = (clock.now() + timedelta(days=1)).astimezone(ZONE).date()
        session.hold(cast.reviewer, "Baris 16 dibahas.", ["Owner"], [("SK tim ditandatangani", tomorrow)])
        db.session.add(session)


def test_the_command_names_late_promises_too(app, promised):
    done = app.test_cli_runner().invoke(args=["ingatkan"])
    assert (done.exit_code, done.output.splitlines()[1:]) == (0, ["     2 orang  janji pendampingan lewat waktu"])
    assert set(WORDS) == set(Kind)


def test_a_draft_of_an_archived_innovation_stays_asleep_when_its_period_is_opened_again(app, saved, open_as):
    with desk(app, saved) as cast:
        next_year.is_over(cast.period, 20)
        cast.entry.innovation.archive(cast.admin, "Batal diterapkan.")
        cast.period.prolong(cast.admin, clock.now() + timedelta(days=3), clock.now() + timedelta(days=9), "Banjir.")
    with desk(app, saved) as cast:
        told = {(user.name, kind) for user, kind, _ in reminders.for_today(db.session, clock.now(), ZONE)}
        assert told == {("Stranger", Kind.UNSTARTED)}
        assert [row.id for row in db.session.execute(late.rows(cast.period)) if row.id] == []
    assert "Ajukan JEMPUT GIZI" not in text(open_as("owner").get("/"))


@pytest.fixture
def both(app, saved, promised):
    """Two sessions to come with the Dinas, one about its innovation; it and the Badan would each like to have what the other made."""
    with desk(app, saved) as cast:
        at, theirs = clock.now() + timedelta(days=2), Innovation.add("PAJAK MUDAH", cast.units["badan"], cast.stranger)
        db.session.add_all([theirs, *(DeskSession.arrange(cast.coordinator, cast.units["dinas"], cast.reviewer, at + timedelta(days=day), 60, **about)
                                      for day, about in enumerate(({}, {"kind": "monitoring", "innovation": cast.entry.innovation})))])
        theirs.note_interest(cast.owner, cast.units["dinas"])
        cast.entry.innovation.note_interest(cast.stranger, cast.units["badan"])
    return saved


def test_sessions_to_come_go_over_with_a_merged_unit(app, both, open_as):
    admin, address = open_as("admin"), f"/kelola/unit/{both.units['dinas']}/gabung"
    page = text(admin.get(f"{address}?ke={both.units['badan']}"))
    assert "2 sesi pendampingan yang belum selesai" in page and "Minat Dinas Kesehatan pada PAJAK MUDAH berakhir" in page
    admin.follow(address, {"into": both.units["badan"], "reason": "Perda."})
    with desk(app, both) as cast:
        held, general, visit = db.session.scalars(select(DeskSession).order_by(DeskSession.starts_at))
        assert [one.unit.name for one in (held, general, visit)] == ["Dinas Kesehatan", "Badan Keuangan", "Badan Keuangan"]
        visit.edit(cast.coordinator, cast.reviewer, visit.starts_at, 90, kind=visit.kind, innovation=visit.innovation)
        assert [one.text for one in db.session.scalars(desk_queries.open_promises(cast.units["badan"]))] == ["SK tim ditandatangani"]
    assert "JEMPUT GIZI" in text(open_as("owner").get(f"/pendampingan/{general.id}"))
    assert "pindah dari Dinas Kesehatan ke Badan Keuangan" in text(open_as("reviewer").get("/pemberitahuan"))


def test_nobody_would_like_to_have_what_became_their_own(app, both, open_as):
    open_as("admin").post(f"/kelola/unit/{both.units['dinas']}/gabung", {"into": both.units["badan"], "reason": "Perda."})
    with app.app_context():
        assert [one.stands for one in db.session.scalars(select(Interest))] == [False, False]


def test_a_closed_season_counts_the_same_when_a_merged_unit_is_named_anew(app, saved):
    with clock.at(clock.now() + timedelta(days=35)), desk(app, saved) as cast:  # closed, but repairs go on: its proposal goes over
        dinas = cast.units["dinas"]
        dinas.merge_into(cast.units["badan"], cast.admin, "Perda.", estate_of(dinas, cast.units["badan"])[0])
    before = season(app, saved)
    with desk(app, saved) as cast:
        cast.units["dinas"].edit(cast.admin, "Dinas Kesehatan (lama)", "Dinas", None, False)
    assert season(app, saved) == before == (["Bappelitbangda"], [1, 1, 0, 0])


def test_what_was_reported_too_often_is_not_asked_for(app, saved, open_as):
    with desk(app, saved) as cast:
        for name, years in (("SERING DILAPORKAN", (2023, 2024)), ("SEKALI SAJA", (2024,))):
            one = Innovation.add(name, cast.units["dinas"], cast.owner)
            for year in years:
                one.report_past(cast.coordinator, year)
            db.session.add(one)
    home = text(open_as("owner").get("/"))
    assert "Usulkan SEKALI SAJA pada periode 2026" in home and "SERING DILAPORKAN" not in home


def test_what_is_in_the_list_to_send_is_not_archived_under_it(app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.coordinator)
        cast.period.take_set(cast.coordinator, [cast.entry], [cast.entry])
        next_year.is_over(cast.period, 20)
        with pytest.raises(Refused, match="JEMPUT GIZI ada di daftar kirim periode 2026"):
            cast.entry.innovation.archive(cast.owner, "Tidak dipakai lagi.")
        cast.period.take_set(cast.coordinator, [], [cast.entry])
        cast.entry.innovation.archive(cast.owner, "Tidak dipakai lagi.")


def test_another_clock_moves_no_deadline_when_the_period_is_saved_for_something_else(app, saved, open_as):
    with desk(app, saved) as cast:
        start = days.of(cast.period.opens_at, ZONE)
        cast.period.opens_at, cast.period.closes_at = days.begins(start, ZONE), days.ends(start + timedelta(days=60), ZONE)
        cast.period.repairs_close_at = days.ends(start + timedelta(days=75), ZONE)
        db.session.add(Regency.begin(cast.admin, region="Kabupaten", office="Bappelitbangda", seat="Kota", contact="112", timezone="Asia/Jayapura",
                                     number_prefix="LR", letter_number="{nomor}"))
        instrument, instants = cast.period.instrument_id, (cast.period.opens_at, cast.period.closes_at, cast.period.repairs_close_at)
    coordinator, address = open_as("coordinator"), f"/kelola/periode/{saved.period}"
    page = coordinator.get(address).text
    stands = dict(re.findall(r'name="(seen|opens_on|closes_on|repairs_close_on)"[^>]* value="([^"]+)"', page))
    coordinator.post(address, {**stands, "year": 2026, "instrument": instrument, "minimum_maturity": 90})
    with app.app_context():
        period = db.session.get(Period, saved.period)
        assert (period.opens_at, period.closes_at, period.repairs_close_at, period.minimum_maturity) == (*instants, 90)


def test_an_import_is_taken_back_also_after_its_unit_was_merged(app, saved):
    with desk(app, saved) as cast:
        one = RegisterImport.begin(cast.coordinator, "register.xlsx", 1)
        db.session.add_all([one, Innovation.bring(cast.coordinator, one, "DARI BERKAS", cast.units["dinas"], {})])
        db.session.flush()
        cast.units["dinas"].merge_into(cast.units["badan"], cast.admin, "Perda.", estate_of(cast.units["dinas"], cast.units["badan"])[0])
        db.session.flush()
        assert [row.name for row in db.session.scalars(imports.untouched(one))] == ["DARI BERKAS"]
        assert db.session.execute(imports.kept(one)).all() == []


def test_what_was_only_practised_keeps_nothing_once_it_is_over(app, saved, open_as):
    with desk(app, saved) as cast:
        now, innovation = clock.now(), Innovation.add("COBA-COBA", cast.units["dinas"], cast.owner)
        training = Period.add(2026, cast.period.instrument, cast.admin, is_training=True, opens_at=now - timedelta(days=1),
                              closes_at=now + timedelta(days=1), repairs_close_at=now + timedelta(days=1), minimum_maturity=0)
        practised = Entry.start(innovation, training, cast.owner)
        db.session.add(practised)
        real, cast.entry = cast.entry, practised
        fill(cast, "18", 1, 900)
        document, cast.entry = practised.answer_on("18").exhibits[0].document, real
        with pytest.raises(Refused, match="masih melampiri 1 baris"):
            document.archive(cast.owner)
        db.session.flush()
        innovation.archive(cast.owner, "Hanya contoh.")
        db.session.commit()
        assert db.session.execute(training_queries.waiting(cast.owner, now)).all() == []
        with clock.at(now + timedelta(days=2)):
            document.archive(cast.owner)
    assert "COBA-COBA" not in text(open_as("owner").get("/"))
