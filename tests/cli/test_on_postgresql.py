"""On PostgreSQL each command and page does its work there, or says in a sentence what does it instead."""
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import checks, clock
from app.checks import State, around
from app.cli.setup import revision
from app.extensions import db
from app.models import Event, Session
from tests.backed import give_bytes
from tests.web.reviewing import text

pytestmark = pytest.mark.postgresql

INSTEAD = ("Error: Basis data aplikasi ini ada di PostgreSQL; perintah ini hanya untuk SQLite. Cadangkan dengan pg_dump, pulihkan dengan pg_restore; "
           "caranya di docs/postgresql.md.\n")


@pytest.fixture
def data(app, saved):
    folder = give_bytes(app)
    app.config["LUMBUNG"].backups.mkdir()
    return folder


def run(app, *words, said=None):
    result = app.test_cli_runner().invoke(args=words, input=said)
    return result.exit_code, result.output


def dump(app, content=b"PGDMP...", name="lumbung.dump", **age) -> Path:
    path = app.config["LUMBUNG"].backups / name
    path.write_bytes(content)
    moment = (clock.now() - timedelta(**age)).timestamp()
    os.utime(path, (moment, moment))
    return path


def last_event() -> Event:
    return db.session.scalars(select(Event).order_by(Event.id.desc())).first()


@pytest.mark.parametrize("words", [["backup"], ["backup", "--kedua"], ["restore"], ["restore", "--batal"], ["drill"]], ids=" ".join)
def test_what_works_on_the_file_names_what_to_use_instead(app, data, words):
    assert run(app, *words) == (1, INSTEAD)


def test_an_upgrade_is_one_transaction_and_stands_in_the_log(app, data):
    with app.app_context(), db.engine.connect() as connection:
        newest = revision(connection)
    downgraded = app.test_cli_runner().invoke(args=["db", "downgrade", "-d", "migrations"])
    assert downgraded.exit_code == 0, downgraded.output
    with app.app_context(), db.engine.connect() as connection:
        older = revision(connection)
    code, said = run(app, "upgrade")
    assert (code, said.splitlines()[-1]) == (0, f"Basis data diperbarui dari revisi {older} ke {newest}. Jalan mundurnya dump yang dibuat sebelum "
                                                "ini; lihat docs/postgresql.md.")
    with app.app_context():
        assert (last_event().what, last_event().details) == ("version_changed", {"before": older, "after": newest})
    assert run(app, "upgrade") == (0, "Basis data sudah sesuai dengan versi ini. Tidak ada yang diubah.\n")


def test_a_dump_that_was_restored_is_said_in_the_log_so_that_its_end_is_no_fault_and_everybody_signs_in_anew(app, data, open_as):
    open_as("owner").get("/")
    dump(app, name="lumbung-2026-11-21.dump")
    assert run(app, "restore", "lumbung-2026-11-21.dump", said="tidak\n")[0] == 1
    code, said = run(app, "restore", "lumbung-2026-11-21.dump", "--ya")
    assert (code, said.splitlines()[-1]) == (0, "Selesai. Periksa isinya: python3 lumbung.py doctor")
    with app.app_context():
        assert (last_event().what, last_event().details["name"]) == ("backup_restored", "lumbung-2026-11-21.dump")
        assert db.session.scalars(select(Session.id).where(Session.ended_at.is_(None))).all() == []


@pytest.mark.parametrize("which", ["1", "besok.dump", ".", "/tidak/ada.dump"])
def test_what_is_no_dump_was_not_restored(app, data, which):
    dump(app)
    folder = app.config["LUMBUNG"].backups
    assert run(app, "restore", which, "--ya") == (
        1, f"Error: Tidak ada dump {which} di {folder}, dan bukan pula jalur sebuah dump. Sebut berkas yang baru dipulihkan pg_restore.\n")
    with app.app_context():
        assert last_event().what != "backup_restored"


def test_a_dump_elsewhere_is_named_by_its_path_and_one_that_broke_off_was_not_restored(app, data, tmp_path):
    elsewhere = dump(app).rename(tmp_path / "pindahan.dump")
    assert run(app, "restore", str(elsewhere), "--ya")[0] == 0
    with app.app_context():
        assert last_event().details["name"] == "pindahan.dump"
    broken = dump(app, b"")
    assert run(app, "restore", "lumbung.dump", "--ya") == (1, f"Error: {broken} bukan dump yang utuh; pg_dump mungkin terhenti.\n")


def test_the_night_does_what_is_left_to_do_and_the_health_page_looks_at_the_dump(app, data, open_as):
    code, said = run(app, "malam")
    assert (code, [line.split(":")[0] for line in said.splitlines()]) == (
        0, ["✓ Sapu berkas", "✓ Rapikan catatan masuk dan ketikan", "✓ Periksa semuanya"])
    assert {check.state for check in checks.last(data).checks} == {State.GOOD}
    page = open_as("admin").get("/kelola/kesehatan/")
    assert "dump basis datanya belum ada di" in text(page) and "Latihan pemulihan" not in text(page)


@pytest.mark.parametrize(("content", "age", "state"), [
    (b"PGDMP...", {"hours": 20}, State.GOOD), (b"PGDMP...", {"days": 3}, State.LOOK), (b"", {"hours": 1}, State.BAD)])
def test_a_dump_by_its_age_and_its_head(app, data, content, age, state):
    dump(app, content, **age)
    assert around.outside(app.config["LUMBUNG"]).state is state
