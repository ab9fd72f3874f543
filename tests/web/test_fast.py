"""What the pages that are opened most ask of the database: a number of statements that holds for any size of the regency."""
import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Entry
from app.queries import sheet, whole
from tests.web.reviewing import Selects, another, desk, judge

CONTROLS = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


class Statements(Selects):
    """Everything that is asked or written, without what opens and ends a transaction."""

    def _see(self, _connection, _cursor, sql, *_rest):
        if not sql.lstrip().upper().startswith(CONTROLS):
            self.all.append(sql)


def sheet_of(saved) -> str:
    return f"/usulan/{saved.entry}/indikator"


def statements(what) -> int:
    with Statements() as seen:
        what()
    return seen.number


def test_the_sheet_takes_at_most_six_statements(saved, open_as):
    owner = open_as("owner")
    owner.get(sheet_of(saved))
    assert statements(lambda: owner.get(sheet_of(saved))) <= 6


def test_so_it_does_right_after_somebody_saved(saved, open_as):
    owner = open_as("owner")
    owner.post(f"{sheet_of(saved)}/28", {"level": "3"})
    assert statements(lambda: owner.get(sheet_of(saved))) <= 6


@pytest.mark.parametrize("code", ["18", "28", "16"])
def test_saving_a_row_takes_at_most_six_statements(saved, open_as, code):
    """With evidence (16) and without."""
    owner = open_as("owner")
    owner.post(f"{sheet_of(saved)}/28", {"level": "1"})
    assert statements(lambda: owner.post(f"{sheet_of(saved)}/{code}", {"level": "3"})) <= 6


def test_a_returned_proposal_takes_no_more(app, saved, open_as):
    """Its rounds come with it, its verdicts with its rows."""
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.return_(cast.reviewer, ["16"], note="Tinggal satu baris.")
    owner = open_as("owner")
    owner.get(sheet_of(saved))
    assert statements(lambda: owner.post(f"{sheet_of(saved)}/16", {"level": "1", "reply": ""})) <= 6
    assert statements(lambda: owner.get(sheet_of(saved))) <= 6
    assert statements(lambda: owner.post(f"{sheet_of(saved)}/16", {"level": "2", "reply": "Sudah."})) <= 8  # two deeds: two more to write down


def lines_by_status() -> dict[str, list[sheet.Line]]:
    """The rows of every proposal, as the page of rows reads them and as all others do; equal, or this fails."""
    found = {}
    for id in db.session.scalars(select(Entry.id)).all():
        read = []
        for query, complete in ((whole.brief(), whole.complete_brief), (whole.one(), whole.complete)):
            db.session.expunge_all()
            entry = complete(db.session, db.session.scalars(query, {"id": id}).unique().one())
            read.append(sheet.lines(entry))
        assert read[0] == read[1]
        found[entry.status] = read[0]
    return found


def test_the_sheet_shows_what_every_other_page_knows(app, saved):
    """It reads what the documents prove without the documents, whatever state a proposal is in."""
    with desk(app, saved) as cast:
        another(cast, "ANTAR OBAT", unit="dinas", submit_days_ago=None)
        another(cast, "JEMPUT BOLA", submit_days_ago=1)
        done = another(cast, "SATU PINTU", submit_days_ago=1)
        judge(cast, done, r17=1)
        done.approve(cast.coordinator)
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.return_(cast.reviewer, ["16"], note="Tinggal satu baris.")
    with app.app_context():
        found = lines_by_status()
        assert set(found) == {"draft", "submitted", "approved", "returned"}
        assert {line.kind for line in found["returned"]} >= {"returned", "proven"}
        assert {line.note for line in found["approved"]} == {"", "Nama inovasi tidak tercantum."}


def test_rows_of_the_instrument_are_read_once(app, saved, open_as):
    """Whatever page, whatever proposal: what is published does not change."""
    with desk(app, saved) as cast:
        other = another(cast, "ANTAR OBAT", unit="dinas", submit_days_ago=None).id
    owner = open_as("owner")
    owner.get(sheet_of(saved))
    with Selects() as seen:
        for page in (sheet_of(saved), f"/usulan/{other}", f"/usulan/{other}/indikator/33", f"/usulan/{other}/cetak"):
            owner.get(page)
    assert [sql for sql in seen.all if " FROM indicator" in sql or " FROM level" in sql or " FROM basis" in sql] == []


def test_a_published_row_is_the_same_for_everybody_and_cannot_be_changed(app, saved):
    with app.app_context():
        first = db.session.get(Entry, saved.entry).answer_on("33").indicator
        db.session.expunge_all()
        assert db.session.get(Entry, saved.entry).answer_on("33").indicator is first
        with pytest.raises(AttributeError):
            first.weight = 9
