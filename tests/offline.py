"""`python -m tests.offline`: the bundle, unpacked where there is no network at all, installs, serves, and is backed up and checked.

The network is taken away by a namespace of its own (Linux): no route, no name server, only loopback. Prints what it did and how long it took.
"""
import fcntl
import http.client
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

from app.config import ROOT

PORT = 8000
FIRST = re.compile(r"kata sandi +(\S+)")


def main() -> int:
    if sys.argv[1:2] == ["--inside"]:
        return inside(Path(sys.argv[2]), Path(sys.argv[3]))
    with tempfile.TemporaryDirectory() as room:
        return outside(Path(room))


def outside(room: Path) -> int:
    """Where there still is a network: make the bundle for this machine, then go where there is none."""
    with took("paket dibuat"):
        subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "bundle", "--di-sini-saja", "--ke", room], cwd=ROOT, check=True,
                       env=os.environ | {"LUMBUNG_DATA": str(room / "pembuat")}, stdout=subprocess.DEVNULL)
    bundle = next(room.glob("*.zip"))
    alone = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]
    return subprocess.run([*alone, sys.executable, "-m", "tests.offline", "--inside", bundle, room], cwd=ROOT, check=False).returncode


def inside(bundle: Path, room: Path) -> int:
    loopback_up()
    with socket.socket() as probe:
        assert probe.connect_ex(("1.1.1.1", 443)) != 0, "ada jalan keluar"
    with took("dibuka dan dibandingkan dengan SHA256SUMS"), zipfile.ZipFile(bundle) as archive:
        archive.extractall(room)
        home = room / bundle.stem
        subprocess.run(["sha256sum", "--quiet", "--check", "SHA256SUMS"], cwd=home, check=True)
    python = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}"
    command = [python, home / "lumbung.py", "--data", room / "data"]
    env = {"PATH": os.environ["PATH"], "HOME": str(room / "rumah"), "PIP_NO_CACHE_DIR": "1"}
    with took("dipasang sampai halaman masuk tampil"):
        server = subprocess.Popen([*command, "serve", "--host", "127.0.0.1", "--port", str(PORT)], env=env, text=True, stdout=subprocess.PIPE)
        page = until_it_answers(server)
    assert "Kata sandi" in page
    server.send_signal(signal.SIGTERM)
    said, _ = server.communicate(timeout=60)
    assert server.returncode == 0 and FIRST.search(said), said
    for words in (["backup"], ["doctor"]):
        with took(words[0]):
            subprocess.run([*command, *words], env=env, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(home)
    return 0


def loopback_up() -> None:
    """As `ip link set lo up`, which a bare system may not have."""
    with socket.socket() as line:
        fcntl.ioctl(line, 0x8914, struct.pack("16sh", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: IFF_UP, IFF_RUNNING


def until_it_answers(server: subprocess.Popen) -> str:
    until = time.monotonic() + 240
    while server.poll() is None and time.monotonic() < until:
        line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
        try:
            line.request("GET", "/masuk")
            return line.getresponse().read().decode()
        except OSError:
            time.sleep(0.2)
        finally:
            line.close()
    raise AssertionError("server tidak menjawab")


@contextmanager
def took(what: str):
    began = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - began:.1f} detik", flush=True)


if __name__ == "__main__":
    sys.exit(main())
