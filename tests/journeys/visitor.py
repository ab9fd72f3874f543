"""A person at a browser: looks at every page in both widths, and minds what a page must never do."""
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.live import PASSWORD

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


class Visitor:
    """`faults` gathers console messages, failed requests, other hosts, sideways overflow and accessibility violations."""

    def __init__(self, browser: Browser, address: str, shots: Path | None = None):
        self.address, self.shots, self.faults, self.seen = address, shots, [], 0
        self.context = browser.new_context(viewport=WIDE, locale="id-ID")
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self.faults.append(f"console: {message.text} on {self.page.url}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error} on {self.page.url}"))
        self.page.on("request", self._mind)

    def _mind(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"another host: {request.url}")

    def sign_in(self, username: str, password: str = PASSWORD) -> "Visitor":
        self.open("/masuk")
        self.page.get_by_label("Nama pengguna").fill(username)
        self.page.get_by_label("Kata sandi").fill(password)
        self.page.get_by_role("button", name="Masuk").click()
        self.page.wait_for_url(self.address + "/")
        return self

    def open(self, path: str) -> Page:
        response = self.page.goto(self.address + path)
        if response and response.status >= 400:
            self.faults.append(f"{response.status} on {path}")
        return self.page

    def look(self, name: str) -> None:
        """Read the present page in both widths, once it is all there."""
        self.page.locator("h1").first.wait_for()
        self.page.wait_for_load_state()
        for label, size in (("1280", WIDE), ("390", NARROW)):
            self.page.set_viewport_size(size)
            wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wider > 0:
                self.faults.append(f"{name} at {label} px scrolls sideways by {wider} px")
            for violation in Axe().run(self.page).response["violations"]:
                nodes = [node["html"][:120] for node in violation["nodes"][:3]]
                self.faults.append(f"axe on {name} at {label} px: {violation['id']}: {nodes}")
            if self.shots:
                self.page.screenshot(path=self.shots / f"{name}-{label}.png", full_page=True)
        self.page.set_viewport_size(WIDE)
        self.seen += 1

    def text(self) -> str:
        return self.page.locator("main").inner_text()
