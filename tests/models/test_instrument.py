"""An instrument from draft to published, and frozen then; every change of a draft is one event that says before and after."""
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.models import Event, Indicator, Instrument, Period, User
from app.queries import periods
from app.rules import Refused
from tests.rules.instrument_cases import OF_2023, OF_2026

FROZEN = "Instrumen yang sudah terbit tidak dapat diubah. Terbitkan versi baru."
LAW = "Surat Kepala BSKDN Nomor 1, 2 April 2027"


@pytest.fixture
def admin(app, saved):
    with app.app_context():
        yield db.session.get(User, saved.people["admin"])


@pytest.fixture
def draft(admin):
    draft = Instrument.clone(admin, OF_2026, 2027, {"iid-2026"})
    db.session.add(draft)
    db.session.commit()
    return draft


def published(draft, by):
    draft.edit_rules(by, {"legal_basis": LAW})
    draft.issue(by, draft.checksum)
    db.session.commit()
    return draft


def refused(deed) -> str:
    with pytest.raises(Refused) as no:
        deed()
        db.session.flush()
    db.session.rollback()
    return str(no.value)


def last_event(draft):
    db.session.flush()
    return db.session.scalars(select(Event).where(Event.instrument_id == draft.id).order_by(Event.id.desc())).first()


def test_a_clone_is_a_draft_without_rows_that_no_period_may_use(draft, admin):
    assert (draft.code, draft.published_at, draft.indicators) == ("iid-2027", None, [])
    assert (draft.rules["scoring"]["minimum_divisor"], draft.rules["scoring"]["minimum_basic_affairs"]) == (14, 6)
    assert [one.code for one in db.session.scalars(periods.instruments())] == ["iid-2026"]
    period = db.session.scalar(select(Period))
    plan = {name: getattr(period, name) for name in ("opens_at", "closes_at", "repairs_close_at", "minimum_maturity")}
    sentence = "Indeks Inovasi Daerah 2027 masih draf. Terbitkan dulu sebelum dipakai periode."
    assert refused(lambda: Period.add(2027, draft, admin, **plan)) == sentence
    period.entries_started = 0
    assert refused(lambda: period.edit(admin, 2026, draft, **plan)) == sentence


def test_an_edit_says_before_and_after(draft, admin):
    draft.edit_row(admin, {**draft.row_data("16"), "name": "Dasar hukum", "weight": 4, "mandatory": False})
    event = last_event(draft)
    assert (event.what, event.details["row"], event.details["changed"]) == (
        "instrument_edited", "16", [["Nama", "Regulasi Inovasi Daerah", "Dasar hukum"], ["Bobot", "3", "4"], ["Wajib", "ya", "tidak"]])
    draft.edit_rules(admin, {"scoring": {**draft.source["scoring"], "minimum_divisor": 13}})
    assert last_event(draft).details["changed"] == [["Pembagi paling kecil", "14", "13"]]
    assert "max(13, n)" in draft.source["scoring"]["formula"] and draft.rules["scoring"]["minimum_divisor"] == 13


@pytest.mark.parametrize(("deed", "sentence"), [
    (lambda one, by: one.edit_rules(by, {"title": one.title}), "Tidak ada yang berubah."),
    (lambda one, by: one.edit_row(by, {**one.row_data("16"), "code": "99"}), "Baris 99 tidak ada di Indeks Inovasi Daerah 2027."),
    (lambda one, by: one.edit_row(by, {**one.row_data("16"), "name": "N" * 161}), "Baris 16, nama: paling banyak 160 huruf; sekarang 161."),
    (lambda one, by: one.issue(by, one.checksum), "Instrumen ini belum dapat diterbitkan: 1 hal perlu diperbaiki dulu."),
    (lambda one, by: one.issue(by, "lama"), "Draf ini diubah sesudah halaman ini dibuka. Baca lagi yang terbaru, lalu terbitkan."),
])
def test_a_draft_refuses(draft, admin, deed, sentence):
    assert refused(lambda: deed(draft, admin)) == sentence


def test_publishing_makes_the_rows_and_a_period_may_use_it(draft, admin):
    published(draft, admin)
    assert len(draft.indicators) == 40 and draft.published_at and draft.index_rules.minimum_divisor == 14
    assert [one.code for one in db.session.scalars(periods.instruments())] == ["iid-2027", "iid-2026"]
    assert last_event(draft).details["checksum"] == draft.checksum


@pytest.mark.parametrize("deed", [
    lambda one, by: setattr(one, "title", "Lain"),
    lambda one, by: setattr(one, "published_at", None),
    lambda one, by: setattr(one, "source", {}),
    lambda one, by: setattr(one.indicators[0], "weight", 9),
    lambda one, by: setattr(one.indicators[0].levels[0], "label", "Lain"),
    lambda one, by: db.session.delete(one.indicators[0].levels[0]),
    lambda one, by: db.session.delete(one),
    lambda one, by: one.edit_rules(by, {"title": "Lain"}),
    lambda one, by: one.edit_row(by, one.row_data("16")),
    lambda one, by: one.issue(by, one.checksum),
    lambda one, by: one.discard(by),
])
def test_a_published_one_refuses_every_change(draft, admin, deed):
    published(draft, admin)
    assert refused(lambda: deed(draft, admin)) == FROZEN
    ids = draft.id, admin.id
    db.session.expunge_all()  # also read anew, with nothing of it in memory
    assert refused(lambda: deed(db.session.get(Instrument, ids[0]), db.session.get(User, ids[1]))) == FROZEN


def test_rows_that_were_read_before_they_were_stored_are_read_again(draft, admin):
    """They have no ids yet; whoever reads them next in this process needs those."""
    draft.edit_rules(admin, {"legal_basis": LAW})
    with db.session.no_autoflush:
        draft.issue(admin, draft.checksum)
        assert {row.id for row in draft.rows} == {None}
    db.session.commit()
    assert None not in {row.id for row in draft.rows}
    code = draft.code
    db.session.expunge_all()
    assert None not in {row.id for row in db.session.scalars(select(Instrument).where(Instrument.code == code)).one().rows}


def test_a_discarded_draft_stays_for_its_events(draft, admin):
    draft.discard(admin)
    db.session.commit()
    found = db.session.execute(select(Event.what, Event.instrument_id).where(Event.what.startswith("instrument_"))).all()
    assert found == [("instrument_cloned", draft.id), ("instrument_discarded", draft.id)]
    db.session.delete(draft)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_file_becomes_a_draft_beside_what_has_its_code(admin):
    draft = Instrument.take_in(admin, OF_2026, {"iid-2026"}, "iid-2026.json")
    assert (draft.code, draft.published_at, draft.source) == ("iid-2026-2", None, {**OF_2026, "id": "iid-2026-2"})
    assert Instrument.take_in(admin, OF_2023, {"iid-2026"}, "iid-2023.json").code == "iid-2023"


def test_rows_published_without_a_formula_stay_without(admin):
    """As those published by earlier versions were: nothing fills it in later."""
    rows = [{name: value for name, value in row.items() if name != "formula"} for row in OF_2026["indicators"]]
    db.session.add(Instrument.publish({**OF_2026, "id": "iid-2026-lama", "indicators": rows}))
    db.session.commit()
    assert not db.session.scalars(select(Indicator).join(Instrument).where(Instrument.code == "iid-2026-lama", Indicator.formula.is_not(None))).all()


@pytest.mark.parametrize("year", [2019, 2101, 0])
def test_a_year_no_period_can_have_is_refused(admin, year):
    assert refused(lambda: Instrument.clone(admin, OF_2026, year, set())) == "Tahun instrumen antara 2020 dan 2100."
