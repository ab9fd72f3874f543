"""When a reason of the bank counts as said: people take its text, and then fit it to the case before them."""
import re

ENOUGH = 0.8  # of its words, in their order: a page number or a name may be added, a word or two left out

_WORD = re.compile(r"\w+")


def is_said(reason: str, text: str) -> bool:
    """Does the text still carry the reason, word for word or edited?"""
    wanted = _words(reason)
    return bool(wanted) and _in_order(wanted, _words(text)) >= ENOUGH * len(wanted)


def is_quoted(reason: str, text: str) -> bool:
    """Does the reason stand in the text as it is? Blanks and capitals aside."""
    return bool(reason.strip()) and _plain(reason) in _plain(text)


def joined(text: str, reasons: list[str]) -> str:
    """The text with these reasons at its end."""
    return "\n".join(filter(None, [text.strip(), *reasons]))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _in_order(wanted: list[str], words: list[str]) -> int:
    """How many of the wanted words stand there in their order: the length of the longest common subsequence."""
    row = [0] * (len(wanted) + 1)
    for word in words:
        diagonal = 0
        for n, one in enumerate(wanted, start=1):
            diagonal, row[n] = row[n], diagonal + 1 if word == one else max(row[n], row[n - 1])
    return row[-1]
