"""Commands of the operator, in Indonesian: set up, back up, check, count, look after accounts."""
from flask import Flask

from app.cli import backup, doctor, index, remind, setup, users

COMMANDS = (setup.siapkan, backup.backup, doctor.doctor, index.index, remind.ingatkan, users.users)


def register(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
