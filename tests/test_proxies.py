"""HTTPS as docs/https.md has it: its own lines for nginx and Caddy, run by the real programs, and by the app itself."""
import http.cookies
import os
import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from http.client import HTTPSConnection
from pathlib import Path
from shutil import which
from urllib.parse import urlencode

import pytest

from app.config import ROOT
from tests.live import free_port

pytestmark = pytest.mark.skipif(os.name == "nt", reason="nginx and Caddy are Debian's here")
GUIDE = (ROOT / "docs" / "https.md").read_text("utf-8")
HOST = "lumbung.kabupaten.go.id"
CLIENT = "127.0.0.9"  # one machine among those of this one: what the proxy must tell of


def block(kind: str, number: int = 0) -> str:
    return re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)[number]


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """The folder in which the guide's four commands were run."""
    folder = tmp_path_factory.mktemp("sertifikat")
    for line in block("").strip().splitlines():
        subprocess.run(line, shell=True, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def visit():
    lines = []
    yield lambda port, papers: lines.append(Visitor(port, papers / "ca.pem")) or lines[-1]
    for one in lines:
        one.line.close()


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """(data folder, the first administrator's password)"""
    data = tmp_path_factory.mktemp("data")
    said = subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "siapkan"], cwd=ROOT, check=True, capture_output=True, text=True,
                          env=os.environ | {"LUMBUNG_DATA": str(data)}).stdout
    return data, re.search(r"kata sandi +(\S+)", said)[1]


@contextmanager
def served(data, toml: str, port: int):
    (data / "lumbung.toml").write_text(f"{toml}\nport = {port}\nprocesses = 1\n")
    with started([sys.executable, "-m", "app.server"], port, env=os.environ | {"LUMBUNG_DATA": str(data)}):
        yield


@contextmanager
def started(command, port, stop=signal.SIGTERM, **options):
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        assert process.poll() is None, command
        yield
    finally:
        process.send_signal(stop)
        process.wait(20)


@contextmanager
def by_itself(data, papers):
    port = free_port()
    with served(data, block("toml").replace("/var/lib/lumbung", str(papers)), port):
        yield port


@contextmanager
def behind_nginx(data, papers):
    port, behind = free_port(), free_port()
    site = (block("nginx").replace("/etc/lumbung", str(papers)).replace("443", str(port)).replace("8000", str(behind)))
    config = papers / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    config.write_text(f"daemon off; {user} pid {papers}/nginx.pid; error_log {papers}/nginx.log; events {{}}\n"
                      f"http {{ access_log off; client_body_temp_path {papers}/b; proxy_temp_path {papers}/p; {site} }}")
    nginx = which("nginx") or "/usr/sbin/nginx"
    with served(data, block("toml", 1), behind), started([nginx, "-c", str(config), "-p", str(papers)], port):
        yield port


@contextmanager
def behind_caddy(data, papers):
    port, behind = free_port(), free_port()
    site = block("caddy").replace("/etc/lumbung", str(papers)).replace("8000", str(behind))
    config = papers / "Caddyfile"
    config.write_text(f"{{\n admin off\n http_port {free_port()}\n https_port {port}\n}}\n{site}")
    home = {"HOME": str(papers), "XDG_DATA_HOME": str(papers), "XDG_CONFIG_HOME": str(papers)}
    with served(data, block("toml", 1), behind), started(["caddy", "run", "--config", str(config), "--adapter", "caddyfile"], port,
                                                         env=os.environ | home):
        yield port


@pytest.mark.parametrize("way", [
    by_itself, pytest.param(behind_nginx, marks=pytest.mark.skipif(not Path("/usr/sbin/nginx").exists() and "CI" not in os.environ,
                                                                   reason="nginx is not on this machine")),
    pytest.param(behind_caddy, marks=pytest.mark.skipif(not which("caddy") and "CI" not in os.environ, reason="Caddy is not on this machine"))])
def test_signing_in_over_https(installed, papers, visit, way):
    data, password = installed
    with way(data, papers) as port:
        browser = visit(port, papers)
        page = browser.ask("GET", "/masuk")
        assert page.getheader("Strict-Transport-Security") == "max-age=31536000"
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.text)[1]
        form = {"csrf_token": token, "username": "admin", "password": password, "pad": "x" * 2_000_000}
        answer = browser.ask("POST", "/masuk", urlencode(form), {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "http",
                                                                  "Referer": f"https://{browser.name}/masuk"})
        assert answer.status == 303 and answer.getheader("Location").startswith(("/", f"https://{browser.name}/"))
        for cookie in browser.cookies.values():
            assert cookie.key.startswith("__Host-") and cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
        assert browser.ask("GET", "/akun/sandi").status == 200
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as database:
        assert database.execute("SELECT address FROM session ORDER BY id DESC LIMIT 1").fetchone() == (CLIENT,)


def test_another_name_is_not_served(installed, papers, visit):
    data, _ = installed
    with behind_nginx(data, papers) as port:
        stranger = visit(port, papers)
        assert stranger.ask("GET", "/masuk", headers={"Host": "jahat.example"}).status == 400
        assert stranger.text.startswith("Alamat ini bukan alamat Lumbung Inovasi.")


class Visitor:
    """A browser with its cookies, on a machine with an address of its own."""

    def __init__(self, port: int, authority: Path):
        self.name, self.cookies, self.text = f"{HOST}:{port}", http.cookies.SimpleCookie(), ""
        trusting = ssl.create_default_context(cafile=authority)
        self.line = HTTPSConnection(HOST, port, timeout=30, context=trusting, source_address=(CLIENT, 0))
        self.line._create_connection = lambda address, *rest, **named: socket.create_connection(("127.0.0.1", port), *rest, **named)

    def ask(self, method, path, body=None, headers=()):
        sent = {"Host": self.name, **dict(headers)} | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{one.key}={one.value}" for one in self.cookies.values())
        self.line.request(method, path, body, sent)
        answer = self.line.getresponse()
        self.text = answer.read().decode()
        for header in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(header)
        return answer
