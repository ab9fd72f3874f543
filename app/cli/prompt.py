"""What stands at the prompt: our commands and no others, every word around them in Indonesian too."""
import gettext
import os
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup, ScriptInfo

from app.called import called
from app.cli import COMMANDS
from app.cli.telling import BELOW, OPTIONS, in_words

LOCALE = Path(__file__).with_name("locale")


def speak() -> None:
    """Click takes its words from gettext, in the domain all programs share and the language of the environment. Only here: the server and its
    children keep theirs."""
    gettext.bindtextdomain("messages", LOCALE)
    os.environ["LANGUAGE"] = "id"


class Prompt(AppGroup):
    def resolve_command(self, context: click.Context, words: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(context, words)
        except click.NoSuchCommand as unknown:
            unknown.message += f" Daftarnya: {called('perintah')}."
            raise


@click.group("lumbung", cls=Prompt, options_metavar=OPTIONS, subcommand_metavar=BELOW,
             help=f"Perintah pengelolaan Lumbung Inovasi. Penjelasan satu perintah: {called('PERINTAH --help')}")
@click.pass_context
def prompt(context: click.Context) -> None:
    context.with_resource(context.ensure_object(ScriptInfo).load_app().app_context())


for command in COMMANDS:
    prompt.add_command(in_words(command))


def answer() -> None:
    speak()
    prompt.main(prog_name=called(), obj=ScriptInfo(create_app=the_app, set_debug_flag=False))


def the_app() -> Flask:
    from wsgi import app  # which ends the program with a sentence when the settings are wrong

    return app
