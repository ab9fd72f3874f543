"""A restore leaves the old data or the new, whole, whatever happens; and there is a way back."""
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app import backups, clock, locks
from app.backups.disk import data_must_have_room
from app.backups.switching import KEPT, prune_kept
from app.cli.restore import restored_by
from app.config import ROOT
from app.rules import Refused
from app.storage import Storage
from app.storage.sweeping import sweep
from tests.backed import another, ask, give_bytes, is_sound, named, put

WIB = ZoneInfo("Asia/Jakarta")
pytestmark = pytest.mark.sqlite("backups of its file")
NAME = "SELECT name FROM unit WHERE id = 1"


@pytest.fixture
def data(app, saved, tmp_path):
    return another(give_bytes(app), tmp_path / "data")


@pytest.fixture
def backup(data, tmp_path):
    """One; afterwards a unit has another name and one more file is stored."""
    made = backups.make(data, tmp_path / "cadangan", WIB)
    sha256, size = put(data, b"sesudahnya")
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as connection, connection:
        connection.execute("UPDATE unit SET name = 'Dinas Sesudahnya' WHERE id = 1")
        connection.execute("INSERT INTO stored_file (sha256, size, kind, active) VALUES (?, ?, 'pdf', '[]')", (sha256, size))
        connection.execute("INSERT INTO session (token_hash, user_id, started_at, seen_at, address, agent) VALUES "
                           "('a', 1, '2026-11-22', '2026-11-22', '', '')")
    return made


def restore(data, backup):
    return backups.restore(data, backup, restored_by(backup.name, backup.made_at.isoformat(), undone=False))


def undo(data):
    return backups.undo(data, restored_by("lumbung", "2026-11-22", undone=True))


def live_file(data):
    sha256 = min(named(data / "lumbung.sqlite"))
    return data / "files" / sha256[:2] / sha256


def refusal(*words) -> str:
    before = content(words[1])
    with pytest.raises(Refused) as refused:
        words[0](*words[1:])
    assert content(words[1]) == before, "something changed"
    return str(refused.value)


def content(data) -> dict:
    """What is stored, and what stands in the folder."""
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as connection:
        rows = list(connection.iterdump()) if (data / "lumbung.sqlite").stat().st_size > 100 else []
    files = {str(path.relative_to(data)): path.read_bytes() for path in data.rglob("*") if path.is_file()}
    return {name: files[name] for name in sorted(files) if not name.startswith("lumbung.sqlite") and not name.endswith(".kunci")} | {"rows": rows}


def test_what_was_backed_up_is_there_again_and_everybody_signs_in_anew(data, backup):
    before, key = ask(data, "SELECT count(*) FROM session WHERE ended_at IS NULL"), (data / "secret").read_bytes()
    (data / "lumbung.toml").write_text('region = "Kabupaten Contoh"\n')
    lost = next(iter(named(backup.path / "lumbung.sqlite")))
    (data / "files" / lost[:2] / lost).write_bytes(b"rusak")
    done = restore(data, backup)
    assert (done.files, done.lost, done.kept) == (1, 0, data / KEPT)
    assert ask(data, NAME) == ask(backup.path, NAME) != "Dinas Sesudahnya"
    assert (before, ask(data, "SELECT count(*) FROM session WHERE ended_at IS NULL")) == (1, 0)
    assert (ask(data, "SELECT what FROM event ORDER BY id DESC"), is_sound(data)) == ("backup_restored", True)
    assert all((data / "files" / one[:2] / one).read_bytes() == (backup.path / "files" / one[:2] / one).read_bytes()
               for one in named(data / "lumbung.sqlite"))
    assert ((data / "secret").read_bytes(), (data / "lumbung.toml").read_text()) == (key, 'region = "Kabupaten Contoh"\n')


def test_it_can_be_undone_and_that_too(data, backup):
    sha256 = put(data, b"sesudahnya")[0]
    restore(data, backup)
    (data / "files" / sha256[:2] / sha256).unlink()  # as the nightly sweep does with what no row names
    undo(data)
    assert (ask(data, NAME), (data / "files" / sha256[:2] / sha256).read_bytes()) == ("Dinas Sesudahnya", b"sesudahnya")
    assert (ask(data, "SELECT details FROM event ORDER BY id DESC"), is_sound(data)) == (
        '{"name": "lumbung", "made_at": "2026-11-22", "undone": true}', True)
    undo(data)
    assert ask(data, NAME) == ask(backup.path, NAME)


