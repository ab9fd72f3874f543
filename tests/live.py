"""The real server on its own data folder and port, and people who talk to it over HTTP with nothing but the standard library."""
import re
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

from app import create_app, passwords
from app.cli.setup import migrate_database, publish_instruments
from app.config import Settings
from app.extensions import db
from tests import ground
from tests.warm import Server, serve

PASSWORD = "empat kata sandi latihan"
PASSWORD_HASH = passwords.hash_password(PASSWORD)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def prepared(folder: Path):
    """A migrated data folder, open for filling: gives the app inside its context. Migrated once for each worker, copied afterwards."""
    is_first = ground.give_empty(folder)
    app = create_app(Settings.load({"LUMBUNG_DATA": str(folder)}))
    with app.app_context():
        migrate_database()
        publish_instruments()
        db.session.commit()
        if is_first:
            db.session.remove()
            db.engine.dispose()
            ground.keep_empty(folder)
        yield app
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@contextmanager
def running(folder: Path, anew: bool = False, **environment: str):
    """`python -m app.server` until the block ends; gives its address. In one process: whoever is about more of them asks for two."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = {"LUMBUNG_DATA": str(folder), "LUMBUNG_HOST": "127.0.0.1", "LUMBUNG_PORT": str(port), "LUMBUNG_PROCESSES": "1",
           "PATH": "/usr/bin:/bin", **environment}
    server = serve(env, folder / "server.log", anew)
    try:
        await_answer(f"{address}/sehat", server)
        yield address
    finally:
        server.terminate()
        server.wait(40)


def await_answer(url: str, server: subprocess.Popen | Server, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"the server did not answer (exit code {server.poll()})")


class Person:
    """Somebody with a browser without JavaScript: remembers cookies and sends the token of the page they are on."""

    def __init__(self, address: str, username: str):
        self.address = address
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.page = self.open("/masuk")
        self.page = self.send("/masuk", username=username, password=PASSWORD)
        assert 'name="password"' not in self.page, self.page[-800:]

    @property
    def cookies(self) -> str:
        """As a header, for requests that are written by hand."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

    def open(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=60) as response:
            self.url, self.page = response.url, response.read().decode()
        return self.page

    def send(self, path: str, **fields) -> str:
        """POST with the token of the present page; follows the redirect like a browser."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page)[1]
        body = urllib.parse.urlencode({"csrf_token": token, **fields}, doseq=True).encode()
        try:
            with self.opener.open(self.address + path, body, timeout=60) as response:
                self.url, self.page, self.status = response.url, response.read().decode(), response.status
        except urllib.error.HTTPError as error:
            self.url, self.page, self.status = error.url, error.read().decode(), error.code
        return self.page
