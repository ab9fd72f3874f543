"""README is true: its commands exist and run, its example prints what it says; links and pictures of the guides are there."""
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from app.cli.prompt import prompt
from app.config import NOT_SETTINGS, Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"python3 (lumbung\.py [^`\n]+)", README)))
TIMERS = ("cron", "systemd", "Penjadwal Tugas")  # of other programs
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINKS = [(page, target) for page in GUIDES for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
         if "://" not in target and not target.startswith("/")]  # addresses of the app are opened in tests/web/test_guides.py
WORDS = {page: page.read_text("utf-8") for page in (*GUIDES, *sorted((ROOT / "pemasangan").glob("*/*")))}
SAID = sorted({words.strip(" .,;:") for text in WORDS.values() for words in re.findall(r"lumbung\.py ((?:--data \S+ )?[a-z][^`\n\"#;,(…]*)", text)})
OF_THE_LAUNCHER = {"serve": {"--demo", "--scale", "--host", "--port", "--data"}, "test": set(), "perintah": set()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme")
    for words in (["siapkan"], ["backup"]):  # what the others speak of; they run in any order
        run(["lumbung.py", "--data", str(folder), *words], folder)
    return folder


def run(words, folder):
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=120,
                          env={"PATH": "/usr/bin:/bin", "HOME": str(folder)})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.split()[1] not in ("serve", "test", "bundle")])  # bundle needs the package index
def test_commands_of_the_readme_run(command, folder):
    example = folder / "rencana.json"
    example.write_text(json.dumps({"spd": 50, "innovations": [{"id": "a", "maturity": 85, "main_affair": "Kesehatan"}]}))
    words = [str(example) if word == "rencana.json" else word for word in shlex.split(command)]
    out = run([words[0], "--data", str(folder), *words[1:]], folder)
    if words[1] == "index":
        keys = {"total", "index", "band", "count_score", "divisor", "basic_affairs"}
        assert set(json.loads(out)) == (keys | {"send"} if "--best" in words else keys)


@pytest.mark.parametrize("said", SAID)
def test_a_command_of_the_guides_is_there_with_its_options(said):
    first, *rest = re.sub("^--data \\S+ ", "", said).split()
    options = {word for word in rest if word.startswith("--")}
    if first in OF_THE_LAUNCHER:
        assert options <= OF_THE_LAUNCHER[first]
        return
    command = prompt.commands[first]
    if isinstance(command, click.Group):
        command = command.commands[rest[0]]
    assert options <= {name for option in command.params for name in option.opts}


def test_there_are_such_settings_and_they_may_be_so(tmp_path):
    for page, text in WORDS.items():
        for at, block in enumerate(re.findall("```toml\n(.*?)```", text, re.S)):
            folder = tmp_path / f"{page.stem}-{at}"
            folder.mkdir()
            (folder / "lumbung.toml").write_text(block, "utf-8")
            Settings.load({"LUMBUNG_DATA": str(folder)})
    known = {f"LUMBUNG_{name.upper()}" for name in Settings.__dataclass_fields__} | NOT_SETTINGS
    assert {name for text in WORDS.values() for name in re.findall("LUMBUNG_[A-Z_]+", text)} - known == set()


def test_every_test_that_a_guide_names_is_there():
    tests = " ".join(f"{path.stem} {path.read_text('utf-8')}" for path in (ROOT / "tests").rglob("test_*.py"))
    named = {name for page in GUIDES for name in re.findall(r"`…?(?:[\w/]+\.py::)?(\w{8,})…[`,]|\b(test_\w+)", page.read_text("utf-8"))}
    assert {name for one in named for name in one if name not in tests} == set() and len(named) > 50


@pytest.mark.parametrize(("page", "target"), LINKS, ids=lambda part: getattr(part, "stem", part))
def test_links_of_the_guides_lead_somewhere(page, target):
    assert (page.parent / target).exists()


@pytest.mark.parametrize("page", GUIDES[1:], ids=lambda page: page.stem)
def test_words_in_bold_are_words_on_the_screen(page):
    shown = " ".join(path.read_text(encoding="utf-8") for kind in ("templates/**/*.html", "web/**/*.py", "static/*.js", "exports/*.py", "models/*.py")
                     for path in (ROOT / "app").glob(kind))
    shown = " ".join(shown.split()).lower()
    words = [word.strip(" .·:") for bold in re.findall(r"\*\*([^*]+)\*\*", page.read_text(encoding="utf-8"))
             for word in re.split(r" → |, |…|\d\d\.\d\d", " ".join(bold.split()))]
    assert [word for word in words if word not in TIMERS and word.lower() not in shown] == []


def test_every_picture_is_shown_in_a_guide():
    assert {path.name for path in (ROOT / "docs/gambar").iterdir()} == {Path(target).name for _, target in LINKS if target.endswith(".png")}


def test_the_first_administrator_is_shown_once(tmp_path):
    first, second = (run(["lumbung.py", "--data", str(tmp_path), "siapkan"], tmp_path) for _ in range(2))
    assert "kata sandi" in first and "kata sandi" not in second
