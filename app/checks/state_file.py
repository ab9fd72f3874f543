"""A small file of state in the data folder: all of it or none of it. A full disk must not keep a check from being made."""
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

NIGHT, EXAMINATION = "malam.json", "kesehatan.json"


def write(path: Path, told: dict[str, Any]) -> None:
    draft = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        draft.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
        draft.replace(path)


def read(path: Path) -> dict[str, Any]:
    """Empty where there is none, or none that can be read."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
