"""A start that cannot go well is refused with a sentence, and what is stored stays as it was."""
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import IntegrityError

from app import create_app
from app.cli import setup
from app.config import ROOT, Settings
from app.extensions import db
from app.server.__main__ import TO_PREPARE
from tests.faults.machine import content, disk_of, fill_up, locked, spoil
from tests.live import free_port

HEAD = ScriptDirectory(setup.MIGRATIONS).get_current_head()
RESTORE = "pulihkan cadangan terakhir dengan python3 lumbung.py restore."


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A data folder as `siapkan` leaves it."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    app = create_app(Settings.load({"LUMBUNG_DATA": str(folder)}))
    assert app.test_cli_runner().invoke(args=["siapkan"]).exit_code == 0
    with app.app_context():
        db.engine.dispose()
    return folder


@pytest.fixture
def data(prepared, tmp_path):
    return shutil.copytree(prepared, tmp_path / "data")


def database(data: Path) -> Path:
    return data / "lumbung.sqlite"


def at_prompt(data: Path, *words: str) -> tuple[int, str]:
    """A command, as its last line."""
    app = create_app(Settings.load({"LUMBUNG_DATA": str(data)}))
    result = app.test_cli_runner().invoke(args=list(words))
    with app.app_context():
        db.engine.dispose()
    return result.exit_code, (result.output.splitlines() or [""])[-1]


def server(data: Path, *words: str, wrapped: tuple[str, ...] = ()) -> tuple[int, str]:
    """A server that does not start: its exit code and what it said."""
    env = {"LUMBUNG_DATA": str(data), "LUMBUNG_HOST": "127.0.0.1", "LUMBUNG_PORT": str(free_port()), "PATH": os.environ["PATH"]}
    done = subprocess.run([*wrapped, sys.executable, "-m", "app.server", *words], cwd=ROOT, env=env, capture_output=True, text=True, timeout=30)
    return done.returncode, done.stderr.strip()


def command(data: Path, *words: str, wrapped: tuple[str, ...] = (), **env: str) -> subprocess.CompletedProcess[str]:
    """As the launcher calls it."""
    called = ["app.server", "--check"] if words == ("serve",) else ["app.cli", *words]
    return subprocess.run([*wrapped, sys.executable, "-m", *called], cwd=ROOT, capture_output=True, text=True, timeout=60,
                          env={"LUMBUNG_DATA": str(data), "PATH": os.environ["PATH"], "PYTHONUTF8": "1", **env})


def under_limits() -> tuple[str, ...]:
    """For root, whom no permission stops: without the right to pass over them."""
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


@pytest.mark.parametrize("first_page", [0, 1, 3])
def test_a_spoilt_database_is_not_served_and_the_sentence_names_restore(data, first_page):
    spoil(database(data), first_page)
    before = database(data).read_bytes()
    code, said = server(data, "--check")
    assert (code, said.endswith(RESTORE.replace("restore", f"--data {data} restore"))) == (1, True), said
    for code, said in (at_prompt(data, "siapkan"), at_prompt(data, "doctor")):
        assert (code, said.endswith(RESTORE)) == (1, True), said
    assert database(data).read_bytes() == before


def test_a_sound_database_may_be_served(data):
    assert server(data, "--check") == (0, "")


@pytest.mark.parametrize("lacks", ["DELETE FROM reason", "DELETE FROM user", "UPDATE instrument SET code = 'iid-2020'",
                                   "UPDATE alembic_version SET version_num = '0006'", "akun.csv", "mode", "database"])
def test_whatever_siapkan_has_to_do_it_is_asked_to_do_at_the_next_start(data, lacks):
    if lacks == "akun.csv":
        (data / lacks).touch()
    elif lacks == "mode":
        database(data).chmod(0o644)
    elif lacks == "database":
        database(data).unlink()
    else:
        with closing(sqlite3.connect(database(data))) as connection, connection:
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute(lacks)
    assert server(data, "--check") == (TO_PREPARE, "")


