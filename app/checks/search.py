"""The index of words (migration 0008) beside the names it is made from. It is made anew in a temporary place and compared; nothing is written."""
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from app.checks.database import REBUILD, triggers
from app.checks.found import Check, Things
from app.queries import searching

MOST = 200  # words that are looked up to name what is wrong
TRIGGERS = {f"innovation_search_{verb}" for verb in ("add", "drop", "change")}
INDEXES = {f"ix_innovation_{name}_words" for name in searching.WORDS}
FRESH = f"""
    CREATE VIRTUAL TABLE temp.fresh USING fts5({", ".join(searching.WORDS)}, tokenize='trigram');
    INSERT INTO temp.fresh (rowid, {", ".join(searching.WORDS)}) SELECT id, {", ".join(searching.WORDS)} FROM innovation;
    CREATE VIRTUAL TABLE temp.stored_words USING fts5vocab(main, innovation_search, 'row');
    CREATE VIRTUAL TABLE temp.fresh_words USING fts5vocab(temp, fresh, 'row');
    CREATE VIRTUAL TABLE temp.stored_places USING fts5vocab(main, innovation_search, 'instance');
    CREATE VIRTUAL TABLE temp.fresh_places USING fts5vocab(temp, fresh, 'instance');"""
DIFFERING = """SELECT term FROM (SELECT * FROM temp.stored_words EXCEPT SELECT * FROM temp.fresh_words
    UNION SELECT * FROM (SELECT * FROM temp.fresh_words EXCEPT SELECT * FROM temp.stored_words)) GROUP BY term ORDER BY term LIMIT ?"""
PLACES = ("SELECT doc, col, offset FROM temp.{0}_places WHERE term = :term EXCEPT "
          "SELECT doc, col, offset FROM temp.{1}_places WHERE term = :term")


def search(things: Things) -> Check:
    faults = _on_sqlite if things.session.connection().dialect.name == "sqlite" else _on_postgresql
    return Check.of("Indeks pencarian", faults(things), "Pencarian menemukan setiap inovasi menurut nama dan ringkasannya.",
                    "Pencarian tidak cocok dengan nama inovasi di {} tempat: ada yang tidak ditemukan, atau ditemukan menurut nama lama.",
                    REBUILD)


def _on_sqlite(things: Things) -> Iterator[str]:
    if not things.session.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'innovation_search'")):
        yield "Indeksnya tidak ada"
        return
    for name in sorted(TRIGGERS - triggers(things)):
        yield f"Penjaga {name} tidak ada: nama yang berubah tidak masuk indeks"
    try:
        yield from _compared(Path(things.session.connection().engine.url.database or "").resolve())
    except sqlite3.DatabaseError as trouble:
        yield f"Indeksnya tidak terbaca: {trouble}"


def _compared(file: Path) -> Iterator[str]:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as beside:  # only what is temporary can be made here
        beside.executescript(f"BEGIN; {FRESH}")  # names and index of one instant, whoever saves meanwhile
        terms = [term for term, in beside.execute(DIFFERING, [MOST])]
        lost, stale = ({row[0] for term in terms for row in beside.execute(PLACES.format(*sides), {"term": term})}
                       for sides in (("fresh", "stored"), ("stored", "fresh")))
        for id in sorted(lost | stale):
            told = beside.execute("SELECT name FROM innovation WHERE id = ?", [id]).fetchone()
            yield (f"Indeks menyebut inovasi {id}, yang tidak ada" if told is None else f"{told[0]}: indeksnya dari nama lama" if id in stale
                   else f"{told[0]}: tidak seluruhnya ada di indeks")


def _on_postgresql(things: Things) -> Iterator[str]:
    """It keeps an index itself, as long as there is one."""
    for name in sorted(INDEXES - set(things.session.scalars(text("SELECT indexname FROM pg_indexes WHERE tablename = 'innovation'")))):
        yield f"Indeks {name} tidak ada"
