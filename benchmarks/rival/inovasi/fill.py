"""`python -m benchmarks.rival.inovasi.fill DATABASE PASSWORD`: its own tables, filled with the rows of our database."""
import sqlite3
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.rival.inovasi import models  # noqa: E402

TABLES = {
    models.Unit: "unit", models.Membership: "membership", models.Instrument: "instrument", models.Period: "period",
    models.Indicator: "indicator", models.Basis: "basis", models.Innovation: "innovation", models.Entry: "entry",
    models.StoredFile: "stored_file", models.Document: "document", models.DocumentVersion: "document_version", models.Answer: "answer",
    models.Exhibit: "exhibit", models.Round: "round", models.Verdict: "verdict", models.Event: "event", models.Notification: "notification"}


def main(source: str, password: str) -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    connection.close()
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as database:
        database.execute("ATTACH ? AS ours", [source])
        database.execute(
            "INSERT INTO inovasi_person (id, username, name, password, is_superuser, is_staff, is_active, first_name, last_name, email, date_joined) "
            "SELECT id, username, name, ?, 0, 0, 1, '', '', '', password_changed_at FROM ours.user", [make_password(password)])
        for model, table in TABLES.items():
            fields = model._meta.concrete_fields
            into = ", ".join(_quoted(field.column) for field in fields)
            values = ", ".join(_quoted(f.column) + " / 100.0" * (f.get_internal_type() == "DecimalField") for f in fields)
            database.execute(f'INSERT INTO "{model._meta.db_table}" ({into}) SELECT {values} FROM ours."{table}"')


def _quoted(name: str) -> str:
    return f'"{name}"'


if __name__ == "__main__":
    main(*sys.argv[1:])
