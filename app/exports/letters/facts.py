"""What a letter about one round says, copied when it is made: later changes of names, offices or rules do not reach it."""
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from app.exports.formal import Person
from app.exports.words import cleaned

DECISION, MINUTES = "decision", "minutes"
KINDS = {DECISION: "Surat hasil verifikasi", MINUTES: "Berita acara verifikasi"}


@dataclass(frozen=True)
class Judged:
    """One row of the round: levels 0–3, `points` proven as a decimal text ("7.5"). `proven` is None where a round was returned before the
    row was judged."""
    code: str
    name: str
    claimed: int
    proven: int | None
    points: str
    reason: str = ""
    returned: bool = False

    @property
    def is_below(self) -> bool:
        return self.proven is not None and self.proven < self.claimed


@dataclass(frozen=True)
class Facts:
    """`number` is the letter's, `register` the proposal's. Points are decimal texts; `came` ("diajukan 1 Juni 2026"), `decided` and
    `repair_until` are phrases. `verifiers` judged rows, `finisher` ended the judging, `approver` approved where that is a second step;
    `signer` signs the letter, `coordinator` and `unit_head` the minutes beside the finisher."""
    number: str
    dated_on: date
    place: str
    region: str
    office: str
    contact: str
    unit: str
    innovation: str
    register: str
    year: int
    round: int
    came: str
    decided: str
    approved: bool
    claimed: str
    evidenced: str
    verified: str
    maximum: str
    minimum: str
    rows: tuple[Judged, ...]
    verifiers: tuple[Person, ...]
    finisher: Person
    approver: Person | None
    signer: Person
    coordinator: Person
    unit_head: Person
    repair_until: str = ""
    note: str = ""
    profile_note: str = ""
    training: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"dated_on": self.dated_on.isoformat(), "rows": [asdict(row) for row in self.rows],
                               "verifiers": [asdict(person) for person in self.verifiers]}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Every text comes out `plain`, whatever was typed."""
        known = cleaned({field.name: kept[field.name] for field in fields(cls) if field.name in kept})
        people = {name: known[name] and Person(**known[name]) for name in ("finisher", "approver", "signer", "coordinator", "unit_head")}
        return cls(**known | people | {
            "dated_on": date.fromisoformat(known["dated_on"]), "rows": tuple(Judged(**row) for row in known["rows"]),
            "verifiers": tuple(Person(**person) for person in known["verifiers"])})
