"""A database of PostgreSQL brought back to what it was laid down as, by the tables a test wrote into. Copying it from a template instead makes and
removes a thousand files."""
from typing import Any

import psycopg
from psycopg import sql

SCHEMA = """SELECT md5(string_agg(a.attrelid::regclass::text || a.attnum || a.attname || a.atttypid, ',' ORDER BY a.attrelid, a.attnum))
    || (SELECT md5(string_agg(tgname || tgenabled::text, ',' ORDER BY tgname)) FROM pg_trigger WHERE NOT tgisinternal)
    || (SELECT md5(string_agg(conname, ',' ORDER BY oid)) FROM pg_constraint)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped"""
OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
NAMES = "SELECT relname FROM pg_class WHERE relkind = %s AND relnamespace = 'public'::regnamespace ORDER BY 1"


class Laid:
    """What stands in a database as it was laid down: of each table how many rows and the youngest writer, where each sequence is."""

    def __init__(self, words: str, kept: str):
        """`kept` is the same database, untouched, to read from."""
        self.words, self.contents = words, _Contents(kept)
        with psycopg.connect(words) as connection:
            self.tables, self.sequences = ([name for (name,) in connection.execute(NAMES, [kind])] for kind in "rS")
            self.schema = _one(connection, SCHEMA)
            self.rows, self.numbers = self._look(connection)

    def mend(self) -> bool:
        """False when more than rows is another: then only a new copy will do."""
        with psycopg.connect(self.words, autocommit=True) as connection:
            connection.execute(OTHERS)
            if _one(connection, SCHEMA) != self.schema:
                return False
            rows, numbers = self._look(connection)
            written = [name for name in self.tables if rows[name] != self.rows[name]]
            if written:
                connection.execute("SET session_replication_role = replica")  # no guard of the log and no reference stands in the way
                with connection.transaction():
                    for name in written:
                        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
                connection.execute(sql.SQL("VACUUM {}").format(sql.SQL(", ").join(map(sql.Identifier, written))))  # rows stand in their old order
                for name in written:
                    with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
                        copy.write(self.contents.of(name))
            for name in self.sequences:
                if numbers[name] != self.numbers[name]:
                    connection.execute("SELECT setval(%s::regclass, %s, %s)", [f'"{name}"', *self.numbers[name]])
            self.rows = self._look(connection)[0]
        return True

    def _look(self, connection: psycopg.Connection) -> tuple[dict[str, Any], dict[str, Any]]:
        return (_each(connection, "SELECT {0}, count(*), max(xmin::text::bigint) FROM {1}", self.tables),
                _each(connection, "SELECT {0}, last_value, is_called FROM {1}", self.sequences))


class _Contents:
    """Of tables as they were kept, read when first wanted."""

    def __init__(self, words: str):
        self.words, self.known = words, {}

    def of(self, name: str) -> bytes:
        if name not in self.known:
            with psycopg.connect(self.words) as connection, connection.cursor().copy(
                    sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))) as copy:
                self.known[name] = b"".join(copy)
        return self.known[name]


def _each(connection: psycopg.Connection, query: str, names: list[str]) -> dict[str, Any]:
    whole = sql.SQL(" UNION ALL ").join(sql.SQL(query).format(sql.Literal(name), sql.Identifier(name)) for name in names)
    return {row[0]: row[1:] for row in connection.execute(whole)}


def _one(connection: psycopg.Connection, query: str) -> Any:
    return connection.execute(query).fetchone()[0]
