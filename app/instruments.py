"""What is shipped with the app as data: the published instruments in app/data/instruments, and the first bank of reasons."""
import json
import tomllib
from importlib.resources import files
from typing import Any

_DATA = files("app").joinpath("data")
_FOLDER = _DATA.joinpath("instruments")


def codes() -> list[str]:
    """Newest first."""
    return sorted((entry.name.removesuffix(".json") for entry in _FOLDER.iterdir() if entry.name.endswith(".json")), reverse=True)


def load(code: str) -> dict[str, Any]:
    return json.loads(_FOLDER.joinpath(f"{code}.json").read_text(encoding="utf-8"))


def reasons() -> dict[str, list[tuple[str, str]]]:
    """Per row (code): why rows of it fall, as (cause, sentence). The first of a row is its usual one; years stand as T-0, T-1 and T-2."""
    found = tomllib.loads(_DATA.joinpath("reasons.toml").read_text(encoding="utf-8"))
    return {row: [(cause, text) for cause, text in each] for row, each in found.items()}
