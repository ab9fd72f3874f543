"""Commands of the operator, in Indonesian: set up, check, count, look after accounts."""
from flask import Flask

from app.cli import doctor, index, remind, setup, users

COMMANDS = (setup.siapkan, doctor.doctor, index.index, remind.ingatkan, users.users)


def register(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
