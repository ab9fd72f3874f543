"""A backup is whole or it is none: one moment of the database, every file it names, read again before it has its name."""
import errno
import hashlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app import backups, clock
from app.backups.disk import must_have_room
from app.config import ROOT
from app.rules import Refused
from tests.backed import give_bytes, held, manifest, named, put

pytestmark = pytest.mark.sqlite("a backup is of SQLite's file; on PostgreSQL it is a dump")

WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def data(app, saved):
    return give_bytes(app)


@pytest.fixture
def target(tmp_path):
    return tmp_path / "cadangan"


def refusal(*words) -> str:
    with pytest.raises(Refused) as refused:
        backups.make(*words)
    return str(refused.value)


def path_in(folder, sha256):
    return folder / "files" / sha256[:2] / sha256


def document_of(data) -> tuple[str, str]:
    """A file and the words for its document."""
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as connection:
        return connection.execute("SELECT f.sha256, '“' || v.title || '” (' || u.name || ')' FROM stored_file f JOIN document_version v "
                                  "ON v.file_id = f.id JOIN document d ON d.id = v.document_id JOIN unit u ON u.id = d.unit_id").fetchone()


def test_it_holds_the_database_and_every_file_it_names(data, target):
    made, told = backups.make(data, target, WIB), manifest(backups.latest(target))
    database = made.path / "lumbung.sqlite"
    with closing(sqlite3.connect(database)) as copy:
        counts = {table: copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in told["tables"]}
        revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    assert held(made) == named(database) == named(data / "lumbung.sqlite") == told["files"]
    assert (told["tables"], told["revision"], told["gaps"], made.files) == (counts, revision, [], len(told["files"]))
    assert told["whole"] == [{"path": "lumbung.sqlite", "size": database.stat().st_size, "sha256": hashlib.sha256(database.read_bytes()).hexdigest()}]
    assert made.path.name == f"lumbung-{made.made_at.astimezone(WIB):%Y%m%d-%H%M%S}"


def test_the_settings_go_along_and_the_secret_does_not(data, target):
    assert (data / "secret").is_file()
    (data / "lumbung.toml").write_text('region = "Kabupaten Contoh"\n')
    made = backups.make(data, target, WIB)
    assert {path.name for path in made.path.iterdir()} == {"files", "lumbung.sqlite", "lumbung.toml", "manifest.json"}


def test_it_is_whole_while_people_write(data, target):
    stop, written = threading.Event(), []

    def write():
        with closing(sqlite3.connect(data / "lumbung.sqlite", timeout=15)) as connection:
            while not stop.is_set():
                sha256, size = put(data, f"unggahan {len(written)}".encode() * 50)
                with connection:
                    connection.execute("INSERT INTO stored_file (sha256, size, kind, active) VALUES (?, ?, 'pdf', '[]')", (sha256, size))
                written.append(sha256)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backups.make(data, target, WIB) for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    assert len({one.files for one in made}) == 3, "nothing was written in between"
    for one in made:
        with closing(sqlite3.connect(one.path / "lumbung.sqlite")) as copy:
            assert (copy.execute("PRAGMA integrity_check").fetchall(), copy.execute("PRAGMA foreign_key_check").fetchall()) == ([("ok",)], [])
        assert (one.gaps, held(one)) == ((), named(one.path / "lumbung.sqlite"))


def test_what_an_earlier_one_holds_is_kept_once(data, target):
    first, second = (backups.make(data, target, WIB) for _ in range(2))
    assert all(path_in(first.path, one).samefile(path_in(second.path, one)) for one in named(data / "lumbung.sqlite"))
    assert not (first.path / "lumbung.sqlite").samefile(second.path / "lumbung.sqlite")
    shutil.rmtree(first.path)
    assert held(second) == named(data / "lumbung.sqlite")


def test_what_spoiled_in_the_earlier_one_is_copied_anew(data, target):
    first, sha256 = backups.make(data, target, WIB), document_of(data)[0]
    path_in(first.path, sha256).write_bytes(b"rusak")
    second = backups.make(data, target, WIB)
    assert (second.gaps, held(second)) == ((), named(data / "lumbung.sqlite"))


@pytest.mark.parametrize("fault", ["hilang", "berubah"])
def test_a_file_that_is_not_as_it_was_is_named_and_stops_nothing(data, target, fault):
    sha256, words = document_of(data)
    live = path_in(data, sha256)
    live.unlink() if fault == "hilang" else live.write_bytes(b"x" * live.stat().st_size)
    made = backups.make(data, target, WIB)
    assert made.gaps == (backups.shelf.Gap(words, fault, sha256, False),)
    assert held(made) == {name: size for name, size in named(data / "lumbung.sqlite").items() if name != sha256}


def test_what_is_lost_since_the_last_one_is_taken_from_there(data, target):
    sha256, words = document_of(data)
    backups.make(data, target, WIB)
    path_in(data, sha256).unlink()
    made = backups.make(data, target, WIB)
    assert (made.gaps, made.missing, held(made)) == ((backups.shelf.Gap(words, "hilang", sha256, True),), [], named(data / "lumbung.sqlite"))


