"""Names for teams, participants and receivers in the sample documents."""

from dataclasses import dataclass

from app.demo.content.catalogue import Innovation
from app.demo.content.source import load
from app.demo.content.words import chance, pick

_names = load("names")
ROLES = (
    "Menyusun jadwal dan membagi tugas regu",
    "Mendata sasaran dan memeriksa kelengkapan",
    "Mendampingi penerima manfaat di lapangan",
    "Mencatat layanan harian dan rekap bulanan",
    "Menangani pengaduan paling lama dua hari",
    "Melatih petugas baru dan kader",
    "Mengelola sarana dan alat kerja",
    "Menyiapkan dokumentasi dan publikasi",
    "Menghubungkan dengan perangkat daerah mitra",
    "Menyusun laporan triwulan",
    "Mengukur manfaat dan survei kepuasan",
    "Menjaga arsip bukti dan anggaran",
)
HEADS = ("Penanggung jawab", "Ketua pelaksana", "Sekretaris tim", "Koordinator lapangan")


@dataclass(frozen=True)
class Member:
    name: str
    office: str
    role: str


def people(count: int, *seed: object) -> list[str]:
    """That many different full names, the same for the same seed."""
    first, last = _names["first"], _names["last"]
    numbers = chance("nama", *seed).sample(range(len(first) * len(last)), count)
    return [f"{first[number // len(last)]} {last[number % len(last)]}" for number in numbers]


def actors(innovation: Innovation) -> dict[str, str]:
    """Who takes part beside the government, by element; stronger innovations have more elements."""
    taken = {"Akademisi": pick(_names["campus"], "kampus", innovation.key)}
    taken["Komunitas"] = f"Kelompok Warga Peduli {innovation.name.title()}"
    if innovation.strength >= 3:
        taken["Bisnis"] = pick(_names["business"], "usaha", innovation.key)
    if innovation.strength >= 4:
        taken["Media"] = pick(_names["media"], "media", innovation.key)
    return taken


def team(innovation: Innovation) -> list[Member]:
    """The team in the decree's annex: leaders from the unit, then partners, actors and field officers."""
    offices = [innovation.unit.short] * 4
    offices += [unit.short for unit in innovation.partners]
    offices += list(actors(innovation).values())
    offices += [innovation.unit.short] * innovation.team
    return [
        Member(name, office, HEADS[place] if place < 4 else ROLES[place % len(ROLES)])
        for place, (name, office) in enumerate(zip(people(innovation.team, "tim", innovation.key), offices, strict=False))
    ]


def villages(count: int, *seed: object) -> list[str]:
    return chance("desa", *seed).sample(_names["village"], count)


def regions(count: int, *seed: object) -> list[str]:
    return chance("daerah", *seed).sample(_names["region"], count)
