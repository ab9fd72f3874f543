"""In and out: one sentence for every wrong try, a session the server can end, a wall before the first password is changed."""
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app import clock, passwords
from app.extensions import db
from app.models import FailedSignIn, Session, User
from app.rules.tokens import hash_token

PASSWORD = "sawah padi lumbung angin"
HASH = passwords.hash_password(PASSWORD)
NOON = datetime(2026, 6, 9, 5, 0, tzinfo=UTC)
WRONG = "Nama pengguna atau kata sandi tidak cocok."


@pytest.fixture
def door(app, saved, open_as):
    """A browser before the sign-in page, of a regency where the owner knows a password."""
    with app.app_context():
        db.session.get(User, saved.people["owner"]).change_password(HASH)
        db.session.commit()
    return open_as()


def enter(browser, username="owner", password=PASSWORD, expect=303, **more):
    return browser.post("/masuk", {"username": username, "password": password, **more}, expect=expect)


def told(response) -> list[str]:
    """The sentences in the notices of a page."""
    return re.findall(r'role="(?:alert|status)">.*?<p>(.*?)</p>', response.text)


def token_of(browser) -> str:
    with browser.client.session_transaction() as cookie:
        return cookie["_user_id"]


def test_name_and_password_open_the_front_page(door):
    assert enter(door).location == "/"
    assert "Owner" in door.get("/").text


def test_the_name_may_be_typed_with_capitals_and_spaces(door):
    assert enter(door, " OWNER ").location == "/"


def test_every_sign_in_has_a_token_of_its_own_and_only_its_hash_is_kept(door, app, open_as):
    other = open_as()
    enter(door)
    enter(other)
    assert token_of(door) != token_of(other)
    with app.app_context():
        kept = set(db.session.scalars(select(Session.token_hash)))
    assert {hash_token(token_of(door)), hash_token(token_of(other))} == kept


def test_a_replayed_cookie_gets_nothing_after_sign_out(door, app):
    enter(door)
    stolen = door.client.get_cookie("lumbung").value
    assert door.post("/keluar").location == "/masuk"
    thief = app.test_client()
    thief.set_cookie("lumbung", stolen)
    assert thief.get("/").location.startswith("/masuk")


def test_signing_out_by_a_link_does_nothing(door):
    enter(door)
    door.get("/keluar", expect=405)
    door.get("/")


@pytest.mark.parametrize("username", ["owner", "siapapun", "pergi"])
def test_wrong_password_unknown_name_and_closed_account_hear_the_same(door, app, saved, username):
    with app.app_context():
        gone = db.session.get(User, saved.people["stranger"])
        gone.username = "pergi"
        gone.change_password(HASH)
        gone.deactivate(by=db.session.get(User, saved.people["admin"]))
        db.session.commit()
    typed = PASSWORD if username == "pergi" else "bukan yang ini ya"
    page = enter(door, username, typed, expect=200)
    assert told(page) == [WRONG]
    assert f'value="{username}"' in page.text and typed not in page.text


def test_an_empty_form_says_what_to_fill(door):
    page = enter(door, "", "", expect=200)
    assert re.findall(r'invalid-feedback"[^>]*>([^<]*)<', page.text) == ["Isi nama pengguna.", "Isi kata sandi."]


def test_after_five_wrong_tries_each_next_one_waits_twice_as_long(door):
    with clock.at(NOON):
        for _ in range(5):
            assert told(enter(door, password="salah", expect=200)) == [WRONG]
    now = NOON
    for seconds in (2, 4, 8, 16):
        with clock.at(now):
            assert told(enter(door, password="salah", expect=200)) == [f"Terlalu banyak kata sandi salah. Coba lagi {seconds} detik lagi."]
        now += timedelta(seconds=seconds)
        with clock.at(now):
            assert told(enter(door, password="salah", expect=200)) == [WRONG]


def test_the_right_password_waits_too_and_then_forgets_the_wrong_ones(door, app):
    with clock.at(NOON):
        for _ in range(5):
            enter(door, password="salah", expect=200)
        assert told(enter(door, expect=200)) == ["Terlalu banyak kata sandi salah. Coba lagi 2 detik lagi."]
    with clock.at(NOON + timedelta(seconds=3)):
        enter(door)
    with app.app_context():
        assert db.session.scalars(select(FailedSignIn).where(FailedSignIn.forgiven_at.is_(None))).all() == []


def test_a_slip_opens_only_the_page_that_replaces_it(door, app, saved):
    give_slip(app, saved)
    enter(door)
    for url in ("/", "/usulan/", "/akun"):
        assert door.get(url, expect=302).location == "/akun/sandi"
    assert "Kata sandi Anda masih sementara." in door.get("/akun/sandi").text
    door.post("/akun/sandi", {"current": PASSWORD, "password": "kerbau hujan tikar kopi", "again": "kerbau hujan tikar kopi"})
    door.get("/")


def test_with_a_slip_no_menu_leads_in_circles(door, app, saved):
    give_slip(app, saved)
    enter(door)
    page = door.get("/akun/sandi").text
    assert "Menu utama" not in page and "Pemberitahuan" not in page


def test_a_slip_runs_out_after_three_days(door, app, saved):
    give_slip(app, saved)
    with clock.at(clock.now() + timedelta(hours=73)):
        assert told(enter(door, expect=200)) == ["Kata sandi sementara ini sudah lewat tiga hari. Minta yang baru kepada admin."]


def give_slip(app, saved):
    with app.app_context():
        db.session.get(User, saved.people["owner"]).give_slip(HASH, by=None)
        db.session.commit()


@pytest.mark.parametrize("elsewhere", [
    "https://jahat.example", "//jahat.example", "/\\jahat.example", "/\t/jahat.example", "/\t\\jahat.example", "/usulan\n/", "jahat.example",
    "javascript:alert(1)", f"/{'x' * 2000}"])
def test_nobody_is_sent_to_another_site(door, elsewhere):
    assert enter(door, next=elsewhere).location == "/"


def test_after_signing_in_one_stands_where_one_wanted_to_go(door):
    asked = door.get("/usulan/?halaman=2", expect=302).location
    assert asked == "/masuk?next=/usulan/?halaman%3D2"
    assert 'value="/usulan/?halaman=2"' in door.get(asked).text
    assert enter(door, next="/usulan/?halaman=2").location == "/usulan/?halaman=2"


def test_a_session_ends_when_it_is_not_used_for_half_an_hour(door):
    with clock.at(NOON):
        enter(door)
    for minutes in (29, 58):
        with clock.at(NOON + timedelta(minutes=minutes)):
            door.get("/")
    with clock.at(NOON + timedelta(minutes=88)):
        door.get("/", expect=302)


def test_a_session_ends_after_twelve_hours_however_busy(door):
    with clock.at(NOON):
        enter(door)
    for minutes in range(25, 12 * 60, 25):
        with clock.at(NOON + timedelta(minutes=minutes)):
            door.get("/")
    with clock.at(NOON + timedelta(hours=12)):
        door.get("/", expect=302)


def test_the_door_says_which_period_is_open(door):
    assert "Periode penilaian 2026 sedang dibuka." in door.get("/masuk").text


def test_who_is_signed_in_is_led_past_the_door(door):
    enter(door)
    assert door.get("/masuk", expect=302).location == "/"


def test_the_whole_door_speaks_indonesian(door):
    for page in (door.get("/masuk"), enter(door, "", "", expect=200)):
        assert not re.search(r"log ?in|sign|password|required|please", re.sub(r"<[^>]*>", " ", page.text), re.I)
