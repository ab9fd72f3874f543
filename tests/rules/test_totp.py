"""The code of the second step: half a minute long, a neighbour each way, once."""
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from app.rules import Refused
from app.rules.totp import WRONG, in_fours, link, new_key, window_of

KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B
NOW = datetime(2026, 6, 9, 5, 0, 10, tzinfo=UTC)
WINDOW = int(NOW.timestamp()) // 30


def code(windows_off=0):
    return pyotp.TOTP(KEY).generate_otp(WINDOW + windows_off)


def test_the_codes_are_those_of_the_standard():
    at = datetime.fromtimestamp(1111111109, UTC)
    assert window_of(KEY, "081804", at, None) == 1111111109 // 30


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_telephone_may_be_half_a_minute_off(off):
    assert window_of(KEY, f" {code(off)[:3]} {code(off)[3:]} ", NOW, None) == WINDOW + off


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567", "٣٣٣٣٣٣", "x" * 20])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(Refused) as refusal:
        window_of(KEY, typed, NOW, None)
    assert str(refusal.value) == WRONG


@pytest.mark.parametrize("off", [-2, 2])
def test_a_minute_is_too_far_off(off):
    with pytest.raises(Refused):
        window_of(KEY, code(off), NOW, None)


def test_a_code_is_good_once_and_so_is_every_earlier_one():
    for off in (0, -1):
        with pytest.raises(Refused, match=r"^Kode itu sudah dipakai\."):
            window_of(KEY, code(off), NOW, WINDOW)
    assert window_of(KEY, code(1), NOW, WINDOW) == WINDOW + 1
    assert window_of(KEY, code(1), NOW + timedelta(seconds=30), WINDOW) == WINDOW + 1


def test_every_key_is_of_160_bits_and_its_own():
    keys = {new_key() for _ in range(50)}
    assert len(keys) == 50 and {len(key) for key in keys} == {32}
    assert in_fours(KEY).split(" ") == ["GEZD", "GNBV", "GY3T", "QOJQ"] * 2


def test_the_link_names_the_account_and_whose_app_it_is():
    assert link(KEY, "ratna", "Kab. Contoh") == (
        f"otpauth://totp/Lumbung%20Inovasi%20Kab.%20Contoh:ratna?secret={KEY}&issuer=Lumbung%20Inovasi%20Kab.%20Contoh")
