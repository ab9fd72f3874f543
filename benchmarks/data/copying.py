"""Rows out of rows: everything that hangs on one proposal, again under new ids, of another unit and another day."""
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from sqlite3 import Connection
from typing import Any

from app.models import Base, Entry
from app.models.base import UtcDateTime
from app.rules.chain import START, link
from benchmarks.data.papers import pdf

DAYS, STEPS = 40, 800  # the copies spread over so many days, in so many steps; the oldest come first, as events do
ROOTS = ("stored_file", "innovation", "document")
TIMES = {(table.name, column.name) for table in Base.metadata.tables.values() for column in table.columns if isinstance(column.type, UtcDateTime)}


@dataclass
class Table:
    """Of one pattern: its rows, and by place in the row which other table it points to, or that it is an instant."""
    name: str
    columns: list[str]
    rows: list[tuple]
    points: list[tuple[int, str]] = field(default_factory=list)
    instants: list[int] = field(default_factory=list)
    place: dict[str, int] = field(default_factory=dict)


def read(database: Connection, entry: Entry) -> list[Table]:
    """The pattern: `entry` and whatever belongs to it, table by table, those pointed to first."""
    documents = {exhibit.document_id for answer in entry.answers for exhibit in answer.exhibits}
    files = {v.file_id for answer in entry.answers for exhibit in answer.exhibits for v in exhibit.document.versions}
    taken: dict[str, set[int]] = {"innovation": {entry.innovation_id}, "document": documents, "stored_file": files}
    found = []
    for table in Base.metadata.sorted_tables:
        columns = [column.name for column in table.columns]
        points = [(place, column_key.column.table.name) for place, column in enumerate(table.columns) for column_key in column.foreign_keys
                  if column_key.column.table.name != table.name]
        ours = [(place, to) for place, to in points if to in taken]
        if table.name not in ROOTS and not ours:
            continue
        where = " OR ".join([f'"{columns[place]}" IN ({_listed(taken[to])})' for place, to in ours if table.name not in ROOTS]
                            or [f"id IN ({_listed(taken[table.name])})"])
        order, listed = "id" if "id" in columns else 1, ", ".join(map(_quoted, columns))
        rows = database.execute(f'SELECT {listed} FROM "{table.name}" WHERE {where} ORDER BY {order}').fetchall()
        if rows:
            if "id" in columns:
                taken[table.name] = {row[columns.index("id")] for row in rows}
            found.append(Table(table.name, columns, rows, points, [n for n, c in enumerate(columns) if (table.name, c) in TIMES],
                               {name: n for n, name in enumerate(columns)}))
    return found


@dataclass
class Copier:
    """`next_ids` says where each table goes on; `waiting` holds the rows that were made and not yet written."""
    database: Connection
    next_ids: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, list[list]] = field(default_factory=lambda: defaultdict(list))
    columns: dict[str, list[str]] = field(default_factory=dict)
    shifted: dict[tuple[str, int], str] = field(default_factory=dict)
    head: str = START

    def copy(self, tables: list[Table], step: int, outside: dict[str, dict[int, int]], changes: dict[str, dict[str, Any]],
             told: dict[str, Any]) -> None:
        """One more: `outside` maps ids of tables that are not copied (user, unit, period), `changes` sets columns of a table, `told` is set in the
        profile of the snapshots."""
        maps: dict[str, dict] = {name: outside.get(name, {}) for name in ("user", "unit", "period")} | {"seal": {}}
        for table in tables:
            if "id" in table.place:
                first = self.next_ids.get(table.name) or self._first(table.name)
                maps[table.name] = {row[table.place["id"]]: first + n for n, row in enumerate(table.rows)}
                self.next_ids[table.name] = first + len(table.rows)
        for table in tables:
            self._copy(table, step, maps, changes.get(table.name, {}), told)

    def _copy(self, table: Table, step: int, maps: dict[str, dict], change: dict[str, Any], told: dict[str, Any]) -> None:
        ids, out = maps.get(table.name, {}), self.waiting[table.name]
        points = [(place, maps[to]) for place, to in table.points if maps.get(to)]
        for row in table.rows:
            new = list(row)
            if ids:
                new[table.place["id"]] = ids[row[table.place["id"]]]
            for place, to in points:
                new[place] = to.get(row[place], row[place])
            for place in table.instants:
                if row[place]:
                    new[place] = self._later(row[place], step)
            for name, value in change.items():
                new[table.place[name]] = value
            if table.name == "stored_file":
                seal, size, own = table.place["sha256"], table.place["size"], content(new[table.place["id"]], row[table.place["kind"]])
                new[seal], new[size] = sha256(own).hexdigest(), len(own)
                maps["seal"][row[seal]] = new[seal]
            elif table.name == "document_version":
                new[table.place["doc_number"]], new[table.place["dated_on"]] = letter(new[table.place["id"]])
            elif table.name == "round":
                new[table.place["snapshot"]] = _snapshot(row[table.place["snapshot"]], maps, told)
            elif table.name == "event":
                self._chain(table, new)
            out.append(new)
        self.columns[table.name] = table.columns

    def write(self) -> None:
        for name, rows in self.waiting.items():
            columns = self.columns[name]
            self.database.executemany(
                f'INSERT INTO "{name}" ({", ".join(map(_quoted, columns))}) VALUES ({", ".join("?" * len(columns))})', rows)
        self.waiting.clear()

    def _chain(self, table: Table, new: list) -> None:
        facts = {name: new[n] for name, n in table.place.items() if name not in ("id", "hash", "at")}
        facts["details"], facts["is_private"] = json.loads(facts["details"]), bool(facts["is_private"])
        at = datetime.fromisoformat(new[table.place["at"]]).replace(tzinfo=UTC)
        self.head = new[table.place["hash"]] = link(self.head, at, facts)

    def _first(self, name: str) -> int:
        return (self.database.execute(f'SELECT max(id) FROM "{name}"').fetchone()[0] or 0) + 1

    def _later(self, instant: str, step: int) -> str:
        """Step 0 is the longest ago, the last step is when the pattern was made."""
        if (known := self.shifted.get((instant, step))) is None:
            moved = datetime.fromisoformat(instant) - timedelta(days=DAYS * (STEPS - step) / STEPS)
            known = self.shifted[instant, step] = moved.isoformat(" ", "microseconds")
        return known


def content(file_id: int, kind: str) -> bytes:
    """The bytes a copied file stands for: a PDF is one, because pages read them; nobody opens the others here."""
    return pdf(b"Keputusan %d" % file_id) if kind == "pdf" else b"ukuran %d" % file_id


def letter(version_id: int) -> tuple[str, str]:
    """Number and date of a copied document: its own, as letters have, so that pages find about as many of one day as in an office."""
    return f"188/{version_id}/2025", (date(2025, 1, 1) + timedelta(days=version_id * 7 % 365)).isoformat()


def _snapshot(text: str, maps: dict[str, dict], told: dict[str, Any]) -> str:
    """As the copy would have been handed in."""
    snapshot = json.loads(text)
    snapshot["profile"].update(told)
    for row in snapshot["rows"].values():
        for exhibit in row["exhibits"]:
            exhibit["document"] = maps["document"].get(exhibit["document"], exhibit["document"])
            exhibit["sha256"] = maps["seal"].get(exhibit["sha256"], exhibit["sha256"])
            exhibit["version"] = maps["document_version"].get(exhibit["version"], exhibit["version"])
    return json.dumps(snapshot)


def _listed(ids: set[int]) -> str:
    return ",".join(map(str, sorted(ids)))


def _quoted(name: str) -> str:
    return f'"{name}"'
