"""The launcher on a small project of its own: no network, no Flask, one wheel in `wheels/`."""
import ast
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import pytest

from app.config import ROOT
from tests.launched import INSTALLING, NO_VENV, Project, make_project, without
from tests.live import free_port

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and file modes of Linux")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A project after its first start, and what that start said."""
    project = make_project(tmp_path_factory.mktemp("lumbung inovasi"))
    project.first = project.run("--data", "data kantor", "cadangan", "--ke", "x.zip", FLASK_DEBUG="1")
    return project


@pytest.fixture
def project(installed, tmp_path):
    """A copy that a test may spoil."""
    shutil.copytree(installed.root, tmp_path / "salinan", symlinks=True)
    copy = Project(tmp_path / "salinan")
    copy.digest = installed.digest
    return copy


def spoken(out):
    return json.loads(out.splitlines()[-1])


def test_the_first_start_installs_and_hands_the_command_on(installed):
    code, out, err = installed.first

    assert (code, err) == (0, INSTALLING)  # beside the output, which may be read by another program
    assert spoken(out) == {"argv": ["cadangan", "--ke", "x.zip"],
                           "env": {"LUMBUNG_DATA": str(installed.root.parent / "data kantor")},
                           "typed": f"{sys.executable} '{installed.root}/lumbung.py' --data 'data kantor' cadangan --ke x.zip"}


def test_the_second_start_runs_no_pip_and_the_trap_would_tell(project, tmp_path):
    trap = tmp_path / "perangkap"
    trap.mkdir()
    (trap / "pip.py").write_text("raise SystemExit('pip dijalankan')")

    assert project.run("indeks", PYTHONPATH=str(trap))[0] == 0
    project.require(project.digest + " ")  # written otherwise: no longer what was installed
    code, out, err = project.run("indeks", PYTHONPATH=str(trap))
    assert (code, out) == (1, "")
    assert err.startswith(INSTALLING + "pip dijalankan\n\nPustaka gagal dipasang.")


def test_a_changed_wheel_is_refused(project):
    for path in project.venv.glob("lib/*/site-packages/contoh*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    project.require("0" * 64)
    code, _, err = project.run("indeks")

    assert (code, "DO NOT MATCH THE HASHES" in err) == (1, True)
    assert err.splitlines()[-1] == ("Pustaka gagal dipasang. Folder wheels tidak lengkap atau berubah; salin ulang folder itu, "
                                    "lalu ulangi perintah tadi.")
    assert project.would_make_venv()


def test_a_venv_made_by_a_python_since_replaced_is_not_trusted(project):
    stamp = project.venv / "requirements.txt.terpasang"
    stamp.write_text(stamp.read_text().replace("3.", "2.", 1))

    assert project.would_make_venv()


def test_a_venv_of_another_computer_is_made_anew(project):
    for python in project.venv.glob("bin/python*"):
        python.unlink()
        python.symlink_to("/tidak/ada/python3")
    assert project.would_make_venv()
    code, out, err = project.run("indeks")

    assert (code, err) == (0, INSTALLING)


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(tmp_path, missing):
    shutil.copy(ROOT / "lumbung.py", tmp_path)
    (tmp_path / "requirements.txt").touch()

    assert Project(tmp_path).run("indeks", PYTHONPATH=without(missing, tmp_path)) == (1, "", f"{NO_VENV}\n")


def test_an_old_python_can_read_the_launcher_and_is_refused():
    ast.parse((ROOT / "lumbung.py").read_text(), feature_version=(3, 7))
    code = "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path(sys.argv[1])"
    refused = subprocess.run([sys.executable, "-c", code, ROOT / "lumbung.py"], capture_output=True, text=True)

    assert (refused.returncode, refused.stderr) == (
        1, "Lumbung Inovasi memerlukan Python 3.11 atau yang lebih baru; yang menjalankan ini Python 3.9.\n")


@pytest.mark.parametrize("words", [[], ["--help"], ["serve", "-h"], ["bantuan"]])
def test_help(installed, words):
    code, out, err = installed.run(*words)

    assert (code, out.splitlines()[0], err) == (0, "Lumbung Inovasi", "")
    assert "python3 lumbung.py serve --demo " in out


@pytest.mark.parametrize(("words", "sentence"), [
    (["serve", "--prot", "1"], "Pilihan --prot tidak dikenal; lihat python3 lumbung.py --help."),
    (["serve", "sekarang"], "Pilihan sekarang tidak dikenal; lihat python3 lumbung.py --help."),
    (["serve", "--port"], "--port memerlukan nilai: --port NOMOR."),
    (["serve", "--scale=3"], "--scale memerlukan --demo dan bilangan bulat 1 sampai 100, misalnya --scale 10."),
    (["serve", "--demo", "--scale", "x"], "--scale memerlukan --demo dan bilangan bulat 1 sampai 100, misalnya --scale 10."),
    (["backup", "--data", "x"], "--data ditulis sebelum perintahnya: python3 lumbung.py --data FOLDER backup"),
    (["backup", "--data=x"], "--data ditulis sebelum perintahnya: python3 lumbung.py --data FOLDER backup"),
    (["restore", "1", "--demo"], "--demo ditulis sebelum perintahnya: python3 lumbung.py --demo restore"),
    (["--port", "1", "indeks"], "--port hanya untuk serve; lihat python3 lumbung.py --help."),
    (["serve", "--port", "x"], "Pengaturan port dari LUMBUNG_PORT harus bilangan bulat 1 sampai 65535, bukan 'x'."),
    (["serve", "--data", "/dev/null/x"], "Folder data /dev/null/x tidak dapat ditulisi: periksa nama dan izinnya, "
                                         "atau pilih folder lain dengan --data."),
])
def test_what_cannot_be_done_is_one_sentence_and_touches_nothing(installed, words, sentence):
    assert installed.run(*words) == (1, "", sentence + "\n")


def test_an_unknown_setting_is_one_sentence(installed):
    assert installed.run("serve", LUMBUNG_PROT="1") == (1, "", "Pengaturan prot dari LUMBUNG_PROT tidak dikenal. Mungkin maksudnya port?\n")


def test_a_taken_port_is_one_sentence(installed):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        assert installed.run("serve", "--demo", "--port", str(port)) == (
            1, "", f"Port {port} sudah dipakai program lain. Tutup program itu, atau pilih port lain: "
                   f"python3 lumbung.py --demo serve --port {port + 1 if port < 65535 else 8000}\n")


def test_serve_prepares_then_serves_the_demo_on_this_computer_only(installed):
    port = str(free_port())
    process = installed.start("serve", "--demo", "--scale", "3", "--port", port, LUMBUNG_DATA="/srv/kantor", LUMBUNG_HOST="0.0.0.0")
    prepared, running = process.stdout.readline(), process.stdout.readline()
    expected = {"LUMBUNG_DATA": str(installed.root / "instance" / "latihan"), "LUMBUNG_TRAINING": "1",
                "LUMBUNG_HOST": "127.0.0.1", "LUMBUNG_PORT": port}
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        served = json.load(answer)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)

    assert json.loads(prepared) == {"argv": ["siapkan", "--demo", "--scale", "3"], "env": expected,
                                    "typed": f"{sys.executable} '{installed.root}/lumbung.py' serve --demo --scale 3 --port {port}"}
    assert (running, served) == ("Lumbung Inovasi berjalan.\n", expected)
    assert (process.returncode, out.splitlines()[-1], err) == (0, "Lumbung Inovasi berhenti.", "")


