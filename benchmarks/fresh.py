"""Part `fresh`: a page right after somebody wrote something, when nothing that was worked out before may be used; at both sizes."""
import re
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import servers, subjects
from benchmarks.clients import Client
from benchmarks.copies import working_copy
from benchmarks.data.people import PASSWORD
from benchmarks.growth import ASKED, LEADERSHIP_MS, report_growth
from benchmarks.options import Options
from benchmarks.report import Report

SEEN = re.compile(r'name="seen"[^>]*value="(\d+)"')
AFTER = {"a save": list(ASKED), "an approval": ["list: queue", "leadership"]}  # after what which pages are asked for
TIMES = 5  # in a round, each


@dataclass
class Spans:
    """In ms, one after another; `cpu` is all the processor's time they took together."""
    wall: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def mean_cpu(self) -> float:
        return self.cpu / len(self.wall)


class Side:
    """One server with its people; `spans` by page and by what came before it."""

    def __init__(self, server: servers.Server, data: Path):
        self.server = server
        self.clients = {who: Client(server.address, who, PASSWORD).close() for who, *_ in ASKED.values()}
        draft = subjects.drafts(data, 1)[0]
        self.row, self.operator, self.level = f"/usulan/{draft.entry}/indikator/16", Client(server.address, draft.operator, PASSWORD).close(), 0
        self.approver, self.verified = Client(server.address, "koordinator1", PASSWORD).close(), iter(subjects.verified(data))
        self.spans = {(what, before): Spans() for before, pages in AFTER.items() for what in pages}
        self.writes: dict[str, Callable[[], None]] = {"a save": self.save, "an approval": self.approve}

    def save(self) -> None:
        self.level = self.level % 3 + 1
        self._must(self.operator.post(self.row, {"level": str(self.level)}))

    def approve(self) -> None:
        page = f"/verifikasi/{next(self.verified)}/persetujuan"
        seen = SEEN.search(self.approver.get(page))
        self._must(self.approver.post(page, {"decision": "approve", "seen": seen[1] if seen else ""}))

    def measure(self, what: str, before: str) -> None:
        self.writes[before]()
        (who, path, word), spans = ASKED[what], self.spans[what, before]
        spent, began = self.server.cpu(), time.perf_counter()
        page = self.clients[who].get(path)
        spans.wall.append(1000 * (time.perf_counter() - began))
        spans.cpu += 1000 * (self.server.cpu() - spent)
        if word not in page:
            raise SystemExit(f"{path} does not say {word}.")

    @staticmethod
    def _must(answer: tuple[int, str]) -> None:
        if answer[0] != 303:
            raise SystemExit(f"A write was answered with {answer[0]}: {answer[1][-500:]}")


def measure(options: Options, report: Report) -> None:
    with ExitStack() as stack:
        sides = []
        for size in options.sizes:
            data = working_copy(options.room, size, "growth", files=False)
            sides.append(Side(stack.enter_context(servers.ours(data)), data))
        print(f"fresh: {options.sizes[0]:,} and {options.sizes[1]:,} innovations, each page right after a write")
        for _ in range(options.rounds * TIMES):
            for what, before in sides[0].spans:
                for side in sides:
                    side.measure(what, before)
    tell(report, options.sizes, [side.spans for side in sides])


def tell(report: Report, sizes: tuple[int, int], spans: list[dict[tuple[str, str], Spans]]) -> None:
    found = {key: [(statistics.median(side[key].wall), side[key].mean_cpu) for side in spans] for key in spans[0]}
    report.table("fresh", f"Right after a write, from {sizes[0]:,} to {sizes[1]:,} innovations, medians; CPU: means", [
        {"": what, "after": before, f"ms, {sizes[0]:,}": few[0], f"ms, {sizes[1]:,}": many[0], f"CPU ms, {sizes[0]:,}": few[1],
         f"CPU ms, {sizes[1]:,}": many[1], "× ms": many[0] / few[0]} for (what, before), (few, many) in found.items()])
    grown = {what: many[0] / few[0] for (what, before), (few, many) in found.items() if before == "a save"}
    report_growth(report, grown, "after a save")
    for before in AFTER:
        report.target(f"leadership page at {sizes[1]:,}, after {before}", found["leadership", before][1][0], LEADERSHIP_MS, "ms")
