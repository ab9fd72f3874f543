"""Columns written without the unit of work: to the letter what it would have written, and it is asked wherever more than columns changed."""
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from sqlalchemy import event, inspect, select, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app import clock
from app.extensions import db
from app.models import Answer, Entry, Innovation, User, plain
from tests.cast import make_document

TABLES = [Entry.__table__, Answer.__table__, Innovation.__table__]


def claims(cast):
    cast.row.claim(cast.owner, 3)


def empties(cast):
    cast.row.claim(cast.owner, None)


def one_after_another(cast):
    cast.row.claim(cast.owner, 1)
    cast.row.claim(cast.head, 3)
    cast.entry.answer_on("17").claim(cast.head, 1)


def there_and_back(cast):
    cast.row.claimed_level = 1
    cast.row.claimed_level = 2


def edits(cast):
    cast.innovation.edit(cast.owner, purpose="Lain.", latitude=None, touching_affairs=["Sosial", "Pangan"])


def hands_in(cast):
    cast.entry.submit(cast.owner)


def claims_and_attaches(cast):
    cast.row.claim(cast.owner, 3)
    document = make_document(SimpleNamespace(units={"dinas": cast.entry.unit}, owner=cast.owner), 900)
    db.session.add(document)
    cast.row.attach(cast.owner, document)


def takes_off(cast):
    cast.row.detach(cast.owner, cast.row.exhibits[0])


@contextmanager
def acting(app, saved):
    """Whoever acts, in a transaction that is taken back in the end; `sortings` is one for each time the unit of work was needed."""
    with app.app_context():
        sortings = []
        event.listen(db.session(), "after_flush", lambda *_: sortings.append(1))
        entry = db.session.get(Entry, saved.entry)
        yield SimpleNamespace(entry=entry, row=entry.answer_on("16"), innovation=entry.innovation, sortings=sortings,
                              **{who: db.session.get(User, saved.people[who]) for who in ("owner", "head")})
        db.session.rollback()


def stored() -> list:
    return [tuple(row) for table in TABLES for row in db.session.execute(select(table).order_by(table.c.id))]


@pytest.mark.parametrize("do", [claims, empties, one_after_another, there_and_back, edits, hands_in, claims_and_attaches, takes_off])
def test_it_writes_what_the_unit_of_work_would(app, saved, time_machine, do):
    time_machine.move_to(clock.now(), tick=False)
    with acting(app, saved) as cast:
        before = stored()
        do(cast)
        plainly, version = stored(), cast.row.version
        assert (plainly == before) is (do is there_and_back)
    event.remove(Session, "before_flush", plain.write_columns)
    try:
        with acting(app, saved) as cast:
            do(cast)
            assert (stored(), cast.row.version) == (plainly, version)
    finally:
        event.listen(Session, "before_flush", plain.write_columns)


@pytest.mark.parametrize(("do", "sorts"), [
    (claims, False), (empties, False), (one_after_another, False), (there_and_back, False), (edits, False), (claims_and_attaches, True)])
def test_it_leaves_what_is_new_to_the_unit_of_work(app, saved, do, sorts):
    with acting(app, saved) as cast:
        do(cast)
        db.session.flush()
        assert bool(cast.sortings) is sorts
        assert not db.session.dirty and not db.session.new


def test_who_did_it_is_known_at_once(app, saved):
    with acting(app, saved) as cast:
        cast.row.claim(cast.head, 3)
        db.session.flush()
        assert (cast.row.changed_by, cast.row.changed_by_id) == (cast.head, cast.head.id)


def test_back_at_a_savepoint_everything_is_as_it_was(app, saved):
    with acting(app, saved) as cast:
        part = db.session.begin_nested()
        cast.row.claim(cast.owner, 3)
        db.session.flush()
        part.rollback()
        assert (cast.row.claimed_level, cast.row.version) == (2, 1)


def test_a_row_that_is_gone_is_no_silent_success(app, saved):
    with acting(app, saved) as cast:
        bare = cast.entry.answer_on("18")
        db.session.execute(text("UPDATE answer SET id = 9999 WHERE id = :id"), {"id": bare.id})
        bare.claimed_level = 3
        with pytest.raises(StaleDataError, match="answer: 0 of 1 rows found to change"):
            db.session.flush()


def test_nobody_listens_to_changes_of_what_is_written_so():
    for mapper in [inspect(noun) for noun in plain.Plain.__subclasses__()]:
        assert not mapper.dispatch.before_update and not mapper.dispatch.after_update and mapper.version_id_col is None
        assert not [column for column in mapper.columns if column.onupdate or column.server_onupdate]
        assert not [relation for relation in mapper.relationships if relation.post_update or len(relation.local_columns) != 1]
