"""Part `weight`: what a first visit and a further page weigh on the wire, as a browser fetches them (headers counted in)."""
import re

from benchmarks import servers
from benchmarks.copies import working_copy
from benchmarks.data.people import PASSWORD
from benchmarks.options import Options
from benchmarks.report import Report

FIRST_KB, FURTHER_KB = 120, 15
FURTHER = {"verifikator1": ("/verifikasi/",), "operator000": ("/usulan/", "SHEET", "ROW"), "pimpinan1": ("/dasbor/",)}


class Wire:
    """Listens to a browser's page: the bytes of each answer as they came, and how long it may be kept."""

    def __init__(self, page):
        self.answers: list[dict] = []
        self._open: dict[str, dict] = {}
        self.line = page.context.new_cdp_session(page)
        self.line.send("Network.enable")
        self.line.on("Network.responseReceived", self._began)
        self.line.on("Network.requestServedFromCache", lambda told: self._open.pop(told["requestId"], None))
        self.line.on("Network.loadingFinished", self._ended)

    def _began(self, told: dict) -> None:
        answer, headers = told["response"], {name.lower(): value for name, value in told["response"]["headers"].items()}
        if answer["url"].startswith("http") and not answer.get("fromDiskCache") and told["type"] != "Ping":
            self._open[told["requestId"]] = {"url": answer["url"], "coding": headers.get("content-encoding", ""),
                                             "cache": headers.get("cache-control", "")}

    def _ended(self, told: dict) -> None:
        if (found := self._open.pop(told["requestId"], None)) and told["encodedDataLength"]:  # nothing: it came out of the memory
            self.answers.append(found | {"bytes": int(told["encodedDataLength"])})

    def take(self) -> list[dict]:
        taken, self.answers = self.answers, []
        return taken


def measure(options: Options, report: Report) -> None:
    from playwright.sync_api import sync_playwright

    import lumbung

    data = working_copy(options.room, options.sizes[0], "weight")
    if not (chromium := lumbung.chromium()):
        raise SystemExit("Chromium is missing, which the weight is measured with.")
    with servers.ours(data) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        rows, first = [], []
        for who, paths in FURTHER.items():
            page = browser.new_context().new_page()
            wire = Wire(page)
            page.goto(f"{server.address}/masuk", wait_until="networkidle")
            page.fill("[name=username]", who)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_load_state("networkidle")
            first = first or wire.take()
            wire.take()
            for path in paths:
                page.goto(server.address + _address(page, server.address, path), wait_until="networkidle")
                rows.append(_row(f"further: {path} ({who})", wire.take()))
        browser.close()
    rows.insert(0, _row("first visit: sign-in page and home", first))
    lasting = [one for one in first if "/static/" in one["url"]]
    stale = [one["url"] for one in lasting if "immutable" not in one["cache"]]
    report.table("weight", "Weight on the wire", rows)
    report.table("weight", "Of the first visit", [{"": one["url"].removeprefix(server.address), "KB": one["bytes"] / 1000, "coding": one["coding"],
                                                   "cache": one["cache"]} for one in first])
    report.target("first visit", rows[0]["KB"], FIRST_KB, "KB")
    report.target("heaviest further page", max(row["KB"] for row in rows[1:]), FURTHER_KB, "KB")
    report.target("static files that are not immutable", len(stale), 0, f"of {len(lasting)}")


def _address(page, server: str, path: str) -> str:
    """SHEET and ROW are those of the first draft this person has."""
    if path not in ("SHEET", "ROW"):
        return path
    listed = page.request.get(f"{server}/usulan/?status=draft").text()
    entry = re.search(r'href="(/usulan/\d+)"', listed)[1]
    return f"{entry}/indikator" if path == "SHEET" else f"{entry}/indikator/16"


def _row(name: str, answers: list[dict]) -> dict:
    return {"": name, "requests": len(answers), "KB": sum(one["bytes"] for one in answers) / 1000}
