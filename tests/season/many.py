"""One regency's worth of proposals out of one, as the rows it is stored in; and how a page bears that."""
import re
import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Engine, event, text

from app.extensions import db
from app.models import Answer, DeskSession, Entry, Event, Exhibit, Innovation, OfficialLevel, Promise, Round, Sending, Tick, Unit, Verdict
from tests.web.reviewing import Selects

FEW, MANY = 20, 2_000
MOST = 25  # SELECTs of any page, the head of every page counted in
SECONDS = 2  # of the processor, for any page
LARGE = {"answer", "event", "exhibit", "official_level", "round", "tick", "verdict"}  # tables no page may read from end to end
SCAN = re.compile(r"SCAN (\w+?)(?:_\d+)?(?: LEFT-JOIN)?$")


class Cost(NamedTuple):
    selects: int
    seconds: float


def copies(first: int, last: int) -> None:
    """Proposal 1 again and again; every third is nobody's."""
    rows, verdicts = _count("answer WHERE entry_id = 1"), _count("verdict")
    again(Innovation, first, last, "t.id = 1", id="n", name="'INOVASI ' || n")
    again(Entry, first, last, "t.id = 1", id="n", innovation_id="n", number="n", reviewer_id="CASE n % 3 WHEN 0 THEN NULL ELSE t.reviewer_id END")
    again(Answer, first, last, "t.entry_id = 1", id=f"t.id + {rows} * (n - 1)", entry_id="n")
    again(Round, first, last, "t.id = 1", id="n", entry_id="n")
    again(DeskSession, first, last, "t.id = 1", id="n")
    again(Promise, first, last, "t.id = 1", id="n", session_id="n")
    again(Verdict, first, last, "t.round_id = 1", id=f"t.id + {verdicts + 1} * (n - 1)", round_id="n", answer_id=f"t.answer_id + {rows} * (n - 1)")
    db.session.commit()


def copies_of_sent(first: int, last: int, units: int = 300) -> None:
    """Proposal 1, which was sent and has its result, in every state and of that many units. Every seventh was sent too, and has a third of the
    rows read differently by the ministry."""
    if first == 2:
        again(Unit, 101, 100 + units, "t.id = 1", id="n", name="'DINAS ' || n", is_office="0")
    copies(first, last)
    rows = _count("answer WHERE entry_id = 1")
    state = " ".join(f"WHEN {place} THEN '{status}'" for place, status in enumerate(("draft", "submitted", "returned", "verified", "approved")))
    db.session.execute(text(
        f"UPDATE entry SET status = CASE id % 7 {state} WHEN 5 THEN 'approved' ELSE 'sent' END, unit_id = 101 + id % {units}, "
        "choice = CASE id WHEN 11 THEN 'hold' END, chosen_at = CASE id % 7 WHEN 5 THEN moved_at END, "
        "moved_at = datetime('now', '-' || (id % 40) || ' days'), "
        "main_affair = CASE id % 9 WHEN 0 THEN 'Pendidikan' WHEN 1 THEN 'Pangan' ELSE main_affair END, "
        f"verified = verified + 50 * (id % 11), evidenced = evidenced + 50 * (id % 13) WHERE id BETWEEN {first} AND {last}"))
    answer, seventh = f"t.answer_id + {rows} * (n - 1)", " AND n % 7 = 6"
    again(Sending, first, last, "t.id = 1" + seventh, id="n", entry_id="n", number="'IID-' || n", name="'INOVASI ' || n")
    again(OfficialLevel, first, last, f"t.answer_id <= {rows}" + seventh, id=f"t.id + {rows} * n", answer_id=answer, level="(t.id + n) % 3")
    again(Tick, first, last, "t.entry_id = 1" + seventh, id=f"t.id + {_count('tick WHERE entry_id = 1')} * n", entry_id="n")
    again(Exhibit, first, last, f"t.answer_id <= {rows}", id=f"t.id + {rows} * n", answer_id=answer)
    events = _count("event WHERE entry_id = 1")
    again(Event, first, last, "t.entry_id = 1", id=f"100000 + t.id + {events + 1000} * n", entry_id="n")
    db.session.commit()


def again(model: type, first: int, last: int, which: str, **changed: str) -> None:
    """Rows of this table for every n from `first` to `last`, with these columns changed."""
    series = f"(WITH RECURSIVE s(n) AS (VALUES ({first}) UNION ALL SELECT n + 1 FROM s WHERE n < {last}) SELECT n FROM s) AS numbers"
    names = [column.name for column in model.__table__.columns]
    values = ", ".join(changed.get(name, f't."{name}"') for name in names)
    quoted, table = ", ".join(f'"{name}"' for name in names), f'"{model.__tablename__}"'
    db.session.execute(text(f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {table} t, {series} WHERE {which}"))


def cost_of(person, url: str) -> Cost:
    """Of a page that was opened before."""
    person.get(url)
    with Selects() as seen:
        began = time.process_time()
        person.get(url)
    return Cost(seen.number, time.process_time() - began)


def costs(people: Mapping[str, object], pages: Mapping[str, Iterable[str]], size: int) -> dict[tuple[str, str], int]:
    """How many SELECTs each page takes, which is not many; each soon enough to work with."""
    found = {}
    for who, url in walk(pages):
        cost = cost_of(people[who], url)
        print(f"{size} {who} {url}: {cost.selects} SELECTs, {1000 * cost.seconds:.0f} ms")
        assert cost.seconds < SECONDS and cost.selects <= MOST, f"{url}: {cost.seconds:.1f} s, {cost.selects} SELECTs"
        found[who, url] = cost.selects
    return found


def whole_tables_read(app, people, pages: Mapping[str, Iterable[str]]) -> list[str]:
    """Steps of the plans of every SELECT on these pages that go through a large table without an index."""
    asked = {}
    listen = lambda _connection, _cursor, sql, parameters, *_: asked.setdefault(sql, parameters)  # noqa: E731
    event.listen(Engine, "before_cursor_execute", listen)
    try:
        for who, url in walk(pages):
            app.extensions["known"].forget()
            people[who].get(url)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    with app.app_context():
        connection = db.session.connection()
        plans = [(sql, row[3]) for sql, parameters in asked.items() if sql.lstrip().upper().startswith(("SELECT", "WITH"))
                 for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    return [f"{step}: {sql}" for sql, step in plans if (found := SCAN.fullmatch(step)) and found[1] in LARGE]


def walk(pages: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    return [(who, url) for who, urls in pages.items() for url in urls]


def _count(of: str) -> int:
    return db.session.scalar(text(f"SELECT count(*) FROM {of}"))
