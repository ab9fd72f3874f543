"""A copied cookie is dead after everything that ends a session; what is typed over HTTP is not silently safe."""
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app import clock, passwords
from app.extensions import db
from app.models import Event, Session, User
from tests.web.meanwhile import meanwhile

OLD, NEW = "sawah padi lumbung angin", "kerbau hujan tikar kopi"
HASH = passwords.hash_password(OLD)


@pytest.fixture
def owner(app, saved, open_as):
    with app.app_context():
        db.session.get(User, saved.people["owner"]).change_password(HASH)
        db.session.commit()
    return open_as("owner")


def seen_of(app, saved) -> int:
    with app.app_context():
        return max(event.id for event in db.session.get(User, saved.people["owner"]).events)


def first_role(app, saved) -> int:
    with app.app_context():
        return db.session.get(User, saved.people["owner"]).memberships[0].id


ENDS = {
    "sign-out": lambda t: t.owner.post("/keluar"),
    "password change": lambda t: t.owner.post("/akun/sandi", {"current": OLD, "password": NEW, "again": NEW}),
    "ended by its owner": lambda t: t.open_as("owner").post("/akun/sesi/1"),
    "all others ended": lambda t: t.open_as("owner").post("/akun/sesi/lain"),
    "reset": lambda t: t.admin.post(f"{t.page}/slip", {"seen": seen_of(t.app, t.saved)}, expect=200),
    "lock": lambda t: t.admin.post(f"{t.page}/nonaktif"),
    "role loss": lambda t: t.admin.post(f"{t.page}/peran/{first_role(t.app, t.saved)}/cabut"),
    "handover": lambda t: t.admin.post(f"{t.page}/serah-terima", {
        "roles": first_role(t.app, t.saved), "to": t.saved.people["stranger"], "name": "", "username": ""}),
}


@pytest.mark.parametrize("way", ENDS)
def test_a_copied_cookie_is_dead_after(way, app, saved, owner, open_as):
    from types import SimpleNamespace
    copied = owner.client.get_cookie("lumbung").value
    thief = app.test_client()
    thief.set_cookie("lumbung", copied)
    assert thief.get("/akun").status_code == 200
    ENDS[way](SimpleNamespace(app=app, saved=saved, owner=owner, admin=open_as("admin"), open_as=open_as,
                              page=f"/kelola/orang/{saved.people['owner']}"))
    thief = app.test_client()
    thief.set_cookie("lumbung", copied)
    assert thief.get("/akun").location.startswith("/masuk")


def test_whoever_changes_the_password_stays_in_under_a_new_token(app, owner):
    with owner.client.session_transaction() as cookie:
        before = cookie["_user_id"]
    owner.post("/akun/sandi", {"current": OLD, "password": NEW, "again": NEW})
    with owner.client.session_transaction() as cookie:
        assert cookie["_user_id"] != before
    owner.get("/")
    with app.app_context():
        assert len(db.session.scalars(select(Session)).all()) == 1


def test_all_other_sessions_end_with_one_button_and_this_one_stays(owner, open_as):
    elsewhere = [open_as("owner"), open_as("owner")]
    assert "Akhiri semua sesi lain" in owner.get("/akun").text
    assert "Semua sesi Anda yang lain sudah diakhiri." in owner.follow("/akun/sesi/lain").text
    for other in elsewhere:
        other.get("/", expect=302)
    assert "Akhiri semua sesi lain" not in owner.get("/akun").text


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400)])
def test_a_clock_set_back_ends_a_session_as_time_does(owner, back):
    with clock.at(clock.now() - back):
        owner.get("/", expect=302)


def test_under_the_bssn_profile_an_old_password_is_replaced_before_anything_else(app, owner, monkeypatch, open_as):
    monkeypatch.setitem(app.config, "LUMBUNG", replace(app.config["LUMBUNG"], password_profile="BSSN"))
    owner.get("/")
    with clock.at(clock.now() + timedelta(days=90)):
        late = open_as("owner")
        assert late.get("/usulan/", expect=302).location == "/akun/sandi"
        page = late.get("/akun/sandi").text
        assert "Kata sandi Anda sudah 90 hari dipakai." in page and "Paling sedikit 12 huruf, dengan huruf besar" in page
        late.post("/akun/sandi", {"current": OLD, "password": "Sawah-Kerbau7", "again": "Sawah-Kerbau7"})
        late.get("/usulan/")


WARNED = "Sambungan ini belum dienkripsi (HTTP)"


@pytest.mark.parametrize(("who", "address", "changed", "is_warned"), [
    ("admin", "10.0.0.7", {}, True), ("admin", "127.0.0.1", {}, False), ("admin", "::1", {}, False), ("owner", "10.0.0.7", {}, False),
    ("admin", "10.0.0.7", {"https": True}, False), ("admin", "10.0.0.7", {"training": True}, False)])
def test_an_admin_on_plain_http_from_another_machine_is_told_so(app, open_as, monkeypatch, who, address, changed, is_warned):
    browser = open_as(who)
    monkeypatch.setitem(app.config, "LUMBUNG", replace(app.config["LUMBUNG"], **changed))
    page = browser.get("/", environ_overrides={"REMOTE_ADDR": address}).text
    assert page.count(WARNED) == is_warned


def test_the_health_page_says_it_too(open_as):
    assert open_as("admin").get("/kelola/kesehatan/", environ_overrides={"REMOTE_ADDR": "10.0.0.7"}).text.count(WARNED) == 1


def test_and_already_at_sign_in_where_that_leads_elsewhere(app, saved, open_as):
    with app.app_context():
        db.session.get(User, saved.people["admin"]).change_password(HASH)
        db.session.commit()
    far, door = {"REMOTE_ADDR": "10.0.0.7"}, open_as(None)
    door.post("/masuk", {"username": "admin", "password": OLD, "next": "/kelola/"}, environ_overrides=far)
    assert door.get("/kelola/", environ_overrides=far).text.count(WARNED) == 1


@pytest.mark.parametrize("who, path, sent", [
    ("owner", "/usulan/{entry}/indikator/16", {"level": "1"}), ("owner", "/inovasi/{innovation}/arsip", {"reason": "Sudah tidak berjalan."}),
    ("admin", "/kelola/orang/{person}/nonaktif", {})])
@pytest.mark.parametrize("change", [update(Session).values(ended_at=clock.now()), update(User).values(deactivated_at=clock.now())],
                         ids=["session ended", "account closed"])
def test_what_was_on_its_way_when_the_session_ended_writes_nothing(app, saved, open_as, who, path, sent, change):
    """An upload takes minutes from the door to the row it writes."""
    def events():
        with app.app_context():
            return db.session.scalar(select(func.count(Event.id)))
    browser, before = open_as(who), events()
    with meanwhile(app, lambda: db.session.execute(change)):
        answer = browser.post(path.format(entry=saved.entry, innovation=saved.innovation, person=saved.people["stranger"]), sent, expect=302)
    assert (answer.location.split("?")[0], events()) == ("/masuk", before)
