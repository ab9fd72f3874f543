"""A data folder to write in, so that the one that is kept stays as it was laid down."""
import os
import shutil
from pathlib import Path

from benchmarks.data.making import data_folder


def working_copy(room: Path, size: int, part: str, files: bool = True) -> Path:
    """The database copied, the files linked, or left out where nobody opens one."""
    kept, copy = data_folder(room, size), room / f"kerja-{part}-{size}"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(mode=0o700)
    for name in ("lumbung.sqlite", "secret"):
        shutil.copy(kept / name, copy / name)
    if files:
        shutil.copytree(kept / "files", copy / "files", copy_function=os.link)
    return copy
