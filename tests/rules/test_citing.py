"""When a reason of the bank counts as said."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.citing import is_quoted, is_said, joined

ROLES = "Peran tiap orang tidak tercantum. Tambahkan lampiran yang menyebut peran masing-masing."


@pytest.mark.parametrize(("text", "expected"), [
    (ROLES, True),
    ("peran tiap orang TIDAK tercantum,  tambahkan lampiran yang menyebut peran masing-masing", True),
    ("Pada halaman 3 peran tiap orang tidak tercantum. Tambahkan lampiran 2026 yang menyebut peran masing-masing, mohon segera.", True),
    ("Peran tiap orang tidak tercantum. Tambahkan lampiran yang menyebut peran.", True),  # two words of twelve left out
    ("Peran tiap orang tidak tercantum.", False),
    ("Masing-masing peran menyebut yang lampiran tambahkan tercantum tidak orang tiap peran.", False),  # the same words, no longer the sentence
    ("", False),
])
def test_an_edited_reason_counts_while_most_of_its_words_stand_in_order(text, expected):
    assert is_said(ROLES, text) == expected


def test_word_for_word_is_more_than_said():
    edited = ROLES.replace("tiap orang", "tiap anggota")
    assert (is_said(ROLES, edited), is_quoted(ROLES, edited)) == (True, False)
    assert is_quoted("Laporan belum ditandatangani.", "1. laporan  belum\nditandatangani. 2. Halaman 4 terpotong.")
    assert not is_quoted(" ", "Apa pun.")


def test_reasons_are_added_below_what_was_typed():
    assert joined("Halaman 3.\n", ["Tidak tercantum.", "Terpotong."]) == "Halaman 3.\nTidak tercantum.\nTerpotong."
    assert joined("  ", ["Terpotong."]) == "Terpotong."


words = st.lists(st.sampled_from(["peran", "tim", "belum", "ada", "halaman", "3"]), min_size=1, max_size=12).map(" ".join)


@given(words, words, words)
def test_what_is_quoted_is_always_said_whatever_stands_around_it(reason, before, after):
    text = f"{before} {reason} {after}"
    assert is_quoted(reason, text) and is_said(reason, text)
