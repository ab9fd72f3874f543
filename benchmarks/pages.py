"""Part `pages`: list, sheet, leadership page and a save, against a hello page on the same server and against Django on the same rows."""
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks import hello, servers, subjects
from benchmarks.clients import Client
from benchmarks.copies import working_copy
from benchmarks.data.people import PASSWORD
from benchmarks.load import Request, Target, take_turns
from benchmarks.options import Options
from benchmarks.report import Report
from benchmarks.rival import serving

OF_HELLO = {"list": 60, "sheet": 35, "save": 20}  # per cent
OF_DJANGO = {"list": 3, "sheet": 2, "save": 1.6}  # times
OPERATORS, JUDGES = 40, ("verifikator1", "verifikator2", "verifikator3", "verifikator4")


def measure(options: Options, report: Report) -> None:
    room, size = options.room, options.sizes[0]
    data = working_copy(room, size, "pages")
    with ExitStack() as stack:
        ours = stack.enter_context(servers.ours(data, "benchmarks.hello:create_app"))
        drafts = subjects.drafts(data, OPERATORS)
        targets = asked_of(ours, "", drafts, hello.PATH)
        if options.django:
            theirs = stack.enter_context(serving.served(room, data))
            targets += asked_of(theirs, "Django ", drafts, None)
        saved = _claims(data)
        print(f"pages: {size:,} innovations, {options.rounds} rounds of {options.seconds} s each")
        take_turns(targets, options.rounds, options.seconds)
        answered = sum(round(burst.rate * options.seconds) for target in targets if target.name == "save" for burst in target.bursts)
    if _claims(data) - saved < 0.9 * answered:
        raise SystemExit(f"Only {_claims(data) - saved} of {answered} saves are in the log.")
    tell(report, targets, size)


def asked_of(server: servers.Server, prefix: str, drafts: list[subjects.Draft], greeting: str | None) -> list[Target]:
    """The same addresses on both sides."""
    enter: Callable[[str], Client] = lambda name: Client(server.address, name, PASSWORD).close()  # noqa: E731
    operators = [(draft, enter(draft.operator)) for draft in drafts]
    judges = [enter(name) for name in JUDGES]
    sheets = [Request(f"/usulan/{draft.entry}/indikator", who.cookies) for draft, who in operators]
    saves = [Request(f"/usulan/{draft.entry}/indikator/{code}", who.cookies, "POST", who.body({"level": "1"}), who.body({"level": "3"}))
             for code in subjects.PLAIN_ROWS for draft, who in operators]
    found = [Target("list", server, [Request("/verifikasi/", who.cookies) for who in judges], word="Perlu diputus"),
             Target("sheet", server, sheets, word="Diklaim"), Target("save", server, saves, status=302 if prefix else 303)]
    if greeting:
        found.append(Target("leadership", server, [Request("/dasbor/", enter("pimpinan1").cookies)], word="Perkiraan"))
        found.insert(0, Target("hello", server, [Request(greeting, who.cookies) for _, who in operators], word=hello.WORD))
    for target in found:
        target.name = prefix + target.name
    return found


def tell(report: Report, targets: list[Target], size: int) -> None:
    medians = {target.name: target.median() for target in targets}
    base = medians["hello"]
    report.table("pages", f"Pages at {size:,} innovations, medians", [
        {"": name, "per second": one.rate, "p50 ms": one.p50, "p95 ms": one.p95, "CPU ms": one.cpu, "% of hello": 100 * one.rate / base.rate,
         "% of hello by CPU": 100 * base.cpu / one.cpu} for name, one in medians.items()])
    for name, wanted in OF_HELLO.items():
        report.target(f"{name} of hello", 100 * medians[name].rate / base.rate, wanted, "%", at_least=True)
    for name, times in OF_DJANGO.items():
        if f"Django {name}" in medians:
            report.target(f"{name} against Django", medians[name].rate / medians[f"Django {name}"].rate, times, "×", at_least=True)


def _claims(data: Path) -> int:
    return subjects.count(data, "event WHERE what = 'level_claimed'")
