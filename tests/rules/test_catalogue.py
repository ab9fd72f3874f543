"""Words of the catalogue: tidied, few, short."""
import pytest

from app.rules import Refused
from app.rules.catalogue import known_summary, known_tags, search_words, split_tags


def test_words_are_small_trimmed_and_each_once():
    assert known_tags(["  Jemput   Bola ", "stunting", "#Stunting", ""]) == ["jemput bola", "stunting"]


def test_several_in_one_box_are_several():
    assert known_tags(split_tags("Gizi, balita; posyandu\nGIZI")) == ["balita", "gizi", "posyandu"]


def test_a_ninth_word_and_a_long_one_are_refused():
    assert len(known_tags(map(str, range(8)))) == 8
    with pytest.raises(Refused, match="Paling banyak 8 kata kunci; sekarang 9."):
        known_tags(map(str, range(9)))
    assert known_tags(["a" * 40]) == ["a" * 40]
    with pytest.raises(Refused, match="paling banyak 40 huruf"):
        known_tags(["a" * 41])


def test_a_summary_is_one_paragraph_of_at_most_600_letters():
    assert known_summary(" Kader \r\n menjemput  balita. ") == "Kader menjemput balita."
    assert known_summary("a" * 600) == "a" * 600
    with pytest.raises(Refused, match="paling banyak 600 huruf; sekarang 601"):
        known_summary("a" * 601)


def test_a_search_takes_the_first_words():
    assert search_words(" Gizi  BALITA ") == ["gizi", "balita"]
    assert len(search_words("kata " * 50)) == 8
