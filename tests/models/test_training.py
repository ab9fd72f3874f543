"""A training period counts for nothing: it locks no profile, is no report, takes and gives nothing to other years, and nothing of it is sent."""
from datetime import timedelta

import pytest

from app import clock
from app.models import Entry, Innovation, Period
from app.models.choosing import Choice
from app.rules import Refused
from app.rules.numbers import entry_number, training_letter_number
from tests.cast import MANDATORY, PROFILE, fill, judge_all, make_file

LEFT_OUT = "Ini usulan latihan: tidak dikirim ke kementerian."


def training_of(cast, year: int = 2026, **plan) -> Period:
    now = clock.now()
    days = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=20), "repairs_close_at": now + timedelta(days=25)}
    return Period.add(year, cast.instrument, cast.admin, is_training=True, minimum_maturity=0, **days | plan)


@pytest.fixture
def practised(cast):
    """A proposal of another innovation that is only practised, filled as far as the real one."""
    innovation = Innovation.add("COBA DULU", cast.units["dinas"], cast.owner)
    innovation.edit(cast.owner, **PROFILE)
    cast.real, cast.entry = cast.entry, Entry.start(innovation, training_of(cast), cast.owner)
    for number, code in enumerate(MANDATORY):
        fill(cast, code, 2, file_number=100 + number)
    return cast.entry


def approved(cast) -> Entry:
    cast.entry.submit(cast.owner)
    judge_all(cast)
    cast.entry.approve(cast.reviewer)
    return cast.entry


def test_one_innovation_may_be_in_the_real_period_and_in_its_training_once_each(cast):
    training = training_of(cast)
    practised = Entry.start(cast.innovation, training, cast.owner)
    assert ([entry.period for entry in cast.innovation.entries], practised.number) == ([cast.period, training], 1)
    with pytest.raises(Refused, match="JEMPUT GIZI sudah diusulkan pada periode latihan 2026."):
        Entry.start(cast.innovation, training, cast.owner)


def test_a_closed_training_takes_nothing(cast):
    over = training_of(cast, opens_at=clock.now() - timedelta(days=9), closes_at=clock.now() - timedelta(days=1))
    with pytest.raises(Refused, match="Periode latihan 2026 sedang tidak dibuka untuk pengisian."):
        Entry.start(cast.innovation, over, cast.owner)


def test_it_has_no_regional_rows_whatever_its_instrument(cast):
    training = training_of(cast)
    training.edit(cast.admin, 2025, cast.instrument, opens_at=training.opens_at, closes_at=training.closes_at,
                  repairs_close_at=training.repairs_close_at, minimum_maturity=10)
    assert (training.region_rows, training.region_claimed, len(cast.period.region_rows) > 0) == ([], 0, True)


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_it_never_locks_the_profile(cast, practised, state):
    practised.submit(cast.owner)
    if state == "approved":
        judge_all(cast)
        practised.approve(cast.reviewer)
    practised.innovation.edit(cast.owner, main_affair="Sosial", touching_affairs=[])
    assert (practised.innovation.lock, practised.main_affair) == ("", "Kesehatan"), "what is judged stays as it was handed in"
    assert practised.profile_facts()["main_affair"] == "Kesehatan"


def test_what_comes_back_stands_for_the_profile_of_now(cast, practised):
    practised.submit(cast.owner)
    practised.innovation.edit(cast.owner, main_affair="Sosial", touching_affairs=[])
    practised.withdraw(cast.owner)
    assert (practised.main_affair, practised.profile_facts()["main_affair"]) == ("Sosial", "Sosial")


def test_the_real_one_still_locks_it(cast):
    Entry.start(cast.innovation, training_of(cast), cast.owner)
    cast.entry.submit(cast.owner)
    assert cast.innovation.lock == "Profil dikunci selama usulan diperiksa verifikator."


def test_it_is_no_report(cast, practised):
    approved(cast)
    later = training_of(cast, 2027)
    assert (practised.innovation.reported_before(2027), Entry.start(practised.innovation, later, cast.owner).number) == ([], 1)


def test_a_used_up_innovation_may_still_be_practised(cast):
    cast.period.most_reports = 1
    approved(cast)
    real = Period.add(2027, cast.instrument, cast.admin, opens_at=clock.now() - timedelta(days=1), closes_at=clock.now() + timedelta(days=9),
                      repairs_close_at=clock.now() + timedelta(days=9), minimum_maturity=0, most_reports=1)
    with pytest.raises(Refused, match="JEMPUT GIZI sudah 1 kali"):
        Entry.start(cast.innovation, real, cast.owner)
    assert Entry.start(cast.innovation, training_of(cast, 2027, most_reports=1), cast.owner).period.name == "latihan 2027"


def test_nothing_is_carried_out_of_training_or_into_it(cast, practised):
    out_of = approved(cast)
    real = Period.add(2027, cast.instrument, cast.admin, opens_at=clock.now() - timedelta(days=1), closes_at=clock.now() + timedelta(days=9),
                      repairs_close_at=clock.now() + timedelta(days=9), minimum_maturity=0)
    cast.entry = cast.real
    for before, period in ((out_of, real), (approved(cast), training_of(cast, 2027))):
        with pytest.raises(Refused, match="Usulan latihan tidak dibawa ke periode lain"):
            Entry.carry_over(before, period, cast.owner)


@pytest.mark.parametrize("step", [
    lambda cast, entry: entry.choose(cast.coordinator, Choice.SEND, "Wajib."),
    lambda cast, entry: entry.send(cast.coordinator, "IID-1", clock.now().date(), make_file(900)),
    lambda cast, entry: entry.tick(cast.coordinator, "name", "0" * 64),
])
def test_no_step_on_the_way_to_the_ministry(cast, practised, step):
    approved(cast)
    with pytest.raises(Refused, match=LEFT_OUT):
        step(cast, practised)
    assert (practised.choice, practised.sending, practised.ticks, practised.status) == (None, None, [], "approved")


def test_a_training_period_has_no_list_to_send(cast, practised):
    approved(cast)
    with pytest.raises(Refused, match="periode latihan tidak punya daftar kirim"):
        practised.period.take_set(cast.coordinator, [practised], [practised])
    assert practised.chosen_at is None


def test_its_numbers_say_what_they_are():
    day = clock.now().date().replace(year=2026)
    assert entry_number("LR", 2026, 7, 2, training=True) == "LATIHAN-26-007/2"
    assert entry_number("LR", 2026, 7, 2) == "LR-26-007/2"
    assert training_letter_number(3, day) == "LATIHAN-003/2026"
