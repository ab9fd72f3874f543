"""Commands of the operator, in Indonesian: set up, back up, check, count, look after accounts."""
from flask import Flask
from flask_migrate import Migrate

from app.cli import backup, bundle, doctor, drill, index, move, nightly, rebuild, remind, restore, secret, setup, upgrade, users
from app.cli.telling import in_words
from app.extensions import db

COMMANDS = (setup.siapkan, upgrade.upgrade, upgrade.hidup, backup.backup, restore.restore, drill.drill, bundle.bundle,
            doctor.doctor, secret.ganti_kunci, index.index, rebuild.rebuild, move.move, remind.ingatkan, nightly.malam, users.users)


def register(app: Flask) -> None:
    Migrate(app, db, render_as_batch=True)
    for command in COMMANDS:
        app.cli.add_command(in_words(command))
