"""What stands at the prompt: our commands and no others, every word around them in Indonesian too."""
import gettext
import os
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup, ScriptInfo

from app.cli import COMMANDS
from app.cli.telling import BELOW, OPTIONS, in_words

LOCALE = Path(__file__).with_name("locale")
CALLED = "python3 lumbung.py"


def speak() -> None:
    """Click takes its words from gettext, in the domain all programs share and the language of the environment. Only here: the server and its
    children keep theirs."""
    gettext.bindtextdomain("messages", LOCALE)
    os.environ["LANGUAGE"] = "id"


@click.group("lumbung", cls=AppGroup, options_metavar=OPTIONS, subcommand_metavar=BELOW,
             help="Perintah pengelolaan Lumbung Inovasi. Penjelasan satu perintah: python3 lumbung.py PERINTAH --help")
@click.pass_context
def prompt(context: click.Context) -> None:
    context.with_resource(context.ensure_object(ScriptInfo).load_app().app_context())


for command in COMMANDS:
    prompt.add_command(in_words(command))


def answer() -> None:
    speak()
    prompt.main(prog_name=CALLED, obj=ScriptInfo(create_app=the_app, set_debug_flag=False))


def the_app() -> Flask:
    from wsgi import app  # which ends the program with a sentence when the settings are wrong

    return app
