"""Proposals made ready to be packed: what goes in, what is missing, and which profiles still have to be written."""
import hashlib
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from app import clock
from app.exports import dossier
from app.exports.composing import file_name
from app.exports.packing import Contents, Member, Package, evidence_name, folder_name, from_disk
from app.extensions import db
from app.models import Entry
from app.queries import outgoing, sendings
from app.rules.profile import FILE_SLOTS, ITEMS
from app.web.gate import me, storage
from app.web.regency import regency
from app.web.season import zone
from app.web.sendings.telling import dossier_of, number_of

LAYOUT = 1  # of the profile on paper: another number writes each anew
PATIENCE = 2.0  # seconds of writing while somebody waits for the page
AT_ONCE = 20  # proposals held in memory together
PROFILE = "Profil-dan-isian.pdf"
NUMBERS = {item.fields[0]: str(item.number) for item in ITEMS}


@dataclass
class Parcel:
    """One proposal; `about` is what the manifest says of each of its files. Its profile is kept already when it was sent; else it is cached
    under `key`, and `unwritten` while it is not there yet."""
    entry_id: int
    about: dict[str, str]
    missing: list[str]
    members: list[Member] = field(default_factory=list)
    key: str = ""
    unwritten: dossier.Dossier | None = None

    @property
    def name(self) -> str:
        return self.about["innovation"]

    def put(self, name: str, sha256: str, size: int | None, **about: str) -> None:
        """A kept file under this name; one that is not there as it was kept is missing."""
        path = storage().path(sha256)
        if size is None or not path.is_file() or path.stat().st_size != size:
            self.missing.append(f"Berkas “{name}” tidak ada di penyimpanan, atau berubah. Beri tahu admin.")
        self.members.append(Member(self._path(name), size or 0, sha256, partial(from_disk, path), self.about | about))

    def write_down(self, told: dossier.Dossier) -> None:
        """The same facts are written once; the day on the paper is that of the writing."""
        self.key = hashlib.sha256(repr((LAYOUT, replace(told, as_of="", dated_on=date.min))).encode()).hexdigest()
        self.unwritten = None if storage().paper(self.key).is_file() else told

    def write(self) -> None:
        if self.unwritten:
            storage().keep_paper(self.key, dossier.write(self.unwritten))
            self.unwritten = None

    def packed(self) -> list[Member]:
        """Its profile first."""
        if not self.key:
            return self.members
        path = storage().paper(self.key)
        content = path.read_bytes()
        about = self.about | {"what": "Profil dan isian"}
        return [Member(self._path(PROFILE), len(content), hashlib.sha256(content).hexdigest(), partial(from_disk, path), about), *self.members]

    def _path(self, name: str) -> str:
        return f"{folder_name(self.about['entry'], self.about['innovation'])}/{name}"


class Load:
    """All of a selection."""

    def __init__(self, ids: Collection[int]):
        """Reads the records some at a time."""
        wanted = list(ids)
        self.parcels: list[Parcel] = []
        for start in range(0, len(wanted), AT_ONCE):
            self.parcels += parcels(db.session.scalars(sendings.whole(me(), wanted[start:start + AT_ONCE])).unique().all())

    @property
    def lacking(self) -> list[Parcel]:
        return [parcel for parcel in self.parcels if parcel.missing]

    @property
    def written(self) -> int:
        return sum(parcel.unwritten is None for parcel in self.parcels)

    @property
    def is_written(self) -> bool:
        return self.written == len(self.parcels)

    def write(self) -> None:
        """Profiles that are not on paper yet: at least one, and more as long as somebody likes to wait."""
        until = time.monotonic() + PATIENCE
        for parcel in [parcel for parcel in self.parcels if parcel.unwritten]:
            parcel.write()
            if time.monotonic() > until:
                return

    def packed(self) -> Package:
        named = self.parcels[0].name if len(self.parcels) == 1 else f"{len(self.parcels)} inovasi"
        contents = Contents(title=f"Profil dan bukti {named}", region=regency().region, as_of=clock.now(), zone=zone(), by=me().name)
        return Package((member for parcel in self.parcels for member in parcel.packed()), contents)


def parcels(entries: Sequence[Entry]) -> Iterator[Parcel]:
    told = {entry.id: outgoing.facts(entry) for entry in entries}
    hashes = {sha256 for facts in told.values() for sha256 in outgoing.hashes(facts)}
    sizes = dict(db.session.execute(sendings.sizes(hashes)).all())
    for entry in entries:
        yield parcel(entry, told[entry.id], sizes)


def parcel(entry: Entry, told: dict[str, Any], sizes: dict[str, int]) -> Parcel:
    """Its profile, then the files of the profile, then the evidence row by row."""
    about = {"entry": number_of(entry), "innovation": told["profile"]["name"], "unit": told["unit"]}
    made = Parcel(entry.id, about, outgoing.lacking(entry, told))
    if entry.sending:
        made.put(PROFILE, entry.sending.pdf.sha256, entry.sending.pdf.size, what="Profil dan isian")
    elif not made.missing:
        made.write_down(dossier_of(entry, told))
    for slot, sha256 in held_files(told):
        made.put(evidence_name("Profil", None, NUMBERS[slot], FILE_SLOTS[slot], "pdf"), sha256, sizes.get(sha256), what=FILE_SLOTS[slot],
                 file=file_name(told, slot))
    counted = {answer.indicator.code for answer in entry.answers if answer.evidence_rule.counted}
    for code, row in told["rows"].items():
        for one in row["exhibits"]:
            name = evidence_name(code, one["set"] if code in counted else None, one["doc_number"], one["title"], one["kind"])
            made.put(name, one["sha256"], sizes.get(one["sha256"]), row=code, number=one["doc_number"], title=one["title"], pages=one["pages"],
                     url=one["url"])
    return made


def held_files(told: dict[str, Any]) -> list[tuple[str, str]]:
    """The slots of the profile that have a file, with its SHA-256."""
    return [(slot, sha256) for slot in FILE_SLOTS if (sha256 := told["profile"].get(slot))]
