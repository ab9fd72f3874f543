"""Accounts: a slip that is shown once, roles per unit, closing an account ends its sessions, and an administrator always remains."""
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app import clock, passwords
from app.extensions import db
from app.models import Event, Session, User
from app.queries import people as queries
from app.rules.access import Role
from tests.browser import Browser
from tests.web.reviewing import Selects, text

SLIP = re.compile(r'<dd class="big">((?:[a-z]{4}-){4}\d\d)</dd>')


@pytest.fixture
def admin(open_as):
    return open_as("admin")


@pytest.fixture
def typed(saved):
    return {"name": "Nur Aini", "username": "nur.aini", "nip": "19900101 201503 2 001", "position": "Operator", "role": "operator",
            "unit": saved.units["badan"]}


def person(app, username) -> User | None:
    with app.app_context():
        return db.session.scalar(select(User).where(User.username == username))


def change(app, saved, who, verb, *args):
    with app.app_context():
        getattr(db.session.get(User, saved.people[who]), verb)(*args)
        db.session.commit()


def refusal(page) -> str:
    return re.search(r'role="alert">.*?<p>(.*?)</p>', page.text, re.S)[1]


def listed(page) -> list[str]:
    return re.findall(r'<th scope="row" class="full"><a href="/kelola/orang/\d+">([^<]+)</a>', page.text)


def test_a_new_account_comes_with_a_role_and_a_slip_that_opens_the_door(admin, app, saved, typed, open_as):
    page = admin.post("/kelola/orang/baru", typed, expect=200)
    password = SLIP.search(page.text)[1]
    assert page.headers["Cache-Control"] == "no-store"
    with app.app_context():
        user = db.session.scalar(select(User).where(User.username == "nur.aini"))
        assert [(m.role, m.unit.name) for m in user.memberships] == [("operator", "Badan Keuangan")]
        assert [e.what for e in user.events] == ["person_added", "role_given"]
        assert user.must_change_password and passwords.verify(user.password_hash, password)
    assert open_as().post("/masuk", {"username": "nur.aini", "password": password}).location == "/"


def test_nothing_keeps_the_password_of_a_slip(admin, app, typed):
    password = SLIP.search(admin.post("/kelola/orang/baru", typed, expect=200).text)[1]
    with app.app_context():
        rows = [str(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table))]
    assert not [row for row in rows if password in row]
    with admin.client.session_transaction() as cookie:
        assert password not in str(dict(cookie))
    assert password not in admin.get(f"/kelola/orang/{person(app, 'nur.aini').id}").text


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"username": "owner"}, "Nama pengguna owner sudah dipakai. Pilih yang lain."),
    ({"username": "Nur Aini"}, "Pakai 3 sampai 60 huruf kecil, angka, titik, atau tanda hubung; huruf di depan. Misalnya ratna.dinkes."),
    ({"username": "1nur"}, "Pakai 3 sampai 60 huruf kecil, angka, titik, atau tanda hubung; huruf di depan. Misalnya ratna.dinkes."),
    ({"nip": "tidak ada"}, "NIP hanya berisi angka."),
    ({"role": "raja"}, "Pilih salah satu dari daftar."),
    ({"unit": "9999"}, "Pilih salah satu dari daftar."),
    ({"unit": ""}, "Pilih perangkat daerahnya."),
])
def test_a_refused_account_keeps_what_was_typed(admin, app, typed, wrong, sentence):
    page = admin.post("/kelola/orang/baru", typed | wrong, expect=200)
    assert sentence in page.text
    assert 'value="Nur Aini"' in page.text and SLIP.search(page.text) is None
    assert person(app, "nur.aini") is None


def test_a_unit_without_operator_is_chosen_already(admin, saved):
    page = admin.get(f"/kelola/orang/baru?unit={saved.units['badan']}").text
    assert re.search(rf'<option selected value="{saved.units["badan"]}">', page) and '<option selected value="operator">' in page


@pytest.mark.parametrize(("query", "names"), [
    ("q=own", ["Owner"]), ("q=keuangan", ["Stranger"]), ("role=head", ["Head"]), ("state=nonaktif", ["Leader"]),
    ("state=slip", ["Reviewer"]), ("state=lewat", []), ("role=leader&state=semua", ["Leader"]), ("sort=-username&q=dinas", ["Owner", "Head"])])
def test_the_address_narrows_the_list(admin, app, saved, query, names):
    change(app, saved, "reviewer", "give_slip", "x", None)
    change(app, saved, "leader", "deactivate", None)
    assert listed(admin.get(f"/kelola/orang/?{query}")) == names


