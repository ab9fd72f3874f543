"""Text as it is compared: plain ASCII, so that writing habits of programs and people make no difference.

Folding keeps every space, line break ("\\n") and end of a cell or block ("\\t"), so that a place in the folded text tells the word.
"""
import re
import unicodedata
from functools import cache, cached_property

NOT_ASCII = re.compile(r"[^\x00-\x7f]")
BROKEN = re.compile(r"(?<=[A-Za-z])-\n(?=[A-Za-z])")
SIGNS = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"), **dict.fromkeys("‘’‚‛′´`ʼ", "'"), **dict.fromkeys("“”„‟″«»‹›", '"'), **dict.fromkeys("⁄∕", "/"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""), "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
}


YEARS = re.compile(r"(?:19|20)[0-9]{2}")


class Folded:
    """A text without diacritics, ligatures and typographic signs. `lower` has the same length.

    The rest is for telling quickly what is not there: `solid` has no hyphens, `dense` no blanks and no zeros in front, `years` are the
    places of what could be one.
    """

    def __init__(self, text: str):
        self.plain = text if text.isascii() else NOT_ASCII.sub(lambda found: _ascii(found[0]), text)
        self.lower = self.plain.lower()

    @cached_property
    def solid(self) -> str:
        return self.lower.replace("-\n", "").replace("-", "")


    @cached_property
    def dense(self) -> str:
        return dense(self.lower)

    @cached_property
    def years(self) -> list[re.Match[str]]:
        return list(YEARS.finditer(self.lower))


def dense(text: str) -> str:
    return "".join(text.split()).replace("/00", "/").replace("/0", "/").lstrip("0")


def unbroken(text: str) -> str:
    """Words whole that a hyphen breaks at the end of a line."""
    return BROKEN.sub("", text)


def vocabulary(words: str) -> frozenset[str]:
    return frozenset(words.split())


@cache
def _ascii(sign: str) -> str:
    """ "é" is e, "ﬁ" is fi, "²" nothing (a note, not a digit of the number before it); a letter of another script is "_"."""
    if sign in SIGNS:
        return SIGNS[sign]
    if unicodedata.decomposition(sign).startswith(("<super>", "<sub>")):
        return ""
    parts = [part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part) and not part.isspace()]
    return "".join(SIGNS.get(part, part if part.isascii() else "_" if part.isalnum() else "*") for part in parts)
