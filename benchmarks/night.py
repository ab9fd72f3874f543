"""Part `night`: the last evening. Operators save rows and upload scans, half of them on slow lines, while others read; then everything the server
acknowledged is looked up."""
import asyncio
import hashlib
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import servers, subjects
from benchmarks.clients import Client
from benchmarks.copies import working_copy
from benchmarks.data.papers import SCAN
from benchmarks.data.papers import scan as new_scan
from benchmarks.data.people import PASSWORD
from benchmarks.lines import Broken, Line
from benchmarks.options import Options
from benchmarks.report import Report

OPERATORS, SLOW, READERS = 200, 100, 50
SLOW_RATE = 40_000  # bytes a second
SAVE_EVERY, UPLOAD_EVERY, READ_EVERY = 30, 120, 4  # seconds, on average, for one person
SAVED_ROWS, PROVED_ROWS = ("16", "17", "22"), ("23", "24")
OFFICE = {"verifikator1": "/verifikasi/", "verifikator2": "/verifikasi/?tab=rekan", "koordinator1": "/usulan/", "pimpinan1": "/dasbor/",
          "admin1": "/papan/"}


@dataclass
class Ledger:
    """What the server acknowledged, and how long it took; `spans` in seconds by what was asked."""
    levels: dict[tuple[int, str], int] = field(default_factory=dict)
    saves: int = 0
    files: list[tuple[int, str, str]] = field(default_factory=list)  # proposal, row, SHA-256
    spans: dict[str, list[float]] = field(default_factory=lambda: {"page": [], "save": [], "upload": []})
    errors: Counter[str] = field(default_factory=Counter)


@dataclass
class Person:
    """`until` is when nothing new is begun any more."""
    client: Client
    address: str
    ledger: Ledger
    until: float
    dice: random.Random
    rate: int = 0

    async def read(self, paths: list[str]) -> None:
        line = Line(self.address, self.client.cookies)
        while await self._rest(READ_EVERY):
            await self._ask(line, "page", 200, "GET", self.dice.choice(paths))
        line.close()

    async def work(self, entry: int) -> None:
        """Row after row, now and then a scan; every answer is followed to the page it leads to."""
        line, uploaded = Line(self.address, self.client.cookies, self.rate), time.monotonic() - self.dice.uniform(0, UPLOAD_EVERY)
        while await self._rest(SAVE_EVERY):
            code, level = self.dice.choice(SAVED_ROWS), self.dice.choice((1, 2, 3))
            place = f"/usulan/{entry}/indikator/"
            if self.ledger.levels.get((entry, code)) != level and await self._ask(line, "save", 303, "POST", place + code, self._form(level)):
                self.ledger.levels[entry, code], self.ledger.saves = level, self.ledger.saves + 1
            await self._ask(line, "page", 200, "GET", place + code)
            takes = SCAN / self.rate if self.rate else 0  # seconds on this line; none is begun that would outlast the evening
            if (now := time.monotonic()) - uploaded > UPLOAD_EVERY and now + takes < self.until:
                uploaded, code, scan = time.monotonic(), self.dice.choice(PROVED_ROWS), new_scan()
                if await self._ask(line, "upload", 303, "POST", f"{place}{code}/bukti", *self._parts(scan)):
                    self.ledger.files.append((entry, code, hashlib.sha256(scan).hexdigest()))
                await self._ask(line, "page", 200, "GET", place + code)
        line.close()

    async def _rest(self, average: float) -> bool:
        await asyncio.sleep(min(self.dice.uniform(0.5, 1.5) * average, max(0.0, self.until - time.monotonic())))
        return time.monotonic() < self.until

    async def _ask(self, line: Line, what: str, wanted: int, *asked: Any) -> bool:
        try:
            status, page, span = await line.ask(*asked)
        except (Broken, OSError, TimeoutError) as reason:
            self.ledger.errors[f"{what}: {type(reason).__name__}"] += 1
            line.reader = None
            return False
        self.ledger.spans[what].append(span)
        if status != wanted or (what == "page" and b"</html>" not in page):
            self.ledger.errors[f"{what}: {status}"] += 1
        return status == wanted

    def _form(self, level: int) -> bytes:
        return self.client.body({"level": str(level)}).encode()

    def _parts(self, scan: bytes) -> tuple[bytes, str]:
        edge = "ukur" + hashlib.sha256(scan).hexdigest()[:24]
        head = (f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self.client.token}\r\n'
                f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="pindaian.pdf"\r\nContent-Type: application/pdf\r\n\r\n')
        return head.encode() + scan + f"\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def measure(options: Options, report: Report) -> None:
    data = working_copy(options.room, options.sizes[0], "night")
    drafts, before = subjects.drafts(data, OPERATORS + READERS), subjects.count(data, "event WHERE what = 'level_claimed'")
    asked = subjects.levels(data)
    ledger = Ledger()
    with servers.ours(data) as server:
        print("night: everybody signs in", flush=True)
        operators = signed_in(server, [draft.operator for draft in drafts[:OPERATORS]])
        at_home = (drafts[OPERATORS:] or drafts[:1])[:READERS - len(OFFICE)]
        readers = dict(zip(signed_in(server, [draft.operator for draft in at_home]), at_home, strict=True))
        office = dict(zip(OFFICE, signed_in(server, list(OFFICE)), strict=True))
        until = time.monotonic() + 60 * options.night_minutes
        slow = SLOW * len(operators) // OPERATORS
        people = [(Person(client, server.address, ledger, until, random.Random(n), SLOW_RATE if n < slow else 0), draft.entry)
                  for n, (client, draft) in enumerate(zip(operators, drafts, strict=False))]
        ledger.levels.update({key: level for key, level in asked.items() if key[0] in {entry for _, entry in people}})
        print(f"night: {options.night_minutes:g} minutes", flush=True)
        with servers.MemoryWatch(server) as memory:
            asyncio.run(evening(server, people, readers, office, ledger, until))
        lost = losses(data, ledger, before)
    tell(report, ledger, lost, memory, options)


