"""MP4 as a row of boxes: is it whole, is it a video, how long does it run.

A box is its length (4 bytes, big-endian), its name (4 bytes) and its body; boxes nest (ISO/IEC
14496-12). Only headers and a few small bodies are read, never the pictures themselves.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .rejected import Rejected

MOST_BOXES = 20_000
MOST_SECONDS = 24 * 60 * 60  # a longer time is a spoilt header
PLAYED = {b"vide", b"soun"}

BROKEN = "Video ini rusak atau terpotong. Simpan ulang sebagai MP4, lalu unggah lagi."


class Misfit(Rejected):
    """A box that is not one, or is longer than what is there."""


@dataclass(frozen=True)
class Box:
    name: bytes
    start: int  # of the body
    end: int


def inspect(path: Path) -> dict:
    """Seconds the video runs, rounded; Rejected unless its boxes cover the whole file."""
    with open(path, "rb") as file:
        top = _top_level(file)
        names = [box.name for box in top]
        if names[0] != b"ftyp" or not {b"moov", b"mdat"} <= set(names):
            raise Rejected(BROKEN)
        return {"seconds": _running_time(file, _only(b"moov", top))}


def check_length(seconds: int | None, at_most: int | None) -> None:
    """Refuse a video that runs longer than allowed; None is no video, or no limit."""
    if seconds is not None and at_most is not None and seconds > at_most:
        raise Rejected(f"Video ini {_spoken(seconds)}, paling lama {_spoken(at_most)}. Potong videonya, lalu unggah lagi.")


def _top_level(file: BinaryIO) -> list[Box]:
    found, names = [], set()
    try:
        for box in _boxes(file, 0, os.fstat(file.fileno()).st_size):
            found.append(box)
            names.add(box.name)
    except Misfit:
        if {b"moov", b"mdat"} <= names:  # the film itself is whole
            raise Rejected("Di belakang akhir video ini masih ada data lain. Simpan ulang sebagai MP4, lalu unggah lagi.") from None
        raise
    return found


def _boxes(file: BinaryIO, at: int, end: int) -> Iterator[Box]:
    """The boxes between two offsets, which they must fill exactly."""
    for _ in range(MOST_BOXES):
        if at == end:
            return
        file.seek(at)
        header = file.read(min(16, end - at))
        length, start = int.from_bytes(header[:4], "big"), at + 8
        if length == 1:  # the true length follows in 8 bytes
            length, start = int.from_bytes(header[8:16], "big"), at + 16
        elif length == 0:  # the last box may say: up to the end
            length = end - at
        if not start <= at + length <= end:
            raise Misfit(BROKEN)
        yield Box(header[4:8], start, at + length)
        at += length
    raise Rejected("Video ini tersusun dari terlalu banyak bagian. Simpan ulang sebagai MP4.")


def _running_time(file: BinaryIO, moov: Box) -> int:
    """The longest time that the film or one of its tracks states, in whole seconds."""
    inside = list(_boxes(file, moov.start, moov.end))
    times, kinds = [_film_time(file, inside)], set()
    for track in (box for box in inside if box.name == b"trak"):
        media = _inside(file, _only(b"mdia", _inside(file, track)))
        kind = _body(file, _only(b"hdlr", media))[8:12]
        kinds.add(kind)
        if kind in PLAYED:
            scale, duration = _clock(_body(file, _only(b"mdhd", media)))
            times.append(duration / scale)
    if b"vide" not in kinds:
        raise Rejected("Berkas MP4 ini tidak memuat gambar bergerak. Unggah berkas videonya.")
    if not max(times):
        raise Rejected("Lama video ini tidak tercatat di dalam berkasnya. Simpan ulang sebagai MP4, lalu unggah lagi.")
    if max(times) > MOST_SECONDS:
        raise Rejected(BROKEN)
    return max(1, round(max(times)))


def _film_time(file: BinaryIO, moov: list[Box]) -> float:
    """Seconds in the film's header; a film in fragments has them in an mehd box, or nowhere."""
    scale, duration = _clock(_body(file, _only(b"mvhd", moov)))
    for extends in (box for box in moov if box.name == b"mvex"):
        for box in _inside(file, extends):
            if box.name == b"mehd":
                duration = max(duration, int.from_bytes(_body(file, box)[4:12], "big"))
    return duration / scale


def _clock(body: bytes) -> tuple[int, int]:
    """Units a second and duration in units (0 if unknown) of an mvhd or mdhd body."""
    width, at = (8, 20) if body[:1] == b"\1" else (4, 12)
    scale = int.from_bytes(body[at : at + 4], "big")
    duration = body[at + 4 : at + 4 + width]
    if not scale or len(duration) < width:
        raise Rejected(BROKEN)
    unknown = duration == b"\xff" * width
    return scale, 0 if unknown else int.from_bytes(duration, "big")


def _inside(file: BinaryIO, box: Box) -> list[Box]:
    return list(_boxes(file, box.start, box.end))


def _only(name: bytes, boxes: list[Box]) -> Box:
    found = [box for box in boxes if box.name == name]
    if len(found) != 1:
        raise Rejected(BROKEN)
    return found[0]


def _body(file: BinaryIO, box: Box) -> bytes:
    """The first bytes of a box, enough for every header read here."""
    file.seek(box.start)
    return file.read(min(64, box.end - box.start))


def _spoken(seconds: int) -> str:
    """ "6 menit 10 detik", "5 menit", "40 detik"."""
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes} menit"] * bool(minutes) + [f"{rest} detik"] * bool(rest or not minutes)
    return " ".join(parts)