def test_a_sweep_at_the_same_time_takes_nothing_that_comes_back(data, backup):
    """A file that only the backup names, from long ago; the sweep runs between the look at the files and the change of the database."""
    old = live_file(data)
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as connection, connection:
        connection.execute("DELETE FROM stored_file WHERE sha256 = ?", (old.name,))
    os.utime(old, (0, 0))

    def night(step, done, total):
        if step == "Basis data disiapkan":
            sweep(Storage(data, 0), lambda hashes: named(data / "lumbung.sqlite").keys() & set(hashes))

    backups.restore(data, backup, restored_by(backup.name, backup.made_at.isoformat(), undone=False), night)
    assert (old.exists(), ask(data, f"SELECT count(*) FROM stored_file WHERE sha256 = '{old.name}'")) == (True, 1)


def test_what_was_put_aside_stays_two_weeks_and_the_last_two_for_good(data, backup):
    def aside():
        return sorted(path.name for path in data.glob(f"{KEPT}*"))

    begun = clock.now()
    for day in (0, 1, 2):
        with clock.at(begun + timedelta(days=day)):
            restore(data, backup)
    earlier = [f"{KEPT}-{begun + timedelta(days=day):%Y%m%d-%H%M%S}" for day in (0, 1)]
    assert aside() == [KEPT, *earlier]
    assert ask(data / earlier[0], NAME) == "Dinas Sesudahnya"
    with clock.at(begun + timedelta(days=14, seconds=-1)):
        prune_kept(data)
        assert aside() == [KEPT, *earlier]
    with clock.at(begun + timedelta(days=14, seconds=1)):
        prune_kept(data)
        assert aside() == [KEPT, earlier[1]]
    with clock.at(begun + timedelta(days=400)):
        prune_kept(data)
        assert aside() == [KEPT, earlier[1]]
        undo(data)
    assert aside() == [KEPT, f"{KEPT}-{begun + timedelta(days=2):%Y%m%d-%H%M%S}"]


def test_the_last_but_one_comes_back_by_its_name(data, backup):
    restore(data, backup)
    restore(data, backup)
    shutil.rmtree(data / KEPT)
    next(data.glob(f"{KEPT}-*")).rename(data / KEPT)
    undo(data)
    assert (ask(data, NAME), is_sound(data)) == ("Dinas Sesudahnya", True)


def test_there_is_nothing_to_undo_before_the_first(data):
    assert refusal(undo, data) == f"Tidak ada pemulihan yang dapat dibatalkan di folder data {data}."


def test_a_new_computer_gets_all_of_it(data, backup, tmp_path):
    new = tmp_path / "baru"
    new.mkdir()
    (data / "lumbung.toml").write_text('region = "Kabupaten Contoh"\n')
    complete = backups.make(data, tmp_path / "cadangan", WIB)
    done = restore(new, complete)
    assert (done.files, done.kept, ask(new, NAME)) == (len(named(data / "lumbung.sqlite")), None, "Dinas Sesudahnya")
    assert ((new / "lumbung.toml").read_text(), {path.name for path in new.glob("files/*/*")}) == (
        'region = "Kabupaten Contoh"\n', set(named(data / "lumbung.sqlite")))


def test_a_broken_database_is_replaced_and_its_bytes_are_kept(data, backup):
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    with (data / "lumbung.sqlite").open("r+b") as file:
        file.write(b"bukan basis data")
    broken = (data / "lumbung.sqlite").read_bytes()
    restore(data, backup)
    assert (ask(data, NAME), (data / KEPT / "lumbung.sqlite").read_bytes()) == (ask(backup.path, NAME), broken)
    assert refusal(undo, data) == f"Basis data sebelum pemulihan itu rusak, jadi tidak dapat dikembalikan. Salinannya tetap ada di {data / KEPT}."


@pytest.mark.parametrize("spoiled", ["lumbung.sqlite", "files"])
def test_a_backup_that_is_not_whole_is_refused(data, backup, spoiled):
    path = backup.path / spoiled if spoiled != "files" else next(backup.path.glob("files/*/*"))
    path.write_bytes(path.read_bytes() + b"x")
    what = "basis datanya" if spoiled != "files" else f"berkas {path.name[:12]}"
    assert refusal(restore, data, backup) == f"Cadangan {backup.name} tidak utuh: {what} berubah. Pilih cadangan lain. Data Anda tidak berubah."


HASH = "a" * 64