def signed_in(server: servers.Server, names: list[str]) -> list[Client]:
    """By the door, before the evening begins: Argon2 is not what is measured."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda name: Client(server.address, name, PASSWORD).close(), names))


async def evening(server: servers.Server, people: list[tuple[Person, int]], readers: dict[Client, subjects.Draft], office: dict[str, Client],
                  ledger: Ledger, until: float) -> None:
    def reading(client: Client, n: int, *paths: str) -> Coroutine[Any, Any, None]:
        return Person(client, server.address, ledger, until, random.Random(1000 + n)).read(["/", *paths])

    tasks = [person.work(entry) for person, entry in people]
    tasks += [reading(client, n, "/usulan/", f"/usulan/{draft.entry}", f"/usulan/{draft.entry}/indikator", "/dokumen/")
              for n, (client, draft) in enumerate(readers.items())]
    tasks += [reading(client, 900 + n, OFFICE[who]) for n, (who, client) in enumerate(office.items())]
    await asyncio.gather(*tasks)


def losses(data: Path, ledger: Ledger, before: int) -> dict[str, int]:
    """Of what was acknowledged, what the database or the store does not have."""
    with closing(sqlite3.connect(data / "lumbung.sqlite", timeout=30)) as database:
        rows = {(entry, code, sha256) for entry, code, sha256 in database.execute(
            "SELECT a.entry_id, i.code, f.sha256 FROM exhibit x JOIN answer a ON a.id = x.answer_id JOIN indicator i ON i.id = a.indicator_id "
            "JOIN document_version v ON v.id = x.version_id JOIN stored_file f ON f.id = v.file_id WHERE f.size > 1000000")}
    now = subjects.levels(data)
    events = subjects.count(data, "event WHERE what = 'level_claimed'") - before
    store = [data / "files" / sha256[:2] / sha256 for *_, sha256 in ledger.files]
    broken = sum(not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != path.name for path in store)
    return {"rows that are not as last acknowledged": sum(now.get(key) != level for key, level in ledger.levels.items()),
            "saves without their event": max(0, ledger.saves - events), "uploads without their row": len(set(ledger.files) - rows),
            "uploads without their file": broken}


def tell(report: Report, ledger: Ledger, lost: dict[str, int], memory: servers.MemoryWatch, options: Options) -> None:
    spans = {what: sorted(found) or [0.0] for what, found in ledger.spans.items()}
    at = {what: [1000 * found[min(len(found) - 1, int(len(found) * share))] for share in (0.5, 0.95, 0.99, 1)] for what, found in spans.items()}
    report.table("night", f"Deadline night, {options.night_minutes:g} minutes, {options.sizes[0]:,} innovations", [
        {"": what, "answers": len(ledger.spans[what]), "p50 ms": p50, "p95 ms": p95, "p99 ms": p99, "longest ms": most}
        for what, (p50, p95, p99, most) in at.items()])
    report.table("night", "Errors, losses, memory", [
        {"": name, "found": value} for name, value in [
            ("errors", sum(ledger.errors.values())), *((f"  {name}", number) for name, number in ledger.errors.items()),
            ("saves acknowledged", ledger.saves), ("uploads acknowledged", len(ledger.files)), *lost.items(),
            ("memory MB, shared counted once", memory.pss), ("memory MB, resident", memory.rss)]])
    report.target("night: errors", sum(ledger.errors.values()), 0, "")
    report.target("night: lost writes", sum(lost.values()), 0, "")
    report.target("night: pages p95", at["page"][1], 1000, "ms")
    report.target("night: memory", memory.pss, 300, "MB")
