"""What a password must be, and how long wrong ones wait."""
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.passwords import hash_password, one_time_password, verify
from app.rules import Refused
from app.rules.passwords import check
from app.rules.sign_in import LONGEST_WAIT, must_wait, wait_after

SHORT = "Kata sandi paling sedikit 15 huruf. Beberapa kata biasa yang tidak berkaitan paling mudah diingat."
EASY = "Kata sandi itu terlalu mudah ditebak. Pilih kata-kata lain."
OWN = "Kata sandi tidak boleh berisi nama pengguna Anda saja."
NOW = datetime(2026, 6, 9, tzinfo=UTC)


@pytest.mark.parametrize("password", [
    "sawah padi lumbung", "kerbau-hujan-tikar", "xq7!Lm2 pZ9@wT4k", "ratna.dinkes suka mangga", "長い合言葉を選んで覚えておくこと。",
    "   sawah lumbung padi"])
def test_any_long_and_uncommon_words_will_do(password):
    check(password, "ratna.dinkes")


@pytest.mark.parametrize(("password", "sentence"), [
    ("", SHORT), ("a" * 14, SHORT), ("sawah padi ini", SHORT), ("x y" * 67, "Kata sandi paling banyak 200 huruf."),
    ("a" * 15, EASY), ("abcdabcdabcdabcd", EASY), ("12345123451234512345", EASY), ("qqqqwwwwqqqqwwww", EASY), ("abcdefghijklmno", EASY),
    ("passwordpassword", EASY), ("1qaz2wsx3edc4rfv", EASY), ("lumbunginovasi2026", EASY), ("Bappelitbangda2026", EASY),
    ("198001012005011001", EASY), ("indonesia.merdeka", EASY), ("dinkesdinkesdinkes", EASY),
    ("ratna.dinkes123", OWN), ("123RATNA.DINKES", OWN), ("ratna.dinkesratna", OWN),
])
def test_a_poor_password_is_refused_in_words(password, sentence):
    with pytest.raises(Refused) as refusal:
        check(password, "ratna.dinkes")
    assert str(refusal.value) == sentence


def test_every_one_time_password_would_itself_be_accepted():
    for _ in range(20):
        check(one_time_password(), "ratna.dinkes")


def test_the_longest_password_is_checked_quickly():
    with pytest.raises(Refused):
        check("qwertyuiop12345" * 13, "ratna.dinkes")


def test_a_one_time_password_is_easy_to_read_and_never_the_same():
    some = {one_time_password() for _ in range(200)}
    assert len(some) == 200 and all(len(one) == 22 and one.count("-") == 4 for one in some)


def test_a_hash_is_argon2id_and_of_this_password_alone():
    hashed = hash_password("sawah padi lumbung")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and hashed != hash_password("sawah padi lumbung")
    assert verify(hashed, "sawah padi lumbung") and not verify(hashed, "sawah padi lumbunG") and not verify(None, "sawah padi lumbung")
    assert not verify("bukan hash", "sawah padi lumbung")


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (13, 512), (14, 900), (500, 900)])
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures, seconds):
    assert wait_after(failures) == timedelta(seconds=seconds)


def test_the_wait_counts_from_the_last_try_and_an_hour_forgets():
    tries = [NOW - timedelta(minutes=2)] * 4 + [NOW - timedelta(seconds=1)]
    with pytest.raises(Refused, match=r"^Terlalu banyak kata sandi salah\. Coba lagi 1 detik lagi\.$"):
        must_wait(tries, NOW)
    must_wait(tries, NOW + timedelta(seconds=1))
    must_wait([NOW - timedelta(hours=1)] * 50, NOW)


@given(st.lists(st.datetimes(NOW.replace(tzinfo=None) - timedelta(hours=2), NOW.replace(tzinfo=None), timezones=st.just(UTC)), max_size=30))
def test_nobody_waits_longer_than_a_quarter_of_an_hour(tries):
    must_wait(tries, NOW + LONGEST_WAIT)
