"""A ZIP that is written while it is sent: its size is known before the first byte, and every file is checked on its way out."""
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED

from zipstream import ZipStream, ZipStreamInfo

from app.exports.packing.manifest import RAW, READ, Contents, pages
from app.exports.packing.names import distinct, is_safe
from app.rules import Refused

CHUNK = 256 * 1024


class Broken(Exception):
    """A file is not what was promised; the download must break off rather than hand it out."""


@dataclass(frozen=True)
class Member:
    """A file on its way: `open` gives its bytes in chunks, anew each time. `about` goes into the manifest; `entry` (the proposal's number),
    `innovation`, `unit` and `row` are also told to people."""
    path: str
    size: int
    sha256: str
    open: Callable[[], Iterator[bytes]]
    about: Mapping[str, Any] = field(default_factory=dict)


def from_disk(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


class Package:
    """`size` in bytes is exactly what iterating sends. Of two files with the same path (capitals do not count) the second is renamed."""

    def __init__(self, members: Iterable[Member], contents: Contents):
        given = list(members)
        if not given:
            raise Refused("Tidak ada berkas untuk dipaketkan.")
        if unsafe := [member.path for member in given if not is_safe(member.path)]:
            raise ValueError(f"unsafe paths: {unsafe}")
        if contents.as_of.tzinfo is None:
            raise ValueError(f"{contents.as_of!r} has no time zone")
        paths = distinct((member.path for member in given), (READ, RAW))
        self.members = tuple(replace(member, path=path) for member, path in zip(given, paths, strict=True))
        self.moment = contents.as_of.astimezone(contents.zone).timetuple()[:6]
        self.manifest = pages(contents, self.members)
        self.size = len(self._stream())

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream())

    def _stream(self) -> "_Stream":
        stream = _Stream(self.moment)
        for path, content in self.manifest:
            stream.add(iter([content]), path, size=len(content))
        for member in self.members:
            stream.add(_checked(member), member.path, size=member.size)
        return stream


def _checked(member: Member) -> Iterator[bytes]:
    """The bytes of a file; raises Broken where they end too early, go on too long, or are others."""
    size, seen = 0, hashlib.sha256()
    for chunk in member.open():
        size += len(chunk)
        seen.update(chunk)
        if size > member.size:
            break
        yield chunk
    if size != member.size or seen.hexdigest() != member.sha256:
        raise Broken(f"“{member.path}” tidak sama dengan yang tercatat dalam manifes.")


class _Stream(ZipStream):
    """Uncompressed and of a known size; every file bears the same moment instead of the computer's, so that the same package is the same bytes."""

    def __init__(self, moment: tuple[int, ...]):
        super().__init__(compress_type=ZIP_STORED, sized=True)
        self.moment = moment

    def _gen_file_entry(self, *, arcname: str, iterable: Iterator[bytes], size: int) -> Iterator[bytes]:
        info = ZipStreamInfo(arcname, self.moment)
        info.create_system, info.external_attr = 3, 0o600 << 16
        info.compress_type, info.file_size, info.header_offset = ZIP_STORED, size, self._pos
        for chunk in info._file_data(iterable):
            yield self._track(chunk)
        self._filelist.append(info)
