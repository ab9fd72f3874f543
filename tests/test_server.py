"""The real server around a tiny app: nothing begun is lost, what dies is replaced, and trouble is a sentence."""
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.config import ROOT, Settings
from app.server import address
from app.server.__main__ import TO_PREPARE
from tests.faults.machine import disk_of, fill_up
from tests.live import free_port

pytestmark = pytest.mark.skipif(os.name == "nt", reason="several processes share a port on Linux only")

TINY = """
import os, pathlib, tempfile, time

def make():
    def app(environ, start_response):
        path = environ["PATH_INFO"]
        if path == "/slow":
            pathlib.Path(tempfile.mkdtemp(prefix="begun-", dir=os.environ["BEGUN"]))
            time.sleep(float(environ["QUERY_STRING"]))
        if path == "/die":
            os._exit(3)
        body = {"/big": b"x" * 6_000_000, "/room": tempfile.gettempdir().encode(),
                "/for": environ.get("HTTP_X_FORWARDED_FOR", "-").encode(),
                "/length": str(len(environ["wsgi.input"].read())).encode()}.get(path, str(os.getpid()).encode())
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]
    return app

def broken():
    raise SystemExit("aplikasi rusak")

def mortal():
    os.register_at_fork(after_in_child=lambda: os._exit(7))
    return make()
"""


