"""The words this app is called with: those that were typed, and those a sentence proposes. Who pastes one reaches the same data folder."""
import os
import shlex
import sys
from collections.abc import Mapping

from app.config_kinds import ROOT

PROGRAM = "python3 lumbung.py"
OFFICE, TRAINING = ROOT / "instance", ROOT / "instance" / "latihan"  # where the launcher looks without and with --demo


def called(words: str = "", env: Mapping[str, str] = os.environ) -> str:
    """A command for the data folder of this process, as a person types it."""
    data, demo = ROOT / env.get("LUMBUNG_DATA", OFFICE), env.get("LUMBUNG_TRAINING") == "1"
    quoted = shlex.quote(str(data)) if os.name == "posix" else f'"{data}"'
    place = "" if data == (TRAINING if demo else OFFICE) else f"--data {quoted}"
    return " ".join(filter(None, (PROGRAM, "--demo" if demo else "", place, words)))


def typed(env: Mapping[str, str] = os.environ) -> str:
    """The command this process came from; the launcher notes it before it becomes another program."""
    return env.get("LUMBUNG_TYPED") or shlex.join(sys.orig_argv)
