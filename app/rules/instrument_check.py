"""Whether an instrument is right and complete, so that it may be published. The data has its exact shape already (`instrument_reading`)."""
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from app.rules.codelists import BASIC_AFFAIRS, STAGES
from app.rules.instrument_shape import LEVELS, YEARS, Fault, Shape
from app.rules.instrument_words import figure
from app.rules.scoring import HIGHEST
from app.rules.words import listed

FILE_TYPES = ("pdf", "jpg", "jpeg", "png", "mp4", "url")
MOST_WORDS = 5000
ENDLESS = Decimal("Infinity")
NEEDED = {"name": "nama", "variable": "variabel", "definition": "definisi"}


def check(data: Mapping[str, Any]) -> list[Fault]:
    """What has to be mended before it is published, in the order of the file."""
    faults: list[Fault] = []
    shape = Shape("Aturan", faults)
    if not data["legal_basis"]:
        shape.say("dasar hukum", "belum diisi. Tulis surat atau peraturan yang menetapkan instrumen ini.")
    _years(shape, data["year"], data["years"])
    _scoring(shape, data)
    _bands(shape.at("Predikat"), data["bands"])
    _forecast(shape.at("Perkiraan"), data.get("forecast", []))
    _window(shape, data["year"], data["eligibility"])
    _types(shape, "jenis berkas umum", data["default_file_types"], needed=True)
    for row in data["indicators"]:
        _row(shape.at(f"Baris {row['code']}", row["code"]), row)
    return faults


def _years(shape: Shape, year: int, years: Mapping[str, int]) -> None:
    for back, name in enumerate(YEARS):
        if years[name] != year - back:
            shape.say(f"tahun {name}", f"seharusnya {year - back}.")


def _scoring(shape: Shape, data: Mapping[str, Any]) -> None:
    scoring = data["scoring"]
    for name, label in (("spd_max", "SPD paling tinggi"), ("maturity_max", "kematangan paling tinggi"), ("total_max", "jumlah paling tinggi"),
                        ("minimum_divisor", "pembagi paling kecil"), ("count_cap", "inovasi yang dihitung paling banyak"),
                        ("count_weight", "poin per inovasi")):
        if scoring[name] is None or scoring[name] <= 0:
            shape.say(label, "belum diisi." if scoring[name] is None else "harus lebih dari 0.")
    gate = scoring["minimum_basic_affairs"]
    if gate is not None and not 1 <= gate <= len(BASIC_AFFAIRS):
        shape.say("urusan wajib paling sedikit", f"antara 1 dan {len(BASIC_AFFAIRS)}, atau kosong bila tanpa syarat.")
    for aspect, name, label in (("SPD", "spd_max", "SPD paling tinggi"), ("SID", "maturity_max", "kematangan paling tinggi")):
        rows = [_exact(row["weight"]) for row in data["indicators"] if row["aspect"] == aspect]
        most = sum(rows, Decimal(0)) * HIGHEST
        if not rows:
            shape.say(f"baris {aspect}", "belum ada.")
        elif scoring[name] is not None and most != _exact(scoring[name]):
            shape.say(label, f"tertulis {figure(scoring[name])}, padahal bobot {len(rows)} baris {aspect} × {HIGHEST} = {figure(str(most))}.")
    if None not in (parts := [scoring[name] for name in ("spd_max", "maturity_max", "count_weight", "count_cap", "total_max")]):
        spd, maturity, weight, cap, total = map(_exact, parts)
        if spd + maturity + weight * cap != total:
            shape.say("jumlah paling tinggi", f"tertulis {figure(str(total))}, padahal SPD + kematangan + poin per inovasi × paling banyak = "
                                              f"{figure(str((spd + maturity + weight * cap).normalize()))}.")


def _exact(value: float | None) -> Decimal:
    return Decimal(str(value or 0))


def _bands(shape: Shape, bands: Sequence[Mapping[str, Any]]) -> None:
    names, limits = [band["name"] for band in bands], [band["above"] for band in bands]
    if len(bands) < 2 or None in names:
        shape.say("nama", "tulis sekurangnya dua predikat, semuanya bernama.")
    if twice := [name for name, count in Counter(names).items() if name and count > 1]:
        shape.say("nama", f"{listed(twice)} ada dua kali.")
    if bands and limits[-1] is not None:
        shape.say("batas", "predikat terakhir tanpa batas, supaya setiap indeks punya predikat.")
    if None in limits[:-1]:
        shape.say("batas", "hanya predikat terakhir yang tanpa batas.")
    elif any(a <= b for a, b in pairwise(limits[:-1])):
        shape.say("batas", "dari yang tertinggi ke yang terendah.")
    if any(limit is not None and not 0 <= limit < 100 for limit in limits):
        shape.say("batas", "antara 0 dan di bawah 100.")
    if any(limit is not None and _exact(limit) != round(_exact(limit), 2) for limit in limits):
        shape.say("batas", "paling banyak dua desimal, seperti indeksnya.")


def _forecast(shape: Shape, years: Sequence[Mapping[str, Any]]) -> None:
    if len({one["year"] for one in years}) < len(years):
        shape.say("tahun", "tiap tahun sekali.")
    for one in years:
        gate = one["minimum_basic_affairs"]
        if not one["year"] or (one["minimum_divisor"] or 0) < 1 or not (gate is None or 1 <= gate <= len(BASIC_AFFAIRS)):
            shape.say(f"tahun {one['year'] or '?'}", f"pembagi mulai 1, urusan wajib 1 sampai {len(BASIC_AFFAIRS)}.")