def test_the_list_says_who_never_came(admin, app, saved):
    change(app, saved, "reviewer", "give_slip", "x", None)
    row = re.search(r"Reviewer</a>.*?</tr>", admin.get("/kelola/orang/").text, re.S)[0]
    assert "belum pernah" in row and "Belum ganti kata sandi" in row


def test_an_account_says_what_happened_to_it(admin, saved):
    page = text(admin.get(f"/kelola/orang/{saved.people['owner']}"))
    assert [part for part in ("Operator OPD", "Dinas Kesehatan", "dibuat sendiri oleh pemiliknya", "Akun Owner dibuat.") if part not in page] == []


def test_data_of_a_person_are_changed(admin, app, saved):
    id = saved.people["owner"]
    assert "Data Ratna Dewi disimpan." in admin.follow(f"/kelola/orang/{id}/ubah", {"name": "Ratna Dewi", "nip": "", "position": "Penyusun"}).text
    found = person(app, "owner")
    assert (found.name, found.nip, found.position) == ("Ratna Dewi", None, "Penyusun")
    page = admin.post(f"/kelola/orang/{id}/ubah", {"name": "", "position": "Penyusun Program"}, expect=200)
    assert "Isi nama lengkap." in page.text and 'value="Penyusun Program"' in page.text


def test_a_role_is_given_and_taken_and_the_person_hears_of_it(admin, app, saved):
    id = saved.people["owner"]
    admin.follow(f"/kelola/orang/{id}/peran", {"role": "head", "unit": saved.units["dinas"]})
    with app.app_context():
        user = db.session.get(User, id)
        held = next(m.id for m in user.memberships if m.role == Role.HEAD)
        assert [n.user_id for n in user.events[-1].notifications] == [id]
    assert "Owner sudah menjadi Kepala OPD di Dinas Kesehatan." in refused(admin, f"/kelola/orang/{id}/peran",
                                                                           {"role": "head", "unit": saved.units["dinas"]})
    assert "Peran Kepala OPD Owner dicabut." in admin.follow(f"/kelola/orang/{id}/peran/{held}/cabut").text
    admin.post(f"/kelola/orang/{id}/peran/{held}/cabut", expect=404)


def refused(browser, url, data=None) -> str:
    """The sentence on the page the refusal leads back to."""
    page = browser.post(url, data, headers={"Referer": "http://localhost/kelola/orang/"})
    return browser.get(page.location).text


def test_a_role_needs_both_its_answers(admin, saved):
    assert "Pilih peran dan perangkat daerahnya dulu." in refused(admin, f"/kelola/orang/{saved.people['owner']}/peran", {"role": "head"})


def new_slip(admin, id):
    """From the form on the account's page."""
    seen = re.search(r'name="seen" value="(\d+)"', admin.get(f"/kelola/orang/{id}").text)[1]
    return admin.post(f"/kelola/orang/{id}/slip", {"seen": seen}, expect=200)


def test_a_new_slip_ends_the_old_password_and_every_session(admin, app, saved, open_as):
    owner = open_as("owner")
    page = new_slip(admin, saved.people["owner"])
    assert SLIP.search(page.text) and "Owner" in page.text
    owner.get("/", expect=302)
    assert person(app, "owner").must_change_password


def test_two_slips_are_two_passwords(admin, saved):
    first, second = (SLIP.search(new_slip(admin, saved.people["owner"]).text)[1] for _ in range(2))
    assert first != second


def test_a_slip_that_is_loaded_again_makes_no_other_slip(admin, app, saved):
    id = saved.people["owner"]
    seen = re.search(r'name="seen" value="(\d+)"', admin.get(f"/kelola/orang/{id}").text)[1]
    password = SLIP.search(admin.post(f"/kelola/orang/{id}/slip", {"seen": seen}, expect=200).text)[1]
    assert "atau kata sandinya sudah dibuat" in refused(admin, f"/kelola/orang/{id}/slip", {"seen": seen})
    assert passwords.verify(person(app, "owner").password_hash, password)
    assert "atau kata sandinya sudah dibuat" in refused(admin, f"/kelola/orang/{id}/slip")


def test_a_closed_account_gets_no_slip(admin, app, saved):
    id = saved.people["owner"]
    change(app, saved, "owner", "deactivate", None)
    page = admin.get(f"/kelola/orang/{id}").text
    assert "/slip" not in page
    with app.app_context():
        seen = db.session.scalar(queries.last_change_of_access(db.session.get(User, id)))
    assert "Akun owner dinonaktifkan, jadi kata sandi tidak membukanya." in refused(admin, f"/kelola/orang/{id}/slip", {"seen": seen})


