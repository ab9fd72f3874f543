"""Events in the database: in the order in which things happened, however each of them is written; none of what was taken back."""
from types import SimpleNamespace

from sqlalchemy import select

from app import checks
from app.extensions import db
from app.models import Entry, Event, User
from tests.cast import make_document


def written_by(app, saved, do) -> list[str]:
    """What stands in the log after `do(entry, owner)` was committed, whose chain holds."""
    with app.app_context():
        last = db.session.scalars(select(Event.id).order_by(Event.id.desc())).first()
        do(db.session.get(Entry, saved.entry), db.session.get(User, saved.people["owner"]))
        db.session.commit()
        assert checks.deep("Log", checks.Things(db.session(), app.config["LUMBUNG"], None)).faults == ()
        return db.session.scalars(select(Event.what).where(Event.id > last).order_by(Event.id)).all()


def test_they_stand_in_the_order_in_which_things_happened(app, saved):
    """About what is stored and tells nobody, about what is new, about what tells somebody, and again the first."""
    def do(entry, owner):
        row = entry.answer_on("16")
        row.claim(owner, 1)
        document = make_document(SimpleNamespace(units={"dinas": entry.unit}, owner=owner), 900)
        db.session.add(document)
        row.attach(owner, document)
        entry.submit(owner, tell=[db.session.get(User, saved.people["reviewer"])])
        entry.withdraw(owner)
        entry.innovation.edit(owner, purpose="Lain.")
        row.claim(owner, 2)

    assert written_by(app, saved, do) == [
        "level_claimed", "document_added", "exhibit_attached", "submitted", "withdrawn", "profile_edited", "level_claimed"]


def test_nothing_stays_of_what_was_rolled_back(app, saved):
    def do(entry, owner):
        entry.answer_on("16").claim(owner, 1)
        db.session.rollback()
        entry.answer_on("17").claim(owner, 1)

    assert written_by(app, saved, do) == ["level_claimed"]


def test_nor_of_what_was_taken_back_to_a_savepoint(app, saved):
    def do(entry, owner):
        entry.answer_on("17").claim(owner, 1)
        part = db.session.begin_nested()
        entry.answer_on("16").claim(owner, 1)
        part.rollback()
        entry.answer_on("16").claim(owner, 3)

    assert written_by(app, saved, do) == ["level_claimed", "level_claimed"]


def test_who_asks_for_them_at_once_finds_them(app, saved):
    with app.app_context():
        entry, owner = db.session.get(Entry, saved.entry), db.session.get(User, saved.people["owner"])
        entry.answer_on("16").claim(owner, 1)
        newest = db.session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
        assert (newest.what, newest.entry_id, newest.by_id, newest.details) == (
            "level_claimed", entry.id, owner.id, {"row": "16", "level": 1, "before": 2})
        db.session.rollback()
