"""Eight people press the button at the same moment, on the real server, over HTTP."""
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app import checks
from app.extensions import db
from app.models import Entry, Event, Instrument, User
from app.rules.access import Role
from tests.cast import judge_all, make_cast
from tests.live import PASSWORD_HASH, Person, prepared, running

EIGHT = [f"verifikator{n}" for n in range(1, 9)]


@pytest.fixture
def folder(tmp_path):
    """One submitted proposal, every row judged by somebody, and eight reviewers."""
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
        judge_all(cast, r16=1, r33=1)
    return tmp_path / "data"


def test_eight_decisions_at_once_leave_one_decision_and_seven_polite_refusals(folder):
    with running(folder, LUMBUNG_PROCESSES="2") as address:
        everyone = [Person(address, username) for username in EIGHT]
        for person in everyone:
            person.open("/verifikasi/1/keputusan")
        start = Barrier(len(everyone))

        def decide(number, person):
            start.wait()
            decision = {"decision": "approve"} if number % 2 else {"decision": "return", "rows": ["16", "33"]}
            return person.send("/verifikasi/1/keputusan", note=f"Keputusan {number}", profile_note="", **decision)

        with ThreadPoolExecutor(len(everyone)) as pool:
            pages = list(pool.map(decide, range(8), everyone))

    assert [person.status for person in everyone] == [200] * 8
    refused = [page for page in pages if "usulan ini. Keputusan Anda tidak dicatat." in page]
    assert len(refused) == 7
    with prepared(folder):
        entry = db.session.get(Entry, 1)
        assert [r.decision for r in entry.rounds] in (["returned"], ["approved"])
        events = db.session.scalars(select(Event.what).where(Event.entry_id == 1, Event.what.in_(["returned", "approved"]))).all()
        assert events == [entry.status]


def test_taking_back_and_the_first_verdict_at_once_leave_exactly_one_of_them(tmp_path):
    """Several times: the operator withdraws while a reviewer gives the first verdict."""
    with prepared(tmp_path / "data"):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for user in (cast.owner, cast.reviewer):
            user.change_password(PASSWORD_HASH)
        db.session.add_all([*cast.people.values(), cast.entry])
        db.session.flush()
        cast.entry.submit(cast.owner)
    with running(tmp_path / "data", LUMBUNG_PROCESSES="2") as address:
        owner, reviewer = Person(address, "owner"), Person(address, "reviewer")
        for _ in range(4):
            owner.open("/usulan/1/penarikan")
            reviewer.open("/verifikasi/1/putusan/16")
            start = Barrier(2)

            def send(person, path, start=start, **fields):
                start.wait()
                return person.send(path, **fields)

            with ThreadPoolExecutor(2) as pool:
                taken = pool.submit(send, owner, "/usulan/1/penarikan", note="Tertinggal.")
                judged = pool.submit(send, reviewer, "/verifikasi/1/putusan/16", level="1", reason="Belum cukup.", seen="0")
            withdrawn = "JEMPUT GIZI ditarik." in taken.result()
            assert withdrawn != ("Putusan baris 16 tersimpan." in judged.result())
            assert withdrawn or "sudah mulai memutus baris usulan ini" in taken.result()
            if not withdrawn:
                break
            owner.open("/usulan/1/pengajuan")
            owner.send("/usulan/1/pengajuan", agreed="y")
    with prepared(tmp_path / "data"):
        entry = db.session.get(Entry, 1)
        judged = db.session.scalars(select(Event.id).where(Event.what == "row_judged", Event.entry_id == 1)).all()
        assert (entry.status, len(judged)) == ("submitted", 0 if withdrawn else 1)
        assert [r.decision for r in entry.rounds] == ["withdrawn"] * (len(entry.rounds) - 1) + [None]


def test_a_hundred_saves_at_once_lose_nothing(folder):
    """Eight people judge one row again and again: every acknowledged save is written, every other one is told why; nobody is locked out."""
    row = "/verifikasi/1/putusan/16"
    with running(folder, LUMBUNG_PROCESSES="2") as address:
        everyone = [Person(address, username) for username in EIGHT]

        def judge(person):
            saved = 0
            for _ in range(12):
                seen = re.search(r'name="seen"[^>]*value="(\d+)"', person.open(row))[1]
                page = person.send(row, level="1", reason="Belum cukup.", seen=seen)
                moved_on = not person.url.endswith(row)
                assert person.status == 200 and (moved_on or "sudah memutus baris ini" in page), page[:500]
                saved += moved_on
            return saved

        with ThreadPoolExecutor(len(everyone)) as pool:
            saved = sum(pool.map(judge, everyone))

    assert saved >= 12
    with prepared(folder) as app:
        judged = db.session.scalars(select(Event.id).where(Event.what == "row_judged", Event.entry_id == 1)).all()
        assert len(judged) == 5 + saved
        assert checks.deep("Log", checks.Things(db.session(), app.config["LUMBUNG"], None)).faults == ()  # one chain, over both processes
        entry = db.session.get(Entry, 1)
        assert entry.rounds[0].verdict_on(entry.answers[0]).version == 1 + saved
