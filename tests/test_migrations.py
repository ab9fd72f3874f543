"""The schema as migrations build it: the same as the models, down and up again, with every constraint named."""
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app import checks, clock
from app.cli.setup import MIGRATIONS
from app.extensions import db
from app.models import Announcement, Base, Entry, Event, FailedSignIn, Innovation, Instrument, RegisterImport, RowHelp, User, YearResult
from app.rules.reminders import Item, Kind
from tests.cast import judge_all, make_cast, make_file, save
from tests.next_year import turn_the_year

way_back = pytest.mark.sqlite("on PostgreSQL the way back from an upgrade is the dump taken before it")


def test_models_and_migrations_agree(app):
    with app.app_context(), db.engine.connect() as connection:
        words = lambda name, kind, _: not (  # noqa: E731  # as in env.py
            kind == "table" and name.startswith("innovation_search") or kind == "index" and name.endswith("_words"))
        context = MigrationContext.configure(connection, opts={"compare_type": False, "include_name": words})
        assert compare_metadata(context, Base.metadata) == []


@way_back
def test_down_to_nothing_and_up_again(app):
    with app.app_context():
        save(db.session)
        db.session.remove()
        downgrade(directory=MIGRATIONS, revision="base")
        with db.engine.connect() as connection:
            assert connection.scalars(text("SELECT name FROM sqlite_master WHERE type='table' AND name <> 'alembic_version'")).all() == []
        upgrade(directory=MIGRATIONS)
        with db.engine.connect() as connection:
            assert connection.scalars(text("PRAGMA foreign_key_check")).all() == []


@way_back
@pytest.mark.parametrize("move, status, rounds", [
    ("prepare", "draft", 0), ("withdraw", "draft", 0), ("verify", "submitted", 1),
])
def test_the_desk_goes_back_to_what_the_first_version_knew_and_forward_again(app, move, status, rounds):
    """0002: no proposal is lost in a state the older program does not know, and nothing that was decided moves."""
    with app.app_context():
        cast = make_cast(db.session.scalars(select(Instrument)).one())
        db.session.add_all([*cast.people.values(), cast.entry])
        db.session.flush()
        cast.period.needs_signature, cast.period.two_steps = move != "verify", True
        cast.entry.submit(cast.owner)
        if move != "prepare":
            cast.entry.status == "submitted" or cast.entry.sign(cast.head)
            cast.entry.withdraw(cast.owner) if move == "withdraw" else (judge_all(cast), cast.entry.finish(cast.reviewer))
        db.session.commit()
        before = db.session.execute(text("SELECT count(*), sum(claimed_level), sum(evidenced_level) FROM answer")).one()
        db.session.remove()
        downgrade(directory=MIGRATIONS, revision="0001")
        with db.engine.connect() as connection:
            assert connection.scalar(text("SELECT status FROM entry")) == status
            assert connection.scalar(text("SELECT count(*) FROM round")) == rounds
        upgrade(directory=MIGRATIONS)
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*), sum(claimed_level), sum(evidenced_level) FROM answer")).one() == before
            period = connection.execute(text("SELECT grace_minutes, needs_signature, two_steps, may_approve_own, may_judge_own_unit FROM period"))
            assert period.one() == (15, 0, 0, 0, 0)
            assert connection.scalars(text("PRAGMA foreign_key_check")).all() == []


@way_back
def test_the_way_out_goes_back_to_approved_and_forward_again(app):
    """0004: what was sent is approved for the older program; forward again every proposal knows its main affair, every period its regional rows."""
    with app.app_context():
        cast = make_cast(db.session.scalars(select(Instrument)).one())
        db.session.add_all([*cast.people.values(), cast.entry])
        cast.entry.submit(cast.owner)
        judge_all(cast)
        cast.entry.approve(cast.coordinator)
        cast.entry.send(cast.coordinator, "IID-2026-0001", clock.now().date(), make_file(990))
        cast.innovation.edit(cast.owner, main_affair="Pendidikan")
        db.session.add(YearResult.add(cast.coordinator, 2025, index=Decimal("49.87"), band="Inovatif"))
        db.session.commit()
        scores = db.session.execute(text("SELECT claimed, evidenced, verified FROM entry")).one()
        db.session.remove()
        downgrade(directory=MIGRATIONS, revision="0003")
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT status, claimed, evidenced, verified FROM entry")).one() == ("approved", *scores)
        upgrade(directory=MIGRATIONS)
        with db.engine.connect() as connection:
            assert connection.scalar(text("SELECT main_affair FROM entry")) == "Kesehatan"  # of what was submitted, not of what it became
            assert connection.execute(text("SELECT count(*), sum(evidenced_level) FROM region_row")).one() == (20, 0)
            assert connection.execute(text("SELECT region_claimed, region_evidenced, region_verified FROM period")).one() == (0, 0, 0)
            assert connection.scalars(text("PRAGMA foreign_key_check")).all() == []


