"""Django's side: its environment, made once; its tables, filled from ours; gunicorn with as many processes and threads as ours has."""
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import servers
from benchmarks.data.people import PASSWORD

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"


@contextmanager
def served(room: Path, data: Path) -> Iterator[servers.Server]:
    """On the rows that `data` has now."""
    python, database = environment(room), data / "django.sqlite"
    settings = {"DJANGO_SETTINGS_MODULE": "benchmarks.rival.settings", "RIVAL_DATABASE": str(database), "RIVAL_SECRET": "hanya-untuk-mengukur" * 3}
    for left in data.glob("django.sqlite*"):
        left.unlink()
    env = os.environ | settings | {"PYTHONPATH": str(servers.ROOT)}
    subprocess.run([python, "-m", "benchmarks.rival.inovasi.fill", data / "lumbung.sqlite", PASSWORD], cwd=servers.ROOT, env=env, check=True)
    port = servers.free_port()
    words = [str(python), "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "-w", str(servers.PROCESSES), "-k", "gthread",
             "--threads", str(servers.THREADS), "--keep-alive", "60", "--log-level", "warning", "benchmarks.rival.wsgi"]
    with servers.running(words, settings, f"http://127.0.0.1:{port}", "/sehat", data) as server:
        yield server


def environment(room: Path) -> Path:
    """The Python that has Django."""
    folder = room / "django-env"
    python, stamp = folder / "bin/python", folder / "terpasang"
    if not stamp.exists() or stamp.read_text() != REQUIREMENTS.read_text():
        print("Installing Django and gunicorn into an environment of their own ...", flush=True)
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", REQUIREMENTS], check=True, stdout=sys.stderr)
        stamp.write_text(REQUIREMENTS.read_text())
    return python
