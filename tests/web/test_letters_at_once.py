"""Eight people ask for letters of one round at the same moment, on the real server, over HTTP."""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Instrument, Letter, User
from app.rules.access import Role
from tests.cast import judge_all, make_cast
from tests.live import PASSWORD_HASH, Person, prepared, running

EIGHT = [f"verifikator{n}" for n in range(1, 9)]


@pytest.fixture
def folder(tmp_path):
    """One approved proposal and eight reviewers."""
    with prepared(tmp_path / "data"):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for username in EIGHT:
            user = User.add(username, username.title(), PASSWORD_HASH, None)
            user.change_password(PASSWORD_HASH)
            user.give_role(Role.REVIEWER, cast.units["office"], None)
            db.session.add(user)
        db.session.add_all([*cast.people.values(), cast.entry])
        db.session.flush()
        cast.entry.submit(cast.owner)
        judge_all(cast)
        cast.entry.approve(cast.reviewer)
    return tmp_path / "data"


def test_two_letters_two_numbers_and_six_who_are_shown_what_is_there(folder):
    with running(folder, LUMBUNG_PROCESSES="2") as address:
        everyone = [Person(address, username) for username in EIGHT]
        for person in everyone:
            person.open("/verifikasi/1/surat")
        start = Barrier(len(everyone))

        def make(number, person):
            start.wait()
            return person.send("/verifikasi/1/surat", putaran="1", jenis="decision" if number % 2 else "minutes")

        with ThreadPoolExecutor(len(everyone)) as pool:
            pages = list(pool.map(make, range(8), everyone))

    assert [person.status for person in everyone] == [200] * 8
    assert sum("terbit dengan nomor" in page and "sudah terbit" not in page for page in pages) == 2
    assert sum("sudah terbit dengan nomor" in page for page in pages) == 6
    with prepared(folder):
        assert sorted((letter.kind, letter.number) for letter in db.session.scalars(select(Letter))) in (
            [("decision", 1), ("minutes", 2)], [("decision", 2), ("minutes", 1)])
