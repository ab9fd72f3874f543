"""Sent for good, and once: several coordinators at the same moment, on the real server with its processes, over HTTP."""
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Entry, Event, Instrument, Sending, User
from app.rules.access import Role
from tests.cast import make_cast
from tests.live import PASSWORD_HASH, Person, prepared, running
from tests.web.outgoing import approve, list_up, today
from tests.web.reviewing import another

COORDINATORS = [f"koordinator{n}" for n in range(1, 5)]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Eight proposals (1-8), approved and in the list, and four coordinators at their desks; each test has proposals of its own."""
    folder = tmp_path_factory.mktemp("house") / "data"
    with prepared(folder):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for username in COORDINATORS:
            user = User.add(username, username.title(), PASSWORD_HASH, None)
            user.change_password(PASSWORD_HASH)
            user.give_role(Role.COORDINATOR, cast.units["office"], None)
            db.session.add(user)
        db.session.add_all([*cast.people.values(), cast.entry])
        db.session.flush()
        list_up(cast, *(approve(cast, entry) for entry in [cast.entry, *(another(cast, f"INOVASI {place}") for place in range(2, 9))]))
    with running(folder, LUMBUNG_PROCESSES="2") as address:
        yield SimpleNamespace(folder=folder, people=[Person(address, username) for username in COORDINATORS])


def at_once(*deeds):
    """What each returns, begun together."""
    start = Barrier(len(deeds))

    def begin(deed):
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [deed.result() for deed in [pool.submit(begin, deed) for deed in deeds]]


def ready(person, entry, number):
    """Their page is open and filled in; what is left is the button."""
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', person.open(f"/usulan/{entry}/pengiriman"))[1]
    return lambda: person.send(f"/usulan/{entry}/pengiriman", seen=seen, number=number, sent_on=today(), agreed="y")


def ready_list(person, **numbers):
    """The same from the list, with the statement made; `numbers` by proposal ("e5")."""
    seen = dict(re.findall(r'name="(keadaan-\d+)" value="([^"]+)"', person.open("/kirim/")))
    typed = {f"nomor-{key[1:]}": number for key, number in numbers.items()} | {f"tanggal-{key[1:]}": today() for key in numbers}
    return lambda: person.send("/kirim/", **seen, **typed, agreed="1", kirim="1")


def left(house, *ids):
    """(status, registration number) of these proposals, and for which of them the timeline says that they were sent."""
    with prepared(house.folder):
        entries = [db.session.get(Entry, id) for id in ids]
        assert all(one.is_whole for one in db.session.scalars(select(Sending)))
        told = select(Event.entry_id).where(Event.what == "sent", Event.entry_id.in_(ids)).order_by(Event.entry_id)
        return [(entry.status, entry.sending and entry.sending.number) for entry in entries], db.session.scalars(told).all()


def test_one_proposal_sent_by_four_at_once_is_sent_once(house):
    pages = at_once(*(ready(person, 1, f"IID-1-{place}") for place, person in enumerate(house.people)))

    done = [place for place, page in enumerate(pages) if "JEMPUT GIZI terkirim dengan nomor registrasi" in page]
    assert len(done) == 1 and sum("Usulan ini sudah terkirim" in page for page in pages) == 3
    assert [person.status for person in house.people] == [200] * 4
    assert left(house, 1) == ([("sent", f"IID-1-{done[0]}")], [1])


def test_one_number_given_to_two_at_once_stays_with_one(house):
    one, other = house.people[:2]
    pages = at_once(ready(one, 2, "IID-7"), ready(other, 3, "iid-7"))

    assert (one.status, other.status) == (200, 200)
    assert sum("sudah dipakai" in page for page in pages) == 1
    assert left(house, 2, 3) in [([("sent", "IID-7"), ("approved", None)], [2]), ([("approved", None), ("sent", "iid-7")], [3])]


def test_two_who_send_the_same_list_at_once_send_each_once(house):
    one, other = house.people[:2]
    at_once(ready_list(one, e4="A-4", e5="A-5"), ready_list(other, e4="B-4", e5="B-5"))

    assert (one.status, other.status) == (200, 200)
    stand, told = left(house, 4, 5)
    assert told == [4, 5] and [status for status, _ in stand] == ["sent", "sent"]


def test_sending_and_reopening_at_once_leave_exactly_one_of_them(house):
    sender, opener = house.people[:2]
    opener.open("/verifikasi/6/buka-kembali")
    at_once(ready(sender, 6, "IID-6"), lambda: opener.send("/verifikasi/6/buka-kembali", rows=["16"], reason="Levelnya salah."))

    assert (sender.status, opener.status) == (200, 200)
    assert left(house, 6) in [([("sent", "IID-6")], [6]), ([("returned", None)], [])]


def test_sending_holding_and_taking_the_set_at_once_agree_afterwards(house):
    """It goes, or is held and does not go; the list to send never holds what is held."""
    sender, holder, chooser = house.people[:3]
    holder.open("/usulan/7/pilihan")
    seal = re.search(r'name="susunan" value="([^"]+)"', chooser.open("/dasbor/kirim-atau-tahan/susunan"))[1]
    at_once(ready(sender, 7, "IID-77"), lambda: holder.send("/usulan/7/pilihan", choice="hold", reason="Menunggu SK."),
            lambda: chooser.send("/dasbor/kirim-atau-tahan/susunan", susunan=seal))

    assert [person.status for person in (sender, holder, chooser)] == [200] * 3
    with prepared(house.folder):
        entry = db.session.get(Entry, 7)
        assert (entry.status, entry.choice, entry.sending is None) in [("sent", None, False), ("approved", "hold", True)]
        assert entry.choice != "hold" or entry.chosen_at is None
