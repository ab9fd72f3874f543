"""One's own account: who I am here, where I am signed in, my password."""
import re

import pytest
from sqlalchemy import select

from app import passwords
from app.extensions import db
from app.models import Session, User

OLD, NEW = "sawah padi lumbung angin", "kerbau hujan tikar kopi"
HASH = passwords.hash_password(OLD)


@pytest.fixture
def owner(app, saved, open_as):
    with app.app_context():
        db.session.get(User, saved.people["owner"]).change_password(HASH)
        db.session.commit()
    return open_as("owner")


def sessions(app, user_id) -> list[Session]:
    with app.app_context():
        return list(db.session.scalars(select(Session).where(Session.user_id == user_id).order_by(Session.id)))


def change(browser, current=OLD, password=NEW, again=None, expect=200):
    return browser.post("/akun/sandi", {"current": current, "password": password, "again": password if again is None else again}, expect=expect)


def refusal(page) -> str:
    return re.search(r'role="alert">.*?<p>(.*?)</p>', page.text)[1]


def test_the_page_says_who_i_am_and_what_i_may(owner):
    page = owner.get("/akun").text
    assert [word for word in ("Owner", "198001012005011001", "Operator OPD", "Dinas Kesehatan") if word not in page] == []
    assert '<form class="actions" method="post" action="/keluar">' in page


def test_this_session_is_marked_and_every_other_can_be_ended(owner, app, saved, open_as):
    other = open_as("owner")
    here, there = sessions(app, saved.people["owner"])
    page = owner.get("/akun").text
    assert page.count("Sesi ini") == 1
    assert re.findall(r'action="(/akun/sesi/\d+)"', page) == [f"/akun/sesi/{there.id}"]
    assert "Sesi itu sudah diakhiri." in owner.follow(f"/akun/sesi/{there.id}").text
    other.get("/", expect=302)
    owner.get("/")


def test_a_session_that_ended_by_itself_is_not_listed(owner, app, saved):
    with app.app_context():
        user = db.session.get(User, saved.people["owner"])
        old = Session.start(user, "0" * 64, "10.0.0.9", "tests")
        old.seen_at = old.started_at.replace(year=2020)
        db.session.add(old)
        db.session.commit()
    assert "10.0.0.9" not in owner.get("/akun").text


def test_somebody_elses_session_is_not_there(owner, app, saved, open_as):
    open_as("stranger")
    (theirs,) = sessions(app, saved.people["stranger"])
    owner.post(f"/akun/sesi/{theirs.id}", expect=404)


def test_a_new_password_ends_the_sessions_elsewhere(owner, app, saved, open_as):
    other = open_as("owner")
    assert change(owner, expect=303).location == "/"
    owner.get("/")
    other.get("/", expect=302)
    with app.app_context():
        assert passwords.verify(db.session.get(User, saved.people["owner"]).password_hash, NEW)


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"current": "bukan yang lama"}, "Kata sandi sekarang tidak cocok."),
    ({"password": OLD}, "Kata sandi baru harus berbeda dari yang sekarang."),
    ({"password": "pendek"}, "Kata sandi paling sedikit 15 huruf. Beberapa kata biasa yang tidak berkaitan paling mudah diingat."),
    ({"password": "aaaaaaaaaaaaaaaa"}, "Kata sandi itu terlalu mudah ditebak. Pilih kata-kata lain."),
    ({"password": "owner1234567xyz"}, "Kata sandi tidak boleh hanya nama orang, perangkat daerah, atau daerah ini. Tambahkan kata-kata lain."),
    ({"password": "D1nas-Kesehatan#2026"}, "Kata sandi tidak boleh hanya nama orang, perangkat daerah, atau daerah ini. Tambahkan kata-kata lain."),
])
def test_a_password_is_refused_with_the_reason(owner, app, saved, typed, sentence):
    assert refusal(change(owner, **typed)) == sentence
    with app.app_context():
        assert db.session.get(User, saved.people["owner"]).password_hash == HASH


def test_both_new_ones_must_be_the_same(owner):
    assert "Kedua kata sandi baru tidak sama." in change(owner, again="lain sama sekali").text
