"""What the disk, the folder or the database refuses a command, as a sentence at the prompt instead of a traceback."""
import sqlite3
from functools import wraps

import click
from flask import current_app
from sqlalchemy.exc import DBAPIError

from app.called import called
from app.rules import Refused
from app.rules.troubles import Kind, kind_of

SENTENCES = {
    Kind.BUSY: "Basis data di {data} sedang dipakai program lain. Tutup program itu, lalu jalankan lagi.",
    Kind.GONE: "Basis data tidak dapat dihubungi. Pastikan server basis data menyala, lalu jalankan lagi.",
    Kind.FULL: "Disk tempat folder data {data} penuh. Kosongkan sebagian, lalu jalankan lagi. Yang sudah tersimpan tidak berubah.",
    Kind.CLOSED: "Folder data {data} atau isinya tidak dapat dibuka atau ditulisi. Jalankan dengan akun yang memasang aplikasi ini, "
                 "atau kembalikan pemilik folder itu beserta isinya.",
    Kind.BROKEN: "Basis data di {data} rusak. Jangan teruskan bekerja: salin dulu folder itu, lalu pulihkan cadangan terakhir dengan "
                 "{restore}.",
}
OPTIONS, BELOW = "[PILIHAN]", "PERINTAH [KATA]..."  # Click does not ask gettext for these


def in_words(command: click.Command) -> click.Command:
    """The same command, and those below it, with its troubles told. Saying it twice changes nothing more."""
    if command.options_metavar == OPTIONS:
        return command
    command.options_metavar = OPTIONS
    if isinstance(command, click.Group):
        command.subcommand_metavar = BELOW
        for below in command.commands.values():
            in_words(below)
    if work := command.callback:
        @wraps(work)
        def told(*words, **options):
            try:
                return work(*words, **options)
            except Refused as reason:
                raise click.ClickException(str(reason)) from reason
            except (DBAPIError, sqlite3.Error, OSError) as trouble:
                kind = kind_of(trouble)
                if kind is None:
                    raise
                raise click.ClickException(SENTENCES[kind].format(data=current_app.config["LUMBUNG"].data, restore=called("restore"))) from trouble
        command.callback = told
    return command
