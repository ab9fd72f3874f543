"""People who save, upload and type against a server that may die under them, each remembering what they were told is safe."""
import http.client
import io
import random
import re
import threading
import time
import urllib.parse
from dataclasses import dataclass, field

import pikepdf

from app.models.answer import MOST_EXHIBITS
from tests.live import Person
from tests.storage.samples import pdf

CODES = ("16", "17", "18", "19", "20", "22", "23", "24")
BOUNDARY = "----lumbung"
FORM = re.compile(r'<form id="isian".*?</form>', re.DOTALL)
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')


class Cut(Exception):
    """The line went dead: nobody knows what became of the last sending."""


@dataclass
class Told:
    """What the server said is safe, and what it was still busy with when it died."""
    levels: dict[str, int] = field(default_factory=dict)         # of a row, by its code
    begun: dict[str, set[int]] = field(default_factory=dict)     # levels that may or may not have been taken
    titles: set[str] = field(default_factory=set)                # uploads
    drafts: dict[str, str] = field(default_factory=dict)         # by address
    begun_drafts: dict[str, set[str]] = field(default_factory=dict)
    saves: int = 0
    uploads: int = 0
    typings: int = 0


def paper(words: str, size: int) -> bytes:
    """A PDF that is like no other, `size` bytes or a little more."""
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.pages[0].Extra = document.make_indirect(pikepdf.Stream(document, words.encode() + random.randbytes(size)))
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


class Worker:
    """One operator with one proposal. Signs in once: the session outlives the server."""

    def __init__(self, address: str, username: str, entry: int):
        self.entry, self.name, self.told = entry, username, Told()
        self.count = self.sent = 0  # of all that was done; of uploads, confirmed or not
        self.host = urllib.parse.urlsplit(address).netloc
        person = Person(address, username)
        person.open(self.row("16"))  # its token is in the cookie from here on
        self.cookies = person.cookies

    def work(self, stop: threading.Event, dice: random.Random) -> None:
        """Until told to stop or until the line is dead."""
        line = http.client.HTTPConnection(self.host, timeout=60)
        try:
            while not stop.is_set():
                self.count += 1
                dice.choices((self.save, self.type, self.upload), (4, 2, 4 * self.has_room))[0](line, dice)
        except (OSError, http.client.HTTPException, Cut):
            pass
        finally:
            line.close()

    def save(self, line, dice) -> None:
        code, level = dice.choice(CODES), dice.randint(1, 3)
        fields = self.form(line, code) | {"level": str(level)}
        self.told.begun.setdefault(code, set()).add(level)
        if self.post(line, self.row(code), urllib.parse.urlencode(fields)).status == 303:
            self.told.levels[code], self.told.begun[code] = level, set()
            self.told.drafts.pop(self.row(code), None)  # taken by the save
            self.told.saves += 1

    def type(self, line, dice) -> None:
        code = dice.choice(CODES)
        address, words = self.row(code), f"Ketikan {self.name} {self.count}"
        fields = self.form(line, code) | {"reply": words}
        self.told.begun_drafts.setdefault(address, set()).add(words)
        if self.post(line, f"/ketikan?alamat={urllib.parse.quote(address)}", urllib.parse.urlencode(fields)).status == 200:
            self.told.drafts[address], self.told.begun_drafts[address] = words, set()
            self.told.typings += 1

    def upload(self, line, dice) -> None:
        code, title = CODES[self.sent % len(CODES)], f"Surat {self.name} {self.count}"
        self.sent += 1
        fields = {"csrf_token": self.form(line, code)["csrf_token"], "title": title}
        head = "".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
        head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="surat.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        body = head.encode() + paper(title, dice.randint(1_000, 400_000)) + f"\r\n--{BOUNDARY}--\r\n".encode()
        answer = self.post(line, f"{self.row(code)}/bukti", body, f"multipart/form-data; boundary={BOUNDARY}")
        if answer.status == 200:
            self.told.titles.add(title)
            self.told.uploads += 1

    @property
    def has_room(self) -> bool:
        """Somewhere there is still a row that takes a document."""
        return self.sent < len(CODES) * MOST_EXHIBITS

    def row(self, code: str) -> str:
        return f"/usulan/{self.entry}/indikator/{code}"

    def form(self, line, code: str) -> dict[str, str]:
        """The hidden fields of a row's form, as its page has them now."""
        line.request("GET", self.row(code), headers={"Cookie": self.cookies})
        answer = line.getresponse()
        page = answer.read().decode()
        if answer.status != 200:
            raise AssertionError(f"{answer.status} on {self.row(code)}: {page[:300]}")
        fields = {}
        for tag in HIDDEN.findall(FORM.search(page)[0]):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            fields[name[1]] = value[1] if value else ""
        return fields

    def post(self, line, path: str, body, kind: str = "application/x-www-form-urlencoded") -> http.client.HTTPResponse:
        accept = "text/html" if path.endswith(tuple(CODES)) and "?" not in path else "application/json"
        line.request("POST", path, body, {"Cookie": self.cookies, "Content-Type": kind, "Accept": accept})
        answer = line.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise AssertionError(f"{answer.status} on {path}: {text[:300]!r}")
        return answer


def confirmed(workers: list[Worker]) -> int:
    return sum(worker.told.saves + worker.told.uploads + worker.told.typings for worker in workers)


def at_work(workers: list[Worker], seconds: float, dice: random.Random, then) -> None:
    """All of them at once; `seconds` after the first things are confirmed, `then()` happens in the middle of it."""
    stop, faults = threading.Event(), []

    def one(worker, seed):
        try:
            worker.work(stop, random.Random(seed))
        except AssertionError as fault:
            faults.append(fault)

    before = confirmed(workers)
    threads = [threading.Thread(target=one, args=(worker, dice.random())) for worker in workers]
    for thread in threads:
        thread.start()
    while confirmed(workers) < before + len(workers) and not faults:
        time.sleep(0.01)
    time.sleep(seconds)
    then()
    stop.set()
    for thread in threads:
        thread.join()
    assert not faults, faults
