"""The training regency, made by the real command once for all workers of a run; everybody gets a copy of their own."""
import os
import shutil
import time
from pathlib import Path

from app.cli.setup import build_demo, seed_reasons
from tests.live import prepared

LONG = 300  # seconds; a build takes about twenty


def copy_of_regency(tmp_path_factory) -> Path:
    """A data folder to do anything with. The evidence in it is never written again, so its files are shared where the disk can."""
    common = folder_of_all(tmp_path_factory)
    original = common / "kabupaten-latihan"
    try:
        (common / "kabupaten-latihan.building").mkdir()
    except FileExistsError:
        wait_for(original)
    else:
        build(common / "kabupaten-latihan.building" / "data")
        (common / "kabupaten-latihan.building" / "data").rename(original)
    folder = tmp_path_factory.mktemp("regency") / "data"
    shutil.copytree(original, folder, copy_function=shared_or_copied)
    return folder


def folder_of_all(tmp_path_factory) -> Path:
    """The one folder all workers of this run share."""
    ours: Path = tmp_path_factory.getbasetemp()
    return ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours


def build(folder: Path) -> None:
    with prepared(folder):
        seed_reasons()
        build_demo(1)


def wait_for(original: Path) -> None:
    until = time.monotonic() + LONG
    while not original.exists():
        assert time.monotonic() < until, "the worker that builds the training regency did not come to an end"
        time.sleep(0.2)


def shared_or_copied(source: str, target: str) -> None:
    if "files" not in Path(source).parts[-3:-1]:
        shutil.copy2(source, target)
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
