"""The name of an innovation in a text.

A name is found where it stands as a name. The same words can also be part of a longer name (JEMPUT GIZI PLUS, SUPER JEMPUT GIZI) or
ordinary language ("petugas siap melayani"); such a place is uncertain, for a person to look at. An occurrence is certain when

- no longer name of the register covers it, and no word written like it touches it on either side, unless that word usually stands beside a
  name (INOVASI, PROGRAM … before it; DINAS, TAHUN … behind it). Punctuation, quotes, a number, a change between capitals and small letters,
  another cell or block are borders too;
- it is written as a name: in capitals, with a capital at each word, as registered, in quotes, or announced ("inovasi jemput gizi");
- being a single word (SIAP, BERSERI), it is announced, quoted, in brackets or numbered in a list: a single word in capitals proves nothing.

Case, spaces, line breaks, quotes and hyphens do not matter: E-SAKIP, e sakip and ESAKIP are one name; so are JEMPUT GIZI and JEMPUT-GIZI.
A registered name with an explanation in brackets is also found by what stands before them, unless the text explains it otherwise.
"""
import re
from collections.abc import Iterable, Iterator

from app.rules.hints.folding import Folded, unbroken, vocabulary
from app.rules.hints.hit import Hit, Verdict
from app.rules.hints.neighbours import Writing, belong_together

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
NEAR = 60  # letters on either side that decide what an occurrence is

ANNOUNCES = vocabulary("inovasi aplikasi bernama berjudul")
ALSO_ANNOUNCES = ANNOUNCES | vocabulary("nama program sistem layanan gerakan kegiatan website platform")
ANNOUNCED = re.compile(r"([a-z]+)[ \n\t:\"'(]*\Z")
NUMBERED = re.compile(r"(?:\A|[\t\n])\d{1,4}[.)]?[ \n\t]+\Z")
LIST_GOES_ON = re.compile(r"\Z|\t|[ \n]+[A-Z0-9]")
TWO_WORDS = re.compile(r"[ \n]|[^\W]-[^\W\n]")  # what is written in one word proves little
EXPLAINED = re.compile(r"^\s*([^()]+?)\s*\(([^()]+)\)\s*$")
EXPLANATION = re.compile(r"\s*\(([^()]*)")
TITLE = re.compile(r"^\s*inovasi\b\W*(?=\w)", re.IGNORECASE)  # some register "Inovasi JEMPUT GIZI"


class Name:
    """`longer` are names of the register that may contain this one."""
    kind, what = "nama", ""

    def __init__(self, name: str, longer: Iterable[str] = ()):
        folded, longer = Folded(TITLE.sub("", name)), list(longer)
        self.written, self.words = folded.plain, words_of(folded.lower)
        self.pattern = _pattern(folded.lower)
        self.longer = [_pattern(other) for other in (Folded(item).lower for item in longer) if _holds(words_of(other), self.words)]
        explained = EXPLAINED.match(folded.plain)
        self.short = Name(explained[1], longer) if explained and words_of(explained[1].lower()) else None

    def hits(self, text: Folded) -> Iterator[Hit]:
        whole = list(self._hits(text))
        yield from whole
        if self.short:
            meant = self.words[len(self.short.words):]
            for hit in self.short.hits(text):
                if not any(known.start <= hit.start < known.end for known in whole):
                    said = EXPLANATION.match(text.lower, hit.end)
                    yield hit if said is None or words_of(said[1]) == meant else hit._replace(verdict=Verdict.DENIED)

    def _hits(self, text: Folded) -> Iterator[Hit]:
        if not self.words or not all(word in text.solid for word in self.words):
            return
        covered = [found.span() for pattern in self.longer for found in pattern.finditer(text.lower)]
        for found in self.pattern.finditer(text.lower):
            start, end = found.span()
            if start and text.lower[start - 1] in LETTERS:
                continue
            if any(left <= start and end <= right and end - start < right - left for left, right in covered):
                yield Hit(start, end, Verdict.DENIED)
            else:
                yield Hit(start, end, self._verdict(text.plain[max(0, start - NEAR):start], text.plain[start:end], text.plain[end:end + NEAR]))

    def _verdict(self, before: str, written: str, behind: str) -> Verdict:
        writing, announced = Writing.of(written), ANNOUNCED.search(unbroken(before).lower())
        set_apart, announcer = writing.is_capitals or writing.has_initials, announced[1] if announced else ""
        if belong_together(before, written, behind):
            return Verdict.DENIED if set_apart else Verdict.UNCERTAIN
        enclosed = before[-1:] + behind[:1] in ('""', "''", "()")
        if TWO_WORDS.search(written):
            certain = set_apart or enclosed or announcer in ANNOUNCES or self.written == written != written.lower()
        else:
            numbered = NUMBERED.search(before) and LIST_GOES_ON.match(behind)
            certain = set_apart and bool(enclosed or numbered or announcer in ALSO_ANNOUNCES)
        return Verdict.CERTAIN if certain else Verdict.UNCERTAIN


def words_of(lower: str) -> list[str]:
    return re.findall(r"[a-z0-9_]+", lower)


def _holds(longer: list[str], words: list[str]) -> bool:
    """Whether the words stand in a row within a longer name."""
    size = len(words)
    return len(longer) > size and any(longer[place:place + size] == words for place in range(len(longer) - size + 1))


def _pattern(lower: str) -> re.Pattern[str]:
    """Hyphens may come between any two letters; between words spaces, quotes and hyphens, and what the name itself has there."""
    words = words_of(lower)
    if not words:
        return re.compile(r"(?!)")
    *between, ending = re.split(r"[a-z0-9_]+", lower)[1:]
    is_long = len(words) > 1 and sum(map(len, words)) >= 8  # so long that it stays itself when the spaces are lost
    parts = [_letters(words[0])]
    for own, word in zip(between, words[1:], strict=True):
        signs = r"[ \n'\"-]" if not own.strip("- '\"") else r"[ \n'\"(),.:;/&+-]"
        parts += [f"(?:{signs}{{{0 if is_long or own == '-' else 1},5}}", r"|[ \n]dan[ \n])" if "&" in own else ")", _letters(word)]
    closing = "".join(rf"(?:[ \n]?{re.escape(sign)})?" for sign in ending if not sign.isspace())
    return re.compile(rf"{''.join(parts)}{closing}(?![a-z0-9_])")


def _letters(word: str) -> str:
    return r"(?:-\n?)?".join(word)
