"""docs/keamanan.md and the tests say the same: forty rows, each with the test of its number, and no test without a row."""
import re
from pathlib import Path

from app.config import ROOT

TABLE = (ROOT / "docs" / "keamanan.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| `(test_\w+)` \| ([^|]+) \|$", TABLE, re.M)
FILES = Path(__file__).parent.glob("test_requirements_*.py")
TESTS = {name for path in FILES for name in re.findall(r"^def (test_\d\w+)", path.read_text("utf-8"), re.M)}
SOURCE = r"V(?:[1-9]|1[0-7])(?:, V(?:[1-9]|1[0-7]))* · [a-m](?:, [a-m])*"  # a chapter of ASVS, an aspect of BSSN 4/2021


def test_there_are_forty_in_order_each_with_its_test_and_its_source():
    assert [int(row[0]) for row in ROWS] == list(range(1, 41))
    assert [row[3] for row in ROWS if not row[3].startswith(f"test_{int(row[0]):02}_")] == []
    assert {row[3] for row in ROWS} == TESTS
    assert [row[4] for row in ROWS if not re.fullmatch(SOURCE, row[4])] == []
