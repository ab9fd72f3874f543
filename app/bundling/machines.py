"""The machines a bundle is for, and the wheels each of them needs."""
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from app.bundling.libraries import Pin
from app.rules import Refused

LINUX = ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_24_x86_64", "manylinux_2_17_x86_64", "manylinux_2_12_x86_64",
         "manylinux_2_5_x86_64", "manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64")
WINDOWS = ("win_amd64",)


class Machine(NamedTuple):
    """A system with one version of CPython ("3.11"), 64 bit."""
    system: str
    python: str

    @property
    def name(self) -> str:
        return f"{'Linux' if self.system == 'linux' else 'Windows'} x64, Python {self.python}"

    @property
    def facts(self) -> dict[str, str]:
        """By the names of PEP 508."""
        windows = self.system == "win32"
        return {"sys_platform": self.system, "platform_system": "Windows" if windows else "Linux", "os_name": "nt" if windows else "posix",
                "platform_machine": "AMD64" if windows else "x86_64", "python_version": self.python, "python_full_version": f"{self.python}.0",
                "implementation_name": "cpython", "platform_python_implementation": "CPython"}

    @property
    def choice(self) -> list[str]:
        """What pip is told, so that it takes wheels for that machine and not for this one."""
        tag = "cp" + self.python.replace(".", "")
        platforms = WINDOWS if self.system == "win32" else LINUX
        return ["--only-binary=:all:", "--no-deps", "--implementation", "cp", "--python-version", self.python,
                *(word for abi in (tag, "abi3", "none") for word in ("--abi", abi)),
                *(word for platform in platforms for word in ("--platform", platform))]


ALL = tuple(Machine(system, python) for python in ("3.11", "3.12", "3.13") for system in ("linux", "win32"))


def here() -> Machine:
    """The one this runs on."""
    return Machine(sys.platform, "{}.{}".format(*sys.version_info))


def fetch(machine: Machine, pins: Iterable[Pin], folder: Path) -> None:
    """Its wheels into the folder, each with one of the hashes that are pinned; those that are there are not fetched again. Refused with pip's
    own words."""
    _pip(["download", "--dest", str(folder), "--find-links", str(folder), *machine.choice], machine, pins)


def must_suffice(machine: Machine, pins: Iterable[Pin], folder: Path) -> None:
    """Could it be installed there from this folder alone? Refused with pip's own words when not."""
    with tempfile.TemporaryDirectory() as nowhere:
        _pip(["install", "--dry-run", "--no-index", "--find-links", str(folder), "--target", nowhere, *machine.choice], machine, pins)


def _pip(words: list[str], machine: Machine, pins: Iterable[Pin]) -> None:
    wanted = [pin for pin in pins if pin.is_for(machine.facts)]
    with tempfile.TemporaryDirectory() as room:
        listed = Path(room) / "wanted.txt"  # pip would read the markers as of this machine
        listed.write_text("".join(f"{pin.name}=={pin.version} {' '.join('--hash=' + one for one in pin.hashes)}\n" for pin in wanted))
        done = subprocess.run([sys.executable, "-m", "pip", *words, "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes",
                               "-r", str(listed)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"Pustaka untuk {machine.name} tidak lengkap:\n{done.stderr.strip()[-2000:]}")
