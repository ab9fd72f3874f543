"""A whole season over HTTP on the real server: 45 units, 220 proposals, 5 reviewers, up to three rounds, in random order with a fixed seed; at
its end the best set is taken, and what of it is sent stays as it was sent."""
import hashlib
from collections import Counter
from decimal import Decimal
from random import Random

import pytest
from flask import current_app
from sqlalchemy import func, select

from app.checks.everything import DEEP
from app.extensions import db
from app.models import Document, DocumentVersion, Entry, Event, Indicator, Period, Round, Sending, StoredFile, Verdict
from app.models.sending import frozen
from app.rules.candidates import Candidate, best
from app.rules.codelists import BASIC_AFFAIRS
from app.rules.workflow import Status
from tests.examined import faults
from tests.exports.readers import xlsx
from tests.live import prepared, running
from tests.season.clerk import Clerk
from tests.season.departure import Departure
from tests.season.lives import CODES, Ledger, Life, Staff
from tests.season.regency import HEADLESS, INNOVATIONS, UNITS, lay_down

SEED = 2026


@pytest.fixture(scope="module")
def season(tmp_path_factory):
    """Lived through once; the ledger, how many events stood there before the first request, and what left at the end."""
    folder = tmp_path_factory.mktemp("season") / "data"
    with prepared(folder):
        lay_down()
        db.session.commit()
        before = Counter(dict(db.session.execute(select(Event.what, func.count()).group_by(Event.what)).all()))
        forms, kinds, documents = ways_to_fill()
    ledger = Ledger()
    with running(folder, LUMBUNG_PROCESSES="1") as address:
        staff = Staff([Clerk(address, f"operator{n}") for n in range(1, UNITS + 1)],
                      {n - 1: Clerk(address, f"kepala{n}") for n in range(HEADLESS + 1, UNITS + 1)},
                      [Clerk(address, f"verifikator{n}") for n in range(1, 6)], [Clerk(address, f"koordinator{n}") for n in (1, 2)],
                      forms, kinds, documents)
        try:
            live(staff, ledger)
            departure = Departure(staff, ledger).go()
        finally:
            staff.go_home()
    with prepared(folder):
        yield ledger, before, departure


def ways_to_fill():
    """Level 1 on each row of CODES with what the row asks for, the kind of document it takes, and every unit's documents by kind."""
    forms, kinds = {}, {}
    instrument = db.session.scalars(select(Period).where(Period.is_training.is_(False))).first().instrument
    for indicator in (row for row in instrument.rows if row.code in CODES):
        basis = indicator.bases[0] if indicator.bases else None
        forms[indicator.code] = {"level": 1, "substances": [item["code"] for item in indicator.substances][:3]}
        forms[indicator.code] |= {"basis": basis.code, "shown": basis.code} if basis else {}
        takes = indicator.evidence_rule(basis).file_types
        kinds[indicator.code] = next(kind for kind in ("pdf", "mp4", "jpg") if kind in takes)
    held = select(Document.unit_id, StoredFile.kind, Document.id).select_from(Document).join(Document.versions).join(DocumentVersion.file)
    units = {unit: place for place, unit in enumerate(sorted(db.session.scalars(select(Document.unit_id).distinct())))}
    return forms, kinds, {(units[unit], kind): id for unit, kind, id in db.session.execute(held)}


def live(staff: Staff, ledger: Ledger) -> None:
    """Whoever comes next is drawn by lot, until every proposal is through."""
    order = Random(SEED)
    alive = [Life(number, number % UNITS, staff, ledger, SEED).steps() for number in range(INNOVATIONS)]
    while alive:
        place = order.randrange(len(alive))
        try:
            next(alive[place])
        except StopIteration:
            alive[place] = alive[-1]
            alive.pop()


def test_every_proposal_is_decided(season):
    sent = len(season[2].numbers)
    assert Counter(db.session.scalars(select(Entry.status))) == {Status.APPROVED: INNOVATIONS - sent, Status.SENT: sent}
    assert set(db.session.scalars(select(func.max(Round.number)).group_by(Round.entry_id))) >= {1, 2, 3}


def test_there_are_as_many_events_as_verbs_were_acknowledged(season):
    ledger, before, _departure = season
    now = Counter(dict(db.session.execute(select(Event.what, func.count()).group_by(Event.what)).all()))
    assert now - before == ledger.events
    assert ledger.refused > INNOVATIONS  # and nothing was written for what was refused


def test_no_word_of_any_row_is_lost(season):
    ledger = season[0]
    rows = db.session.execute(select(Round.entry_id, Round.number, Indicator.code, Verdict.reason, Verdict.reply, Verdict.origin)
                              .join(Verdict.round).join(Verdict.answer).join(Indicator)).all()
    judged = {(entry, number, code): reason for entry, number, code, reason, _, origin in rows if origin == "judged"}
    assert judged == ledger.reasons
    assert {(entry, number, code): reply for entry, number, code, _, reply, _ in rows if reply} == ledger.replies


def test_stored_scores_equal_recomputed_ones(season):
    assert faults(*(name for name in DEEP if name != "Berkas bukti")) == []
    assert db.session.scalar(select(func.sum(Entry.claimed))) > 0


def test_the_papers_of_what_was_sent_are_whole(season):
    """Evidence has no bytes here."""
    storage = current_app.extensions["storage"]
    papers = db.session.scalars(select(StoredFile.sha256).where(StoredFile.sha256.not_like("000000000000%"))).all()
    assert papers and [sha for sha in papers if hashlib.sha256(storage.path(sha).read_bytes()).hexdigest() != sha] == []


def test_what_was_taken_is_the_best_set(season):
    entries = db.session.scalars(select(Entry).order_by(Entry.id)).all()  # of two alike the first goes
    rules = db.session.scalars(select(Period)).one().instrument.index_rules
    found = best(Decimal(0), [Candidate(entry.id, entry.verified, entry.main_affair, None) for entry in entries], rules, BASIC_AFFAIRS)
    assert {entry.id for entry in entries if entry.chosen_at} == set(found.send) >= set(season[2].numbers)
    assert found.gate_open and 50 < len(season[2].numbers) < len(found.send) < INNOVATIONS


def test_the_register_is_what_was_acknowledged(season):
    """On the sheet, in the database, and as it stands today."""
    numbers = season[2].numbers
    sendings = db.session.scalars(select(Sending)).all()
    assert {one.entry_id: one.number for one in sendings} == numbers
    assert [one.number for one in sendings if {**frozen(one.entry), "pdf": one.pdf.sha256} != one.snapshot] == []
    rows = list(xlsx(season[2].register).iter_rows(min_row=3, values_only=True))
    assert {(row[1], row[3], row[6]) for row in rows} == {(one.number, one.name, one.maturity) for one in sendings} and len(rows) == len(numbers)