def test_an_installation_with_nothing_to_prepare_is_served_at_once(project, tmp_path):
    for folder in ("app/data/instruments", "migrations/versions"):
        (project.root / folder).mkdir(parents=True)
    shutil.copy(ROOT / "app" / "instruments.py", project.root / "app")
    (project.root / "migrations" / "versions" / "0001_awal.py").write_text("revision = '0001'\n")
    with closing(sqlite3.connect(tmp_path / "lumbung.sqlite")) as database:
        for table, column in (("alembic_version", "version_num"), ("instrument", "code"), ("reason", "id"), ("user", "id")):
            database.execute(f"CREATE TABLE {table} ({column})")
            database.execute(f"INSERT INTO {table} VALUES ('0001')")
        database.commit()
    (tmp_path / "lumbung.sqlite").chmod(0o600)
    process = project.start("serve", "--host", "127.0.0.1", "--port", str(free_port()), "--data", tmp_path)
    said = process.stdout.readline()
    process.terminate()
    process.communicate(timeout=20)

    assert said == "Lumbung Inovasi berjalan.\n"


def test_nothing_is_served_when_preparing_fails(installed, tmp_path):
    code, out, err = installed.run("serve", "--host", "127.0.0.1", "--port", str(free_port()), "--data", tmp_path, SIAPKAN_KODE="3")

    assert (code, len(out.splitlines()), err) == (3, 1, "")


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_while_preparing_is_quiet_and_leaves_nothing_running(installed, stop, code):
    process = installed.start("serve", "--demo", "--port", str(free_port()), SIAPKAN_LAMA="30")
    process.stdout.readline()
    asked = time.monotonic()
    process.send_signal(stop)

    assert (process.communicate(timeout=10), process.returncode) == (("", ""), code)  # the pipes close: nobody is left
    assert time.monotonic() - asked < 5


def test_tests_are_run_with_the_browser_found_and_none_of_our_settings(installed):
    code, out, err = installed.run("test", "tests/rules", LUMBUNG_CHROMIUM=sys.executable, LUMBUNG_PORT="1")

    assert (code, err.removeprefix(INSTALLING)) == (0, "")
    assert out.splitlines()[0] == f"Uji di peramban dijalankan dengan {sys.executable}."
    asked = ["-n", str(os.cpu_count()), "--dist", "loadfile", "--no-loadscope-reorder", "-q", "tests/rules"]
    assert out.splitlines()[-1] == f"{asked} {sys.executable} None"


@pytest.mark.parametrize(("ci", "expected"), [
    ("true", (1, "", "Chromium tidak ditemukan, padahal di CI uji di peramban wajib; pasang paket chromium.\n")),
    ("", (0, "Chromium tidak ditemukan: uji di peramban dilewati.", "")),
])
def test_only_ci_insists_on_a_browser(installed, ci, expected):
    code, out, err = installed.run("test", PATH="/tidak/ada", CI=ci)

    assert (code, out.partition("\n")[0], err.removeprefix(INSTALLING)) == expected
