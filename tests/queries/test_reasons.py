"""The bank and what is said most: counted over decided rounds only, equal to a count by hand."""
from collections import Counter

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Period, Reason, Round, Unit
from app.models.review import Decision
from app.queries.reasons import BY_KIND, BY_UNIT, AgendaFilter, citations, findings, groups, offered, overall, rows, totals, units, within
from tests.web.reviewing import another, days_ago, desk

TEXTS = {"nama": "SK tidak memuat nama inovasi.", "tanda": "SK belum ditandatangani.", "peran": "Peran tiap orang tidak tercantum."}


@pytest.fixture
def said(app, saved):
    """Two units returned, one more only drafted by its reviewer. Row 16: the name twice, the signature once; row 17: roles once."""
    with desk(app, saved) as cast:
        bank = {"nama": Reason.add("16", "nama", TEXTS["nama"], None), "tanda": Reason.add("16", "tanda-tangan", TEXTS["tanda"], None),
                "peran": Reason.add("17", "peran", TEXTS["peran"], None), "idle": Reason.add("16", "tahun", "SK di luar T-1.", None)}
        db.session.add_all(bank.values())
        cast.entry.submit(cast.owner)
        returned, drafted = another(cast, "SURAT TUNTAS"), another(cast, "PETIK PANEN")
        for entry, row, cited in ((cast.entry, "16", ("nama", "tanda")), (cast.entry, "17", ("peran",)), (returned, "16", ("nama",)),
                                  (drafted, "16", ("nama", "tanda")), (drafted, "17", ("peran",))):
            entry.judge(entry.answer_on(row), cast.reviewer, 1, " ".join(TEXTS[name] for name in cited), cited=[bank[name] for name in cited])
        cast.entry.return_(cast.reviewer, ["16", "17"])
        returned.return_(cast.reviewer, ["16"])
    with app.app_context():
        yield saved


@pytest.fixture
def period(said):
    return db.session.get(Period, said.period)


def by_hand(key):
    """Straight from the rows of verdict_reason."""
    verdicts = [verdict for round_ in db.session.scalars(select(Round))
                if round_.decision in (Decision.RETURNED, Decision.APPROVED) for verdict in round_.verdicts]
    return Counter(key(verdict, reason) for verdict in verdicts for reason in verdict.cited)


def test_a_reviewers_drafts_are_in_no_figure(period):
    assert tuple(db.session.execute(totals(AgendaFilter(), period)).one()) == (4, 3, 2)
    assert [row.name for row in db.session.execute(citations(AgendaFilter(), period))].count("PETIK PANEN") == 0


@pytest.mark.parametrize(("tab", "key"), [
    ("", lambda verdict, reason: reason.row), (BY_UNIT, lambda verdict, reason: verdict.round.entry.unit_id),
    (BY_KIND, lambda verdict, reason: verdict.round.entry.unit.kind)])
def test_figures_equal_a_count_by_hand(period, tab, key):
    chosen = AgendaFilter(tab=tab)
    found = db.session.execute(groups(chosen, period)).all()
    assert {group.key: group.times for group in found} == by_hand(key)
    inside = findings(db.session.execute(within(chosen, period, [group.key for group in found])).all())
    counted = {(group, finding.cause): finding.times for group, each in inside.items() for finding in each}
    assert counted == by_hand(lambda verdict, reason: (key(verdict, reason), reason.cause))


def test_the_cause_given_most_comes_first_with_its_sentence_rows_and_units(period, said):
    found = findings(db.session.execute(overall(AgendaFilter(), period)).all())[""]
    assert [(one.cause, one.times, one.example, one.rows, [name for _, name in one.units]) for one in found] == [
        ("nama", 2, TEXTS["nama"], ["16"], ["Badan Keuangan", "Dinas Kesehatan"]),
        ("tanda-tangan", 1, TEXTS["tanda"], ["16"], ["Dinas Kesehatan"]),
        ("peran", 1, TEXTS["peran"], ["17"], ["Dinas Kesehatan"])]


@pytest.mark.parametrize(("chosen", "expected"), [
    ({}, 4), ({"kind": "Badan"}, 1), ({"row": "16"}, 3), ({"row": "16", "cause": "nama"}, 2), ({"unit": 1}, 3), ({"reason": 2}, 1),
    ({"row": "99"}, 0)])
def test_each_figure_has_its_list(period, chosen, expected):
    narrowed = AgendaFilter(**chosen)
    assert db.session.execute(totals(narrowed, period)).one()[0] == len(db.session.execute(citations(narrowed, period)).all()) == expected


def test_another_period_has_figures_of_its_own(period, said):
    days = {"opens_at": days_ago(2), "closes_at": days_ago(-9), "repairs_close_at": days_ago(-19)}
    other = Period.add(2027, period.instrument, None, **days, minimum_maturity=1)
    db.session.add(other)
    db.session.flush()
    assert db.session.execute(totals(AgendaFilter(), other)).one()[0] == 0
    assert [tuple(row[-2:]) for row in db.session.execute(rows(other).order_by(Reason.id))] == [(0, 2), (0, 1), (0, 1), (0, 0)]
    db.session.rollback()


def test_the_bank_offers_a_row_its_own_most_used_first_and_nothing_archived(period):
    assert [one.cause for one in db.session.scalars(offered("16"))] == ["nama", "tanda-tangan", "tahun"]
    first = db.session.get(Reason, 1)
    first.archive(None)
    db.session.flush()
    assert [one.cause for one in db.session.scalars(offered("16"))] == ["tanda-tangan", "tahun"]
    assert [one.cause for one in db.session.scalars(offered("16", kept=[1]))] == ["nama", "tanda-tangan", "tahun"]
    db.session.rollback()


def test_only_units_something_was_said_to_are_offered_as_filter(period):
    assert [unit.name for unit in db.session.execute(units(period))] == ["Badan Keuangan", "Dinas Kesehatan"]
    assert db.session.query(Unit).count() == 3
