"""Writers of several processes: none waits for one that is dead, nothing is lost."""
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from app import checks, extensions, locks
from app.checks import Things
from app.config import ROOT
from app.extensions import db
from app.models import Event, User
from tests.live import PASSWORD_HASH, prepared

pytestmark = pytest.mark.sqlite
TIMES, THREADS = 6, 8
WRITER = f"""
import sys, threading
from app import create_app
from app.extensions import db
from app.models import User
app = create_app()

def write():
    for _ in range({TIMES}):
        with app.app_context():
            user = db.session.get(User, 1)
            user.totp_step += 1  # what was read, and one more
            user.begin_backup()
            db.session.commit()

print("ready", flush=True)
sys.stdin.readline()
threads = [threading.Thread(target=write) for _ in range({THREADS})]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
HOLDER = """
import time
from app import create_app
from app.extensions import db
from app.models import User
with create_app().app_context():
    db.session.get(User, 1).name = "Tidak pernah tersimpan"
    db.session.flush()
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path):
    with prepared(tmp_path / "data"):
        user = User.add("admin", "Ada", PASSWORD_HASH, None)
        user.totp_step = 0
        db.session.add(user)
    return tmp_path / "data"


@contextmanager
def program(code, folder):
    env = {"LUMBUNG_DATA": str(folder), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def test_sixteen_writers_in_two_processes_lose_nothing(folder):
    with program(WRITER, folder) as one, program(WRITER, folder) as other:
        for process in (one, other):
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [process.wait(120) for process in (one, other)] == [0, 0]
    with prepared(folder) as app:
        assert db.session.get(User, 1).totp_step == 2 * THREADS * TIMES
        assert db.session.scalar(select(func.count(Event.id)).where(Event.what == "backup_begun")) == 2 * THREADS * TIMES
        assert checks.deep("Log", Things(db.session(), app.config["LUMBUNG"], None)).faults == ()


def test_who_waits_for_a_writer_that_is_killed_goes_on(folder):
    with prepared(folder), program(HOLDER, folder) as holder:
        db.session.rollback()
        assert locks.is_held(folder / extensions.WRITING)
        threading.Timer(0.5, holder.kill).start()
        began = time.monotonic()
        user = db.session.get(User, 1)
        waited = time.monotonic() - began
        assert (user.name, locks.is_held(folder / extensions.WRITING)) == ("Ada", True)
        assert 0.3 < waited < extensions.PATIENCE
        db.session.rollback()
        assert not locks.is_held(folder / extensions.WRITING)

