"""Guessing is slowed exactly, however many processes there are, and nobody is kept out of their own office."""
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.pool import Pool

from app import clock, passwords
from app.config import ROOT
from app.extensions import db
from app.models import FailedSignIn, Session, User
from app.rules.sign_in import FREE_ELSEWHERE, FREE_NAMES
from tests.live import PASSWORD, PASSWORD_HASH, prepared
from tests.web.test_account_signing import told

NOON = datetime(2026, 6, 9, 5, 0, tzinfo=UTC)
WRONG = "Nama pengguna atau kata sandi tidak cocok."
GUESSER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from app import clock, create_app, passwords
hashed, verify = [], passwords.verify
passwords.verify = lambda *args: hashed.append(1) or verify(*args)
app = create_app(WTF_CSRF_ENABLED=False, REMINDERS=False)
def guess(n):
    with clock.at(datetime(2026, 6, 9, 5, tzinfo=UTC)):
        return app.test_client().post("/masuk", data={"username": "owner", "password": f"salah {n}"}).text
with ThreadPoolExecutor(20) as pool:
    print("siap", flush=True)
    sys.stdin.readline()
    pages = list(pool.map(guess, range(20)))
waited = sum("Terlalu banyak kata sandi salah. Coba lagi 2 detik lagi." in page for page in pages)
print(len(hashed), sum("tidak cocok" in page for page in pages), waited)
"""


def test_four_processes_with_twenty_guesses_each_get_five_through_in_all(tmp_path):
    with prepared(tmp_path / "data"):
        user = User.add("owner", "Owner", PASSWORD_HASH, None)
        user.change_password(PASSWORD_HASH)
        db.session.add(user)
    env = {"LUMBUNG_DATA": str(tmp_path / "data"), "PATH": "/usr/bin:/bin"}
    guessers = [subprocess.Popen([sys.executable, "-c", GUESSER], cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                for _ in range(4)]
    for guesser in guessers:
        assert guesser.stdout.readline() == "siap\n"
    for guesser in guessers:
        guesser.stdin.write("\n")
        guesser.stdin.flush()
    told = [tuple(map(int, guesser.communicate(timeout=60)[0].split())) for guesser in guessers]
    assert [sum(column) for column in zip(*told, strict=True)] == [5, 5, 75]
    with prepared(tmp_path / "data"):
        assert db.session.scalar(select(func.count(FailedSignIn.id))) == 5


@contextmanager
def connections():
    """How many were in use at once, each time one was taken."""
    now, seen = set(), []

    def taken(_connection, record, _proxy):
        now.add(id(record))
        seen.append(len(now))

    def given_back(_connection, record):
        now.discard(id(record))

    event.listen(Pool, "checkout", taken)
    event.listen(Pool, "checkin", given_back)
    try:
        yield seen
    finally:
        event.remove(Pool, "checkout", taken)
        event.remove(Pool, "checkin", given_back)


@pytest.mark.parametrize("username", ["owner", "siapapun"])
def test_whoever_waits_at_the_door_holds_no_connection_meanwhile(door, username):
    """Else as many tries at once as there are connections hold one each, and each waits for a second one that never comes."""
    with clock.at(NOON), connections() as seen:
        for _ in range(6):
            enter(door, username, "salah", expect=200)
    assert set(seen) == {1}


@pytest.fixture
def door(app, saved, open_as):
    with app.app_context():
        db.session.get(User, saved.people["owner"]).change_password(PASSWORD_HASH)
        db.session.commit()
    return open_as(None)


def enter(browser, username="owner", password=PASSWORD, address="127.0.0.1", expect=303):
    return browser.post("/masuk", {"username": username, "password": password}, expect, environ_overrides={"REMOTE_ADDR": address})


def fail(app, *tries):
    """Wrong tries (user name, address) just before noon."""
    with app.app_context():
        db.session.add_all([FailedSignIn(username=name, address=address, at=NOON) for name, address in tries])
        db.session.commit()


def test_an_unknown_name_waits_in_the_same_words(door):
    with clock.at(NOON):
        for _ in range(5):
            assert told(enter(door, "siapapun", "salah", expect=200)) == [WRONG]
        assert told(enter(door, "siapapun", "salah", expect=200)) == ["Terlalu banyak kata sandi salah. Coba lagi 2 detik lagi."]


def test_many_names_wrong_from_one_address_slow_the_next_one_there_and_nowhere_else(app, door, open_as):
    fail(app, *((f"orang{n}", "10.0.0.66") for n in range(FREE_NAMES)))
    with clock.at(NOON):
        told_there = told(enter(door, address="10.0.0.66", expect=200))
        assert told_there == ["Terlalu banyak percobaan gagal dari jaringan ini. Coba lagi 2 detik lagi."]
        enter(open_as(None), address="10.0.0.7")


def test_an_account_guessed_from_many_addresses_waits_elsewhere_but_not_at_its_usual_place(app, door, saved, open_as):
    with app.app_context(), clock.at(NOON - timedelta(days=29)):
        db.session.add(Session.start(db.session.get(User, saved.people["owner"]), "0" * 64, "10.0.0.7", "kantor"))
        db.session.commit()
    fail(app, *(("owner", f"10.1.0.{n}") for n in range(FREE_ELSEWHERE)), *((f"orang{n}", "10.0.0.7") for n in range(FREE_NAMES)))
    with clock.at(NOON):
        told_there = told(enter(door, address="10.9.9.9", expect=200))
        assert told_there == ["Terlalu banyak percobaan gagal untuk akun ini. Coba lagi 2 detik lagi."]
        enter(open_as(None), address="10.0.0.7")


def test_a_right_password_is_no_failure_in_the_log(app, door):
    enter(door)
    with app.app_context():
        assert db.session.scalar(select(func.count(FailedSignIn.id))) == 0


def test_the_old_password_is_guessed_as_slowly_at_the_form_that_replaces_it(door, open_as):
    with clock.at(NOON):
        owner = open_as("owner")
        for _ in range(5):
            owner.post("/akun/sandi", {"current": "salah", "password": "kerbau hujan tikar kopi", "again": "kerbau hujan tikar kopi"}, expect=200)
        page = owner.post("/akun/sandi", {"current": PASSWORD, "password": "kerbau hujan tikar", "again": "kerbau hujan tikar"}, expect=200)
        assert told(page) == ["Terlalu banyak kata sandi salah. Coba lagi 2 detik lagi."]


def test_a_new_password_that_is_refused_slows_nobody(door, open_as):
    owner = open_as("owner")
    for _ in range(6):
        page = owner.post("/akun/sandi", {"current": PASSWORD, "password": "terlalu pendek", "again": "terlalu pendek"}, expect=200)
        assert told(page)[0].startswith("Kata sandi paling sedikit 15 huruf.")


def test_a_hash_of_older_parameters_is_made_anew_at_sign_in(app, door, saved):
    from argon2 import PasswordHasher
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with app.app_context():
        db.session.get(User, saved.people["owner"]).password_hash = old
        db.session.commit()
    enter(door)
    with app.app_context():
        user = db.session.get(User, saved.people["owner"])
        assert user.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and passwords.verify(user.password_hash, PASSWORD)