@way_back
def test_what_was_brought_along_is_begun_for_the_older_program(app):
    """0005: both proposals stay with their numbers; where the later one came from is forgotten."""
    with app.app_context():
        cast = make_cast(db.session.scalars(select(Instrument)).one())
        db.session.add_all([*cast.people.values(), cast.entry])
        later = Entry.carry_over(cast.entry, turn_the_year(cast), cast.owner, "Kini lewat ponsel.")
        later.tell_development(cast.owner, "Kini lewat ponsel dan radio.")
        db.session.commit()
        numbers = text("SELECT claimed, evidenced, verified FROM entry ORDER BY id")
        before = db.session.execute(numbers).all()
        db.session.remove()
        downgrade(directory=MIGRATIONS, revision="0004")
        with db.engine.connect() as connection:
            assert connection.scalars(text("SELECT what FROM event WHERE entry_id = 2 ORDER BY id")).all() == ["entry_started"]
        upgrade(directory=MIGRATIONS)
        with db.engine.connect() as connection:
            assert connection.execute(numbers).all() == before
            assert connection.execute(text("SELECT DISTINCT most_reports FROM period")).all() == [(2,)]
            assert connection.execute(text("SELECT carried_from_id, development FROM entry")).all() == [(None, ""), (None, "")]
            assert connection.scalars(text("PRAGMA foreign_key_check")).all() == []


@way_back
def test_the_offices_own_texts_are_nothing_the_older_program_knows(app):
    """0005: down and up again without them; a wrong password that was made good is forgotten, one that still slows is not."""
    with app.app_context():
        cast = make_cast(db.session.scalars(select(Instrument)).one())
        now = clock.now()
        help = RowHelp.begin("16", cast.admin)
        help.write(cast.admin, "Di Bagian Hukum.")
        told = Announcement.add(cast.admin, text="Klinik.", audience="semua", shows_from=now, shows_until=now + timedelta(days=1), at_door=True)
        db.session.add_all([*cast.people.values(), cast.entry, help, told, FailedSignIn(username="a", address="1", at=now, forgiven_at=now),
                            FailedSignIn(username="b", address="1", at=now)])
        db.session.commit()
        events = db.session.scalar(text("SELECT count(*) FROM event"))
        db.session.remove()
        downgrade(directory=MIGRATIONS, revision="0004")
        with db.engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM event")) == events - 2
            assert connection.scalars(text("SELECT username FROM failed_sign_in")).all() == ["b"]
        upgrade(directory=MIGRATIONS)
        with db.engine.connect() as connection:
            assert connection.scalar(text("SELECT (SELECT count(*) FROM announcement) + (SELECT count(*) FROM row_help)")) == 0
            assert connection.scalars(text("PRAGMA foreign_key_check")).all() == []


