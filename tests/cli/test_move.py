"""`pindah`: from the SQLite file to PostgreSQL, all of it or nothing, and the file stays as it was."""
import hashlib
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select, text

from app import create_app
from app.cli.setup import migrate_database, publish_instruments
from app.config import Settings
from app.extensions import db
from app.models import Entry, Event
from tests import ground
from tests.cast import save


def moved(folder):
    app = create_app(Settings.load({"LUMBUNG_DATA": str(folder)}))
    result = app.test_cli_runner().invoke(args=["pindah"])
    return app, (result.exit_code, result.output)


@pytest.fixture
def file(tmp_path):
    """A SQLite file with the cast in it, and PostgreSQL named in the settings since."""
    with create_app(Settings.load({"LUMBUNG_DATA": str(tmp_path)})).app_context():
        migrate_database()
        publish_instruments()
        save(db.session)
        db.session.execute(text("UPDATE unit SET parent_id = 3 WHERE id = 1"))  # a row that points at a later one
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    ground.give_database(tmp_path)
    return tmp_path / "lumbung.sqlite"


def ended(app):
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_without_postgresql_it_says_what_is_missing(tmp_path):
    assert moved(tmp_path)[1] == (1, "Error: Isi dulu pengaturan database_url dengan basis data PostgreSQL yang kosong; "
                                     "lihat docs/postgresql.md.\n")


@pytest.mark.postgresql
def test_everything_is_there_afterwards_and_the_next_number_is_free(file):
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    app, (code, said) = moved(file.parent)

    assert (code, "jumlah tiap tabel sama dan rantai log utuh" in said) == (0, True)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    with app.app_context():
        entry = db.session.get(Entry, 1)
        last = db.session.scalar(text("SELECT max(id) FROM event"))
        entry.submit(entry.answers[0].exhibits[0].version.added_by)
        db.session.commit()
        assert db.session.scalars(select(Event.id).where(Event.id > last)).all() == [last + 1]
    ended(app)


@pytest.mark.postgresql
def test_one_that_was_just_restored_is_moved_like_any_other(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    app, (code, said) = moved(file.parent)
    ended(app)
    assert (code, "jumlah tiap tabel sama dan rantai log utuh" in said) == (0, True), said


@pytest.mark.postgresql
def test_a_database_with_something_in_it_is_left_alone(file):
    app, _ = moved(file.parent)
    ended(app)
    app, told = moved(file.parent)
    ended(app)

    assert told == (1, "Error: Basis data PostgreSQL itu sudah berisi. Buat yang baru dan kosong, lalu ulangi; tidak ada yang diubah.\n")


@pytest.mark.postgresql
def test_what_postgresql_does_not_take_takes_everything_back(file):
    ground.outside_of(file, "UPDATE innovation SET name = 'A' || char(0)")
    app, (code, said) = moved(file.parent)

    assert (code, said.startswith("Error: PostgreSQL menolak isi tabel innovation: "), "Tidak ada yang dipindahkan." in said) == (1, True, True)
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM unit")) == 0
    ended(app)


@pytest.mark.postgresql
def test_what_stays_behind_is_never_backed_up_as_if_it_were_in_use(file):
    """Its backups and rehearsals would all be good, and none would hold what was written since."""
    app, _ = moved(file.parent)
    night = app.test_cli_runner().invoke(args=["malam"])
    ended(app)

    assert [line.split(":")[0] for line in night.output.splitlines() if line[0] in "✓✗"] == [
        "✓ Sapu berkas", "✓ Rapikan catatan masuk dan ketikan", "✗ Periksa semuanya"]
    assert not (file.parent / "cadangan").exists()
