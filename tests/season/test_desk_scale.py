"""The desk with twenty proposals and with two thousand: as many SELECTs, each through an index, and soon enough to work with."""
import time

import pytest
from sqlalchemy import Engine, event, text

from app.extensions import db
from app.models import Answer, Entry, Innovation, Round, Verdict
from tests.web.reviewing import Selects, desk

MANY = 2_000
LARGE = ("verdict", "event", "answer", "round")  # tables no page may read from end to end
PAGES = {"reviewer": ("/verifikasi/", "/verifikasi/?tab=rekan", "/verifikasi/?tab=opd", "/verifikasi/?q=gizi&verifikator=belum",
                      "/verifikasi/1/putusan/16"),
         "coordinator": ("/verifikasi/", "/verifikasi/pembagian")}


@pytest.fixture
def judged(app, saved):
    """One proposal the reviewer holds, three rows of it judged."""
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        cast.entry.take(cast.reviewer)
        for code in ("17", "32", "33"):
            cast.entry.judge(cast.entry.answer_on(code), cast.reviewer, 2)
    return saved


def copies(first: int, last: int) -> None:
    """Proposal 1 again and again, as the rows it is stored in; every third is nobody's."""
    series = f"(WITH RECURSIVE s(n) AS (VALUES ({first}) UNION ALL SELECT n + 1 FROM s WHERE n < {last}) SELECT n FROM s)"
    rows = db.session.scalar(text("SELECT count(*) FROM answer WHERE entry_id = 1"))
    judged = db.session.scalar(text("SELECT count(*) FROM verdict"))
    for model, changed in (
            (Innovation, {"id": "n", "name": "'INOVASI ' || n"}),
            (Entry, {"id": "n", "innovation_id": "n", "number": "n", "reviewer_id": "CASE n % 3 WHEN 0 THEN NULL ELSE t.reviewer_id END"}),
            (Answer, {"id": f"t.id + {rows} * (n - 1)", "entry_id": "n"}), (Round, {"id": "n", "entry_id": "n"}),
            (Verdict, {"id": f"t.id + {judged + 1} * (n - 1)", "round_id": "n", "answer_id": f"t.answer_id + {rows} * (n - 1)"})):
        names = [column.name for column in model.__table__.columns]
        values = ", ".join(changed.get(name, f't."{name}"') for name in names)
        mine = {"answer": "t.entry_id = 1", "verdict": "t.round_id = 1"}.get(model.__tablename__, "t.id = 1")
        quoted = ", ".join(f'"{name}"' for name in names)
        table = f'"{model.__tablename__}"'
        db.session.execute(text(f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {table} t, {series} WHERE {mine}"))
    db.session.commit()


def test_the_desk_stays_as_quick_with_two_thousand(app, judged, open_as):
    people = {who: open_as(who) for who in PAGES}
    counted = {}
    for first, last in ((2, 20), (21, MANY)):
        with app.app_context():
            copies(first, last)
        for who, url in ((who, url) for who, urls in PAGES.items() for url in urls):
            people[who].get(url)
            with Selects() as seen:
                began = time.process_time()
                people[who].get(url)
                spent = time.process_time() - began
            counted.setdefault((who, url), []).append(seen.number)
            print(f"{last} {who} {url}: {seen.number} SELECTs, {1000 * spent:.0f} ms")
            assert spent < 2
    assert {page: few for page, (few, many) in counted.items()} == {page: many for page, (few, many) in counted.items()}
    assert whole_tables_read(app, people) == []


def whole_tables_read(app, people) -> list[str]:
    """Steps of the plans of every SELECT on these pages that go through a large table without an index."""
    asked = {}
    listen = lambda _connection, _cursor, sql, parameters, *_: asked.setdefault(sql, parameters)  # noqa: E731
    event.listen(Engine, "before_cursor_execute", listen)
    try:
        for who, url in ((who, url) for who, urls in PAGES.items() for url in urls):
            people[who].get(url)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    with app.app_context():
        connection = db.session.connection()
        plans = [(sql, row[3]) for sql, parameters in asked.items() if sql.lstrip().upper().startswith(("SELECT", "WITH"))
                 for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    return [f"{step}: {sql}" for sql, step in plans if step in {f"SCAN {table}" for table in LARGE}]
