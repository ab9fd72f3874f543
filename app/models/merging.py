"""One unit goes into another: what it has goes over, what is closed stays under the old name. Part of Unit."""
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app import clock
from app.rules import Refused
from app.rules.access import UNIT_ROLES
from app.rules.workflow import Status

if TYPE_CHECKING:
    from app.models.desk import DeskSession
    from app.models.document import Document
    from app.models.entry import Entry
    from app.models.innovation import Innovation
    from app.models.interest import Interest
    from app.models.people import User
    from app.models.period import Period
    from app.models.units import Unit


@dataclass(frozen=True)
class Estate:
    """What goes over with a unit: all its innovations and documents, its proposals under way, the units below it, those merged into it
    before, the periods in which it has more time, and the desk sessions still to come. `interests` are those in each other's innovations: nobody
    replicates what is their own."""
    innovations: "Sequence[Innovation]"
    documents: "Sequence[Document]"
    entries: "Sequence[Entry]"
    children: "Sequence[Unit]"
    merged: "Sequence[Unit]"
    extended: "Sequence[Period]"
    sessions: "Sequence[DeskSession]" = ()
    interests: "Sequence[Interest]" = ()


class Merging:

    def merge_into(self: "Unit", other: "Unit", by: "User", reason: str, estate: Estate) -> None:
        """For good: this unit is archived and keeps its name, its closed proposals and what was sent of it."""
        self.must_merge_into(other)
        if not reason.strip():
            raise Refused("Tulis alasan penggabungannya, misalnya nomor peraturannya.")
        reason, people = reason.strip(), len({membership.user_id for membership in self.memberships})
        for period in estate.extended:
            self._hand_time_over(period, other, by, reason)
        for membership in list(self.memberships):
            membership.user.move_role(membership, other, by)
        for interest in estate.interests:
            interest.innovation.end_interest(by, interest)
        moved: list[Any] = [*estate.innovations, *estate.documents, *estate.entries, *estate.sessions]
        for thing in moved:
            thing.move_to(other, by)
        self._hand_units_over(other, by, estate)
        if other.reviewer and other.reviewer.serves(other):
            other.reviewer = None  # nobody verifies what they belong to
        self.archived_at, self.merged_into = self.archived_at or clock.now(), other
        counts: dict[str, Any] = {"innovations": len(estate.innovations), "documents": len(estate.documents), "entries": len(estate.entries),
                                  "people": people}
        self.record("unit_merged", by, name=self.name, into=other.name, reason=reason, **counts)
        other.record("unit_joined", by, tell=other.people(*UNIT_ROLES), name=other.name, joined=self.name, reason=reason, **counts)

    def must_merge_into(self: "Unit", other: "Unit") -> None:
        if self is other:
            raise Refused(f"{self.name} tidak dapat digabung ke dirinya sendiri. Pilih yang lain.")
        self.must_leave()
        if other.archived_at:
            raise Refused(f"{other.name} sudah diarsipkan, jadi tidak dapat menerima gabungan. Aktifkan dulu.")

    def must_leave(self: "Unit") -> None:
        """Whatever it is to go into."""
        if self.is_office:
            raise Refused(f"{self.name} adalah kantor pengelola inovasi daerah, jadi tidak dapat digabung ke yang lain. Pindahkan dulu tandanya.")
        if self.merged_into:
            raise Refused(f"{self.name} sudah digabung ke {self.merged_into.name}.")

    def _hand_units_over(self: "Unit", other: "Unit", by: "User", estate: Estate) -> None:
        """What is below this unit goes below the other; where the other is below it, that one moves up."""
        if self in other.ancestors():
            other.rehang(self.parent, by)
        for child in estate.children:
            if child is not other:
                child.rehang(other, by)
        for earlier in estate.merged:
            earlier.merged_into = other  # so that whoever reads its past is asked for in one step

    def _hand_time_over(self: "Unit", period: "Period", other: "Unit", by: "User", reason: str) -> None:
        """Who had more time keeps it: the other unit gets as much."""
        given = period.running_extension(self)
        if given and given.until > max(clock.now(), period.closes_at) and given.until > period.deadline(Status.DRAFT, other):
            period.extend(by, other, given.until, f"Digabung dengan {self.name}, yang mendapat perpanjangan: {given.reason}")