def test_a_closed_account_is_out_at_once_and_may_be_opened_again(admin, app, saved, open_as):
    owner, id = open_as("owner"), saved.people["owner"]
    assert "Akun owner dinonaktifkan dan sesinya diakhiri." in admin.follow(f"/kelola/orang/{id}/nonaktif").text
    owner.get("/", expect=302)
    with app.app_context():
        assert [s.ended_at is not None for s in db.session.scalars(select(Session).where(Session.user_id == id))] == [True]
    assert "Akun owner aktif kembali." in admin.follow(f"/kelola/orang/{id}/aktif").text
    Browser(app, id).get("/")


@pytest.mark.parametrize(("act", "sentence"), [
    ("nonaktif", "Anda tidak dapat menonaktifkan akun Anda sendiri. Minta admin lain melakukannya."),
    ("slip", "Kata sandi Anda sendiri diganti lewat halaman Akun saya."),
])
def test_nobody_locks_themselves_out(admin, saved, act, sentence):
    assert sentence in refused(admin, f"/kelola/orang/{saved.people['admin']}/{act}")


def test_nobody_takes_their_own_administration(admin, app, saved):
    with app.app_context():
        held = db.session.get(User, saved.people["admin"]).memberships[0].id
    assert "Anda tidak dapat mencabut peran Admin Anda sendiri." in refused(admin, f"/kelola/orang/{saved.people['admin']}/peran/{held}/cabut")


@pytest.mark.parametrize("act", ["nonaktif", "peran/{held}/cabut"])
def test_two_administrators_who_remove_each_other_at_once_leave_one(admin, open_as, app, saved, act):
    with app.app_context():
        second = db.session.get(User, saved.people["coordinator"])
        second.give_role(Role.ADMIN, second.memberships[0].unit, None)
        db.session.commit()
        both = {who: db.session.get(User, saved.people[who]) for who in ("admin", "coordinator")}
        held = {who: next(m.id for m in user.memberships if m.role == Role.ADMIN) for who, user in both.items()}
    start = Barrier(2)

    def remove(browser, other):
        start.wait()
        return browser.client.post(f"/kelola/orang/{saved.people[other]}/{act.format(held=held[other])}").status_code

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(remove, (admin, open_as("coordinator")), ("coordinator", "admin")))
    with app.app_context():
        assert len(db.session.scalars(queries.holding(Role.ADMIN)).all()) == 1


def test_an_administrator_who_was_just_demoted_may_do_nothing_more(admin, app, saved):
    with app.app_context():
        user = db.session.get(User, saved.people["admin"])
        user.memberships[0].role = Role.LEADER
        db.session.commit()
    admin.post(f"/kelola/orang/{saved.people['owner']}/nonaktif", expect=403)


@pytest.mark.parametrize("who", ["owner", "head", "reviewer", "coordinator", "leader"])
@pytest.mark.parametrize("path", ["/ubah", "/peran", "/slip", "/nonaktif", "/aktif"])
def test_accounts_are_for_administrators(open_as, app, saved, who, path):
    open_as(who).post(f"/kelola/orang/{saved.people['stranger']}{path}", {"name": "X", "role": "admin", "unit": saved.units["office"]}, expect=403)
    with app.app_context():
        assert db.session.scalar(select(Event.id).where(Event.what.in_(["slip_given", "person_edited", "person_deactivated"]))) is None


def test_the_list_asks_the_same_for_few_and_many(admin, app, saved):
    with Selects() as few:
        admin.get("/kelola/orang/")
    with app.app_context():
        unit = db.session.get(User, saved.people["owner"]).memberships[0].unit
        for n in range(15):
            user = User.add(f"orang{n}", f"Orang {n}", "x", None)
            user.give_role(Role.OPERATOR, unit, None)
            user.give_role(Role.HEAD, unit, None)
            db.session.add_all([user, Session.start(user, f"{n:064}", "10.0.0.1", "tests")])
        db.session.commit()
    with Selects() as many:
        admin.get("/kelola/orang/")
    assert many.number == few.number


def test_a_slip_that_ran_out_is_said_so(admin, app, saved):
    change(app, saved, "reviewer", "give_slip", "x", None)
    with app.app_context():
        db.session.get(User, saved.people["reviewer"]).slip_expires_at = clock.now()
        db.session.commit()
    assert listed(admin.get("/kelola/orang/?state=lewat")) == ["Reviewer"]
    assert "Kata sandi sementara lewat" in admin.get("/kelola/orang/?state=lewat").text
