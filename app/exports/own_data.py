"""What is kept about one person, to take along: a workbook to read and JSON for another machine, in one ZIP."""
import io
import json
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.exports.sheets import Part, book_of

NAME = "Data pribadi"


def pack(parts: Sequence[Part], as_of: datetime, zone: tzinfo) -> bytes:
    """The same rows at the same instant give the same bytes. Rows are read twice, so they are lists."""
    written, local = io.BytesIO(), as_of.astimezone(zone)
    with ZipFile(written, "w", ZIP_DEFLATED) as packed:
        for name, content in (("data-saya.xlsx", book_of(NAME, parts, as_of, zone)), ("data-saya.json", as_json(parts, as_of, zone))):
            packed.writestr(ZipInfo(name, local.timetuple()[:6]), content, ZIP_DEFLATED)
    return written.getvalue()


def as_json(parts: Sequence[Part], as_of: datetime, zone: tzinfo) -> bytes:
    """Each sheet as a list of its rows, by the titles of the columns; instants with their distance to UTC."""
    told: dict[str, Any] = {"keadaan": _plain(as_of, zone)}
    for title, columns, rows in parts:
        told[title] = [{column.title: _plain(value, zone) for column, value in zip(columns, row, strict=True)} for row in rows]
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _plain(value: Any, zone: tzinfo) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
