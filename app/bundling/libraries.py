"""The libraries this app stands on, exactly as they are pinned: which, under what licence, what for. `python -m app.bundling.libraries` prints
docs/pustaka.md."""
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker

from app.config import ROOT

RUNTIME, EVERYTHING = ROOT / "requirements.txt", ROOT / "requirements-postgresql.txt"  # the second holds the first
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<marker>[^\\]+?))?\s*\\?$")
US = "lumbung-inovasi"
# In the words of SPDX, for those whose own words are others or none
SPDX = {"BSD License": "BSD-3-Clause", "MIT License": "MIT", "ISC License (ISCL)": "ISC", "Apache Software License": "Apache-2.0",
        "Python Software Foundation License": "PSF-2.0", "PSFL": "PSF-2.0", "ZPL 2.1": "ZPL-2.1", "Zope Public License": "ZPL-2.1",
        "Dual License": "Apache-2.0 OR BSD-3-Clause", "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
        "Apache 2.0": "Apache-2.0", "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only"}
PERMISSIVE = {"MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "ZPL-2.1", "ISC", "0BSD", "HPND"}
UNCHANGED = {"LGPL-2.1-only", "LGPL-3.0-only", "MPL-2.0"}  # fine as a library that is used as it came


class Pin(NamedTuple):
    """One line of a requirements file; `wanted_by` are the libraries it came in for."""
    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]

    def is_for(self, machine: Mapping[str, str]) -> bool:
        """Does a machine with these facts (names of PEP 508) need it?"""
        return not self.marker or Marker(self.marker).evaluate(dict(machine))


class Library(NamedTuple):
    name: str
    version: str
    licence: str
    about: str
    wanted_by: tuple[str, ...]

    @property
    def is_welcome(self) -> bool:
        return all(word in PERMISSIVE | UNCHANGED for word in re.split(r" (?:AND|OR) ", self.licence))


def pins(file: Path = EVERYTHING) -> list[Pin]:
    return list(_pins(file.read_text("utf-8").splitlines()))


def _pins(lines: list[str]) -> Iterator[Pin]:
    starts = [number for number, line in enumerate(lines) if PIN.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        found, rest = PIN.match(lines[start]), lines[start + 1:end]
        assert found
        hashes = tuple(line.strip(" \\").removeprefix("--hash=") for line in rest if "--hash=" in line)
        via = tuple(word for line in rest if (word := line.strip(" #").removeprefix("via").strip()) and line.lstrip().startswith("#")
                    and not word.startswith("-c "))
        yield Pin(found["name"], found["version"], (found["marker"] or "").strip(), hashes, tuple(US if US in word else word for word in via))


def library(pin: Pin) -> Library:
    """With what its own papers say; they are here once it is installed."""
    try:
        told = metadata(pin.name)
    except PackageNotFoundError:
        return Library(pin.name, pin.version, "", "", pin.wanted_by)
    return Library(pin.name, pin.version, licence_of(told), (told["Summary"] or "").strip(), pin.wanted_by)


def licence_of(told) -> str:
    """As an SPDX expression where it can be told, else its own words."""
    kinds = [line.rsplit(" :: ", 1)[-1] for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    own = (told["License"] or "").strip()
    named = told["License-Expression"] or (own if own and "\n" not in own and len(own) < 60 else "") or " OR ".join(kinds) or own[:60]
    return SPDX.get(named, SPDX.get(kinds[0], named) if kinds and named == " OR ".join(kinds) else named)


def table(file: Path = EVERYTHING) -> str:
    rows = ["# Pustaka yang dipakai", "",
            "Semua dipasang apa adanya, dengan versi dan sidik (SHA-256) yang terkunci di `requirements.txt`. Semuanya bebas dipakai; yang "
            "berlisensi LGPL atau MPL dipakai tanpa diubah. Daftar ini dibuat dengan `python -m app.bundling.libraries`.", "",
            "| Pustaka | Versi | Lisensi | Dipakai oleh |", "|---|---|---|---|"]
    for one in map(library, pins(file)):
        rows.append(f"| {one.name} | {one.version} | {one.licence} | {', '.join('aplikasi ini' if who == US else who for who in one.wanted_by)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
