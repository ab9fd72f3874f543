"""Who asks for what, read from the database that is measured."""
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

PLAIN_ROWS = ("16", "17", "22", "23", "24")  # neither a basis nor substances are asked there


class Draft(NamedTuple):
    """A proposal its operator may fill in now."""
    entry: int
    operator: str


def drafts(data: Path, most: int) -> list[Draft]:
    """One for each operator, as many operators as there are, at most `most`."""
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as database:
        return [Draft(*row) for row in database.execute(
            "SELECT max(e.id), u.username FROM entry e JOIN period p ON p.id = e.period_id JOIN membership m ON m.unit_id = e.unit_id "
            "AND m.role = 'operator' JOIN user u ON u.id = m.user_id WHERE e.status = 'draft' AND p.year = 2026 GROUP BY u.id ORDER BY u.id LIMIT ?",
            (most,))]


def verified(data: Path) -> list[int]:
    """Proposals that wait for their approval."""
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as database:
        return [id for id, in database.execute("SELECT id FROM entry WHERE status = 'verified' ORDER BY id")]


def count(data: Path, of: str) -> int:
    with closing(sqlite3.connect(data / "lumbung.sqlite", timeout=30)) as database:
        return database.execute(f"SELECT count(*) FROM {of}").fetchone()[0]


def levels(data: Path) -> dict[tuple[int, str], int]:
    """What every draft claims, by proposal and row."""
    with closing(sqlite3.connect(data / "lumbung.sqlite", timeout=30)) as database:
        return {(entry, code): level for entry, code, level in database.execute(
            "SELECT e.id, i.code, a.claimed_level FROM entry e JOIN answer a ON a.entry_id = e.id JOIN indicator i ON i.id = a.indicator_id "
            "WHERE e.status = 'draft' AND a.claimed_level IS NOT NULL")}
