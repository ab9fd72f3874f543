"""The second place: the newest backup once more, on a disk that comes and goes; and how long ago that was."""
import errno
import os
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app import backups, clock
from app.checks import State, around
from app.cli import nightly
from app.config import Settings
from app.rules import Refused
from tests.backed import give_bytes, held, named
from tests.faults.machine import disk_of

WIB = ZoneInfo("Asia/Jakarta")
pytestmark = pytest.mark.sqlite("backups of its file")


@pytest.fixture
def data(app, saved):
    return give_bytes(app)


@pytest.fixture
def usb(tmp_path):
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb" / "lumbung"


@pytest.fixture
def settings(data, usb):
    return Settings(data=data, backup_second=usb, backup_keep=2)


def made(settings, days=0):
    with clock.at(clock.now() - timedelta(days=days)):
        return backups.make(settings.data, settings.backups, WIB)


def refusal(settings) -> str:
    with pytest.raises(Refused) as refused:
        backups.copy_to_second(settings)
    return str(refused.value)


def test_unset_it_is_no_fault_but_nothing_is_copied(data):
    settings = Settings(data=data)
    assert backups.second_state(settings) == ("unset", None, None, False, 0, False)
    assert refusal(settings) == "Tempat kedua belum diatur. Isi pengaturan backup_second dengan folder di flashdisk atau di komputer lain."


def test_the_newest_is_copied_whole_and_once(settings, usb):
    made(settings, days=1)
    newest = made(settings)
    copied = backups.copy_to_second(settings)
    assert (copied.backup.path, copied.anew, held(copied.backup)) == (usb / newest.name, True, named(settings.data / "lumbung.sqlite"))
    assert backups.second_state(settings) == ("there", usb, newest.made_at, False, 7, True)
    assert (backups.copy_to_second(settings).anew, len(list(usb.iterdir()))) == (False, 1)


def test_what_stands_there_is_linked_where_the_disk_can_and_copied_where_it_cannot(settings, usb, monkeypatch):
    made(settings, days=1)
    first = backups.copy_to_second(settings).backup
    made(settings)
    linked = backups.copy_to_second(settings).backup
    assert all(path.samefile(first.path / path.relative_to(linked.path)) for path in linked.path.glob("files/*/*"))
    shutil.rmtree(linked.path)

    def refuse(*_):
        raise OSError(errno.EPERM, "Operation not permitted")  # FAT

    monkeypatch.setattr(os, "link", refuse)
    full = backups.copy_to_second(settings).backup
    assert held(full) == named(settings.data / "lumbung.sqlite")
    assert not any(path.samefile(first.path / path.relative_to(full.path)) for path in full.path.glob("files/*/*"))


def test_old_copies_go_by_the_same_rule(settings, usb):
    (usb.parent / "foto").mkdir()
    with clock.at(datetime(2026, 11, 20, 20, tzinfo=WIB)):
        for days in (5, 4, 3, 2, 0):  # a Sunday, then Monday to Friday of the next week
            made(settings, days)
            copied = backups.copy_to_second(settings)
    assert (copied.removed, [one.made_at.astimezone(WIB).day for one in backups.all_in(usb)]) == (1, [20, 18, 15])
    assert (usb.parent / "foto").exists()


def test_a_full_disk_lets_the_oldest_go_but_never_the_newest(settings, usb, monkeypatch):
    for days in (3, 2):
        made(settings, days)
        backups.copy_to_second(settings)
    made(settings)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**6, 10**6, 1000))
    said = refusal(settings)
    assert said.startswith(f"Tempat kedua {usb} penuh: perlu ") and said.endswith(
        "tersisa 1000 B. Kosongkan sebagian, atau pakai disk yang lebih besar.")
    assert len(backups.all_in(usb)) == 1


def test_a_disk_that_is_away_is_said_so_and_its_age_is_still_known(settings, usb):
    newest = made(settings, days=3)
    backups.copy_to_second(settings)
    usb.parent.rename(usb.parent.with_name("dicabut"))
    assert backups.second_state(settings) == ("away", usb, newest.made_at, False, 7, False)
    assert refusal(settings) == f"Tempat kedua {usb} sedang tidak terpasang. Pasang flashdisknya atau sambungkan foldernya, lalu ulangi."
    with clock.at(clock.now() + timedelta(days=5)):
        assert backups.second_state(settings).is_old


def test_the_bare_mount_point_is_not_taken_for_the_disk(settings, usb):
    made(settings)
    backups.copy_to_second(settings)
    shutil.rmtree(usb)
    assert (backups.second_state(settings).kind, usb.exists()) == ("away", False)
    assert refusal(settings).startswith(f"Tempat kedua {usb} sedang tidak terpasang.")


def test_on_the_disk_of_the_data_it_is_no_second_place(settings, usb):
    assert (around.second(settings).state, backups.second_state(settings).kind) == (State.LOOK, "empty")
    newest = made(settings)
    assert backups.copy_to_second(settings).is_beside
    assert nightly.copy(settings) == f"{newest.name} sudah ada di sana. Tempat kedua itu sedisk dengan datanya; mungkin flashdisknya tidak terpasang."
    assert around.second(settings)[1:4] == (
        State.LOOK, f"Tempat kedua {usb} ada di disk yang sama dengan datanya: bila disk itu rusak, semuanya hilang.",
        "Mungkin flashdisknya tidak terpasang: pasang, lalu salin dari halaman Cadangan. Bila foldernya memang di disk itu, minta pengelola server "
        "mengganti pengaturan backup_second.")


def test_a_disk_of_its_own_is_one_until_it_is_pulled_out_and_the_copies_go_where_it_was(settings, usb, tmp_path):
    usb = tmp_path / "stik" / "lumbung"
    settings = replace(settings, backup_second=usb)
    with disk_of(usb.parent, megabytes=64):
        made(settings, days=1)
        assert not backups.copy_to_second(settings).is_beside
        assert around.second(settings)[1:3] == (State.GOOD, "Cadangan di tempat kedua dibuat kemarin.")
    assert around.second(settings)[1:3] == (State.GOOD, "Cadangan di tempat kedua dibuat kemarin, kini tidak terpasang.")
    usb.mkdir()  # what was copied there before the disk was first plugged in
    shutil.copytree(backups.latest(settings.backups).path, usb / backups.latest(settings.backups).name)
    assert around.second(settings).state is State.LOOK


def test_a_spoiled_backup_is_not_passed_on(settings, usb):
    newest = made(settings)
    next(newest.path.glob("files/*/*")).write_bytes(b"rusak")
    assert refusal(settings).startswith(f"Cadangan {newest.name} tidak utuh: berkas ")
    assert list(usb.iterdir()) == [] and backups.state(settings.data).kind == "failed"


def test_without_any_backup_there_is_nothing_to_copy(settings):
    assert backups.second_state(settings)[:4] == ("empty", settings.backup_second, None, True)
    assert refusal(settings) == "Belum ada cadangan untuk disalin. Buat dulu: python3 lumbung.py backup."
