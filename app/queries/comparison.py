"""Two submissions of one proposal beside each other. Reads what `whole.one` brings; no queries of its own."""
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from app.models import Answer, Entry, Round, Verdict
from app.rules import changes, facts
from app.rules.changes import Piece
from app.rules.facts import LABELS


class Text(NamedTuple):
    """One item of the profile that changed, word by word."""
    label: str
    pieces: list[Piece]


class Paper(NamedTuple):
    """A document of a row: as it was and as it is (None where it is not there), as facts of a snapshot."""
    was: Mapping[str, Any] | None
    now: Mapping[str, Any] | None

    @property
    def state(self) -> str:
        """new, gone, replaced, described (its pages, number or years say something else), same"""
        if self.was is None or self.now is None:
            return "new" if self.was is None else "gone"
        if self.was == self.now:
            return "same"
        return "described" if self.was["sha256"] == self.now["sha256"] else "replaced"


class Side(NamedTuple):
    """What a row said in one submission. `verdict` is given once the round is decided; drafts are nobody's to compare."""
    level: int
    basis: str
    substances: list[str]
    verdict: Verdict | None


class RowPair(NamedTuple):
    answer: Answer
    was: Side
    now: Side
    papers: list[Paper]

    @property
    def code(self) -> str:
        return self.answer.indicator.code

    @property
    def is_changed(self) -> bool:
        return self.was[:3] != self.now[:3] or any(paper.state != "same" for paper in self.papers)


class Comparison(NamedTuple):
    """`was` and `now` are two standing rounds, the earlier first."""
    was: Round
    now: Round
    texts: list[Text]
    rows: list[RowPair]

    @property
    def changed(self) -> list[RowPair]:
        """What the unit touched, and what it was asked to touch."""
        return [row for row in self.rows if row.is_changed or (row.was.verdict and row.was.verdict.returned)]

    @property
    def unchanged(self) -> list[RowPair]:
        changed = self.changed
        return [row for row in self.rows if row not in changed]


def compare(entry: Entry, first: int | None, second: int | None) -> Comparison | None:
    """The rounds of these numbers; the last two where they are not said or not there. None while there is only one."""
    standing = entry.standing_rounds
    if len(standing) < 2:
        return None
    by_number = {round_.number: round_ for round_ in standing}
    now = by_number.get(second or 0, standing[-1])
    was = by_number.get(first or 0) or max((one for one in standing if one.number < now.number), default=standing[0], key=lambda one: one.number)
    if was is now:
        was, now = standing[-2:]
    was, now = sorted((was, now), key=lambda one: one.number)
    return Comparison(was, now, _texts(was, now), [_pair(answer, was, now) for answer in entry.answers])


def _texts(was: Round, now: Round) -> list[Text]:
    before, after = was.snapshot["profile"], now.snapshot["profile"]
    old, new = facts.worded(before, after, "berkas lama"), facts.worded(after, before, "berkas baru")
    return [Text(LABELS[name], changes.shortened(changes.words(old[name], new[name])) if facts.is_long(name) else _whole(old[name], new[name]))
            for name in facts.order() if old.get(name) != new.get(name)]


def _whole(old: str, new: str) -> list[Piece]:
    """A short answer reads better as a whole."""
    return [Piece(kind, text) for kind, text in ((changes.OUT, old), (changes.IN, new)) if text]


def _pair(answer: Answer, was: Round, now: Round) -> RowPair:
    code = answer.indicator.code
    before, after = was.snapshot["rows"][code], now.snapshot["rows"][code]
    old, new = ({item["document"]: _read(item) for item in side["exhibits"]} for side in (before, after))
    papers = [Paper(old.get(id), new.get(id)) for id in old | new]
    return RowPair(answer, _side(answer, was, before), _side(answer, now, after), sorted(papers, key=lambda paper: paper.state == "same"))


def _read(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Facts of a document with its day as a date again."""
    return {**item, "dated_on": item["dated_on"] and date.fromisoformat(item["dated_on"])}


def _side(answer: Answer, round_: Round, said: Mapping[str, Any]) -> Side:
    indicator = answer.indicator
    basis = next((basis.name for basis in indicator.bases if basis.code == said["basis"]), "")
    ticked = [item["name"] for item in indicator.substances if item["code"] in said["substances"]]
    return Side(said["level"] or 0, basis, ticked, round_.verdict_on(answer) if round_.decision else None)
