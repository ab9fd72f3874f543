"""`pindah`: everything from the SQLite file of the data folder into the PostgreSQL database of the settings; all of it or nothing."""
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Connection,
    Date,
    Float,
    Integer,
    String,
    Table,
    bindparam,
    case,
    cast,
    create_engine,
    func,
    insert,
    inspect,
    select,
    text,
    type_coerce,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.checks.found import Things
from app.checks.log import log
from app.cli.setup import MIGRATIONS, migrate_database, on_sqlite, revision
from app.config import on_file
from app.extensions import db, only_reading
from app.locks import SERVER, is_held
from app.models import Base, Tally
from app.models.base import Points, UtcDateTime

BATCH = 1000


@click.command("pindah", help="Pindahkan isi SQLite ke PostgreSQL (pengaturan database_url); SQLite tidak diubah.")
@with_appcontext
def move() -> None:
    settings = current_app.config["LUMBUNG"]
    file = settings.data / "lumbung.sqlite"
    if on_sqlite():
        raise click.ClickException("Isi dulu pengaturan database_url dengan basis data PostgreSQL yang kosong; lihat docs/postgresql.md.")
    if not file.exists():
        raise click.ClickException(f"Tidak ada basis data SQLite di {file}; tidak ada yang dipindahkan.")
    if is_held(settings.data / SERVER):
        raise click.ClickException("Aplikasi masih berjalan pada folder data ini. Hentikan dulu, lalu ulangi.")
    migrate_database()
    must_be_empty()
    rows = copy_of(file)
    click.echo(f"Selesai: {rows} baris di {len(tables())} tabel dipindahkan; jumlah tiap tabel sama dan rantai log utuh.\n"
               f"{file} tidak berubah; simpan sampai Anda yakin. Jalankan aplikasi seperti biasa.")


def must_be_empty() -> None:
    with db.engine.connect() as target:
        if any(target.scalar(select(func.count()).select_from(table)) for table in tables()):
            raise click.ClickException("Basis data PostgreSQL itu sudah berisi. Buat yang baru dan kosong, lalu ulangi; tidak ada yang diubah.")


def copy_of(file: Path) -> int:
    """How many rows. What PostgreSQL does not take, or what differs afterwards, takes everything back."""
    with closing(sqlite3.connect(file)) as connection:  # a restored one has no log beside it until it was opened, and to read only opens none
        connection.execute("PRAGMA journal_mode=WAL")
    engine = create_engine(f"{on_file(Path(file.resolve().as_uri().replace('file://', 'file:')))}?mode=ro&uri=true")
    place = "awal"
    try:
        with db.engine.begin() as target, only_reading(), engine.connect() as source:
            if revision(source) != ScriptDirectory(MIGRATIONS).get_current_head():
                raise click.ClickException("Basis data SQLite itu dari versi lain. Jalankan sekali versi ini tanpa database_url, lalu ulangi.")
            rows, waiting = 0, deferred(target)
            for table in tables():
                place = table.name
                rows += copied(table, source, target)
            target.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            for statement in waiting:
                target.execute(text(statement))
            if differing := [table.name for table in tables() if figures(table, source) != figures(table, target)]:
                raise click.ClickException(f"Isi tabel {', '.join(differing)} tidak sama sesudah disalin. Tidak ada yang dipindahkan.")
            must_be_chained(target)
            return rows
    except DBAPIError as trouble:
        reason = str(trouble.orig).splitlines()[0]
        raise click.ClickException(f"PostgreSQL menolak isi tabel {place}: {reason}. Tidak ada yang dipindahkan.") from None
    finally:
        engine.dispose()


def tables() -> list[Table]:
    """But the one that the database fills itself while the proposals arrive."""
    return [table for table in Base.metadata.tables.values() if table.name != Tally.__tablename__]


def deferred(target: Connection) -> list[str]:
    """Rows point at each other in circles, so that references are looked at when all are there; gives what makes them strict again."""
    keys = [(name, key["name"]) for name in Base.metadata.tables for key in inspect(target).get_foreign_keys(name)]
    for table, name in keys:
        target.execute(text(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" DEFERRABLE INITIALLY DEFERRED'))
    return [f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" NOT DEFERRABLE' for table, name in keys]


def copied(table: Table, source: Connection, target: Connection) -> int:
    """JSON travels as the text it is stored in: what was hashed stays what it was."""
    columns = [column for column in table.columns if not column.computed]
    read = select(*(type_coerce(column, String).label(column.name) if is_json(column) else column for column in columns))
    values = {column.name: cast(bindparam(column.name, type_=String), JSON) if is_json(column) else bindparam(column.name, type_=column.type)
              for column in columns}
    rows = 0
    for batch in batches(source, read):
        target.execute(insert(table).values(values), batch)
        rows += len(batch)
    if "id" in table.columns and rows:
        target.execute(text(f"""SELECT setval(pg_get_serial_sequence('"{table.name}"', 'id'), (SELECT max(id) FROM "{table.name}"))"""))
    return rows


def batches(source: Connection, query: Any) -> Iterator[list[dict[str, Any]]]:
    for part in source.execution_options(yield_per=BATCH).execute(query).mappings().partitions():
        yield [dict(row) for row in part]


def figures(table: Table, connection: Connection) -> tuple[Any, ...]:
    """The number of rows; of each column a sum, of its letters where it is text, and the ends where a sum says nothing."""
    asked = [func.count()]
    for column in table.columns:
        asked += measured(column)
    return tuple(connection.execute(select(*asked).select_from(table)).one())


def measured(column: Any) -> list[ColumnElement[Any]]:
    if is_json(column):
        return [func.sum(func.length(cast(column, String)))]
    if isinstance(column.type, (Float, Date, UtcDateTime)):
        return [func.count(column), func.min(column), func.max(column)]
    if isinstance(column.type, Boolean):
        return [func.sum(case((column, 1), else_=0))]
    if isinstance(column.type, (Integer, Points)):
        return [func.sum(type_coerce(column, Integer))]
    return [func.sum(func.length(column))]


def is_json(column: Any) -> bool:
    return isinstance(column.type, JSON)


def must_be_chained(target: Connection) -> None:
    with Session(target, join_transaction_mode="create_savepoint") as session:
        found = log(Things(session, current_app.config["LUMBUNG"], current_app.extensions["storage"]))
    if found.faults:
        raise click.ClickException(f"{found.says} Tidak ada yang dipindahkan.")
