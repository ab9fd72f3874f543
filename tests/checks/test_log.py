"""The log cannot be changed; where somebody with a database tool did, the check says which event and of which day."""
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app import backups, checks, clock
from app.checks import State, Things
from app.extensions import db
from app.models import Event, User
from app.rules.chain import START, link
from tests import ground
from tests.backed import give_bytes
from tests.past import rewritten

COLUMNS = Event.__table__.columns.keys()
THERE = "tidak menyambung: isinya diubah, atau ada yang disisipkan, ditukar, atau dihapus di situ"


@pytest.fixture
def log(app, saved):
    """`log()` is what is wrong with the log now."""
    def asked() -> tuple[str, ...]:
        check = checks.deep("Log", things(app))
        assert (check.state is State.GOOD) == (not check.faults)
        return check.faults

    give_bytes(app)
    with app.app_context():
        yield asked


def things(app) -> Things:
    return Things(db.session(), app.config["LUMBUNG"], app.extensions["storage"])


def named(id: int) -> str:
    day = db.session.scalar(select(Event.at).where(Event.id == id)).astimezone(things_zone())
    months = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]
    return f"Catatan nomor {id} ({day.day} {months[day.month - 1]} {day.year} pukul {day:%H.%M})"


def things_zone():
    from flask import current_app
    return things(current_app).zone


def behind(*statements) -> None:
    with rewritten(db.session()):
        for statement in statements:
            db.session.execute(statement)
    db.session.commit()


def last() -> int:
    return db.session.scalar(select(Event.id).order_by(Event.id.desc()).limit(1))


def record(times: int = 1) -> None:
    for _ in range(times):
        db.session.get(User, 1).begin_backup()
    db.session.commit()


def test_what_the_verbs_wrote_links_up(log):
    assert log() == ()
    hashes = db.session.scalars(select(Event.hash).order_by(Event.id)).all()
    assert len(set(hashes)) == len(hashes) == last()


def test_one_changed_letter_is_found(log):
    behind(update(Event).where(Event.id == 5).values(details={"x": "Lain"}))
    assert log() == (f"{named(5)} {THERE}",)


@pytest.mark.parametrize("changed", [{"what": "returned"}, {"by_id": 3}, {"is_private": True}, {"person_id": 1}, {"at": clock.now()}])
def test_so_is_every_other_fact(log, changed):
    behind(update(Event).where(Event.id == 5).values(**changed))
    assert log() == (f"{named(5)} {THERE}",)


@pytest.mark.sqlite("PostgreSQL takes nothing else for JSON")
def test_details_that_are_no_json_any_more_are_named(log):
    behind(text("UPDATE event SET details = '{' WHERE id = 5"))
    assert log() == ("Catatan nomor 5 tidak terbaca; isinya diubah", f"{named(6)} {THERE}")


def test_a_removed_event_is_found(log):
    behind(delete(Event).where(Event.id == 5))
    assert log() == (f"{named(6)} tidak menyambung: nomor 5 hilang",)


def test_an_inserted_event_is_found_even_with_a_hash_that_fits_what_stands_before(log):
    rows = {row["id"]: dict(row) for row in db.session.execute(select(Event.__table__).where(Event.id.in_([4, 5]))).mappings()}
    forged = rows[4] | {"id": 5}
    forged["hash"] = link(rows[4]["hash"], forged["at"], {name: forged[name] for name in COLUMNS if name not in ("id", "at", "hash")})
    moved = last() + 1
    behind(insert(Event).values(**{**rows[5], "id": moved}), delete(Event).where(Event.id == 5), insert(Event).values(**forged))
    assert log() == (f"{named(6)} {THERE}", f"{named(moved)} {THERE}")


def test_two_that_changed_places_are_found(log):
    rows = {row["id"]: dict(row) for row in db.session.execute(select(Event.__table__).where(Event.id.in_([4, 5]))).mappings()}
    behind(delete(Event).where(Event.id.in_([4, 5])), insert(Event).values(**{**rows[4], "id": 5}), insert(Event).values(**{**rows[5], "id": 4}))
    assert log() == tuple(f"{named(id)} {THERE}" for id in (4, 5, 6))


