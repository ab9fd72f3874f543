"""Somebody who is signed in, at ours or at the other: one connection, their cookies, the token of a form."""
import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="(?:csrf_token|csrfmiddlewaretoken)"[^>]*value="([^"]+)"')


class Client:
    """`door` is the address of the sign-in form; the token of `form` goes for every form of the same session."""

    def __init__(self, address: str, username: str, password: str, door: str = "/masuk", form: str = "/akun"):
        self.connection, self.jar = HTTPConnection(urlsplit(address).netloc, timeout=120), SimpleCookie()
        page = self.get(door)
        self.name = "csrf_token" if 'name="csrf_token"' in page else "csrfmiddlewaretoken"
        self.token = self._token(page, username)
        status, page = self.post(door, {"username": username, "password": password})
        if status not in (302, 303):
            raise SystemExit(f"{username} was not let in ({status}): {page[-500:]}")
        self.token = self._token(self.get(form), username)

    @property
    def cookies(self) -> str:
        return "; ".join(f"{name}={held.value}" for name, held in self.jar.items())

    def get(self, path: str) -> str:
        status, page = self._ask("GET", path)
        if status != 200:
            raise SystemExit(f"{path} answered {status}: {page[-500:]}")
        return page

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        return self._ask("POST", path, self.body(fields))

    def body(self, fields: dict[str, str]) -> str:
        return urlencode({self.name: self.token, **fields})

    def close(self) -> "Client":
        self.connection.close()
        return self

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": self.cookies} if self.jar else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for header in answer.headers.get_all("Set-Cookie") or ():
            self.jar.load(header)
        return answer.status, page

    @staticmethod
    def _token(page: str, username: str) -> str:
        if not (found := TOKEN.search(page)):
            raise SystemExit(f"No form for {username}: {page[-500:]}")
        return found[1]