@way_back
def test_the_older_program_has_a_sentence_for_every_event_that_stays(app):
    """0006: what it cannot tell is gone, what it can is told in its words; a log that meets an event without a sentence is an error page."""
    with app.app_context():
        cast = make_cast(db.session.scalars(select(Instrument)).one())
        db.session.add_all([*cast.people.values(), cast.entry])
        one = RegisterImport.begin(cast.admin, "rekap-2024.xlsx", 1)
        db.session.add(Innovation.bring(cast.admin, one, "LUMBUNG PANGAN DESA", cast.units["badan"], {"stage": "Inisiatif"}))
        db.session.flush()
        last = db.session.scalar(text("SELECT max(id) FROM event"))
        cast.innovation.describe(cast.owner, "Kader menjemput balita.", ["gizi"], True)
        cast.innovation.note_interest(cast.stranger, cast.units["badan"])
        cast.owner.be_reminded(Kind.PROMISE, [Item(None, "SK ditandatangani", -3, 0)])
        cast.admin.begin_backup()
        cast.period.prolong(cast.coordinator, cast.period.closes_at + timedelta(days=7), cast.period.repairs_close_at + timedelta(days=7), "Banjir.")
        cast.period.record("period_edited", cast.coordinator, changed={"entries_per_unit": [1, 2], "most_reports": [2, 3]})
        db.session.commit()
        db.session.remove()
        downgrade(directory=MIGRATIONS, revision="0005")
        with db.engine.connect() as connection:
            after = connection.execute(text(f"SELECT what, json_extract(details, '$.changed') FROM event WHERE id > {last} ORDER BY id")).all()
            assert [(what, sorted(json.loads(changed))) for what, changed in after] == [
                ("period_edited", ["closes_at", "repairs_close_at"]), ("period_edited", ["most_reports"])]
            assert connection.scalars(text("SELECT DISTINCT what FROM event WHERE what LIKE 'innovation%'")).all() == ["innovation_added"]
            assert connection.scalars(text("PRAGMA foreign_key_check")).all() == []
        upgrade(directory=MIGRATIONS)


@way_back
def test_what_was_written_before_there_was_a_chain_is_linked_and_guarded(app):
    """0007: down the log may be changed again and knows no hash; up it is linked as the program links it, and closed."""
    with app.app_context():
        save(db.session)
        hashes = db.session.scalars(select(Event.hash).order_by(Event.id)).all()
        db.session.remove()
        downgrade(directory=MIGRATIONS, revision="0006")
        with db.engine.begin() as connection:
            assert "hash" not in connection.scalars(text("SELECT name FROM pragma_table_info('event')")).all()
            connection.execute(text("UPDATE event SET what = what WHERE id = 1"))
        upgrade(directory=MIGRATIONS)
        assert db.session.scalars(select(Event.hash).order_by(Event.id)).all() == hashes
        things = checks.Things(db.session(), app.config["LUMBUNG"], None)
        assert [checks.deep(name, things).faults for name in ("Log", "Penjaga catatan")] == [(), ()]


def test_every_constraint_has_a_name():
    nameless = [f"{table.name}: {constraint}" for table in Base.metadata.tables.values() for constraint in table.constraints if not constraint.name]
    assert nameless == []


@pytest.mark.sqlite("its PRAGMAs")
def test_the_connection_is_set_up_as_measured(app):
    with app.app_context(), db.engine.connect() as connection:
        facts = {name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")}
    assert facts == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 15000}


@pytest.mark.parametrize("sql", [
    "UPDATE entry SET status = 'lulus'",
    "UPDATE answer SET claimed_level = 4",
    "UPDATE answer SET evidenced_level = 3, claimed_level = 1",
    "UPDATE period SET closes_at = opens_at",
    "UPDATE round SET decision = 'approved'",
    "UPDATE membership SET role = 'dewa'",
    "UPDATE document_version SET url = 'https://lumbungraya.example/layanan', captured_on = NULL",
    "UPDATE verdict SET returned = true",
    "UPDATE period SET grace_minutes = 121",
    "UPDATE round SET finished_at = submitted_at",
    "UPDATE entry SET choice = 'mungkin'",
    "UPDATE region_row SET claimed_level = 1, evidenced_level = 2 WHERE position = 1",
    "UPDATE region_row SET proven_level = 1, judged_by_id = 1, judged_at = '2026-01-01' WHERE position = 1",
    "UPDATE region_row SET proven_level = 0 WHERE position = 1",
])
def test_the_database_itself_refuses_what_must_never_be_true(app, sql):
    with app.app_context():
        ids = save(db.session)

        entry = db.session.get(Entry, ids.entry)
        entry.submit(db.session.get(User, ids.people["owner"]))
        db.session.commit()
        with pytest.raises(IntegrityError):
            db.session.execute(text(sql))
        db.session.rollback()


