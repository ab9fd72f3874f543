"""What a page says about the same paper held as another document."""
from collections.abc import Collection, Mapping
from itertools import groupby
from typing import NamedTuple

from app.extensions import db
from app.models import DocumentVersion
from app.queries import twins
from app.queries.twins import Twin, Twins, Use
from app.rules.words import listed
from app.web.gate import me

NAMED = 3  # twins, and proposals of one twin


class Item(NamedTuple):
    """“`title`” `tail`, the title a link."""
    document: int
    title: str
    tail: str


class Line(NamedTuple):
    """One sentence: the lead, the few that are named, how many more there are. It is loud where the unit itself holds the paper twice."""
    lead: str
    items: list[Item]
    more: int = 0
    is_loud: bool = False


class Flag(NamedTuple):
    """All there is to say about one document; `instead` is the one its unit already had."""
    lines: list[Line]
    instead: Twin | None


def flags(unit_id: int, versions: Collection[DocumentVersion], entry_id: int | None = None) -> Mapping[int, Flag]:
    """By version id, for versions of one unit shown together; in two SELECTs. `entry_id` is the proposal on the page."""
    if not versions:
        return {}
    found = db.session.execute(twins.alike(unit_id, versions)).all()
    known = {version.id: twins.twins(me(), unit_id, version, found) for version in versions}
    used: dict[int, list[Use]] = {}
    if ids := [id for each in known.values() for twin in _named(each) for id in twin.versions]:
        for version_id, *use in db.session.execute(twins.uses(ids)):
            used.setdefault(version_id, []).append(Use(*use))
    return {id: Flag(_lines(each, used, entry_id), each.instead) for id, each in known.items() if each}


def _named(known: Twins) -> list[Twin]:
    """The few that are told by name, the one to use instead before the others."""
    return sorted(known.seen, key=lambda twin: twin is not known.instead)[:NAMED]


def _lines(known: Twins, used: Mapping[int, list[Use]], entry_id: int | None) -> list[Line]:
    first, rest = known.instead, [twin for twin in _named(known) if twin is not known.instead]
    groups = [("Berkas ini sudah ada di dokumen bukti sebagai", [first] if first else []),
              ("Berkas yang sama ada pada dokumen lain:", [twin for twin in rest if twin.is_same_file]),
              ("Nomor dan tanggalnya sama dengan dokumen lain yang berkasnya berbeda:", [twin for twin in rest if not twin.is_same_file])]
    lines = [Line(lead, [_item(twin, used, entry_id) for twin in each], is_loud=any(twin.is_own_unit for twin in each))
             for lead, each in groups if each]
    if len(known.seen) > NAMED:
        lines[-1] = lines[-1]._replace(more=len(known.seen) - NAMED)
    if known.hidden_file:
        lines.append(Line("Berkas yang sama juga dipakai di perangkat daerah lain", []))
    if known.hidden_number:
        lines.append(Line("Nomor dan tanggal ini juga dipakai di perangkat daerah lain, dengan berkas yang berbeda", []))
    return lines


def _item(twin: Twin, used: Mapping[int, list[Use]], entry_id: int | None) -> Item:
    where = "" if twin.is_own_unit else f", {twin.unit}"
    uses = [use for id in twin.versions for use in used.get(id, [])]
    proves = [_proves(list(each), entry_id) for _, each in groupby(uses, key=lambda use: (use.entry_id, use.year))]
    more = f" dan {len(proves) - NAMED} usulan lain" if len(proves) > NAMED else ""
    return Item(twin.document_id, twin.title, f"{where}, {', '.join(proves[:NAMED])}{more}" if proves else f"{where}, belum dipakai")


def _proves(uses: list[Use], entry_id: int | None) -> str:
    """baris 17 dan 22 MAS BEDI, 2025"""
    first = uses[0]
    if not first.innovation:
        return f"baris {listed([use.code for use in uses])} indikator daerah {first.year}"
    return f"baris {listed([use.code for use in uses])} {'usulan ini' if first.entry_id == entry_id else f'{first.innovation}, {first.year}'}"
