"""The bundle: every file with its hash, every library with its licence, the same archive from the same content; services that call what is there."""
import configparser
import json
import re
import subprocess
import zipfile
from pathlib import Path
from shutil import which

import pytest

from app.bundling import archive, machines, papers
from app.bundling.libraries import EVERYTHING, RUNTIME, US, library, pins, table
from app.cli import COMMANDS
from app.config import ROOT
from app.rules import Refused

LINUX, WINDOWS = ROOT / "pemasangan" / "linux", ROOT / "pemasangan" / "windows"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """With two wheels, which are small files here: what is put in is what counts."""
    folder = tmp_path_factory.mktemp("paket")
    for name in ("a-1.0-py3-none-any.whl", "b-1.0-cp311-cp311-win_amd64.whl"):
        (folder / name).write_bytes(name.encode())
    return archive.write(folder, folder, pins(), list(map(library, pins())))


def names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as opened:
        return {name.partition("/")[2] for name in opened.namelist()}


def test_it_holds_the_app_its_wheels_its_licences_and_no_tests(bundle):
    found = names(bundle)
    assert {"lumbung.py", "app/__init__.py", "requirements.txt", "wheels/a-1.0-py3-none-any.whl", "lisensi/PUSTAKA.md", "sbom.cdx.json", "SHA256SUMS",
            "pemasangan/linux/lumbung.service", "docs/pemasangan.md", "migrations/env.py"} <= found
    assert not [name for name in found if name.startswith(("tests/", "benchmarks/", "instance/", ".venv/", ".git/")) or "__pycache__" in name]


def test_every_library_brings_the_text_of_its_licence(bundle):
    found = names(bundle)
    assert [pin.name for pin in pins() if not any(name.startswith(f"lisensi/{pin.name}/") for name in found)] == []


def test_the_same_content_is_the_same_archive(bundle, tmp_path):
    again = archive.write(tmp_path, bundle.parent, pins(), list(map(library, pins())))
    assert again.read_bytes() == bundle.read_bytes()
    assert bundle.with_suffix(".zip.sha256").read_text().split()[0] == archive._digest(bundle)


def test_a_changed_file_in_it_is_found(bundle, tmp_path):
    changed = tmp_path / bundle.name
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b"#" if name.endswith("wsgi.py") else b""))
    with pytest.raises(Refused, match="wsgi.py"):
        archive.must_be_whole(changed)


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "berkas").touch()
    with pytest.raises(Refused, match="tidak dapat ditulis"):
        archive.write(tmp_path / "berkas", tmp_path, [], [])


def test_markers_are_read_as_of_the_machine_it_is_for():
    pin = pins()[0]._replace(marker="sys_platform == 'win32' and python_version < '3.13'")
    assert [machine.name for machine in machines.ALL if pin.is_for(machine.facts)] == ["Windows x64, Python 3.11", "Windows x64, Python 3.12"]


def test_what_is_missing_for_a_machine_is_named(tmp_path):
    with pytest.raises(Refused, match="Windows x64, Python 3.12 tidak lengkap"):
        machines.must_suffice(machines.Machine("win32", "3.12"), pins()[:1], tmp_path)


def test_the_bill_of_materials_names_every_pin_with_its_hashes_and_who_needs_it():
    told = papers.sbom("1.0", pins(), list(map(library, pins())))
    assert (told["bomFormat"], told["specVersion"], told["metadata"]["component"]["bom-ref"]) == ("CycloneDX", "1.5", US)
    assert [(one["name"], one["version"], len(one["externalReferences"][0]["hashes"])) for one in told["components"]] == [
        (pin.name, pin.version, len(pin.hashes)) for pin in pins()]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", told["serialNumber"])
    known = {US, *(one["bom-ref"] for one in told["components"])}
    needed = {ref for one in told["dependencies"] for ref in one["dependsOn"]}
    assert {one["ref"] for one in told["dependencies"]} == known and needed == known - {US}
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize("pin", pins(), ids=lambda pin: pin.name)
def test_every_library_may_be_used(pin):
    assert pin.hashes and library(pin).is_welcome, library(pin).licence


def test_the_plain_list_is_part_of_the_one_with_postgresql():
    assert {(pin.name, pin.version, pin.hashes) for pin in pins(RUNTIME)} <= {(pin.name, pin.version, pin.hashes) for pin in pins(EVERYTHING)}


def test_the_guide_lists_the_libraries_as_they_are():
    assert (ROOT / "docs" / "pustaka.md").read_text("utf-8") == table() + "\n"


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str
    read.read(LINUX / name)
    return read


@pytest.mark.parametrize("timer", sorted(path.name for path in LINUX.glob("*.timer")))
def test_a_timer_calls_a_command_there_is(timer):
    called = re.fullmatch(r"lumbung@(\w+)\.service", unit(timer)["Timer"]["Unit"])[1]
    assert called in {command.name for command in COMMANDS} and unit(timer)["Timer"]["Persistent"] == "true"


def test_service_and_timers_are_shut_in_alike():
    shut = [{name: value for name, value in unit(name)["Service"].items() if name.startswith(("Protect", "Private", "Restrict", "NoNew", "State"))}
            for name in ("lumbung.service", "lumbung@.service")]
    assert shut[0] == shut[1] and len(shut[0]) > 12


@pytest.mark.skipif(not which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_understands_the_units():
    done = subprocess.run(["systemd-analyze", "verify", *map(str, LINUX.iterdir())], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "lumbung" in line] == []


def test_windows_tasks_call_commands_there_are():
    script = (WINDOWS / "pasang-tugas.ps1").read_text("ascii")
    called = set(re.findall(r'^Add-Tugas "\w+" "(\w+)"', script, re.MULTILINE))
    assert called - {"serve"} <= {command.name for command in COMMANDS} and called == {"serve", "malam", "ingatkan"}
