"""The second step at sign-in: set up by its owner, asked for on a page of its own, good once, taken off with care."""
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pyotp
import pytest
from sqlalchemy import select

from app import clock, passwords
from app.extensions import db
from app.models import Event, Session, User

PASSWORD = "sawah padi lumbung angin"
HASH = passwords.hash_password(PASSWORD)
NOON = datetime(2026, 6, 9, 5, 0, tzinfo=UTC)
PAGE, DOOR = "/akun/langkah-kedua", "/masuk/kode"
WRONG = "Kode tidak cocok. Ketik enam angka yang sedang tampil di aplikasi autentikator."


@pytest.fixture
def person(app, saved, open_as):
    """The owner, who knows a password, in a browser that is not signed in; `code(at)` is what their telephone shows."""
    with app.app_context():
        db.session.get(User, saved.people["owner"]).change_password(HASH)
        db.session.commit()
    key = pyotp.random_base32()
    return SimpleNamespace(browser=open_as(None), key=key, code=lambda at=NOON: pyotp.TOTP(key).at(at))


@pytest.fixture
def careful(app, saved, person):
    """The same with the second step on."""
    turn_on(app, saved.people["owner"], person.key)
    return person


def turn_on(app, id, key):
    with app.app_context(), clock.at(NOON - timedelta(days=1)):
        user = db.session.get(User, id)
        user.draw_key(key)
        user.turn_on_totp(pyotp.TOTP(key).at(clock.now()))
        db.session.commit()


def enter(browser, password=PASSWORD, expect=303, **more):
    return browser.post("/masuk", {"username": "owner", "password": password, **more}, expect=expect)


def told(page) -> list[str]:
    return re.findall(r'role="(?:alert|status)">.*?<p>(.*?)</p>', page.text)


def events(app, id) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Event.what).where(Event.person_id == id, Event.what.like("totp%")).order_by(Event.id)))