@pytest.mark.parametrize(("spoiled", "fault"), [
    ({"files": {"../../../secret": 3}}, "nama berkas “../../../secret” bukan sidik berkas"),
    ({"files": {"SK Bupati.pdf": 3}}, "nama berkas “SK Bupati.pdf” bukan sidik berkas"),
    ({"files": {HASH: "3"}}, "ada ukuran yang bukan bilangan"),
    ({"files": {HASH: -1}}, "ada ukuran yang bukan bilangan"),
    ({"files": [HASH]}, "isinya tidak lengkap"),
    ({"files": {}, "whole": [{"path": "../lumbung.sqlite", "sha256": HASH, "size": 1}]}, "“../lumbung.sqlite” tidak termasuk cadangan"),
    ({"whole": [{"path": "lumbung.toml", "sha256": HASH, "size": 1}]}, "isinya tidak lengkap"),
    ({"whole": []}, "isinya tidak lengkap"),
    ({"whole": [7]}, "isinya tidak lengkap"),
    ({"tables": {"unit": None}}, "ada ukuran yang bukan bilangan"),
    ({"revision": 7}, "isinya tidak lengkap"),
    ({"events": {"last": 1}}, "isinya tidak lengkap"),
])
def test_a_manifest_that_was_spoilt_is_refused_before_anything_is_read_by_it(data, backup, spoiled, fault):
    told = json.loads((backup.path / "manifest.json").read_text())
    (backup.path / "manifest.json").write_text(json.dumps(told | spoiled))
    assert refusal(restore, data, backup) == (f"Cadangan {backup.name} tidak dapat dipakai: manifest.json rusak atau diubah orang ({fault}). "
                                              "Pilih cadangan lain. Data Anda tidak berubah.")


@pytest.mark.parametrize("spoiled", [{"made_at": "2026-11-22T05:00:00"}, {"made_at": 7}, {"count": "x"}, {"bytes": None}, {"gaps": [{"x": 1}]}])
def test_what_cannot_even_be_listed_is_no_backup(backup, spoiled):
    told = json.loads((backup.path / "manifest.json").read_text())
    (backup.path / "manifest.json").write_text(json.dumps(told | spoiled))
    assert backups.all_in(backup.path.parent) == []


def test_a_backup_of_a_newer_version_is_refused(data, backup):
    told = json.loads((backup.path / "manifest.json").read_text())
    (backup.path / "manifest.json").write_text(json.dumps(told | {"revision": "9999"}))
    assert refusal(restore, data, backup) == (f"Cadangan {backup.name} dibuat oleh versi Lumbung Inovasi yang lebih baru (revisi 9999). "
                                              "Pasang versi itu dulu, lalu ulangi. Data Anda tidak berubah.")


def test_nothing_is_restored_under_a_running_server_or_a_running_backup(data, backup):
    with locks.take(data / locks.SERVER):
        assert refusal(restore, data, backup) == (
            f"Server masih berjalan dengan folder data {data}. Hentikan dulu (Ctrl+C di jendelanya, atau sudo systemctl stop lumbung), lalu ulangi. "
            "Data Anda tidak berubah.")
    with backups.alone(data), pytest.raises(Refused, match=r"Pencadangan lain sedang berjalan\. Tunggu sampai selesai\."):
        restore(data, backup)


def test_nothing_is_restored_while_another_program_has_the_database_open(data, backup):
    with closing(sqlite3.connect(data / "lumbung.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM unit").fetchone()
        said = refusal(restore, data, backup)
    assert said == f"Basis data di {data} sedang dibuka atau diubah program lain. Tutup program itu, lalu ulangi. Data Anda tidak berubah."


def test_room_is_asked_for_before_anything_is_written(tmp_path):
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(Refused, match=r"Disk folder data .+ penuh: perlu 9\.313\.225,7 GB, tersisa .+ GB\. Kosongkan sebagian, lalu ulangi\. "
                                      r"Data Anda tidak berubah\."):
        data_must_have_room(tmp_path, max(10**16, free + 1))


@pytest.mark.skipif(os.name == "nt", reason="forks")
@pytest.mark.parametrize("what", ["restore", "undo"])
def test_killed_at_any_moment_it_leaves_the_old_or_the_new(data, backup, tmp_path, what):
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as connection, connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    done = subprocess.run([sys.executable, "-m", "tests.killed", what, data, backup.path, tmp_path / "coba"], cwd=ROOT, capture_output=True,
                          text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["killed"] == told["old"] + told["new"] and told["old"] > 20 and told["new"] > 3


def test_a_lock_ends_with_its_process(data):
    code = ("import sys, time; from pathlib import Path; from app import locks\n"
            "file = locks.take(Path(sys.argv[1])); print(1, flush=True); time.sleep(60)")
    with subprocess.Popen([sys.executable, "-c", code, str(data / locks.SERVER)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert (other.stdout.readline(), locks.is_held(data / locks.SERVER)) == ("1\n", True)
        other.send_signal(signal.SIGKILL)
    assert not locks.is_held(data / locks.SERVER)
