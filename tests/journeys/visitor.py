"""A person at a browser: looks at every page in both widths, and minds what a page must never do."""
import hashlib
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.live import PASSWORD

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOADED = "typeof axe === 'object'"
SHADES = """() => {
  const loose = new Set(["absolute", "fixed", "sticky"]), grounds = new Map([[null, ""]]);
  const ground = element => {
    if (!grounds.has(element)) {
      const style = getComputedStyle(element), above = ground(element.parentElement);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join();
      grounds.set(element, above === null || loose.has(style.position) || style.backgroundImage.includes("gradient") ? null
        : own === "rgba(0, 0, 0, 0),none,1,none" ? above : `${above}/${own}`);
    }
    return grounds.get(element);
  };
  const says = node => node.nodeType === Node.TEXT_NODE && node.data.trim();
  const speaks = element => element.matches("input, select, textarea, button") || [...element.childNodes].some(says);
  const shade = element => {
    const style = getComputedStyle(element), below = ground(element);
    return below === null ? null : [below, style.color, style.fontSize, style.fontWeight, style.textShadow].join();
  };
  const shown = [...document.body.querySelectorAll("*")].filter(element => speaks(element) && element.checkVisibility({visibilityProperty: true}));
  window.shades = new Map(shown.map(element => [element, shade(element)]));
  return [...window.shades.values()];
}"""
CONTENT = """() => {
  const main = document.querySelector("main").cloneNode(true);
  for (const unseen of main.querySelectorAll("[type=hidden]")) unseen.removeAttribute("value");
  return document.title + main.outerHTML;
}"""
LOOK = """async measured => {
  const contrast = "color-contrast", known = new Set(measured), include = [...shades.keys()].filter(element => !known.has(shades.get(element)));
  const {violations} = await axe.run({resultTypes: ["violations"], rules: {[contrast]: {enabled: false}}});
  if (!include.length) return [violations, []];
  const found = await axe.run({include}, {resultTypes: ["violations", "passes"], runOnly: [contrast], elementRef: true});
  const fine = found.passes.flatMap(rule => rule.nodes.map(node => shades.get(node.element)));
  return [violations.concat(found.violations.map(({id, nodes}) => ({id, nodes: nodes.map(({html}) => ({html}))}))), fine];
}"""


class Visitor:
    """`faults` gathers console messages, failed requests, other hosts, sideways overflow and accessibility violations. `known` is a folder
    several visitors share: what stands on a page to the letter as another found it is not asked for violations once more. `measured` is every
    colour on its ground that one of them found legible."""
    measured: set[str] = set()

    def __init__(self, browser: Browser, address: str, shots: Path | None = None, known: Path | None = None):
        self.address, self.shots, self.known, self.faults, self.seen = address, shots, known, [], 0
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
        """Read the present page in both widths, once it is all there. Contrast, most of the work, is measured
        once for each colour on its ground in its size, and always where something lies loose above something else or on a gradient."""
        self.page.locator("h1").first.wait_for()
        self.page.wait_for_load_state()
        is_new = self._is_new()
        if is_new and not self.page.evaluate(LOADED):
            self.page.evaluate(AXE_SCRIPT)
        for label, size in (("1280", WIDE), ("390", NARROW)):
            self.page.set_viewport_size(size)
            wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wider > 0:
                self.faults.append(f"{name} at {label} px scrolls sideways by {wider} px")
            for violation in self._violations() if is_new else ():
                nodes = [node["html"][:120] for node in violation["nodes"][:3]]
                self.faults.append(f"axe on {name} at {label} px: {violation['id']}: {nodes}")
            if self.shots:
                self.page.screenshot(path=self.shots / f"{name}-{label}.png", full_page=True)
        self.page.set_viewport_size(WIDE)
        self.seen += 1

    def _violations(self) -> list[dict]:
        shades = set(self.page.evaluate(SHADES))
        found, fine = self.page.evaluate(LOOK, list(shades & self.measured))
        self.measured.update(filter(None, fine))
        return found

    def _is_new(self) -> bool:
        if self.known is None:
            return True
        try:
            (self.known / hashlib.sha256(self.page.evaluate(CONTENT).encode()).hexdigest()).mkdir(parents=True)
        except FileExistsError:
            return False
        return True

    def text(self) -> str:
        return self.page.locator("main").inner_text()
