"""At the prompt everything is Indonesian: Click's own words too, which it takes from our catalogue."""
import gettext
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from click.testing import CliRunner
from flask.cli import ScriptInfo

from app.called import called
from app.cli import prompt
from app.config import ROOT

CATALOGUE = prompt.LOCALE / "id" / "LC_MESSAGES" / "messages.po"
USAGE = "Cara pakai: python3 lumbung.py "
METAVARS = ("OPTIONS", "COMMAND", "ARGS", "TEXT", "PATH", "DIRECTORY", "FILE", "INTEGER", "RANGE", "USERNAME", "Error", "flask")


def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="id")


@pytest.fixture
def at_prompt(app, monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en")  # what the computer speaks, until the prompt says otherwise
    prompt.speak()
    for command in every(prompt.prompt):
        monkeypatch.setattr(command, "_help_option", None)  # kept in the language it was first asked in
    return lambda *words: CliRunner().invoke(prompt.prompt, words, prog_name=called(), obj=ScriptInfo(create_app=lambda: app))


def english(said):
    """What Click would say by itself, where it stands in what was said."""
    written = [part for message in catalogue() if message.id for part in ([message.id] if isinstance(message.id, str) else message.id)]
    pieces = {piece.strip() for words in written for piece in re.split(r"{[^}]*}|%\(\w+\)s", words)}
    return [piece for piece in sorted(pieces | set(METAVARS)) if len(piece) > 3 and re.search(rf"\b{re.escape(piece)}(?!\w)", said)]


def every(command):
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from every(below)


def commands(group=prompt.prompt, before=()):
    """The words of every command, those below a group too."""
    yield before
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*before, name))


def test_every_word_of_click_has_its_indonesian_one():
    told = {message.id: message.string for message in catalogue() if message.id}
    words = {words for _, _, words, _, _ in extract_from_dir(str(Path(click.__file__).parent), [("**.py", "python")])}
    assert (words - set(told), [id for id, string in told.items() if not all(string)]) == (set(), [])


def test_nothing_is_filled_in_that_click_does_not_give():
    names = re.compile(r"{(\w+)")
    for message in catalogue():
        if message.id:
            given = message.id[1] if isinstance(message.id, tuple) else message.id
            said = message.string[0] if isinstance(message.id, tuple) else message.string
            assert set(names.findall(said)) <= set(names.findall(given)), message.id


def test_the_compiled_catalogue_says_what_the_written_one_says():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogue():
        if isinstance(message.id, tuple):
            assert compiled.ngettext(*message.id, 2) == message.string[0]
        elif message.id:
            assert compiled.gettext(message.id) == message.string


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_the_help_of_every_command_is_indonesian(at_prompt, words):
    result = at_prompt(*words, "--help")
    assert (result.exit_code, result.output.splitlines()[0].startswith(USAGE), english(result.output)) == (0, True, [])
    assert re.search(r"--help +Tampilkan penjelasan ini\.", result.output)


@pytest.mark.parametrize(("words", "said"), [
    (["restoree"], "Perintah 'restoree' tidak dikenal. Daftarnya: python3 lumbung.py perintah. Mungkin maksud Anda: 'restore'."),
    (["entah"], "Perintah 'entah' tidak dikenal. Daftarnya: python3 lumbung.py perintah."),
    (["users", "entah"], "Perintah 'entah' tidak dikenal."),
    (["restore", "--yah"], "Pilihan '--yah' tidak dikenal. Mungkin maksud Anda: '--ya'."),
    (["users", "slip"], "Belum ada isian 'NAMA'."),
    (["users", "slip", "a", "b"], "Ada kata yang berlebih (b)"),
    (["backup", "--ke"], "Pilihan '--ke' memerlukan nilai."),
    (["restore", "--ya=1"], "Pilihan '--ya' tidak memakai nilai."),
    (["siapkan", "--scale", "x"], "Isian '--scale' tidak dapat dipakai: 'x' bukan bilangan yang dapat dipakai."),
    (["siapkan", "--scale", "101"], "Isian '--scale' tidak dapat dipakai: 101 di luar batas 1<=x<=100."),
    (["bundle", "--ke", __file__], f"Isian '--ke' tidak dapat dipakai: '{__file__}' adalah berkas, bukan folder."),
])
def test_a_word_that_does_not_fit_is_told_in_indonesian(at_prompt, words, said):
    result = at_prompt(*words)
    assert (result.exit_code, result.output.splitlines()[-1], english(result.output)) == (2, said, [])


def test_a_refusal_is_its_sentence_alone(at_prompt):
    assert at_prompt("users", "slip", "siapa").output == "Tidak ada akun bernama siapa. Lihat daftarnya: python3 lumbung.py users daftar\n"


def test_only_our_own_commands_stand_in_the_list(at_prompt):
    shown = at_prompt("--help").output.partition("Perintah:\n")[2]
    assert re.findall(r"^  (\S+)", shown, re.M) == sorted(name for name, command in prompt.prompt.commands.items() if not command.hidden)


def test_the_process_itself_speaks_whatever_the_computer_does():
    done = subprocess.run([sys.executable, "-m", "app.cli", "users"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60,
                          env=os.environ | {"LANGUAGE": "de", "LANG": "en_US.UTF-8", "PYTHONUTF8": "1"})
    assert (done.returncode, (done.stdout + done.stderr).splitlines()[0]) == (2, USAGE + "users [PILIHAN] PERINTAH [KATA]...")
