"""The catalogue asks in two ways what belongs to it: of all innovations at once, and of one at a time. Both say the same."""
import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Entry, Innovation, PastReport, Period, User
from app.queries import catalogue
from app.queries.catalogue import CatalogueFilter
from app.rules.workflow import Status
from tests.portfolios import Brought, bring


@pytest.fixture
def ground(app, saved):
    with app.app_context():
        bring(saved, [Brought("60", status=status, name=f"BERSTATUS {status}") for status in Status])
        hidden = bring(saved, [Brought("60", name=name) for name in ("DIARSIPKAN", "LATIHAN")])
        shown = bring(saved, [Brought("60", name=name, status=Status.DRAFT) for name in ("DITAMPILKAN", "DULU")])
        archived, practised, told, past = (db.session.get(Entry, id).innovation for id in (*hidden, *shown))
        archived.archived_at, told.is_shown = clock.now(), True
        season = db.session.query(Period).filter_by(year=2026).one()
        training = Period.add(2026, season.instrument, db.session.get(User, saved.people["coordinator"]), is_training=True, opens_at=season.opens_at,
                              closes_at=season.closes_at, repairs_close_at=season.repairs_close_at, minimum_maturity=60)
        db.session.add(training)
        db.session.flush()
        practised.entries[0].period = training
        past.past_reports.append(PastReport(year=2024, number=""))
        db.session.flush()
        yield saved
        db.session.rollback()


def names(condition):
    return sorted(db.session.scalars(select(Innovation.name).where(condition)))


def test_one_by_one_it_is_the_same_as_all_at_once(ground):
    assert names(catalogue.is_shown) == names(catalogue.is_one_of_it) == ["BERSTATUS approved", "BERSTATUS sent", "DITAMPILKAN", "DULU"]


@pytest.mark.parametrize("sort", ["", "-name", "unit", "new"])
def test_the_ids_of_a_page_are_those_of_its_rows(ground, sort):
    chosen = CatalogueFilter(sort=sort)
    assert [*db.session.scalars(catalogue.bare(chosen))] == [row.id for row in db.session.execute(chosen.ordered(catalogue.rows()))]
