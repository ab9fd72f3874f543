"""Part `growth`: lists, search and the leadership page at ten times the size, both sizes side by side."""
from contextlib import ExitStack

from benchmarks import servers
from benchmarks.clients import Client
from benchmarks.copies import working_copy
from benchmarks.data.people import PASSWORD
from benchmarks.load import Request, Target, take_turns
from benchmarks.options import Options
from benchmarks.report import Report

INFIX, RARE = "layan", "encan"  # inside PELAYANAN and LAYANAN, one name in six; inside KENCANA, one in a thousand
ASKED = {  # what: who, where, a word of the page
    "list: queue": ("verifikator1", "/verifikasi/", "Perlu diputus"),
    "list: proposals": ("koordinator1", "/usulan/", "LR-"),
    "search: queue, frequent": ("verifikator1", f"/verifikasi/?q={INFIX}", "LAYANAN"),
    "search: proposals, frequent": ("koordinator1", f"/usulan/?q={INFIX}", "LAYANAN"),
    "search: proposals, rare": ("koordinator1", f"/usulan/?q={RARE}", "KENCANA"),
    "search: innovations, rare": ("koordinator1", f"/inovasi/?q={RARE}", "KENCANA"),
    "catalogue": ("pimpinan1", "/katalog/", "Katalog"),
    "leadership": ("pimpinan1", "/dasbor/", "Perkiraan"),
}
MOST = {"list": 1.5, "search": 3}
LEADERSHIP_MS = 50


def measure(options: Options, report: Report) -> None:
    with ExitStack() as stack:
        targets = {}
        for size in options.sizes:
            server = stack.enter_context(servers.ours(working_copy(options.room, size, "growth", files=False)))
            clients = {who: Client(server.address, who, PASSWORD).close() for who, *_ in ASKED.values()}
            targets[size] = [Target(f"{what}, {size:,}", server, [Request(path, clients[who].cookies)], word=word)
                             for what, (who, path, word) in ASKED.items()]
        print(f"growth: {options.sizes[0]:,} and {options.sizes[1]:,} innovations, one request at a time")
        turns = [target for pair in zip(*targets.values(), strict=True) for target in pair]
        take_turns(turns, options.rounds, options.seconds, connections=1)
    tell(report, *targets.items())


def report_growth(report: Report, grown: dict[str, float], how: str) -> None:
    """Of the lists and the searches that which grew most."""
    for kind, most in MOST.items():
        worst = max(times for what, times in grown.items() if what.startswith(f"{kind}:"))
        report.target(f"growth of the {kind} that grows most ({how})", worst, most, "×")


def tell(report: Report, small: tuple[int, list[Target]], large: tuple[int, list[Target]]) -> None:
    medians = {what: (few.median(), many.median()) for what, few, many in zip(ASKED, small[1], large[1], strict=True)}
    report.table("growth", f"Growth from {small[0]:,} to {large[0]:,} innovations, medians", [
        {"": what, f"ms, {small[0]:,}": few.p50, f"ms, {large[0]:,}": many.p50, f"CPU ms, {small[0]:,}": few.cpu, f"CPU ms, {large[0]:,}": many.cpu,
         "× ms": many.p50 / few.p50, "× CPU": many.cpu / few.cpu} for what, (few, many) in medians.items()])
    grown = {what: many.cpu / few.cpu for what, (few, many) in medians.items()}
    report_growth(report, grown, "CPU")
    report.target(f"leadership page at {large[0]:,} (median)", medians["leadership"][1].p50, LEADERSHIP_MS, "ms")
