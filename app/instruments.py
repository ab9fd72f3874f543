"""The instruments shipped with the app, as published JSON files in app/data/instruments."""
import json
from importlib.resources import files
from typing import Any

_FOLDER = files("app").joinpath("data/instruments")


def codes() -> list[str]:
    """Newest first."""
    return sorted((entry.name.removesuffix(".json") for entry in _FOLDER.iterdir() if entry.name.endswith(".json")), reverse=True)


def load(code: str) -> dict[str, Any]:
    return json.loads(_FOLDER.joinpath(f"{code}.json").read_text(encoding="utf-8"))
