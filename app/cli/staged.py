"""Writing into a database that is not in use yet, with the words of the models."""
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.cli.setup import on_sqlite
from app.config import Settings, on_file
from app.extensions import db

ONLY_SQLITE = ("Basis data aplikasi ini ada di PostgreSQL; perintah ini hanya untuk SQLite. Cadangkan dengan pg_dump, pulihkan dengan pg_restore; "
               "caranya di docs/postgresql.md.")


@contextmanager
def writing_to(database: Path) -> Iterator[Session]:
    """Committed at the end."""
    engine = create_engine(on_file(database))
    try:
        with Session(engine) as session:
            yield session
            session.commit()
    except DBAPIError as trouble:
        raise trouble.orig or trouble from trouble  # what SQLite itself said: a full disk, a closed folder
    finally:
        engine.dispose()


def closed() -> Settings:
    """The settings, with no connection of this process left open; refused where the database is no file of ours."""
    must_be_sqlite()
    db.session.remove()
    db.engine.dispose()
    settings: Settings = current_app.config["LUMBUNG"]
    return settings


def must_be_sqlite() -> None:
    if not on_sqlite():
        raise click.ClickException(ONLY_SQLITE)
