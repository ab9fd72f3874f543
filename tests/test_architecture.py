"""The shape of the code, checked: who may import whom, who may commit, how long a file may grow."""
import ast
from pathlib import Path

import pytest

APP = Path(__file__).parent.parent / "app"
EDGE = {"backups", "called", "checks", "clock", "config", "config_kinds", "exports", "extensions", "instruments", "journal", "locks", "models",
        "passwords", "queries", "rules", "state_file", "storage"}
LAYERS = {  # a layer may import itself and what is listed
    "exports": {"clock", "rules"},
    "clock": set(), "rules": set(), "storage": set(), "config_kinds": set(), "instruments": set(), "passwords": set(),
    "locks": set(), "state_file": set(), "journal": {"clock"}, "called": {"config_kinds"}, "data_folder": {"called"},
    "config": {"config_kinds", "data_folder"}, "server": {"called", "config", "instruments", "locks"},
    "models": {"clock", "rules"},
    "bundling": {"config", "rules"},
    "backups": {"called", "clock", "config", "locks", "rules", "state_file", "storage"},
    "queries": {"models", "rules"},
    "checks": {"backups", "called", "clock", "config", "locks", "models", "queries", "rules", "state_file", "storage"},
    "demo": {"clock", "exports", "instruments", "models", "passwords", "queries", "rules", "storage"},
    "extensions": {"config", "locks", "models"},
    "web": EDGE,
    "cli": EDGE | {"bundling", "demo"},
    "__init__": {"backups", "cli", "config", "extensions", "storage", "web"},
}
FLASK_FREE = {"clock", "exports", "rules", "models", "queries", "storage", "demo", "instruments", "passwords", "config", "config_kinds",
              "called", "data_folder", "journal", "backups", "checks", "state_file"}
SHARED_WEB = {"assets", "conflict", "errors", "exposed", "fields", "first_steps", "forms", "gate", "guides", "headers", "hints", "jinja", "known",
              "listing", "menu", "messages", "proofs", "regency", "season", "sending", "sheeting", "sorting", "stamps", "standing_now", "trouble",
              "turns", "twins", "unsaved", "uploads", "wall"}
MODULES = sorted(path for path in APP.rglob("*.py"))
LONGEST = 250


def name_of(path):
    return str(path.relative_to(APP))


def layer(path):
    return path.relative_to(APP).parts[0].removesuffix(".py")


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_inward(path):
    mine = layer(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "app" and len(parts) > 1:
            assert parts[1] == mine or parts[1] in LAYERS[mine] or (name == "app.create_app" and mine == "server"), f"{mine} may not import {name}"
        assert not (parts[0].startswith("flask") and mine in FLASK_FREE), f"{mine} may not know Flask"
        assert not (parts[0] == "sqlalchemy" and mine == "rules"), "rules know no SQL"


@pytest.mark.parametrize("path", [p for p in MODULES if layer(p) == "web"], ids=name_of)
def test_areas_of_the_screen_meet_only_in_shared_rooms(path):
    parts = path.relative_to(APP).parts
    if len(parts) < 3:
        return
    for name in imports(path):
        other = name.split(".")
        if other[:2] == ["app", "web"] and len(other) > 2:
            assert other[2] in SHARED_WEB | {parts[1]}, f"{parts[1]} may not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_edges_commit(path):
    assert ".commit(" not in path.read_text(encoding="utf-8") or layer(path) in {"web", "cli"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_clock_knows_the_time(path):
    text = path.read_text(encoding="utf-8")
    asks = any(word in text for word in ("datetime.now(", "date.today(", "utcnow("))
    assert not asks or layer(path) == "clock"


@pytest.mark.parametrize("path", [*MODULES, *sorted((APP / "templates").rglob("*.html"))], ids=name_of)
def test_files_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
