"""How an innovation is shown to the whole region: its text and its words, who would like to have it too, and into the archive. Part of Innovation."""
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from app import clock
from app.models.interest import Interest
from app.models.people import User
from app.models.tag import Tag
from app.models.units import Unit
from app.rules import Refused
from app.rules.access import UNIT_ROLES
from app.rules.catalogue import LONGEST_NOTE, known_summary, known_tags
from app.rules.workflow import LABELS, WITH_OFFICE, Status

if TYPE_CHECKING:
    from app.models.innovation import Innovation


class Catalogued:
    """These may change while the profile is locked: they are no part of its 22 items, nor of anything that was sent."""
    summary: Any
    is_shown: Any
    archived_at: Any
    archive_note: Any

    # Verbs

    def describe(self: "Innovation", by: User, summary: str, tags: Iterable[str], is_shown: bool) -> None:
        """What the catalogue says of it, and whether its unit shows it before it was ever approved."""
        told = (known_summary(summary), known_tags(tags), bool(is_shown))
        before = (self.summary, [tag.word for tag in self.tags], self.is_shown)
        if told == before:
            raise Refused("Tidak ada yang berubah.")
        self.summary, words, self.is_shown = told
        self.tags = [*(tag for tag in self.tags if tag.word in words), *(Tag(word=word) for word in words if word not in before[1])]
        shown = None if self.is_shown == before[2] else self.is_shown
        changed = [name for name, old, new in zip(("summary", "tags"), before, told, strict=False) if old != new]
        self.record("innovation_described", by, changed=changed, shown=shown)

    def archive(self: "Innovation", by: User, reason: str, quietly: bool = False) -> None:
        """Out of the register, the catalogue and every choice; it stays readable with all its proposals, and what was sent stays sent. `quietly`
        tells nobody: its unit never heard of it."""
        if self.archived_at:
            raise Refused(f"{self.name} sudah diarsipkan.")
        if self.why_not_archived:
            raise Refused(self.why_not_archived)
        if not reason.strip():
            raise Refused("Tulis mengapa inovasi ini diarsipkan.")
        self.archived_at, self.archive_note = clock.now(), reason.strip()
        self.record("innovation_archived", by, tell=() if quietly else self.unit.people(*UNIT_ROLES), note=self.archive_note)

    def restore(self: "Innovation", by: User) -> None:
        if not self.archived_at:
            raise Refused(f"{self.name} tidak sedang diarsipkan.")
        self.archived_at, self.archive_note = None, ""
        self.record("innovation_restored", by, tell=self.unit.people(*UNIT_ROLES))

    def note_interest(self: "Innovation", by: User, unit: Unit, note: str = "") -> Interest:
        """That a unit would like to bring it to its own place; its owners hear of it."""
        if self.archived_at:
            raise Refused(f"{self.name} sudah diarsipkan, jadi minat baru tidak dicatat.")
        if unit is self.unit:
            raise Refused(f"{self.name} milik {unit.name} sendiri.")
        if unit.archived_at or not by.serves(unit, *UNIT_ROLES):
            raise Refused(f"Minat dicatat oleh operator atau kepala perangkat daerah yang aktif, bukan untuk {unit.name}.")
        if any(one.stands and one.unit is unit for one in self.interests):
            raise Refused(f"Minat {unit.name} sudah tercatat.")
        if len(note.strip()) > LONGEST_NOTE:
            raise Refused(f"Catatan paling banyak {LONGEST_NOTE} huruf; sekarang {len(note.strip())}.")
        interest = Interest(unit=unit, by=by, at=clock.now(), note=note.strip())
        self.interests.append(interest)
        self.record("interest_noted", by, tell=self.unit.people(*UNIT_ROLES), unit=unit.name, note=interest.note)
        return interest

    def end_interest(self: "Innovation", by: User, interest: Interest) -> None:
        """Taken back; it stays in the history."""
        if not interest.stands:
            raise Refused(f"Minat {interest.unit.name} sudah ditarik.")
        interest.end()
        self.record("interest_ended", by, tell=self.unit.people(*UNIT_ROLES), unit=interest.unit.name)

    # Questions

    @property
    def why_not_archived(self: "Innovation") -> str:
        """Why it must stay for now, as a sentence that says what to do; empty when it may go. Training keeps nothing here."""
        entry = next((entry for entry in self.entries if entry.is_under_way and not entry.period.is_training), None)
        if entry is None:
            listed = next((entry for entry in self.entries if entry.status == Status.APPROVED and entry.chosen_at), None)
            return (f"{self.name} ada di daftar kirim periode {listed.period.year}. Inovasi ini dapat diarsipkan sesudah terkirim, atau sesudah "
                    "koordinator mengeluarkannya dari daftar kirim.") if listed else ""
        period = f"periode {entry.period.year}"
        said = f"{self.name} masih diusulkan pada {period} ({LABELS[Status(entry.status)].lower()})."
        if entry.status in WITH_OFFICE:
            return f"{said} Tarik dulu usulannya atau tunggu putusan verifikator."
        over = f"sesudah masa perbaikan {period} berakhir"
        if entry.status == Status.APPROVED:
            return f"{said} Inovasi ini dapat diarsipkan sesudah terkirim, atau {over}."
        return f"{said} Biarkan usulannya tidak diajukan: tanpa pengajuan ia tidak dinilai. Inovasi ini dapat diarsipkan {over}."

    def must_be_kept(self: "Innovation") -> None:
        """Refuses what cannot be done with an archived one."""
        if self.archived_at:
            raise Refused(f"{self.name} diarsipkan. Pulihkan dulu bila hendak dipakai lagi.")

    @property
    def is_in_catalogue(self: "Innovation") -> bool:
        """Agrees with `queries.catalogue.is_shown`."""
        if self.archived_at:
            return False
        return self.is_shown or bool(self.past_reports) or any(entry.is_done and not entry.period.is_training for entry in self.entries)
