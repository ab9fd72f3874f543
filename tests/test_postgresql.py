"""PostgreSQL itself: the writers of all processes stand in one queue, so that nothing is lost and nothing locks up; readers never wait for them."""
import subprocess
import sys

import pytest
from sqlalchemy import func, select, text

from app import checks
from app.checks import Things
from app.config import ROOT
from app.extensions import WRITERS, begin_writing, db, only_reading
from app.models import Event, Innovation, StoredFile
from app.queries import searching

pytestmark = pytest.mark.postgresql

TIMES = 40
WRITER = f"""
import sys
from app import create_app
from app.extensions import WRITERS, begin_writing, db
from app.models import StoredFile, User
with create_app().app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range({TIMES}):
        begin_writing()
        for id in map(int, sys.argv[1:]):
            file = db.session.get(StoredFile, id)
            file.size = file.size + 1  # what was read, and one more
            db.session.flush()
        db.session.get(User, 1).begin_backup()
        db.session.commit()
"""


@pytest.fixture
def writer(app, saved):
    """`writer(1, 2)` is a process of its own that changes these rows in this order, again and again, from `go` on."""
    started = []
    with app.app_context():
        db.session.scalar(select(func.count(Event.id)))  # the database is laid down
        url = app.config["SQLALCHEMY_DATABASE_URI"]

    def begin(*rows):
        env = {"LUMBUNG_DATA": str(app.config["LUMBUNG"].data), "DATABASE_URL": url, "PATH": "/usr/bin:/bin"}
        process = subprocess.Popen([sys.executable, "-c", WRITER, *map(str, rows)], cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def test_two_processes_that_change_the_same_rows_crosswise_lose_nothing_and_never_lock_up(app, saved, writer):
    with app.app_context():
        sizes, events = db.session.scalars(select(StoredFile.size).order_by(StoredFile.id)).all(), db.session.scalar(select(func.count(Event.id)))
        db.session.remove()
        both = [writer(1, 2), writer(2, 1)]
        assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
        for process in both:
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [process.wait(60) for process in both] == [0, 0]
        after = db.session.scalars(select(StoredFile.size).order_by(StoredFile.id)).all()
        assert after == [sizes[0] + 2 * TIMES, sizes[1] + 2 * TIMES, *sizes[2:]]
        assert db.session.scalar(select(func.count(Event.id))) == events + 2 * TIMES
        assert checks.deep("Log", Things(db.session(), app.config["LUMBUNG"], None)).faults == ()
        assert db.session.scalar(text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")) == 0


def test_a_reader_does_not_wait_for_a_writer_and_sees_what_was_there_before(app, saved):
    with app.app_context():
        begin_writing()
        db.session.get(StoredFile, 1).size = 4711
        db.session.flush()
        with app.app_context(), only_reading():
            db.session.execute(text("SET LOCAL lock_timeout = '1ms'"))
            assert db.session.scalar(select(StoredFile.size).where(StoredFile.id == 1)) != 4711
        db.session.rollback()


def test_who_may_write_is_alone_from_the_first_statement_on_and_who_reads_is_not(app, saved):
    def is_taken() -> bool:
        with db.engine.connect() as another, only_reading():
            return not another.scalar(select(func.pg_try_advisory_xact_lock(WRITERS)))

    with app.app_context():
        with only_reading():
            db.session.scalar(select(StoredFile.size))
            assert is_taken() is False
        db.session.scalar(select(StoredFile.size))
        with app.app_context():
            assert is_taken() is True
        db.session.rollback()


def test_a_search_is_answered_through_the_index_of_words(app, saved):
    with app.app_context():
        query = select(Innovation.id).where(searching.told("layan")).compile(db.engine, compile_kwargs={"literal_binds": True})
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(db.session.connection().exec_driver_sql(f"EXPLAIN {query}").scalars())
        assert "ix_innovation_name_words" in plan and "ix_innovation_summary_words" in plan, plan


def test_a_letter_that_it_cannot_store_is_a_fault_of_who_sent_it(saved, open_as):
    owner = open_as("owner")
    for address in ("/inovasi/?q=a%00bc", "/usulan/?status=%00"):
        owner.get(address, expect=400)
    owner.post(f"/inovasi/{saved.innovation}/profil/hasil", {"purpose": "a\0b", "benefit": "", "result": ""}, expect=400)
