"""A command that the app prints does what it says when it is pasted: it names the data folder of whoever reads it."""
import os
import subprocess
import sys

import pytest

from app.called import OFFICE, TRAINING, called, typed
from app.config import ROOT


@pytest.mark.parametrize(("env", "line"), [
    ({}, "python3 lumbung.py restore 1"),
    ({"LUMBUNG_DATA": str(OFFICE)}, "python3 lumbung.py restore 1"),
    ({"LUMBUNG_DATA": str(TRAINING), "LUMBUNG_TRAINING": "1"}, "python3 lumbung.py --demo restore 1"),
    ({"LUMBUNG_DATA": str(TRAINING)}, f"python3 lumbung.py --data {TRAINING} restore 1"),
    ({"LUMBUNG_DATA": "/var/lib/lumbung"}, "python3 lumbung.py --data /var/lib/lumbung restore 1"),
    ({"LUMBUNG_DATA": "/srv/data kantor", "LUMBUNG_TRAINING": "1"}, "python3 lumbung.py --demo --data '/srv/data kantor' restore 1"),
    ({"LUMBUNG_DATA": "lain"}, f"python3 lumbung.py --data {ROOT / 'lain'} restore 1"),
])
def test_a_command_names_the_data_folder_of_this_process(env, line):
    assert called("restore 1", env) == line


def test_what_was_typed_is_what_the_launcher_noted_or_this_process_itself():
    assert typed({"LUMBUNG_TYPED": "python3 lumbung.py --data x backup"}) == "python3 lumbung.py --data x backup"
    assert typed({}).split()[0] == sys.orig_argv[0]


def test_no_sentence_names_a_command_in_another_way():
    spelt = [path.name for path in (ROOT / "app").rglob("*.py") if "python3 lumbung.py" in path.read_text("utf-8")]
    assert spelt == ["called.py"]


@pytest.mark.parametrize(("words", "hint"), [
    (["doctor"], "belum disiapkan untuk versi ini. Jalankan dulu: python3 lumbung.py --data {} serve\n"),
    (["drill"], "Belum ada cadangan untuk dilatih. Buat dulu: python3 lumbung.py --data {} backup.\n"),
    (["restore", "1"], "Tidak ada cadangan 1. Lihat daftarnya: python3 lumbung.py --data {} restore\n"),
    (["backup", "--entah"], "Penjelasannya: python3 lumbung.py --data {} backup --help\n\nPilihan '--entah' tidak dikenal.\n"),
    (["entah"], "Daftarnya: python3 lumbung.py --data {} perintah.\n"),
])
def test_a_hint_at_the_prompt_is_right_to_paste(tmp_path, words, hint):
    env = {"LUMBUNG_DATA": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-m", "app.cli", *words], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.stderr.endswith(hint.format(tmp_path)), done.stderr
