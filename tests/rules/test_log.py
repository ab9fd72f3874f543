"""What happens is sorted into few kinds, and nothing is left over."""
from collections import Counter
from pathlib import Path

from app.rules.log import KINDS, kind_of

SENTENCES = Path(__file__).parents[2] / "app/templates/events"


def test_every_event_is_of_exactly_one_kind():
    """A new event needs its place in rules/log.py."""
    sorted_ = Counter(event for kind in KINDS.values() for event in kind.events)
    assert sorted_ == Counter(path.stem for path in SENTENCES.glob("*.html"))


def test_a_kind_is_said_in_plain_words():
    assert (kind_of("role_given"), kind_of("sent"), kind_of("something_else")) == ("Akun dan peran", "Pengiriman dan hasil", "")
