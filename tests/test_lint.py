"""What the tools say of the code: nothing."""
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("words", [
    ["ruff", "check", "--no-cache", "."],
    ["mypy", "--no-error-summary", "--cache-dir", "/dev/null" if sys.platform != "win32" else "nul"],
], ids=lambda words: words[0])
def test_the_tools_have_nothing_to_say(words):
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
