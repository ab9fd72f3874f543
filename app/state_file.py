"""A small file of state in the data folder, or where a change is prepared: after a power cut all of it or what was there before."""
import json
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

BACKUP, DRILL, SECOND = "cadangan.json", "latihan-pulih.json", "tempat-kedua.json"  # in the data folder, like the next two
NIGHT, EXAMINATION = "malam.json", "kesehatan.json"


def write(path: Path, told: dict[str, Any]) -> None:
    """On the disk when this returns; OSError when that cannot be."""
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def note(path: Path, told: dict[str, Any]) -> None:
    """What is good to know, and no reason to stop where the disk is full or closed."""
    with suppress(OSError):
        write(path, told)


def read(path: Path) -> dict[str, Any]:
    """Empty where there is none, or none that can be read."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
