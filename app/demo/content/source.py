"""Reading the hand-written TOML beside this module."""

import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def load_all(folder: str, table: str) -> list[dict[str, Any]]:
    """Every row of one table in every file of a folder, files in order of name."""
    paths = sorted((HERE / folder).glob("*.toml"))
    return [row for path in paths for row in tomllib.loads(path.read_text(encoding="utf-8"))[table]]