def test_a_full_disk_leaves_nothing_behind(data, target):
    def full(step, done, total):
        if step == "Cadangan dibaca ulang":
            raise OSError(errno.ENOSPC, "No space left on device")

    assert refusal(data, target, WIB, full) == f"Tempat cadangan {target} penuh. Kosongkan sebagian, atau pilih folder di disk lain."
    assert (list(target.iterdir()), backups.latest(target)) == ([], None)


def test_room_is_asked_for_before_anything_is_written():
    with pytest.raises(Refused, match=r"Tempat cadangan /usb penuh: perlu 2 GB, tersisa 1 MB\. Kosongkan sebagian"):
        must_have_room("/usb", 2 * 1024**3, 1024**2)


def test_a_disk_that_is_not_plugged_in_is_no_place(data, tmp_path):
    assert refusal(data, tmp_path / "usb" / "cadangan", WIB) == f"Folder {tmp_path}/usb tidak ada. Pasang dulu disknya, atau pilih folder lain."


def test_a_broken_database_is_no_backup(data, target):
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root, size = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'").fetchone()[0], \
            connection.execute("PRAGMA page_size").fetchone()[0]
    with (data / "lumbung.sqlite").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    assert refusal(data, target, WIB).startswith("Basis data ")
    assert list(target.iterdir()) == []


def test_what_a_power_cut_left_is_no_backup_and_goes_with_the_next(data, target):
    class PowerCut(BaseException):
        pass

    def cut(step, done, total):
        if step == "Cadangan dibaca ulang":
            half = next(target.glob(".lumbung-*"))
            shutil.copytree(half, half.with_name(half.name.replace("lumbung-", "lumbung-1")))  # as the power leaves it: not cleared away
            raise PowerCut

    first = backups.make(data, target, WIB)
    with pytest.raises(PowerCut):
        backups.make(data, target, WIB, cut)
    assert (len(list(target.iterdir())), backups.all_in(target)) == (2, [first])
    (target / "lumbung-20260101-000000").mkdir()  # a name alone makes no backup
    second = backups.make(data, target, WIB)
    assert backups.all_in(target) == [second, first]
    assert {path.name for path in target.iterdir()} == {first.name, second.name, "lumbung-20260101-000000"}


def test_old_ones_go_and_what_is_not_ours_stays(data, target):
    (target / "foto").mkdir(parents=True)
    made = {}
    for days in (5, 4, 3, 2, 0):  # a Sunday, then Monday to Friday of the next week
        with clock.at(datetime(2026, 11, 20, 20, tzinfo=WIB) - timedelta(days=days)):
            made[days] = backups.make(data, target, WIB).name
    with clock.at(datetime(2026, 11, 20, 21, tzinfo=WIB)):
        gone = backups.prune(target, WIB, 2)
    assert sorted(gone) == [made[4], made[3]]
    assert {path.name for path in target.iterdir()} == {"foto", made[5], made[2], made[0]}


def test_one_made_while_the_clock_was_ahead_is_not_the_newest_for_years(data, target):
    with clock.at(clock.now() + timedelta(days=4000)):
        wrong = backups.make(data, target, WIB)
    assert (backups.latest(target), wrong.is_old, wrong.is_ahead) == (wrong, True, True)
    right = backups.make(data, target, WIB)
    assert (backups.all_in(target), right.is_old, right.is_ahead) == ([right, wrong], False, False)
    assert backups.prune(target, WIB, 1) == []


def test_one_at_a_time(data):
    with backups.alone(data) as diary:
        diary.say("Berkas disalin", 3, 10)
        assert backups.state(data)[:4] == ("running", "Berkas disalin", 3, 10)
        with pytest.raises(Refused, match=r"Pencadangan lain sedang berjalan\. Tunggu sampai selesai\."), backups.alone(data):
            pass
        with pytest.raises(Refused, match="Pencadangan lain sedang berjalan"):
            backups.start(data, ["true"], ROOT, {})
    assert backups.state(data).kind == "idle"


def test_why_it_failed_is_remembered(data):
    with pytest.raises(Refused), backups.alone(data):
        raise Refused("Tempat cadangan penuh.")
    assert backups.state(data)[:2] == ("failed", "Tempat cadangan penuh.")


def test_the_lock_of_one_that_was_killed_holds_nobody_up(data):
    code = ("import sys, time; from pathlib import Path; from app.backups import alone\n"
            "with alone(Path(sys.argv[1])): print('ya', flush=True); time.sleep(60)")
    with subprocess.Popen([sys.executable, "-c", code, str(data)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert (other.stdout.readline(), backups.state(data).kind) == ("ya\n", "running")
        other.send_signal(signal.SIGKILL)
    assert backups.state(data).kind == "interrupted"
    with backups.alone(data):
        pass
    assert backups.state(data).kind == "idle"


def test_one_that_never_began_is_said_to_have_failed(data):
    backups.start(data, [sys.executable, "-c", ""], ROOT, {})
    assert backups.state(data).kind == "starting"
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert backups.state(data)[:2] == ("failed", "Pencadangan tidak dapat dimulai. Jalankan python3 lumbung.py backup di server.")
