"""What is in a package, said twice: for people (MANIFES.txt) and for machines (manifes.json). Known before the first byte leaves."""
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Protocol

from babel.dates import format_datetime

from app.exports.words import cleaned, plain
from app.rules.words import file_size, listed

READ, RAW = "MANIFES.txt", "manifes.json"


class Listed(Protocol):
    path: str
    size: int
    sha256: str
    about: Mapping[str, Any]


@dataclass(frozen=True)
class Contents:
    """What the package is, whose, made when (aware) and by whom. The clock of `zone` is also the one of the files in it."""
    title: str
    region: str
    as_of: datetime
    zone: tzinfo
    by: str = ""


def pages(contents: Contents, members: Sequence[Listed]) -> list[tuple[str, bytes]]:
    """Both as (path, content), the one for people first; the other vouches for it."""
    read = _read(contents, members).replace("\n", "\r\n").encode()
    return [(READ, read), (RAW, _raw(contents, members, read))]


def _raw(contents: Contents, members: Sequence[Listed], read: bytes) -> bytes:
    entries = [{"path": READ, "size": len(read), "sha256": hashlib.sha256(read).hexdigest(), "about": {}},
               *({"path": member.path, "size": member.size, "sha256": member.sha256, "about": cleaned(dict(member.about))} for member in members)]
    told = {"title": plain(contents.title), "region": plain(contents.region), "as_of": contents.as_of.astimezone(contents.zone).isoformat(),
            "by": plain(contents.by), "count": len(entries), "bytes": sum(entry["size"] for entry in entries), "files": entries}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _read(contents: Contents, members: Sequence[Listed]) -> str:
    instant = format_datetime(contents.as_of, "d MMMM y 'pukul' HH.mm z", tzinfo=contents.zone, locale="id")
    groups = _groups(members)
    innovations = f"{len([key for key in groups if key])} inovasi, " if any(groups) else ""
    lines = ["MANIFES", _line(contents.title), _line(contents.region), f"Dibuat {instant}{_line(contents.by) and f' oleh {_line(contents.by)}'}",
             f"Isi: {innovations}{_amount(members)}", "",
             "SHA-256 adalah sidik berkas: bila satu huruf saja berubah, sidiknya lain.", f"Daftar yang sama untuk mesin ada di {RAW}."]
    for key, group in groups.items():
        lines += ["", _name(group[0].about) if key else "Berkas lain", _rows(group)]
        for member in group:
            lines += [f"  {member.path}", f"    {file_size(member.size)} · SHA-256 {member.sha256}"]
    return "\n".join(lines) + "\n"


def _groups(members: Sequence[Listed]) -> dict[str, list[Listed]]:
    """By proposal in the order given, what belongs to none last."""
    groups: dict[str, list[Listed]] = {}
    for member in members:
        groups.setdefault(str(member.about.get("entry", "")), []).append(member)
    return dict(sorted(groups.items(), key=lambda group: not group[0]))


def _name(about: Mapping[str, Any]) -> str:
    unit = f" ({_line(about['unit'])})" if about.get("unit") else ""
    return f"{_line(about['entry'])} {_line(about.get('innovation', ''))}{unit}"


def _rows(group: Sequence[Listed]) -> str:
    """`12 berkas, 3,4 MB · bukti baris 16, 17, dan 20`."""
    rows = list(dict.fromkeys(str(member.about["row"]) for member in group if member.about.get("row")))
    return _amount(group) + (f" · bukti baris {listed(rows)}" if rows else "")


def _amount(members: Sequence[Listed]) -> str:
    return f"{len(members)} berkas, {file_size(sum(member.size for member in members))}"


def _line(text: Any) -> str:
    return " ".join(plain(str(text)).split())
