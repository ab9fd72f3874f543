"""What the catalogue says of an innovation beside its name: a short text, and words people find it by."""
import re
from collections.abc import Iterable

from app.rules import Refused

LONGEST_SUMMARY = 600
MOST_TAGS, LONGEST_TAG = 8, 40
LONGEST_NOTE = 500  # of an interest
MOST_WORDS = 8      # of a search; more would not narrow it any further


def split_tags(text: str) -> list[str]:
    """As people type them: with commas, semicolons or a line each."""
    return re.split(r"[,;\n]", text)


def known_tags(words: Iterable[str]) -> list[str]:
    """In small letters with single blanks, each once, in order of the alphabet."""
    found = sorted({" ".join(word.lower().lstrip("#").split()) for word in words} - {""})
    if len(found) > MOST_TAGS:
        raise Refused(f"Paling banyak {MOST_TAGS} kata kunci; sekarang {len(found)}.")
    if long := [word for word in found if len(word) > LONGEST_TAG]:
        raise Refused(f"Satu kata kunci paling banyak {LONGEST_TAG} huruf: “{long[0]}” terlalu panjang.")
    return found


def known_summary(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST_SUMMARY:
        raise Refused(f"Ringkasan paling banyak {LONGEST_SUMMARY} huruf; sekarang {len(text)}.")
    return text


def search_words(text: str) -> list[str]:
    """What all must occur, in small letters."""
    return text.lower().split()[:MOST_WORDS]
