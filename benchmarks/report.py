"""What came of it: a table on the screen, JSON beside this file."""
import json
import os
import platform
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results")


class Report:
    """`figures` by part; `verdicts` are targets with what was reached."""

    def __init__(self, **how: Any):
        self.figures: dict[str, Any] = {}
        self.verdicts: list[dict[str, Any]] = []
        self.how = {"at": datetime.now().isoformat(timespec="minutes"), "cores": os.cpu_count(), "python": platform.python_version(),
                    "system": platform.platform(), "load_before": os.getloadavg()[0], "code": _code(), **how}

    def table(self, part: str, title: str, rows: list[dict[str, Any]]) -> None:
        """`rows` all have the same keys, the first of them names the row."""
        self.figures.setdefault(part, {})[title] = rows
        print(f"\n{title}")
        columns = list(rows[0])
        lines = [columns, *([_said(row[name]) for name in columns] for row in rows)]
        widths = [max(len(line[n]) for line in lines) for n in range(len(columns))]
        for line in lines:
            print("  " + "  ".join(word.ljust(w) if n == 0 else word.rjust(w) for n, (word, w) in enumerate(zip(line, widths, strict=True))))

    def target(self, what: str, reached: float, wanted: float, unit: str, at_least: bool = False) -> None:
        met = reached >= wanted if at_least else reached <= wanted
        self.verdicts.append({"target": what, "wanted": f"{'≥' if at_least else '≤'} {_said(wanted)} {unit}", "reached": f"{_said(reached)} {unit}",
                              "met": "yes" if met else "NO"})

    def close(self) -> None:
        if self.verdicts:
            self.table("targets", "Targets", self.verdicts)
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{date.today().isoformat()}.json"
        before = json.loads(path.read_text()) if path.exists() else {}
        parts = before.get("parts", {}) | {name: {"how": self.how, "tables": tables} for name, tables in self.figures.items() if name != "targets"}
        judged = {one["target"]: one for one in [*before.get("targets", []), *self.verdicts]}
        path.write_text(json.dumps({"parts": parts, "targets": list(judged.values())}, ensure_ascii=False, indent=1) + "\n")
        print(f"\nKept in {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")


def _said(value: Any) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.3g}" if abs(value) < 10 else f"{value:,.0f}"


def _code() -> str:
    done = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=Path(__file__).parent, capture_output=True, text=True)
    return done.stdout.strip() or "unknown"
