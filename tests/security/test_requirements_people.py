"""Requirements 1 to 12 of docs/keamanan.md: accounts, passwords, sessions. The heart of each; the deep tests are in tests/web/test_account_*."""
import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import select

from app import clock, passwords
from app.cli.setup import first_admin
from app.config import ROOT
from app.extensions import db
from app.models import FailedSignIn, Session, User
from app.rules import Refused
from app.rules.passwords import BSSN, LONGEST, MODERN, check
from app.rules.tokens import hash_token

OLD, NEW = "sawah padi lumbung angin", "kerbau hujan tikar kopi"
HASH = passwords.hash_password(OLD)
WRONG = "Nama pengguna atau kata sandi tidak cocok."


@pytest.fixture
def door(app, saved, open_as):
    """A browser nobody is signed in with; owner and admin know a password."""
    with app.app_context():
        for who in ("owner", "admin"):
            db.session.get(User, saved.people[who]).change_password(HASH)
        db.session.commit()
    return open_as()


def enter(browser, username="owner", password=OLD, expect=303):
    return browser.post("/masuk", {"username": username, "password": password}, expect=expect)


def copied(browser) -> str:
    return browser.client.get_cookie("lumbung").value


def is_let_in(app, cookie: str) -> bool:
    thief = app.test_client()
    thief.set_cookie("lumbung", cookie)
    return thief.get("/akun").status_code == 200


def test_01_no_default_account(app, capsys):
    with app.app_context():
        assert db.session.scalars(select(User)).all() == []
        first_admin()
        one, = re.findall(r"kata sandi +(\S+)\n", capsys.readouterr().out)
        first_admin()  # a second start shows nothing
        assert capsys.readouterr().out == ""
        user = db.session.scalars(select(User)).one()
        assert passwords.verify(user.password_hash, one) and user.must_change_password


def test_02_password_length_paste_and_no_truncation(door):
    assert (MODERN.shortest, MODERN.with_code, BSSN.shortest, LONGEST) == (15, 12, 12, 200)
    long = "kata sandi yang panjang sekali " * 7
    assert not passwords.verify(passwords.hash_password(long[:LONGEST]), long[:LONGEST - 1] + "x")
    field = re.search(r'<input[^>]*name="password"[^>]*>', door.get("/masuk").text)[0]
    assert "maxlength" not in field and 'autocomplete="current-password"' in field  # a browser would cut what is pasted without a word
    assert "Paling banyak 200 huruf; sekarang 201." in enter(door, password="x" * 201, expect=200).text
    assert not [script for script in (ROOT / "app" / "static").glob("*.js") if "paste" in script.read_text()]


def test_03_block_list_and_local_words():
    names = ("Dinas Kesehatan", "Kabupaten Lumbung Raya")
    for typed in ("password12345678", "bismillah bismillah", "dinas kesehatan 2026", "lumbungraya lumbungraya", "198001012005011001"):
        with pytest.raises(Refused):
            check(typed, "owner", names, passwords.common())
    check(NEW, "owner", names, passwords.common())


def test_04_a_change_needs_the_old_password_and_ends_other_sessions(app, door, open_as):
    enter(door)
    elsewhere = open_as("owner")
    door.post("/akun/sandi", {"current": "bukan yang lama ini", "password": NEW, "again": NEW}, expect=200)
    elsewhere.get("/akun")
    door.post("/akun/sandi", {"current": OLD, "password": NEW, "again": NEW})
    elsewhere.get("/akun", expect=302)
    door.get("/akun")


def test_05_a_temporary_password_is_random_shown_once_and_expires(app, saved, open_as, door):
    one, other = passwords.one_time_password(), passwords.one_time_password()
    assert one != other and re.fullmatch(r"([a-z]{4}-){4}\d\d", one)
    with app.app_context():
        db.session.get(User, saved.people["owner"]).give_slip(passwords.hash_password(one), by=None)
        db.session.commit()
    with clock.at(clock.now() + timedelta(hours=73)):
        assert "sudah lewat tiga hari" in enter(door, password=one, expect=200).text
    enter(door, password=one)
    assert door.get("/usulan/", expect=302).location == "/akun/sandi"


