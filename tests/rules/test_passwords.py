"""What a password must be, and how long wrong ones wait."""
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import passwords
from app.passwords import common, hash_password, one_time_password, verify
from app.rules import Refused
from app.rules.passwords import BSSN, MODERN, check
from app.rules.sign_in import FREE_ELSEWHERE, FREE_NAMES, LONGEST_WAIT, must_wait, must_wait_elsewhere, must_wait_here, wait_after

SHORT = "Kata sandi paling sedikit 15 huruf. Beberapa kata biasa yang tidak berkaitan paling mudah diingat."
EASY = "Kata sandi itu terlalu mudah ditebak. Pilih kata-kata lain."
OWN = "Kata sandi tidak boleh berisi nama pengguna Anda saja."
NAMES = "Kata sandi tidak boleh hanya nama orang, perangkat daerah, atau daerah ini. Tambahkan kata-kata lain."
NOW = datetime(2026, 6, 9, tzinfo=UTC)
KNOWN = ["Ratna Dewi", "Dinas Kesehatan", "Kabupaten Lumbung Raya", "Bappelitbangda", "Lumbung Kota"]


@pytest.mark.parametrize("password", [
    "sawah padi lumbung", "kerbau-hujan-tikar", "xq7!Lm2 pZ9@wT4k", "ratna.dinkes suka mangga", "長い合言葉を選んで覚えておくこと。",
    "   sawah lumbung padi"])
def test_any_long_and_uncommon_words_will_do(password):
    check(password, "ratna.dinkes", KNOWN, common())


@pytest.mark.parametrize(("password", "sentence"), [
    ("", SHORT), ("a" * 14, SHORT), ("sawah padi ini", SHORT), ("x y" * 67, "Kata sandi paling banyak 200 huruf."),
    ("a" * 15, EASY), ("abcdabcdabcdabcd", EASY), ("12345123451234512345", EASY), ("qqqqwwwwqqqqwwww", EASY), ("abcdefghijklmno", EASY),
    ("passwordpassword", EASY), ("1qaz2wsx3edc4rfv", EASY), ("lumbunginovasi2026", NAMES), ("Bappelitbangda2026", NAMES),
    ("198001012005011001", EASY), ("indonesia.merdeka", EASY), ("dinkesdinkesdinkes", NAMES),
    ("ratna.dinkes123", OWN), ("123RATNA.DINKES", OWN), ("ratna.dinkesratna", OWN),
    ("P4ssw0rd!!!!!2026", EASY), ("B1smill4h-Sayang99", EASY), ("!!!qwertyuiop!!!", EASY), ("Agustus#Merdeka1945", EASY),
    ("DinasKesehatan2026!", NAMES), ("Lumbung Raya 2026", NAMES), ("lumbungr4ya-2026!!", NAMES), ("ratnadewi19800101", NAMES),
])
def test_a_poor_password_is_refused_in_words(password, sentence):
    with pytest.raises(Refused) as refusal:
        check(password, "ratna.dinkes", KNOWN, common())
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(("profile", "has_code", "password", "sentence"), [
    (MODERN, True, "sawah kerbau", None), (MODERN, False, "sawah kerbau", SHORT),
    (BSSN, False, "Sawah-Kerbau7", None), (BSSN, True, "Sawah-Kerbau7", None),
    (BSSN, False, "Sawah-Kerb7", "Kata sandi paling sedikit 12 huruf. Beberapa kata biasa yang tidak berkaitan paling mudah diingat."),
    (BSSN, False, "sawah kerbau tikar", "Kata sandi harus memuat huruf besar, huruf kecil, angka, tanda baca. Belum ada: huruf besar, angka."),
    (BSSN, False, "Lumbung#2026!", EASY),
])
def test_each_profile_asks_what_it_says(profile, has_code, password, sentence):
    try:
        check(password, "ratna.dinkes", KNOWN[:2], common(), profile, has_code)
    except Refused as refusal:
        assert str(refusal) == sentence
    else:
        assert sentence is None


def test_only_under_the_bssn_profile_a_password_ages():
    ninety = timedelta(days=90)
    assert [profile.is_over(NOW, NOW + age) for profile in (MODERN, BSSN) for age in (ninety - timedelta(seconds=1), ninety)] == [
        False, False, False, True]


def test_every_word_of_the_shipped_list_can_be_met():
    assert len(common()) > 200 and [word for word in common() if word != word.lower() or len(word) < 4] == []


def test_two_hundred_letters_count_to_the_last_one_and_a_letter_is_the_same_however_it_is_typed():
    long = "sawah padi " * 18 + "é!"
    check(long, "ratna.dinkes")
    assert len(long) == 200 and verify(hash_password(long), long) and not verify(hash_password(long), long[:-1])
    assert verify(hash_password(long), long.replace("é", "e\u0301"))


def test_a_hash_of_older_parameters_is_made_anew_and_one_of_the_present_is_left():
    from argon2 import PasswordHasher
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("sawah padi lumbung")
    new = passwords.renewed(old, "sawah padi lumbung")
    assert new.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and passwords.renewed(new, "sawah padi lumbung") is None


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


def test_what_was_written_before_the_clock_was_set_back_keeps_nobody_out():
    must_wait([NOW + timedelta(days=1)] * 50, NOW)
    with pytest.raises(Refused, match=r"Coba lagi 2 detik lagi\.$"):  # another process's clock, a moment ahead
        must_wait([NOW + timedelta(seconds=20)] * 5, NOW)


def test_an_address_with_many_wrong_names_waits_a_minute_at_most():
    must_wait_here(FREE_NAMES - 1, NOW, NOW)
    must_wait_here(0, None, NOW)
    for names, seconds in ((FREE_NAMES, 2), (FREE_NAMES + 100, 60)):
        with pytest.raises(Refused, match=rf"^Terlalu banyak percobaan gagal dari jaringan ini\. Coba lagi {seconds} detik lagi\.$"):
            must_wait_here(names, NOW, NOW)


def test_an_account_tried_from_many_places_waits_there_a_quarter_of_an_hour_at_most():
    must_wait_elsewhere(FREE_ELSEWHERE - 1, NOW, NOW)
    for tries, seconds in ((FREE_ELSEWHERE, 2), (FREE_ELSEWHERE + 100, 900)):
        with pytest.raises(Refused, match=rf"^Terlalu banyak percobaan gagal untuk akun ini\. Coba lagi {seconds} detik lagi\.$"):
            must_wait_elsewhere(tries, NOW, NOW)


@given(st.lists(st.datetimes(NOW.replace(tzinfo=None) - timedelta(hours=2), NOW.replace(tzinfo=None), timezones=st.just(UTC)), max_size=30))
def test_nobody_waits_longer_than_a_quarter_of_an_hour(tries):
    must_wait(tries, NOW + LONGEST_WAIT)
