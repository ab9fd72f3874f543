"""How migrations run: on the app's own engine, in batch mode for SQLite, with foreign keys checked afterwards."""
from alembic import context
from flask import current_app
from sqlalchemy import text

from app.models.base import Points, UtcDateTime

database = current_app.extensions["migrate"].db
TYPES = {UtcDateTime: "sa.DateTime()", Points: "sa.Integer()"}


def render_item(kind, thing, autogen_context):
    """Migrations stand alone: our own types are written as the plain ones they are stored in."""
    return TYPES.get(type(thing), False) if kind == "type" else False


def compare_type(context_, inspected, metadata, inspected_type, metadata_type):
    return False if type(metadata_type) in TYPES else None


def include_name(name, kind, parent_names):
    """The index of words is no part of the models (0008): tables of its own on SQLite, two indexes on PostgreSQL."""
    return not (kind == "table" and name.startswith("innovation_search") or kind == "index" and name.endswith("_words"))


def run() -> None:
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")  # a rebuilt table would take its children with it
        context.configure(connection=connection, target_metadata=database.metadata, render_as_batch=True, render_item=render_item,
                          compare_type=compare_type, include_name=include_name,
                          transaction_per_migration=False, transactional_ddl=True)  # all of them or none
        try:
            with context.begin_transaction():
                context.run_migrations()
                if sqlite and (broken := connection.execute(text("PRAGMA foreign_key_check")).all()):
                    raise RuntimeError(f"foreign keys broken by the migration: {broken[:5]}")
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


run()
