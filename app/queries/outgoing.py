"""What a proposal says to the outside: as it was sent, else as it was approved, else as it stands. Asks the database nothing beyond what
`whole.one` brings and the snapshot of what was sent."""
from typing import Any

from app.models import Answer, Entry
from app.models.sending import file_names, frozen
from app.models.submission import read_facts
from app.queries import sheet
from app.rules import profile
from app.rules.copying import Field, Meaning, profile_fields, row_fields
from app.rules.workflow import Status


def facts(entry: Entry) -> dict[str, Any]:
    """In the shape of `Sending.snapshot`; `verified` and the proven levels are None while nobody verified."""
    if entry.sending:
        return entry.sending.snapshot
    return frozen(entry) if entry.status == Status.APPROVED else standing(entry)


def standing(entry: Entry) -> dict[str, Any]:
    """A proposal that is still on its way."""
    verified = sheet.verified(entry)
    told = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in entry.profile_facts().items()}
    rows = {answer.indicator.code: _row(answer) for answer in entry.answers}
    return {"profile": told, "files": file_names(entry, told), "rows": rows, "claimed": str(entry.claimed), "evidenced": str(entry.evidenced),
            "verified": None if verified is None else str(verified), "unit": entry.unit.name, "period": entry.period.year, "number": entry.number}


def meanings(entry: Entry, told: dict[str, Any]) -> dict[str, Meaning]:
    """What the levels of each row say on the basis the row was told on."""
    found = {}
    for answer in entry.answers:
        row = told["rows"].get(answer.indicator.code, {})
        basis = next((basis for basis in answer.indicator.bases if basis.code == row.get("basis")), None)
        levels = {level.level: level.label for level in answer.indicator.levels_for(basis)}
        found[answer.indicator.code] = Meaning(basis.name if basis else "", levels)
    return found


def fields(entry: Entry, told: dict[str, Any]) -> tuple[list[Field], list[Field]]:
    """To copy: the profile, the rows."""
    return profile_fields(told["profile"]), row_fields(told["rows"], meanings(entry, told))


def lacking(entry: Entry, told: dict[str, Any]) -> list[str]:
    """What a package of it would not have: items that are required, and evidence of the required rows."""
    gaps = profile.gaps(read_facts(told["profile"]), entry.period.instrument.window)
    required = {answer.indicator.code for answer in entry.answers if answer.indicator.mandatory}
    empty = [code for code, row in told["rows"].items() if code in required and not row["exhibits"]]
    return [f"Profil: {gap.sentence}" for gap in gaps] + [f"Baris {code} wajib, dan belum berisi bukti." for code in empty]


def hashes(told: dict[str, Any]) -> set[str]:
    """Of every file it speaks of."""
    slots = {told["profile"].get(slot) for slot in profile.FILE_SLOTS}
    return {one["sha256"] for row in told["rows"].values() for one in row["exhibits"]} | {sha256 for sha256 in slots if sha256}


def _row(answer: Answer) -> dict[str, Any]:
    return {**answer.facts(), "name": answer.indicator.name, "weight": str(answer.indicator.weight), "evidenced": answer.evidenced_level,
            "proven": answer.proven_level, "reason": ""}