def test_old_code_on_a_new_database(data):
    with closing(sqlite3.connect(database(data))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = content(database(data))
    newer = ("Basis data ini dibuat oleh versi Lumbung Inovasi yang lebih baru (revisi 9999). "
             "Pasang versi yang sama atau lebih baru; basis data tidak diubah.")
    assert server(data) == (1, newer)
    assert at_prompt(data, "siapkan") == (1, f"Error: {newer}")
    assert at_prompt(data, "doctor")[0] == 1
    assert content(database(data)) == before


def test_new_code_on_an_old_database_is_not_served_before_it_is_prepared(data):
    app = create_app(Settings.load({"LUMBUNG_DATA": str(data)}))
    with app.app_context():
        downgrade(directory=setup.MIGRATIONS, revision="0006")
        db.engine.dispose()
    said = f"Folder data {data} belum disiapkan untuk versi ini. Jalankan dulu: python3 lumbung.py "
    assert server(data) == (1, f"{said}--data {data} siapkan")
    assert at_prompt(data, "doctor") == (1, f"Error: {said}serve")


def version(data: Path) -> str:
    with closing(sqlite3.connect(database(data))) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


@pytest.mark.parametrize("fault", ["raise RuntimeError('kolom tidak ada')", "op.execute('INSERT INTO user (id) VALUES (1)')", "os._exit(9)"])
def test_a_migration_that_fails_half_way_leaves_the_database_at_the_old_revision(data, tmp_path, fault):
    """Two new revisions: the first builds tables and moves rows, the second fails after it has changed something, or the power goes."""
    own = shutil.copytree(setup.MIGRATIONS, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    head = "import os\nfrom alembic import op\nimport sqlalchemy as sa\n"
    (own / "versions" / "9001_a.py").write_text(
        f"{head}revision = '9001'\ndown_revision = {HEAD!r}\ndef upgrade():\n    op.create_table('extra', sa.Column('id', sa.Integer()))\n"
        "    with op.batch_alter_table('unit') as batch:\n        batch.add_column(sa.Column('extra', sa.Integer()))\n")
    (own / "versions" / "9002_b.py").write_text(
        f"{head}revision = '9002'\ndown_revision = '9001'\ndef upgrade():\n    op.execute('UPDATE unit SET name = 1')\n    {fault}\n")
    before = content(database(data))
    if "_exit" in fault:
        script = "import sys, flask_migrate as m; from app import create_app\nwith create_app().app_context(): m.upgrade(directory=sys.argv[1])"
        env = {"LUMBUNG_DATA": str(data), "PATH": os.environ["PATH"]}
        assert subprocess.run([sys.executable, "-c", script, str(own)], cwd=ROOT, env=env, capture_output=True).returncode == 9
    else:
        app = create_app(Settings.load({"LUMBUNG_DATA": str(data)}))
        with app.app_context(), pytest.raises((SystemExit, IntegrityError)):
            upgrade(directory=str(own))
        with app.app_context():
            db.engine.dispose()
    assert (content(database(data)) == before, version(data)) == (True, HEAD)


def test_a_new_database_that_cannot_be_made_says_so(tmp_path, monkeypatch):
    own = shutil.copytree(setup.MIGRATIONS, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (own / "versions" / "9001_a.py").write_text(
        f"revision = '9001'\ndown_revision = {HEAD!r}\ndef upgrade():\n    raise ValueError('kolom tidak ada')\n")
    monkeypatch.setattr(setup, "MIGRATIONS", str(own))
    assert at_prompt(tmp_path / "data", "siapkan") == (
        1, "Error: Basis data tidak dapat disesuaikan dari revisi None (kolom tidak ada). Tidak ada yang berubah: jalankan lagi versi aplikasi "
           "yang sebelumnya, dan laporkan pesan ini.")
    assert content(database(tmp_path / "data")) == content(tmp_path / "nothing.sqlite")


def test_a_database_that_another_program_holds_is_a_sentence_at_the_prompt(data, monkeypatch):
    monkeypatch.setattr("app.extensions.PRAGMAS", ["journal_mode=WAL", "busy_timeout=100"])
    with locked(database(data)):
        assert at_prompt(data, "siapkan") == (
            1, f"Error: Basis data di {data} sedang dipakai program lain. Tutup program itu, lalu jalankan lagi.")


@pytest.mark.parametrize("closed", ["lumbung.sqlite", ".", "files", "server.kunci", "statis", "statis/*"])
def test_a_folder_or_file_of_another_owner_is_named(data, closed):
    """Read-only, as after a restore by the wrong account or a disk that was mounted so."""
    (data / "files").mkdir(exist_ok=True)
    (data / "server.kunci").touch()
    one = next(data.glob(closed)) if "*" in closed else data / closed
    one.chmod(0o500 if one.is_dir() else 0o400)
    try:
        code, said = server(data, "--check", wrapped=under_limits())
    finally:
        one.chmod(0o700)
    assert (code, str(one) in said, "tidak dapat ditulisi" in said) == (1, True, True), said


def test_what_another_owner_laid_out_to_be_served_stops_no_command(data):
    closed = next((data / "statis").glob("*"))
    closed.chmod(0o000)
    try:
        done = command(data, "users", "daftar", wrapped=under_limits())
    finally:
        closed.chmod(0o700)
    assert (done.returncode, done.stderr, list((data / "statis").iterdir())) == (0, "", [closed])


@pytest.mark.skipif(os.geteuid() != 0, reason="about root itself")
class TestRootOnTheFolderOfAService:
    """What root writes there the service cannot open: it would not start again. So nothing is written."""
    SERVICE, UNKNOWN = "daemon", 54321

    @staticmethod
    def of(data, owner):
        for path in (data, *data.rglob("*")):
            shutil.chown(path, owner)
        return sorted((path, path.stat().st_uid, path.stat().st_mtime_ns) for path in data.rglob("*"))

    @pytest.mark.parametrize("words", [("doctor",), ("restore",), ("backup",), ("serve",), ("users", "slip", "admin")], ids=" ".join)
    def test_every_command_names_the_account_and_the_line_to_type(self, data, words):
        before = self.of(data, self.SERVICE)
        done = command(data, *words, LUMBUNG_TYPED=f"python3 lumbung.py --data {data} {' '.join(words)}")
        assert (done.returncode, done.stdout, done.stderr.splitlines()) == (1, "", [
            f"Folder data {data} milik akun daemon; yang ditulis root di sana tidak dapat dibuka akun itu. Tidak ada yang diubah. "
            "Jalankan atas namanya:",
            f"  runuser -u daemon -- python3 lumbung.py --data {data} {' '.join(words)}"])
        assert self.of(data, self.SERVICE) == before

    def test_a_new_folder_before_the_first_start_stays_empty(self, tmp_path):
        new = tmp_path / "new"
        new.mkdir(mode=0o700)
        shutil.chown(new, self.SERVICE)
        done = command(new, "restore", "/media/usb/lumbung-20261122-200000", "--ya")
        assert (done.returncode, done.stderr.splitlines()[-1].endswith(" -m app.cli restore /media/usb/lumbung-20261122-200000 --ya"),
                list(new.iterdir())) == (1, True, [])

    def test_an_owner_this_computer_does_not_know(self, data):
        self.of(data, self.UNKNOWN)
        assert command(data, "doctor").stderr == (
            f"Folder data {data} milik akun nomor 54321, yang tidak dikenal di komputer ini. Tidak ada yang diubah. "
            f"Berikan dulu kepada akun yang menjalankan aplikasi: chown -R AKUN: {data}\n")


def test_a_full_disk_is_a_sentence_and_the_database_as_before(prepared, tmp_path):
    with disk_of(tmp_path / "disk", 8) as disk:
        data = shutil.copytree(prepared, disk / "data")
        before = content(database(data))
        ballast = fill_up(disk)
        assert at_prompt(data, "users", "slip", "admin") == (
            1, f"Error: Disk tempat folder data {data} penuh. Kosongkan sebagian, lalu jalankan lagi. Yang sudah tersimpan tidak berubah.")
        ballast.unlink()
        assert content(database(data)) == before


def test_a_lost_secret_is_made_anew_and_everybody_signs_in_again(data):
    before, old = content(database(data)), (data / "secret").read_text()
    (data / "secret").unlink()
    assert (at_prompt(data, "siapkan"), content(database(data)) == before) == ((0, ""), True)
    assert (data / "secret").read_text() != old and (data / "secret").stat().st_mode & 0o777 == 0o600
