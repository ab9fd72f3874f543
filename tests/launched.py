"""A small project around the real launcher and the real server: commands that only say how they were called, and one wheel."""
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from app.config import ROOT

APP = """
import json, os
def served():
    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({k: v for k, v in os.environ.items() if k.startswith("LUMBUNG_") and k != "LUMBUNG_TYPED"}).encode()]
    return app
"""
COMMANDS = """
import json, os, sys, time, contoh
print(json.dumps({"argv": sys.argv[1:], "env": {k: v for k, v in os.environ.items() if k[:7] in ("LUMBUNG", "FLASK_D") and k != "LUMBUNG_TYPED"},
    "typed": os.environ["LUMBUNG_TYPED"]}), flush=True)
time.sleep(float(os.environ.get("SIAPKAN_LAMA", 0)))
sys.exit(int(os.environ.get("SIAPKAN_KODE", 0)))
"""
PYTEST = "import os, sys; print(sys.argv[1:], os.environ.get('LUMBUNG_CHROMIUM'), os.environ.get('LUMBUNG_PORT'))"
NO_VENV = "Python ini belum lengkap: jalankan `sudo apt install python3-venv`, lalu ulangi perintah tadi."
INSTALLING = "Memasang pustaka (sekali saja, sekitar satu menit) ...\n"


class Project:
    def __init__(self, root: Path):
        self.root, self.venv = root, root / ".venv"

    def start(self, *words, **env):
        libraries = sysconfig.get_path("purelib")  # waitress, which the wheel of this project does not bring
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": libraries, "PIP_NO_INDEX": "1"} | env
        return subprocess.Popen([sys.executable, self.root / "lumbung.py", *words], cwd=self.root.parent, env=env,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *words, **env):
        process = self.start(*words, **env)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def would_make_venv(self):
        return self.run("indeks", PYTHONPATH=without("ensurepip", self.root.parent))[2] == f"{NO_VENV}\n"

    def require(self, digest):
        (self.root / "requirements.txt").write_text(f"contoh==1.0 --hash=sha256:{digest}\n")


def without(module, folder):
    """A folder for PYTHONPATH in which `module` cannot be imported, as Debian has it without python3-venv."""
    shim = folder / f"tanpa-{module}"
    shim.mkdir(exist_ok=True)
    (shim / f"{module}.py").write_text("raise ImportError")
    return str(shim)


def make_wheel(folder):
    folder.mkdir()
    wheel, info = folder / "contoh-1.0-py3-none-any.whl", "contoh-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("contoh.py", "")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: contoh\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: uji\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", f"contoh.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def make_project(root):
    shutil.copytree(ROOT / "app" / "server", root / "app" / "server", ignore=shutil.ignore_patterns("__pycache__"))
    for path in ("lumbung.py", "app/config.py", "app/config_kinds.py", "app/called.py", "app/data_folder.py", "app/locks.py"):
        shutil.copy(ROOT / path, root / path)
    (root / "app" / "cli").mkdir()
    for path, text in {"app/__init__.py": APP, "app/cli/__main__.py": COMMANDS, "pytest.py": PYTEST, "requirements-dev.txt": "",
                       "requirements-postgresql.txt": ""}.items():
        (root / path).write_text(text)
    project = Project(root)
    project.digest = make_wheel(root / "wheels")
    project.require(project.digest)
    return project
