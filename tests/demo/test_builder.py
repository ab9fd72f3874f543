"""The training regency through the real command: every state, every role, real files, scores that recompute."""
import csv
import stat

from sqlalchemy import func, select

from app.cli.doctor import doctor
from app.extensions import db
from app.models import Entry, Event, Innovation, Notification, Period, Regency, StoredFile, Unit, User, Verdict
from app.models.regency import SETTINGS
from app.models.review import Origin
from app.rules.access import Role
from app.rules.workflow import DONE, Status


def test_it_is_a_whole_regency(regency):
    assert db.session.scalar(select(func.count(Unit.id))) >= 45
    assert db.session.scalar(select(func.count(Innovation.id))) >= 60
    assert {m.role for user in db.session.scalars(select(User)) for m in user.memberships} == set(Role)
    assert [period.is_open for period in db.session.scalars(select(Period).order_by(Period.year))] == [False, True]


def test_the_open_period_shows_every_state_and_the_closed_one_is_sent(regency):
    found = db.session.execute(select(Period.year, Entry.status).join(Entry.period).distinct()).all()
    assert {(2026, status) for status in Status} | {(2025, Status.SENT)} == {tuple(row) for row in found}


def test_an_innovation_of_last_year_is_brought_again_under_the_same_entry_of_the_register(regency):
    twice = select(Entry.innovation_id).group_by(Entry.innovation_id).having(func.count() == 2)
    assert db.session.scalars(twice).all()


def test_every_reason_below_a_claim_comes_from_the_bank_and_is_counted(regency):
    reasoned = db.session.scalars(select(Verdict).where(Verdict.origin == Origin.JUDGED, Verdict.reason != "")).all()
    assert len(reasoned) >= 100 and all(len(verdict.cited) == 1 for verdict in reasoned)


def test_claims_without_evidence_show(regency):
    assert db.session.scalar(select(func.count(Entry.id)).where(Entry.evidenced < Entry.claimed)) >= 10


def test_scores_instruments_and_files_are_right(regency):
    result = regency.test_cli_runner().invoke(doctor)
    assert result.exit_code == 0, result.output


def test_files_are_real_and_of_every_kind(regency):
    kinds = dict(db.session.execute(select(StoredFile.kind, func.count()).group_by(StoredFile.kind)).all())
    assert set(kinds) == {"pdf", "jpg", "png", "mp4"} and sum(kinds.values()) > 1000
    storage = regency.extensions["storage"]
    for file in db.session.scalars(select(StoredFile).order_by(StoredFile.sha256).limit(40)):
        with open(storage.path(file.sha256), "rb") as content:
            again = storage.take(content, f"contoh.{file.kind}", {file.kind})
        assert (again.sha256, again.pages, again.active) == (file.sha256, file.pages, ())


def test_the_first_step_of_its_administrator_is_done(regency):
    house = db.session.scalars(select(Regency)).one()
    installed = regency.config["LUMBUNG"]
    assert {name: getattr(house, name) for name in SETTINGS} == {name: getattr(installed, name) for name in SETTINGS}
    assert house.letterhead.splitlines() == ["Jalan Lumbung Padi Nomor 1, Lumbung Kota 99100", "Telepon (0999) 100100"]
    assert [(event.what, event.by.username) for event in house.events] == [("regency_described", "admin.bappelitbangda")]


def test_time_runs_forward_in_every_story(regency):
    for entry in db.session.scalars(select(Entry)):
        instants = db.session.scalars(select(Event.at).where(Event.entry_id == entry.id).order_by(Event.id)).all()
        assert instants == sorted(instants)


def test_notices_are_there_and_old_ones_read(regency):
    read = db.session.scalar(select(func.count(Notification.id)).where(Notification.read_at.is_not(None)))
    assert 0 < read < db.session.scalar(select(func.count(Notification.id)))


def test_accounts_are_written_for_the_trainer_only(regency):
    accounts = regency.config["LUMBUNG"].data / "akun.csv"
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    with open(accounts, encoding="utf-8", newline="") as file:
        assert len({row["kata_sandi"] for row in csv.DictReader(file)}) > 90


def test_what_came_back_is_still_to_be_mended(regency):
    for entry in db.session.scalars(select(Entry).where(Entry.status == Status.RETURNED)):
        assert entry.returned_rows and not all(answer.is_answered for answer in entry.returned_rows), entry.innovation.name


def test_the_desk_is_seen_at_work(regency):
    """Signed and unsigned, taken and shared out, handed back and checked again, more time for one office."""
    found = set(db.session.scalars(select(Event.what).distinct()))
    assert {"prepared", "signed", "handed_back", "assigned", "taken", "finished", "rechecked", "annotated", "extended", "unit_assigned",
            "session_arranged", "session_held", "session_called_off", "promise_kept"} <= found
    unsigned = db.session.scalars(select(Event).where(Event.what == "submitted", Event.details["unsigned"].as_boolean())).all()
    assert unsigned and not any(event.entry.heads for event in unsigned)


def test_who_verified_is_not_who_approved(regency):
    approved = select(Entry).join(Entry.period).where(Entry.status.in_(DONE), Period.two_steps)
    for entry in db.session.scalars(approved):
        round_ = entry.last_decided_round
        assert round_.finished_by is not round_.decided_by and round_.decided_by not in round_.judges and not round_.decided_by.serves(entry.unit)


def test_rows_stand_in_the_instruments_order(regency):
    for entry in db.session.scalars(select(Entry)):
        assert [answer.indicator.code for answer in entry.answers] == [str(code) for code in range(16, 36)]
