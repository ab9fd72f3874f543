"""The rehearsal proves a backup by restoring it, elsewhere, and says in one sentence how that went."""
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app import backups, clock
from app.backups import drill
from app.config import Settings
from app.rules import Refused
from app.rules.words import on_hour
from tests.backed import ask, give_bytes, named

WIB = ZoneInfo("Asia/Jakarta")
pytestmark = pytest.mark.sqlite("backups of its file")


@pytest.fixture
def settings(app, saved):
    return Settings(data=give_bytes(app))


def test_the_newest_backup_is_restored_elsewhere_and_nothing_is_left(settings):
    assert backups.last_drill(settings.data) is None
    (settings.data / drill.PLACE).mkdir()  # of one that was killed
    made = backups.make(settings.data, settings.backups, WIB)
    before = (settings.data / "lumbung.sqlite").read_bytes()
    done = backups.rehearse(settings)
    innovations, files = ask(settings.data, "SELECT count(*) FROM innovation"), len(named(settings.data / "lumbung.sqlite"))
    assert (done.ok, done.name, re.sub(r"\(\d+ detik\)", "(18 detik)", done.words)) == (
        True, made.name, f"Cadangan {on_hour(made.made_at)} dipulihkan ke folder sementara: {innovations} inovasi, {files} berkas, semua cocok "
                         "(18 detik).")
    assert re.fullmatch(r"\d+ [A-Z][a-z]+ pukul \d\d\.\d\d", on_hour(made.made_at))
    assert (backups.last_drill(settings.data), (settings.data / drill.PLACE).exists()) == (done, False)
    assert (settings.data / "lumbung.sqlite").read_bytes() == before
    with clock.at(clock.now() + timedelta(days=9)):
        assert backups.last_drill(settings.data).is_old


def test_a_spoiled_one_fails_and_says_which_file(settings):
    made = backups.make(settings.data, settings.backups, WIB)
    spoiled = next(made.path.glob("files/*/*"))
    spoiled.write_bytes(b"rusak")
    done = backups.rehearse(settings)
    assert (done.ok, done.words) == (False, f"Cadangan {on_hour(made.made_at)} tidak dapat dipulihkan: Cadangan {made.name} tidak utuh: berkas "
                                            f"{spoiled.name[:12]} berubah. Pilih cadangan lain. Data Anda tidak berubah.")


def test_what_was_lost_before_the_backup_is_no_success(settings):
    for path in settings.data.glob("files/*/*"):
        path.unlink()
    backups.make(settings.data, settings.backups, WIB)
    done = backups.rehearse(settings)
    assert (done.ok, done.words.partition(": ")[2]) == (False, f"{len(named(settings.data / 'lumbung.sqlite'))} berkas tidak ada di dalamnya.")


def test_without_a_backup_there_is_nothing_to_rehearse(settings):
    with pytest.raises(Refused, match=r"Belum ada cadangan untuk dilatih\. Buat dulu: python3 lumbung\.py backup\."):
        backups.rehearse(settings)
