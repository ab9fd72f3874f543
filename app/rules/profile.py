"""The 22 items of an innovation's profile: where each is asked, which are required, what is missing.

Source: 2026 guideline (Surat Kepala BSKDN 400.10.11/1887/BSKDN). Required to submit, never to save a draft.
"""
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.rules.codelists import NON_PKPN
from app.rules.eligibility import Window
from app.rules.words import count_words


class Section(NamedTuple):
    """One page of the profile; `slug` is its place in the address."""
    slug: str
    title: str


SECTIONS = (
    Section("dasar", "Nama dan pengusul"),
    Section("urusan", "Urusan dan prioritas"),
    Section("waktu", "Tempat dan waktu"),
    Section("rancang-bangun", "Rancang bangun"),
    Section("hasil", "Tujuan, manfaat, dan hasil"),
    Section("berkas", "Berkas pendukung"),
)


class Item(NamedTuple):
    """One of the 22. `fields` are columns of the innovation, or one file slot; `wanted` says when an empty one is a fault."""
    number: int
    label: str
    section: str
    fields: tuple[str, ...]
    wanted: Callable[[Mapping[str, Any], Window], bool] = lambda profile, window: True


def _never(profile: Mapping[str, Any], window: Window) -> bool:
    return False


def _applied_before_window(profile: Mapping[str, Any], window: Window) -> bool:
    return bool(profile["applied_on"]) and profile["applied_on"] < window.applied_from


ITEMS = (
    Item(1, "Nama inovasi", "dasar", ("name",)),
    Item(2, "Tahapan", "dasar", ("stage",)),
    Item(3, "Inisiator", "dasar", ("initiator",)),
    Item(4, "Nama inisiator", "dasar", ("initiator_name",)),
    Item(5, "Klasifikasi", "dasar", ("classification",)),
    Item(6, "Koordinat", "waktu", ("latitude", "longitude")),
    Item(7, "Jenis inovasi", "dasar", ("kind",)),
    Item(8, "Bentuk inovasi", "dasar", ("form",)),
    Item(9, "Asta Cita", "urusan", ("asta_cita",)),
    Item(10, "PKPN", "urusan", ("pkpn_cluster", "pkpn_main")),
    Item(11, "Urusan utama", "urusan", ("main_affair",)),
    Item(12, "Tanggal uji coba", "waktu", ("trial_on",)),
    Item(13, "Tanggal diterapkan", "waktu", ("applied_on",)),
    Item(14, "Tanggal pengembangan terakhir", "waktu", ("developed_on",), _applied_before_window),
    Item(15, "Rancang bangun dan pokok perubahan", "rancang-bangun", ("design",)),
    Item(16, "Tujuan", "hasil", ("purpose",)),
    Item(17, "Manfaat", "hasil", ("benefit",)),
    Item(18, "Hasil", "hasil", ("result",)),
    Item(19, "Berkas anggaran", "berkas", ("budget",), _never),
    Item(20, "Profil bisnis", "berkas", ("business",), _never),
    Item(21, "Sertifikat kekayaan intelektual", "berkas", ("ip_certificate",), _never),
    Item(22, "Penghargaan", "berkas", ("award",), _never),
)
FILE_SLOTS = {item.fields[0]: item.label for item in ITEMS if item.section == "berkas"}
FILE_TYPES = ("pdf",)
MINISTRY_LIMIT = 2 * 1024 * 1024  # unofficial: two regional copies agree on 2 MB; larger is accepted with a warning

LONGEST_NAME, LONGEST_INITIATOR = 200, 160
LONG_TEXT, DESIGN_TEXT = 10_000, 60_000     # letters
EARLIEST = date(1990, 1, 1)                 # of the three dates
LATITUDES, LONGITUDES = (-11.5, 6.5), (94.5, 141.5)  # what lies in Indonesia


def latest_day(today: date) -> date:
    """A year typed wrong ("20025") lies beyond it; a date within this year may lie ahead."""
    return today.replace(month=12, day=31)


@dataclass(frozen=True)
class Gap:
    """What keeps a profile from being submitted, and the section that asks for it."""
    section: str
    sentence: str


def is_filled(item: Item, profile: Mapping[str, Any]) -> bool:
    needed = item.fields[:1] if profile.get("pkpn_cluster") == NON_PKPN and item.number == 10 else item.fields
    return not any(_is_empty(profile.get(name)) for name in needed)


def _is_empty(value: Any) -> bool:
    """Blanks alone say nothing; nought is a coordinate."""
    return value in (None, "", []) or (isinstance(value, str) and not value.strip())


def filled(profile: Mapping[str, Any]) -> int:
    """How many of the 22 items have something in them."""
    return sum(is_filled(item, profile) for item in ITEMS)


def gaps(profile: Mapping[str, Any], window: Window) -> list[Gap]:
    """Everything a submission would be refused for, in the order of the 22 items."""
    found = [Gap(item.section, f"{item.label} belum diisi.") for item in ITEMS
             if item.wanted(profile, window) and not is_filled(item, profile)]
    words = count_words(profile.get("design"))
    if 0 < words < window.minimum_words_design:
        found.append(Gap("rancang-bangun", f"Rancang bangun baru {words} kata; paling sedikit {window.minimum_words_design} kata."))
    return found