def test_its_owner_sets_it_up_with_the_first_code_and_other_sessions_end(app, saved, person, open_as):
    with clock.at(NOON):
        here, elsewhere = open_as("owner"), open_as("owner")
        assert here.post(f"{PAGE}/kunci").location == PAGE
        page = here.get(PAGE).text
        person.key = re.search(r'text-break">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
        assert page.count("<svg") >= 1 and 'aria-label="Kode QR untuk aplikasi autentikator"' in page
        assert told(here.post(PAGE, {"password": PASSWORD, "code": "000000"}, expect=200)) == [WRONG]
        assert here.post(PAGE, {"password": PASSWORD, "code": pyotp.TOTP(person.key).at(NOON)}).location == PAGE
        page = here.get(PAGE).text
        assert "Langkah kedua aktif." in page and person.key not in page.replace(" ", "")
        elsewhere.get("/", expect=302)
    assert events(app, saved.people["owner"]) == ["totp_on"]


def test_an_unattended_desk_is_not_enough_to_set_it_up(app, saved, person, open_as):
    with clock.at(NOON):
        desk = open_as("owner")
        desk.post(f"{PAGE}/kunci")
        with app.app_context():
            code = pyotp.TOTP(db.session.get(User, saved.people["owner"]).totp_secret).at(NOON)
        for password in ("", "bukan yang ini ya"):
            desk.post(PAGE, {"password": password, "code": code}, expect=200)
    assert events(app, saved.people["owner"]) == []


def test_a_key_somebody_drew_in_another_session_is_neither_shown_nor_taken(app, saved, person, open_as):
    """They would have the same codes."""
    with clock.at(NOON):
        thief, owner = open_as("owner"), open_as("owner")
        thief.post(f"{PAGE}/kunci")
        with app.app_context():
            code = pyotp.TOTP(db.session.get(User, saved.people["owner"]).totp_secret).at(NOON)
        assert "Tambahkan ke ponsel" in thief.get(PAGE).text and "Tambahkan ke ponsel" not in owner.get(PAGE).text
        page = owner.post(PAGE, {"password": PASSWORD, "code": code}, expect=200)
        assert told(page) == ["Langkah kedua sudah aktif, atau kuncinya belum dibuat. Buka halaman ini sekali lagi."]
    assert events(app, saved.people["owner"]) == []


def test_a_key_that_was_only_looked_at_asks_for_nothing(person, open_as):
    open_as("owner").post(f"{PAGE}/kunci")
    assert enter(person.browser).location == "/"


def test_after_the_password_comes_the_code_and_only_then_anything_else(app, saved, careful):
    with clock.at(NOON):
        assert enter(careful.browser, next="/usulan/").location == DOOR
        assert careful.browser.get("/usulan/", expect=302).location.startswith("/masuk")
        with app.app_context():
            assert db.session.scalars(select(Session)).all() == []
        assert careful.browser.post(DOOR, {"code": careful.code()}).location == "/usulan/"
        careful.browser.get("/usulan/")


@pytest.mark.parametrize("off", [-30, 30])
def test_the_telephone_may_be_half_a_minute_off(careful, off):
    with clock.at(NOON):
        enter(careful.browser)
        careful.browser.post(DOOR, {"code": careful.code(NOON + timedelta(seconds=off))}, expect=303)


def test_a_code_is_good_once(careful, open_as):
    with clock.at(NOON):
        enter(careful.browser)
        careful.browser.post(DOOR, {"code": careful.code()})
        thief = open_as(None)
        enter(thief)
        page = thief.post(DOOR, {"code": careful.code()}, expect=200)
        assert told(page) == ["Kode itu sudah dipakai. Tunggu kode berikutnya, paling lama setengah menit."]


def test_wrong_codes_wait_as_wrong_passwords_do(careful):
    with clock.at(NOON):
        enter(careful.browser)
        for _ in range(5):
            assert told(careful.browser.post(DOOR, {"code": "000000"}, expect=200)) == [WRONG]
        for typed in ("000000", careful.code()):
            assert told(careful.browser.post(DOOR, {"code": typed}, expect=200)) == ["Terlalu banyak kode salah. Coba lagi 2 detik lagi."]
    with clock.at(NOON + timedelta(seconds=3)):
        careful.browser.post(DOOR, {"code": careful.code()})
        careful.browser.get("/")


def test_the_right_password_again_does_not_forgive_wrong_codes(careful):
    for n in range(5):
        with clock.at(NOON + timedelta(seconds=n)):
            enter(careful.browser)
            careful.browser.post(DOOR, {"code": "000000"}, expect=200)
    with clock.at(NOON + timedelta(seconds=4)):
        assert told(enter(careful.browser, expect=200)) == ["Terlalu banyak kata sandi salah. Coba lagi 2 detik lagi."]


def test_the_page_of_the_code_is_there_for_five_minutes_and_for_this_browser(careful, open_as):
    with clock.at(NOON):
        enter(careful.browser)
        careful.browser.get(DOOR)
        assert open_as(None).get(DOOR, expect=302).location == "/masuk"
    for when in (NOON + timedelta(minutes=5), NOON - timedelta(minutes=1)):
        with clock.at(when):
            assert careful.browser.post(DOOR, {"code": careful.code(when)}, expect=302).location == "/masuk"


@pytest.mark.parametrize("change", [
    lambda user: user.give_slip(passwords.hash_password("bada-kuma-tira-sone-77"), None), lambda user: user.deactivate(None),
    lambda user: user.turn_off_totp(None)])
def test_a_reset_a_lock_and_a_lost_telephone_end_what_was_begun(app, saved, careful, change):
    with clock.at(NOON):
        enter(careful.browser)
        with app.app_context():
            change(db.session.get(User, saved.people["owner"]))
            db.session.commit()
        assert careful.browser.post(DOOR, {"code": careful.code()}, expect=302).location == "/masuk"


def test_it_is_taken_off_with_password_and_code(app, saved, careful, open_as):
    with clock.at(NOON):
        owner = open_as("owner")
        for wrong in ({"password": "bukan yang ini ya", "code": careful.code()}, {"password": PASSWORD, "code": "000000"}):
            owner.post(PAGE, wrong, expect=200)
        assert owner.post(PAGE, {"password": PASSWORD, "code": careful.code()}).location == "/akun"
        owner.get("/")
        assert enter(careful.browser).location == "/"
    assert events(app, saved.people["owner"]) == ["totp_on", "totp_off"]


def test_the_admin_takes_it_off_for_who_lost_the_telephone(app, saved, careful, open_as):
    owner, admin, url = open_as("owner"), open_as("admin"), f"/kelola/orang/{saved.people['owner']}"
    assert "Lepas langkah kedua" in admin.get(url).text
    assert "Langkah kedua Owner dilepas dan sesinya diakhiri." in admin.follow(f"{url}/langkah-kedua/lepas").text
    assert "Lepas langkah kedua" not in admin.get(url).text
    owner.get("/", expect=302)
    with app.app_context():
        event = db.session.scalars(select(Event).where(Event.what == "totp_off")).one()
        assert (event.by_id, event.person_id) == (saved.people["admin"], saved.people["owner"])


def test_so_does_the_command_on_the_server(app, saved, careful):
    def run(name):
        return app.test_cli_runner().invoke(args=["users", "lepas-kode", name])
    assert run("OWNER").output == "Langkah kedua owner dilepas dan sesinya diakhiri. Sekarang cukup kata sandi.\n"
    assert (run("owner").exit_code, run("owner").output) == (1, "Error: Langkah kedua akun owner tidak aktif.\n")
    assert enter(careful.browser).location == "/"


def test_where_it_is_required_an_admin_does_nothing_before_it_and_cannot_take_it_off(app, saved, person, open_as, monkeypatch):
    monkeypatch.setitem(app.config, "LUMBUNG", settings_with(app, admin_totp=True))
    with clock.at(NOON):
        admin = open_as("admin")
        assert [admin.get(url, expect=302).location for url in ("/", "/kelola/", "/akun")] == [PAGE] * 3
        page = admin.get(PAGE).text
        assert "Langkah kedua wajib bagi Admin di sini." in page and "Menu utama" not in page
        open_as("coordinator").get("/")
        turn_on(app, saved.people["admin"], person.key)
        admin.get("/kelola/")
        page = admin.post(PAGE, {"password": PASSWORD, "code": person.code()}, expect=200)
        assert told(page) == ["Langkah kedua wajib bagi Admin di sini."]


def settings_with(app, **changed):
    from dataclasses import replace
    return replace(app.config["LUMBUNG"], **changed)