def test_06_guessing_is_slowed_and_an_unknown_name_hears_the_same(app, door):
    known, unknown = (re.findall(r"<p>(.*?)</p>", enter(door, name, "salah", expect=200).text) for name in ("owner", "siapa.ini"))
    assert WRONG in known and known == unknown
    for _ in range(4):
        enter(door, password="salah", expect=200)
    assert "Terlalu banyak kata sandi salah. Coba lagi" in enter(door, expect=200).text  # the right one waits too
    with app.app_context():  # in the database, so for every process and after a restart
        assert len(db.session.scalars(select(FailedSignIn).where(FailedSignIn.username == "owner")).all()) == 5


def test_07_argon2id_and_rehash(app, door, saved):
    told = extract_parameters(HASH)
    assert (told.type.name, told.memory_cost, told.time_cost, told.parallelism) == ("ID", 19 * 1024, 2, 1)
    with app.app_context():
        user = db.session.get(User, saved.people["owner"])
        user.password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(OLD)
        db.session.commit()
    enter(door)
    with app.app_context():
        assert extract_parameters(db.session.get(User, saved.people["owner"]).password_hash) == told


def test_08_a_second_step_for_who_wants_it_and_forced_on_the_admin(app, door, saved, monkeypatch):
    with app.app_context():
        owner, key = db.session.get(User, saved.people["owner"]), pyotp.random_base32()
        owner.draw_key(key)
        with clock.at(clock.now() - timedelta(minutes=5)):
            owner.turn_on_totp(pyotp.TOTP(key).at(clock.now()))
        db.session.commit()
    assert enter(door).location == "/masuk/kode"
    door.get("/", expect=302)
    assert door.post("/masuk/kode", {"code": pyotp.TOTP(key).at(clock.now())}).location == "/"
    door.post("/keluar")
    monkeypatch.setitem(app.config, "LUMBUNG", replace(app.config["LUMBUNG"], admin_totp=True))
    enter(door, "admin")
    assert door.get("/kelola/orang/", expect=302).location == "/akun/langkah-kedua"


def test_09_a_new_256_bit_token_at_sign_in_and_only_its_hash_at_rest(app, door):
    tokens = []
    for _ in range(2):
        enter(door)
        with door.client.session_transaction() as cookie:
            tokens.append(cookie["_user_id"])
        door.post("/keluar")
    assert tokens[0] != tokens[1] and all(len(token) == 43 for token in tokens)  # 32 bytes in base64
    with app.app_context():
        assert set(db.session.scalars(select(Session.token_hash))) == set(map(hash_token, tokens))


def test_10_sign_out_reset_and_lock_kill_a_copied_cookie(app, saved, door, open_as):
    page, admin = f"/kelola/orang/{saved.people['owner']}", open_as("admin")
    for ends in (lambda: door.post("/keluar"), lambda: admin.post(f"{page}/nonaktif")):
        enter(door)
        cookie = copied(door)
        assert is_let_in(app, cookie)
        ends()
        assert not is_let_in(app, cookie)
    admin.post(f"{page}/aktif")
    owner = open_as("owner")
    cookie = copied(owner)
    with app.app_context():
        seen = max(event.id for event in db.session.get(User, saved.people["owner"]).events)
    admin.post(f"{page}/slip", {"seen": seen}, expect=200)
    assert not is_let_in(app, cookie)


def test_11_a_session_ends_unused_after_half_an_hour_and_in_any_case_after_twelve(door):
    enter(door)
    begin = clock.now()
    with clock.at(begin + timedelta(minutes=31)):
        door.get("/akun", expect=302)
    door.client.delete_cookie("lumbung")
    enter(door)
    for minutes in range(20, 12 * 60, 20):
        with clock.at(begin + timedelta(minutes=minutes)):
            door.get("/akun")
    with clock.at(begin + timedelta(hours=12, minutes=1)):
        door.get("/akun", expect=302)


def test_12_ones_own_sessions_are_seen_and_ended(app, saved, open_as):
    owner, elsewhere, stranger = open_as("owner"), open_as("owner"), open_as("stranger")
    with app.app_context():
        first, second = db.session.scalars(select(Session.id).where(Session.user_id == saved.people["owner"]).order_by(Session.id))
    assert f'action="/akun/sesi/{second}"' in owner.get("/akun").text
    stranger.post(f"/akun/sesi/{second}", expect=404)
    elsewhere.get("/akun")
    owner.post(f"/akun/sesi/{second}")
    elsewhere.get("/akun", expect=302)
    owner.get("/akun")