class Served:
    """`python -m app.server` in a folder that holds nothing of the app but its settings and its server."""

    def __init__(self, folder: Path):
        self.folder = folder
        shutil.copytree(ROOT / "app" / "server", folder / "app" / "server", ignore=shutil.ignore_patterns("__pycache__"))
        for module in ("called.py", "config.py", "config_kinds.py", "data_folder.py", "locks.py"):
            shutil.copy(ROOT / "app" / module, folder / "app")
        (folder / "app" / "__init__.py").touch()
        (folder / "tiny.py").write_text(TINY)
        (folder / "begun").mkdir()
        self.port = free_port()
        self.process = None

    def start(self, *arguments, app="tiny:make", **settings):
        given = {"data": self.folder / "data", "host": "127.0.0.1", "port": self.port, "processes": 2} | settings
        env = {"PATH": os.environ["PATH"], "BEGUN": str(self.folder / "begun")} | {f"LUMBUNG_{k.upper()}": str(v) for k, v in given.items()}
        with open(self.folder / "out", "w") as out, open(self.folder / "err", "w") as err:
            self.process = subprocess.Popen([sys.executable, "-m", "app.server", "--app", app, *arguments],
                                            cwd=self.folder, env=env, stdout=out, stderr=err)
        return self

    def ready(self):
        wait_until(lambda: "Untuk berhenti" in self.out or self.process.poll() is not None)
        return self

    out = property(lambda self: (self.folder / "out").read_text())
    err = property(lambda self: (self.folder / "err").read_text())

    def ask(self, path, body=None, **headers):
        """A request sent and not waited for; `getresponse()` reads the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("POST" if body else "GET", path, body, headers)
        return connection

    def get(self, path, body=None, **headers):
        connection = self.ask(path, body, **headers)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, text

    def begun(self):
        return len(list((self.folder / "begun").iterdir()))


def wait_until(true, seconds=15):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def answers(connections):
    found = []
    for connection in connections:
        response = connection.getresponse()
        found.append((response.status, len(response.read())))
        connection.close()
    return found


@pytest.fixture
def server(tmp_path):
    served = Served(tmp_path)
    yield served
    if served.process and served.process.poll() is None:
        served.process.terminate()
        served.process.wait(10)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_requests_in_flight_are_answered_before_the_end(server, stop):
    server.start().ready()
    slow = [server.ask("/slow?1") for _ in range(4)]
    big = server.ask("/big")  # more than the socket holds, and nobody reads it yet
    wait_until(lambda: server.begun() == 4)
    server.process.send_signal(stop)

    assert [status for status, _ in answers(slow)] == [200] * 4
    assert answers([big]) == [(200, 6_000_000)]
    assert server.process.wait(10) == 0
    assert server.out == (f"Lumbung Inovasi berjalan.\n  Buka http://127.0.0.1:{server.port} di peramban.\n"
                          "Untuk berhenti: tekan Ctrl+C.\nLumbung Inovasi berhenti.\n")
    assert server.err == ""


def test_who_waits_for_a_thread_is_answered_too(server):
    server.start(processes=1, threads=1).ready()
    waiting = [server.ask("/slow?0.4") for _ in range(3)]
    wait_until(lambda: server.begun() == 1)
    server.process.terminate()

    assert [status for status, _ in answers(waiting)] == [200] * 3
    assert server.process.wait(10) == 0


def test_an_upload_under_way_is_taken_to_its_end(server):
    server.start(processes=1).ready()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(b"POST /length HTTP/1.0\r\nContent-Length: 8\r\n\r\nsete")
        time.sleep(0.3)
        server.process.terminate()
        time.sleep(0.3)
        line.sendall(b"ngah")

        assert line.makefile("rb").read().endswith(b"\r\n\r\n8")
    assert server.process.wait(10) == 0


def test_a_process_that_dies_is_replaced(server):
    server.start().ready()
    with pytest.raises((http.client.HTTPException, OSError)):
        server.get("/die")
    wait_until(lambda: "Satu proses server berhenti (kode 3) dan dijalankan lagi." in server.err)
    pids = set()
    wait_until(lambda: pids.add(server.get("/")[1]) or len(pids) == 2)

    assert server.process.poll() is None


def test_an_app_that_cannot_be_made_is_told_once(server):
    server.start(app="tiny:broken")

    assert server.process.wait(15) == 1
    assert server.err.splitlines() == ["aplikasi rusak"]


def test_processes_that_cannot_live_are_given_up(server):
    server.start(app="tiny:mortal")

    assert server.process.wait(15) == 1
    assert server.err.count("(kode 7)") == 4
    assert server.err.splitlines()[-1] == ("Server berhenti karena prosesnya gagal 5 kali berturut-turut; "
                                           "penyebabnya tertulis di atas.")


def test_no_process_outlives_a_killed_parent(server):
    server.start().ready()
    server.process.kill()
    server.process.wait()

    def nobody_listens():
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", server.port)) != 0

    wait_until(nobody_listens)


def test_what_waitress_refuses_is_said_in_indonesian_and_uploads_wait_in_the_data_folder(server):
    server.start(processes=1, upload_mb=1).ready()
    refused = server.ask("/length", b"x", **{"Content-Length": str(6 * 1024 * 1024)}).getresponse()

    assert (refused.status, refused.read().decode(), refused.getheader("Server")) == (
        413, "Berkas yang dikirim terlalu besar. Kembali, lalu pilih berkas yang lebih kecil.", None)
    assert server.get("/room") == (200, str(server.folder / "data" / "incoming"))


def test_what_a_full_disk_cannot_take_is_said_and_the_next_is_taken(server):
    with disk_of(server.folder / "kecil", 2) as disk:
        server.start(processes=1, data=disk).ready()
        ballast = fill_up(disk)
        assert server.get("/length", bytes(300_000)) == (
            507, "Ruang penyimpanan server penuh, kiriman ini belum tersimpan. Beri tahu admin, lalu kirim lagi.")
        ballast.unlink()
        assert server.get("/length", bytes(300_000)) == (200, "300000")
        server.process.terminate()
        server.process.wait(10)


@pytest.mark.parametrize(("proxies", "seen"), [(0, "-"), (1, "10.0.0.7")])
def test_forwarded_headers_count_only_behind_a_proxy(server, proxies, seen):
    server.start(processes=1, proxies=proxies).ready()

    assert server.get("/for", **{"X-Forwarded-For": "10.0.0.7"}) == (200, seen)


@pytest.mark.parametrize("arguments", [["--check"], []])
def test_a_taken_port_is_a_sentence(server, arguments):
    with socket.create_server(("127.0.0.1", server.port)):
        server.start(*arguments)

        assert server.process.wait(10) == 1
    assert server.err == (f"Port {server.port} sudah dipakai program lain. Tutup program itu, atau pilih port lain: "
                          f"python3 lumbung.py --data {server.folder / 'data'} serve --port {server.port + 1}\n")


def test_a_second_server_on_the_port_is_refused_although_processes_share_it(server, tmp_path_factory):
    second = Served(tmp_path_factory.mktemp("second"))
    second.port = server.port
    server.start().ready()

    assert second.start("--check").process.wait(10) == 1


def test_an_address_of_another_computer_is_a_sentence(server):
    assert server.start("--check", host="203.0.113.9").process.wait(10) == 1
    assert server.err == "Alamat 203.0.113.9 bukan alamat komputer ini; periksa --host atau pengaturan host.\n"


def test_a_server_for_the_office_tells_addresses_colleagues_can_type(monkeypatch, capsys):
    monkeypatch.setattr(address, "lan_addresses", lambda: ["192.168.1.20", "10.0.0.5"])
    address.announce(Settings(port=8080))

    assert capsys.readouterr().out == ("Lumbung Inovasi berjalan.\n  Buka http://192.168.1.20:8080 di peramban.\n"
                                       "  Buka http://10.0.0.5:8080 di peramban.\nUntuk berhenti: tekan Ctrl+C.\n")


def test_lan_addresses_are_found_without_asking_anyone():
    assert all(socket.inet_aton(found) and not found.startswith("127.") for found in address.lan_addresses())


def test_what_few_pages_need_is_read_by_those_who_open_them(tmp_path):
    """53 MB and a third of a start, if the server read them all before anybody asks."""
    heavy = {"alembic", "docx", "flask_migrate", "fontTools", "fpdf", "icalendar", "openpyxl", "packaging", "xlsxwriter", "zxcvbn"}
    script = "import sys; from app.server.worker import build; build('app:served'); print(*sys.modules)"
    read = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env={"PATH": os.environ["PATH"], "LUMBUNG_DATA": str(tmp_path)},
                          capture_output=True, text=True, check=True).stdout.split()

    assert ("waitress" in read, heavy & set(read)) == (True, set())


def test_a_second_server_on_the_same_data_is_refused_until_the_last_process_of_the_first_has_ended(server, tmp_path_factory):
    second = Served(tmp_path_factory.mktemp("second"))
    said = (f"Lumbung Inovasi sudah berjalan dengan folder data {server.folder / 'data'}, atau folder itu sedang dipulihkan. "
            "Hentikan dulu yang itu, atau pilih folder lain dengan --data.\n")
    server.start().ready()
    for arguments in (["--check"], []):
        assert second.start(*arguments, data=server.folder / "data").process.wait(10) == 1
        assert second.err == said
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(b"POST /length HTTP/1.0\r\nContent-Length: 8\r\n\r\nsete")
        time.sleep(0.3)
        server.process.kill()
        assert second.start("--check", data=server.folder / "data").process.wait(10) == 1  # one process lives on for this upload
        line.sendall(b"ngah")
        assert line.makefile("rb").read().endswith(b"8")
    wait_until(lambda: second.start("--check", data=server.folder / "data").process.wait(10) == TO_PREPARE)
