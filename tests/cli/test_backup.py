"""`backup` says where it is and what it holds; without one it exits 1 and says why."""
import re

import pytest

from app import backups
from app.config import ROOT
from tests.backed import give_bytes, named

pytestmark = pytest.mark.sqlite("a backup is of SQLite's file; on PostgreSQL it is a dump")


@pytest.fixture
def data(app, saved):
    return give_bytes(app)


def run(app, *words):
    result = app.test_cli_runner().invoke(args=["backup", *map(str, words)])
    return result.exit_code, result.output


def test_a_backup_is_made_where_the_settings_say(app, data):
    code, said = run(app)
    made = backups.latest(data / "cadangan")
    assert (code, re.sub(r"[\d,]+ [kM]B", "N MB", said)) == (
        0, f"Cadangan selesai: {made.path}\n  {len(named(data / 'lumbung.sqlite'))} berkas, N MB, sudah dibaca ulang dan cocok.\n")
    assert backups.state(data).kind == "idle"


def test_elsewhere_nothing_old_is_removed(app, data, tmp_path):
    codes = [run(app, "--ke", tmp_path / "usb")[0] for _ in range(3)]
    assert (codes, len(backups.all_in(tmp_path / "usb")), backups.latest(data / "cadangan")) == ([0, 0, 0], 3, None)


def test_what_is_lost_is_told_loudly(app, data):
    for sha256 in named(data / "lumbung.sqlite"):
        (data / "files" / sha256[:2] / sha256).unlink()
    number = len(named(data / "lumbung.sqlite"))
    code, said = run(app)
    warning = f"PERHATIAN: {number} berkas di folder data hilang atau berubah, {number} di antaranya tidak ada dalam cadangan ini:"
    assert (code, said.splitlines()[2]) == (0, warning)
    assert re.search(r"hilang: “.+” \(Dinas Kesehatan\)", said)


def test_why_there_is_none(app, data, tmp_path):
    assert run(app, "--ke", tmp_path / "usb" / "cadangan") == (
        1, f"Error: Folder {tmp_path}/usb tidak ada. Pasang dulu disknya, atau pilih folder lain.\n")
    assert backups.state(data).kind == "failed"


def test_one_at_a_time(app, data):
    with backups.alone(data):
        assert run(app) == (1, "Error: Pencadangan lain sedang berjalan. Tunggu sampai selesai.\n")


def test_the_guide_names_the_command():
    guide = (ROOT / "docs" / "cadangan.md").read_text("utf-8")
    assert "python3 lumbung.py backup" in guide and "--ke" in guide