class TestTheEnd:
    """Nothing in the log tells what was cut off; what was written down elsewhere does."""

    def noted_by_backup(self, app) -> None:
        settings = app.config["LUMBUNG"]
        backups.make(settings.data, settings.backups, things(app).zone)

    def noted_by_night(self, app) -> None:
        checks.note(app.config["LUMBUNG"].data, [], checks.head_of(db.session()))

    @pytest.mark.parametrize(("note", "where"), [
        pytest.param("noted_by_backup", "cadangan", marks=pytest.mark.sqlite("a backup is of its file")), ("noted_by_night", "pemeriksaan malam")])
    def test_a_tail_that_was_cut_off_is_found(self, app, log, note, where):
        getattr(self, note)(app)
        assert log() == ()
        end = last()
        behind(text("DELETE FROM notification"), delete(Event).where(Event.id > end - 2))
        (fault,) = log()
        assert fault.startswith(f"Log berakhir di nomor {end - 2}, sedangkan {where} ") and fault.endswith(
            f" mengenal sampai nomor {end}: ujungnya dipotong")

    def test_so_is_a_log_that_was_written_anew_with_hashes_that_fit(self, app, log):
        self.noted_by_night(app)
        before, statements = START, []
        for row in db.session.execute(select(Event.__table__).order_by(Event.id)).mappings().all():
            facts = {name: row[name] for name in COLUMNS if name not in ("id", "at", "hash")} | ({"by_id": 3} if row["id"] == 5 else {})
            before = link(before, row["at"], facts)
            statements.append(update(Event).where(Event.id == row["id"]).values(hash=before, by_id=facts["by_id"]))
        behind(*statements)
        (fault,) = log()
        assert fault.startswith(f"Catatan nomor {last()} tidak sama dengan yang dikenal pemeriksaan malam ")

    def test_a_night_without_trust_keeps_the_end_that_was_known(self, app, log):
        self.noted_by_night(app)
        end = last()
        behind(text("DELETE FROM notification"), delete(Event).where(Event.id > end - 2))
        checks.note(app.config["LUMBUNG"].data, [], None)
        assert len(log()) == 1

    def test_whoever_restored_an_older_state_said_so(self, app, log):
        with clock.at(clock.now() - timedelta(hours=1)):
            self.noted_by_night(app)
        behind(text("DELETE FROM notification"), delete(Event).where(Event.id > last() - 2))
        db.session.add(Event(what="backup_restored", at=clock.now(), is_private=False, details={"name": "x", "made_at": "", "undone": False}))
        db.session.commit()
        assert log() == ()

    @pytest.mark.parametrize("note", [pytest.param("noted_by_backup", marks=pytest.mark.sqlite("a backup is of its file")), "noted_by_night"])
    def test_what_came_after_it_is_no_fault(self, app, log, note):
        getattr(self, note)(app)
        record(3)
        assert log() == ()


class TestWriting:
    @pytest.mark.parametrize("sql", [
        "UPDATE event SET details = '{}' WHERE id = 1", "UPDATE event SET entry_id = NULL WHERE id = 1", "DELETE FROM event WHERE id = 1",
        "DELETE FROM event",
    ])
    def test_the_database_itself_refuses(self, log, sql):
        with pytest.raises(DBAPIError, match="yang sudah dicatat tidak diubah atau dihapus"):
            db.session.execute(text(sql))
        db.session.rollback()
        assert log() == ()

    @pytest.mark.sqlite("its way to put a row in the place of another")
    @pytest.mark.parametrize("table", ["event", "sending"])
    def test_nor_is_one_put_in_the_place_of_another(self, app, log, table):
        columns = ", ".join(column.name for column in db.metadata.tables[table].columns)
        if table == "sending":
            db.session.execute(text(
                "INSERT INTO sending (id, entry_id, period_id, number, sent_on, sent_at, sent_by_id, name, unit_name, main_affair, maturity, "
                "snapshot, checksum, pdf_id, official_note) VALUES (1, 1, 1, '1', '2026-07-01', '2026-07-01 00:00:00.000000', 1, 'a', 'b', 'c', "
                "0, '{}', 'd', 1, '')"))
            db.session.commit()
        with pytest.raises(DBAPIError, match="tidak diubah atau dihapus"):
            db.session.execute(text(f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = 1"))
        db.session.rollback()
        assert log() == ()

    def test_several_in_one_flush_several_flushes_and_one_that_was_taken_back(self, log):
        admin = db.session.get(User, 1)
        for _ in range(3):
            admin.begin_backup()
        db.session.flush()
        admin.begin_backup()
        with db.session.begin_nested() as inner:
            admin.begin_backup()
            db.session.flush()
            inner.rollback()
        admin = db.session.get(User, 1)
        admin.begin_backup()
        db.session.commit()
        record(2)
        db.session.get(User, 1).begin_backup()
        db.session.flush()
        db.session.rollback()
        record()
        assert log() == ()

    def test_the_guards_are_looked_for(self, app, log):
        assert checks.deep("Penjaga catatan", things(app)).faults == ()
        db.session.execute(text("ALTER TABLE event DISABLE TRIGGER event_no_update" if ground.SERVER else "DROP TRIGGER event_no_update"))
        assert checks.deep("Penjaga catatan", things(app)).faults == ("Penjaga event_no_update tidak ada",)