def _window(shape: Shape, year: int, window: Mapping[str, Any]) -> None:
    if window["stage"] not in [stage.lower() for stage in STAGES]:
        shape.say("tahapan", f"{listed([stage.lower() for stage in STAGES], 'atau')}.")
    for first, last, label in (("applied_from", "applied_to", "diterapkan"), ("report_from", "report_to", "pelaporan")):
        if not window[first] or not window[last]:
            shape.say(label, "isi kedua tanggalnya.")
        elif window[first] > window[last]:
            shape.say(label, "tanggal akhirnya sebelum tanggal mulainya.")
        elif not year - 5 <= int(window[first][:4]) <= int(window[last][:4]) <= year + 1:
            shape.say(label, f"tanggalnya terlalu jauh dari tahun {year}.")
    if window["older_needs_development_within_window"] is None:
        shape.say("inovasi lama", "belum dipilih ya atau tidak.")
    if window["minimum_words_design"] is None or not 0 <= window["minimum_words_design"] <= MOST_WORDS:
        shape.say("kata rancang bangun", f"antara 0 dan {figure(MOST_WORDS)}.")


def _types(shape: Shape, label: str, names: Sequence[str] | None, needed: bool = False) -> None:
    if unknown := [name for name in names or () if name not in FILE_TYPES]:
        shape.say(label, f"{listed([f'“{name}”' for name in unknown])} tidak dikenal. Pilih dari {listed(FILE_TYPES)}.")
    if needed and not names:
        shape.say(label, "belum diisi.")


def _row(shape: Shape, row: Mapping[str, Any]) -> None:
    for name, label in NEEDED.items():
        if not row[name]:
            shape.say(label, "belum diisi.")
    if row["mandatory"] is None:
        shape.say("wajib", "belum dipilih ya atau tidak.")
    if row["weight"] is None or row["weight"] <= 0 or _exact(row["weight"]) != round(_exact(row["weight"]), 2):
        shape.say("bobot", "belum diisi." if row["weight"] is None else "lebih dari 0, paling banyak dua desimal.")
    for one in row["levels"]:
        if not one["label"]:
            shape.say(f"level {one['level']}", "belum ada uraiannya.")
    for basis in row.get("bases", ()):
        part = shape.at(f"Baris {row['code']}, satuan ukur {basis['code']}")
        if not basis["name"] or not all(one["label"] for one in basis.get("levels", ())):
            part.say("nama dan level", "belum lengkap.")
        _types(part, "jenis berkas", basis.get("file_types"))
    _evidence(shape, row["evidence"])
    if formula := row.get("formula"):
        if row["aspect"] != "SPD":
            shape.say("rumus", "hanya untuk baris SPD.")
        _formula(shape, formula)


def _evidence(shape: Shape, evidence: Mapping[str, Any]) -> None:
    _types(shape, "jenis berkas", evidence["file_types"])
    _types(shape, "harus ada", evidence.get("must_include"))
    if evidence.get("counted") and not evidence.get("set_name"):
        shape.say("nama set", "belum diisi, padahal bukti dihitung per set.")
    if (sets := evidence.get("year_sets")) is not None:
        if set(sets) != set(map(str, LEVELS)) or not all(choices and all(choices) for choices in sets.values()):
            shape.say("pilihan tahun", "ditulis untuk level 1, 2, dan 3.")
        beyond = {name for choices in sets.values() for choice in choices for name in choice} - set(evidence["years"] or YEARS)
        if beyond:
            shape.say("pilihan tahun", f"{listed(sorted(beyond))} tidak ada di tahun bukti baris ini.")
    substances, needed = evidence.get("substances", []), evidence.get("substances_needed")
    if any(not one["name"] for one in substances):
        shape.say("substansi", "ada yang belum bernama.")
    if needed is not None:
        numbers = [needed.get(str(level)) for level in LEVELS]
        if None in numbers or sorted(numbers) != numbers or not 0 <= numbers[0] <= numbers[-1] <= len(substances):
            shape.say("substansi yang perlu", f"naik dari level 1 ke 3 dan paling banyak {len(substances)}.")
    elif substances:
        shape.say("substansi yang perlu", "ditulis untuk level 1, 2, dan 3.")
    if (seconds := evidence.get("max_video_seconds")) is not None and not 1 <= seconds <= 3600:
        shape.say("detik video", "antara 1 dan 3.600.")


def _formula(shape: Shape, formula: Mapping[str, Any]) -> None:
    """Every value the formula may have needs a level; where the guideline's limits overlap, two."""
    asked = [one["year"] for one in formula["inputs"]]
    if len(asked) != (1 if formula["kind"] == "value" else 2) or len(set(asked)) < len(asked):
        shape.say("angka rumus", "satu tahun untuk nilai, dua tahun yang berbeda untuk yang lain.")
    if formula["decimals"] is None or formula["decimals"] < 0:
        shape.say("desimal", "antara 0 dan 6.")
        return
    step = Decimal(1).scaleb(-formula["decimals"])
    limits = {level: [None if text is None else Decimal(text) for text in both] for level, both in formula["levels"].items()}
    for level, (low, high) in limits.items():
        if low is not None and high is not None and low > high:
            shape.say(f"batas level {level}", "batas bawahnya di atas batas atasnya.")
            return
    spans = sorted((-ENDLESS if low is None else low, ENDLESS if high is None else high) for low, high in limits.values())
    reach = spans[0][1]
    if spans[0][0].is_finite():
        shape.say("batas level", f"nilai di bawah {figure(str(spans[0][0]))} tidak punya level.")
    for low, high in spans[1:]:
        if low > reach + step:
            shape.say("batas level", f"nilai di antara {figure(str(reach))} dan {figure(str(low))} tidak punya level.")
        reach = max(reach, high)
    if reach.is_finite():
        shape.say("batas level", f"nilai di atas {figure(str(reach))} tidak punya level.")
