"""What a machine finds in the text of a document: the innovation's name, the document's number, the years it is to speak for.

Hints, never judgements: no level and no verdict depends on them.
"""
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.rules.hints.folding import Folded
from app.rules.hints.hit import Hit, Verdict, together
from app.rules.hints.names import Name, words_of
from app.rules.hints.numbers import number_of
from app.rules.hints.years import Year


class Page(Protocol):
    """The same words in one order or in two, the second as numbers of words in the first; no text when it cannot be read."""
    @property
    def texts(self) -> Sequence[str]: ...
    @property
    def order(self) -> Sequence[int]: ...


class Wanted(Protocol):
    """Something to look for: which kind of thing, what exactly when its kind does not say it, and where it stands in a text."""
    kind: str
    what: str

    def hits(self, text: Folded) -> Iterator[Hit]: ...


@dataclass(frozen=True)
class Hint:
    """Where something was looked for: pages (from 1) it was `found` on; when there is none, those where it is `uncertain`."""
    key: str
    kind: str
    what: str
    found: tuple[int, ...]
    uncertain: tuple[int, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        return self.found or self.uncertain


def wanted(name: str, number: str, years: Iterable[int], longer: Iterable[str] = ()) -> list[Wanted]:
    """What to look for in a document; `longer` are other names of the register. An empty name and a number without digits are nothing."""
    named, numbered = Name(name, longer), number_of(number)
    return [*([named] if named.words else []), *([numbered] if numbered else []), *(Year(year) for year in sorted(years))]


def key_of(thing: Wanted) -> str:
    """Its word in an address: `nama`, `nomor`, `tahun-2025`."""
    return f"{thing.kind}-{thing.what}" if isinstance(thing, Year) else thing.kind


def look(pages: Iterable[Page], things: Sequence[Wanted]) -> list[Hint]:
    """One hint for each thing, in their order."""
    found: dict[str, list[int]] = {key_of(thing): [] for thing in things}
    uncertain: dict[str, list[int]] = {key: [] for key in found}
    for number, page in enumerate(pages, 1):
        texts = [Folded(text) for text in page.texts]
        for thing in things:
            stands = _stands(page, texts, thing)
            if stands is not None:
                (found if stands else uncertain)[key_of(thing)].append(number)
    return [Hint(key_of(thing), thing.kind, thing.what, tuple(found[key_of(thing)]), tuple(uncertain[key_of(thing)])) for thing in things]


def places(page: Page, thing: Wanted) -> list[int]:
    """The words to mark on one page, by their numbers; those of uncertain places only when there is no certain one."""
    found = _places(page, [Folded(text) for text in page.texts], thing)
    certain = any(found.values())
    return sorted({word for words, is_certain in found.items() if is_certain or not certain for word in words})


def unread(pages: Sequence[Page]) -> list[int]:
    return [number for number, page in enumerate(pages, 1) if not page.texts]


def spans(numbers: Sequence[int]) -> str:
    """Page numbers in few words: "2–4, 7"."""
    starts = [number for number in numbers if number - 1 not in numbers]
    ends = [number for number in numbers if number + 1 not in numbers]
    return ", ".join(str(start) if start == end else f"{start}–{end}" for start, end in zip(starts, ends, strict=True))


def words(name: str) -> list[str]:
    """The words of a name as they are compared."""
    return words_of(Folded(name).lower)


def _stands(page: Page, texts: Sequence[Folded], thing: Wanted) -> bool | None:
    """Whether it certainly stands on a page; None when nothing like it does."""
    if len(texts) == 1:  # most pages: one certain place is enough, no matter which words
        verdicts = (hit.verdict for hit in thing.hits(texts[0]) if hit.verdict != Verdict.NOTHING)
        most = next(verdicts, None)
        return None if most is None else Verdict.CERTAIN in (most, *verdicts)
    places = _places(page, texts, thing)
    return any(places.values()) if places else None


def _places(page: Page, texts: Sequence[Folded], thing: Wanted) -> dict[tuple[int, ...], bool]:
    """Each occurrence, as the numbers of its words, and whether it is certain."""
    found: dict[tuple[int, ...], Verdict] = {}
    for second, text in enumerate(texts):
        for hit in thing.hits(text):
            places = range(_word_at(text, hit.start), _word_at(text, hit.end - 1) + 1)
            words = tuple(sorted(page.order[place] for place in places) if second else places)
            found[words] = together(found.get(words, hit.verdict), hit.verdict)
    denied = [set(words) for words, verdict in found.items() if verdict == Verdict.DENIED]
    return {words: verdict == Verdict.CERTAIN and not any(larger.issuperset(words) for larger in denied)
            for words, verdict in found.items() if verdict != Verdict.NOTHING}


def _word_at(text: Folded, place: int) -> int:
    return sum(text.plain.count(blank, 0, place) for blank in " \n\t")
