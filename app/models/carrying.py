"""How a proposal goes on from one of an earlier year: its claims and the documents that still count, and what was developed since. Part of Entry."""
from datetime import date
from typing import TYPE_CHECKING, Any

from app.models.exhibit import Exhibit
from app.models.people import User
from app.models.period import Period
from app.models.units import Unit
from app.rules import Refused, carrying
from app.rules.carrying import Before, Held, Measure, Now, Plan
from app.rules.instrument_changes import matched
from app.rules.instrument_rows import InstrumentRow
from app.rules.workflow import Status

if TYPE_CHECKING:
    from app.models.answer import Answer
    from app.models.entry import Entry


class Carrying:
    """`carried_from` is the proposal it goes on from, `development` what was developed since, as its unit tells it."""
    carried_from: Any
    development: Any

    @classmethod
    def carry_over(cls, before: "Entry", period: Period, by: User, developed: str = "", developed_on: date | None = None) -> "Entry":
        """Bring an innovation into another year's period with what an earlier proposal of it holds; that one stays as it is."""
        before.must_be_carryable(period)
        plan = plan_of(before, period)
        entry = cls._begin(before.innovation, period)  # type: ignore[attr-defined]
        if developed_on and developed_on != before.innovation.developed_on:
            before.innovation.edit(by, developed_on=developed_on)
        entry.carried_from, entry.development = before, developed.strip()
        for row in plan.rows:
            _begin_with(entry.answer_on(row.now.code), row)
        entry.record("carried_over", by, year=before.period.year, rows=plan.claims, linked=plan.linked, left=plan.left)
        return entry

    def tell_development(self: "Entry", by: User, text: str, developed_on: date | None = None) -> None:
        """What was developed since the proposal it goes on from, and when last."""
        self.must_be_editable()
        if self.carried_from is None:
            raise Refused("Usulan ini tidak dibawa dari tahun lain.")
        if self.status == Status.RETURNED and not self.profile_is_returned and self.development:
            raise Refused("Verifikator hanya mengembalikan baris isian, jadi cerita pengembangannya tetap.")
        if not text.strip():
            raise Refused("Tulis apa yang dikembangkan sejak usulan sebelumnya.")
        changes_day = developed_on is not None and developed_on != self.innovation.developed_on
        if text.strip() == self.development and not changes_day:
            raise Refused("Tidak ada yang berubah.")
        if changes_day:
            self.innovation.edit(by, developed_on=developed_on)
        self.development = text.strip()
        self.record("development_told", by)

    # Questions

    def must_be_carryable(self: "Entry", period: Period) -> None:
        """Refuses with the reason why this one does not go on in that period."""
        if self.period.is_training or period.is_training:
            raise Refused("Usulan latihan tidak dibawa ke periode lain, dan periode latihan tidak menerima usulan tahun sebelumnya.")
        if not self.is_done or self.period.year >= period.year:
            raise Refused("Hanya usulan tahun sebelumnya yang disetujui atau terkirim yang dapat dibawa.")

    @property
    def must_tell_development(self: "Entry") -> bool:
        """Applied before the window, so it counts for what was developed since; and nobody told."""
        applied = self.innovation.applied_on
        return bool(self.carried_from and applied and applied < self.period.instrument.window.applied_from and not self.development)


def plan_of(before: "Entry", period: Period) -> Plan:
    """What of an earlier proposal goes on under that period's instrument."""
    old = {answer.indicator.code: before_of(answer, before.innovation.unit) for answer in before.answers}
    new = {indicator.code: now_of(indicator) for indicator in period.instrument.innovation_rows()}
    pairs = matched(*([{"code": one.code, "name": one.name, "aspect": "SID"} for one in rows.values()] for rows in (old, new)))
    return carrying.carry((a and old[a["code"]], b and new[b["code"]]) for a, b in pairs)


def before_of(answer: "Answer", unit: Unit) -> Before:
    basis = answer.basis.code if answer.basis else None
    return Before(answer.indicator.code, answer.indicator.name, answer.claimed_level, answer.proven_level, basis, answer.substances,
                  [held_of(exhibit, unit) for exhibit in answer.exhibits])


def held_of(exhibit: Exhibit, unit: Unit) -> Held:
    """As the document is now: a newer version may speak for other years."""
    document, version = exhibit.document, exhibit.document.current
    why = "sudah diarsipkan" if document.archived_at else "milik perangkat daerah lain" if document.unit is not unit else ""
    proof = exhibit.proof._replace(sha256=version.file.sha256, kinds=version.kinds, years=frozenset(version.years))
    return Held(document, version.title, proof, exhibit.pages if version is exhibit.version else "", why)


def now_of(indicator: InstrumentRow) -> Now:
    bases = {None: None, **{basis.code: basis for basis in indicator.bases}}
    measures = {code: Measure(indicator.evidence_rule(basis), max((one.level for one in indicator.levels_for(basis)), default=0))
                for code, basis in bases.items()}
    return Now(indicator.code, indicator.name, indicator.weight, measures, [item["code"] for item in indicator.substances])


def _begin_with(answer: "Answer", row: carrying.Carried) -> None:
    before = answer.scores
    answer.basis_id = next((basis.id for basis in answer.indicator.bases if basis.code == row.basis), None)
    answer.claimed_level, answer.substances = row.level, row.substances
    answer.exhibits = [Exhibit(document=held.document, version=held.document.current, pages=held.pages, set_number=held.proof.set_number)
                       for held in row.linked]
    answer.recount(before)
