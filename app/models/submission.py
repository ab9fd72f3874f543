"""What a submission demands, keeps and carries over. Split from Entry, whose verb `submit` reads these in order."""
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.models.review import Origin, Round, Verdict
from app.rules import profile

if TYPE_CHECKING:
    from app.models.answer import Answer
    from app.models.entry import Entry


@dataclass(frozen=True)
class Obstacle:
    """One thing that keeps a proposal from being submitted, and where it is mended: a section of the profile, a row, the story of its
    development, or neither."""
    sentence: str
    section: str = ""
    row: str = ""
    development: bool = False

    def __str__(self) -> str:
        return self.sentence


def obstacles(entry: "Entry") -> list[Obstacle]:
    """In the order an operator would mend them: profile, eligibility, required rows, answers to returned rows."""
    window = entry.period.instrument.window
    found = [Obstacle(gap.sentence, section=gap.section) for gap in profile.gaps(entry.innovation.profile(), window)]
    eligibility = entry.innovation.eligibility(window)
    if not eligibility.ok:
        found.append(Obstacle(eligibility.sentence, section="waktu"))
    if entry.carried_from and entry.must_tell_development:
        found.append(Obstacle(f"Tulis apa yang dikembangkan sejak usulan {entry.carried_from.period.year}.", development=True))
    for answer in entry.answers:
        code = answer.indicator.code
        if answer.indicator.mandatory and not answer.claimed_level:
            found.append(Obstacle(f"Baris {code} wajib diisi.", row=code))
        elif answer.indicator.mandatory and not answer.evidenced_level:
            found.append(Obstacle(f"Lampirkan minimal satu bukti untuk baris {code}: {answer.lacks}.", row=code))
    found += [Obstacle(f"Perbaiki atau jawab dulu baris {code} yang dikembalikan.", row=code)
              for code in (answer.indicator.code for answer in entry.returned_rows if not answer.is_answered)]
    if entry.profile_is_returned and not entry.profile_is_answered:
        found.append(Obstacle("Perbaiki atau jawab dulu catatan verifikator tentang profil."))
    return found


def snapshot(entry: "Entry") -> dict[str, Any]:
    """The proposal as it stands, in plain JSON: what this round judges, whatever happens later."""
    facts = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in entry.innovation.profile().items()}
    return {"profile": facts, "rows": {answer.indicator.code: answer.facts() for answer in entry.answers},
            "claimed": str(entry.claimed), "evidenced": str(entry.evidenced)}


def read_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """The profile of a snapshot with its days as dates again."""
    return {name: date.fromisoformat(value) if value and name.endswith("_on") else value for name, value in facts.items()}


def opening_verdict(round_: Round, answer: "Answer", before: Round | None) -> Verdict | None:
    """A row nobody filled needs no reviewer; an accepted row keeps its verdict unless its level, basis or evidence changed."""
    earlier = before.verdict_on(answer) if before else None
    code = answer.indicator.code
    if before and earlier and not earlier.returned and before.snapshot["rows"].get(code) == round_.snapshot["rows"][code]:
        return carry(round_, answer, earlier)
    if not answer.claimed_level:
        return Verdict.give(round_, answer, Origin.EMPTY, 0)
    return None


def carry(round_: Round, answer: "Answer", earlier: Verdict) -> Verdict:
    """The same verdict in a later round."""
    origin = Origin.EMPTY if earlier.origin == Origin.EMPTY else Origin.CARRIED
    return Verdict.give(round_, answer, origin, earlier.proven_level, earlier.reason, earlier.by)
