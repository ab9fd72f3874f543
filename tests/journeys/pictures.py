"""The pictures of the guides, made anew from the training regency: `python -m tests.journeys.pictures docs/gambar`, or some of them, by their names.

A picture is the union of the parts named by its selectors, from the top of the first, at most `TALL` high."""
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from app.config import ROOT
from app.rules.access import Role
from app.rules.workflow import Status
from tests.journeys import regency
from tests.journeys.conftest import FLAGS, chromium
from tests.journeys.visitor import NARROW, WIDE, Visitor
from tests.live import running
from tests.training import build

TALL, AROUND, COLOURS = 900, 16, 160
LARGEST = 150_000  # bytes: a guide is read on an office's network
HEAD, WORK, BESIDE, PHONE = ".page-head", ".cols > div", ".cols > aside", "body"


class Picture(NamedTuple):
    """`address` is written with the places of the regency."""
    name: str
    role: Role
    address: str
    selectors: tuple[str, ...]
    tall: int = TALL


PICTURES = (
    Picture("beranda-operator", Role.OPERATOR, "/", (HEAD, WORK, BESIDE), 760),
    Picture("usulan", Role.OPERATOR, "/usulan/{draft}", (HEAD, WORK, BESIDE), 860),
    Picture("isian-baris", Role.OPERATOR, "/usulan/{returned}/indikator/{returned_row}", (".split", ".crumbs"), 980),
    Picture("katalog", Role.OPERATOR, "/katalog/", (HEAD, "section.sheet"), 760),
    Picture("pengesahan", Role.HEAD, "/usulan/{signing}/pengesahan", (HEAD, WORK, BESIDE), 860),
    Picture("ponsel-kepala", Role.HEAD, "/", (PHONE,), 720),
    Picture("antrean", Role.REVIEWER, "/verifikasi/", (HEAD, "section.sheet"), 860),
    Picture("verifikasi-baris", Role.REVIEWER, "/verifikasi/{waiting}/putusan/16", (".review",), 900),
    Picture("sesi", Role.REVIEWER, "/pendampingan/{session}", (HEAD, WORK, BESIDE), 860),
    Picture("periode", Role.COORDINATOR, "/kelola/periode/{period}", (HEAD, WORK, BESIDE), 860),
    Picture("undur", Role.COORDINATOR, "/kelola/periode/{period}/undur", (HEAD, WORK, BESIDE)),
    Picture("susun-jadwal", Role.COORDINATOR, "/pendampingan/susun/rencana?first=2026-12-07&{units}&reviewer={sits}"
            "&days=2&slots=5&at=08:30&minutes=60", (HEAD, "#isi .sheet"), 760),
    Picture("pembagian", Role.COORDINATOR, "/verifikasi/pembagian", (HEAD, "#isi .sheet"), 760),
    Picture("agenda", Role.COORDINATOR, "/verifikasi/agenda", (HEAD, "#isi .sheet"), 760),
    Picture("kirim-atau-tahan", Role.COORDINATOR, "/dasbor/kirim-atau-tahan", (HEAD, "#isi .sheet"), 860),
    Picture("siap-salin", Role.COORDINATOR, "/usulan/{to_send}/salin", (HEAD, "#isi .sheet"), 760),
    Picture("dasbor", Role.LEADER, "/dasbor/", (HEAD, "#isi .sheet"), 860),
    Picture("papan", Role.LEADER, "/papan/", (HEAD, ".board"), 860),
    Picture("persiapan", Role.ADMIN, "/kelola/", (HEAD, "#isi .sheet"), 830),
    Picture("daerah", Role.ADMIN, "/kelola/daerah/", (HEAD, WORK, BESIDE), 860),
    Picture("cadangan", Role.ADMIN, "/kelola/cadangan/", (WORK,), 480),
)


UNBACKED = "persiapan"  # drawn with its last step still to be done


def make(into: Path, names: Sequence[str]) -> list[str]:
    """Writes them all, or those named; gives what is wrong with them."""
    into.mkdir(parents=True, exist_ok=True)
    asked = [one for one in PICTURES if one.name in names or not names]
    with tempfile.TemporaryDirectory() as place:
        build(Path(place) / "data")
        shown = regency.furnish(Path(place) / "data", Path(place) / "dilihat")
        faults = draw(into, shown, [one for one in asked if one.name == UNBACKED])
        back_up(Path(place) / "data")
        return faults + draw(into, shown, [one for one in asked if one.name != UNBACKED])


def back_up(folder: Path) -> None:
    """So that there is one to see."""
    env = {**os.environ, "LUMBUNG_DATA": str(folder), "LUMBUNG_TRAINING": "1"}
    subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "backup"], cwd=ROOT, env=env, check=True)


def draw(into: Path, shown: regency.Regency, pictures: Sequence[Picture]) -> list[str]:
    faults = []
    with sync_playwright() as playwright, running(shown.folder, LUMBUNG_TRAINING="1") as address:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for role in dict.fromkeys(one.role for one in pictures):
            visitor = Visitor(browser, address)
            visitor.sign_in(shown.accounts[role]["nama_pengguna"], shown.accounts[role]["kata_sandi"])
            for one in (one for one in pictures if one.role == role):
                size = save(into / f"{one.name}.png", visitor.open(one.address.format(**names_of(shown.places))), one)
                faults += [f"{one.name}: {size:,} bytes"] if size > LARGEST else []
            faults += visitor.faults
        browser.close()
    return faults


def names_of(places: dict) -> dict:
    """For the addresses: the proposals of the unit that is shown, and a few units at once."""
    own = {status: places["own"][status] for status in (Status.DRAFT, Status.RETURNED)}
    return {**places, **own, "units": "&".join(f"unit={places['unit'] + n}" for n in range(9))}


def save(path: Path, page: Page, one: Picture) -> int:
    page.set_viewport_size(NARROW if PHONE in one.selectors else WIDE | {"height": 2 * TALL})  # what sticks to its foot is out of the picture
    page.wait_for_function("[...document.images].every(one => one.complete)")
    boxes = [box for selector in one.selectors for part in page.locator(selector).all() if (box := part.bounding_box())]
    around = 0 if PHONE in one.selectors else AROUND
    left, top = (max(0, min(box[side] for box in boxes) - around) for side in ("x", "y"))
    right, bottom = (max(box[side] + box[size] for box in boxes) + around for side, size in (("x", "width"), ("y", "height")))
    clip = {"x": left, "y": top, "width": right - left, "height": min(bottom - top, one.tall)}
    drawn = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB")
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size


if __name__ == "__main__":
    wrong = make(Path(sys.argv[1]), sys.argv[2:])
    sys.exit("\n".join(wrong) or None)
