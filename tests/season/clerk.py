"""Somebody at a PC, as fast as HTTP goes: one connection, their cookie, their token; a redirect is an answer, not a page to fetch."""
import re
from http.client import HTTPConnection
from time import monotonic
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from tests.live import PASSWORD

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')

IDLE = 30  # seconds; the server hangs up on a line that was silent for a minute


class Reply(NamedTuple):
    status: int
    location: str
    body: bytes

    @property
    def page(self) -> str:
        return self.body.decode()

    @property
    def is_done(self) -> bool:
        """Saved: sent on to a page of its own. A refusal shows the page again, or leads to the front page when nobody says where from."""
        return self.status == 303 and self.location != "/"


class Clerk:
    def __init__(self, address: str, username: str):
        self.connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.username, self.cookie, self.asked_at = username, "", monotonic()
        self.token = TOKEN.search(self.get("/masuk").page)[1]
        self.post("/masuk", username=username, password=PASSWORD)
        self.token = TOKEN.search(self.get("/akun").page)[1]

    def get(self, path: str) -> Reply:
        return self._ask("GET", path)

    def post(self, path: str, **fields) -> Reply:
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **fields}, doseq=True))

    def _ask(self, method: str, path: str, body: str | None = None) -> Reply:
        if monotonic() - self.asked_at > IDLE:
            self.connection.close()  # it opens by itself again
        self.asked_at = monotonic()
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for header in answer.headers.get_all("Set-Cookie") or ():
            self.cookie = header.split(";")[0]
        return Reply(answer.status, urlsplit(answer.headers.get("Location", "")).path, content)
