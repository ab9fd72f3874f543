"""An instrument moved to another year: what the forecast of that year says, dates and years shifted, the rest as it was."""
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from app.rules.instrument_reading import DAYS
from app.rules.instrument_shape import YEARS
from app.rules.instrument_words import figure

FORECAST = ("minimum_divisor", "minimum_basic_affairs")


def moved(data: Mapping[str, Any], year: int, taken: Collection[str] = ()) -> dict[str, Any]:
    """A new instrument for `year` with a code that is not among `taken`. Its legal basis is empty: that is another letter."""
    code = free_code(f"iid-{year}", taken)
    title = data["title"].replace(str(data["year"]), str(year)).removesuffix(" (latihan)")
    if not code.endswith(str(year)):
        title = f"{title.partition(' (versi ')[0]} (versi {code.rpartition('-')[2]})"
    forecast: Mapping[str, Any] = next((one for one in data.get("forecast", ()) if one["year"] == year and year != data["year"]), {})
    scoring = {**data["scoring"], **{name: forecast[name] for name in FORECAST if name in forecast}}
    window = {name: shifted(value, year - data["year"]) if name in DAYS else value for name, value in data["eligibility"].items()}
    return with_sentences({**data, "id": code, "year": year, "title": title, "legal_basis": data["legal_basis"] if year == data["year"] else None,
                           "note": f"Disusun dari {data['title']}. Cocokkan dengan pedoman {year} sebelum diterbitkan.",
                           "years": {name: year - back for back, name in enumerate(YEARS)}, "scoring": scoring, "eligibility": window})


def free_code(code: str, taken: Collection[str]) -> str:
    """`iid-2027`, or `iid-2027-2` where that one is there already."""
    stem, _, version = code.rpartition("-") if code.count("-") > 1 else (code, "", "")
    base = stem if version.isdecimal() else code
    return next(one for one in [code, *(f"{base}-{n}" for n in range(2, len(taken) + 3))] if one not in taken)


def shifted(day: str | None, years: int) -> str | None:
    """The same day of another year; 29 February becomes 28."""
    if day is None:
        return None
    found = date.fromisoformat(day)
    leap = (found.month, found.day) == (2, 29)
    return (found.replace(day=28) if leap else found).replace(year=found.year + years).isoformat()


def with_sentences(data: Mapping[str, Any]) -> dict[str, Any]:
    """With the sentences that say the numbers over again."""
    return {**data, "scoring": {**data["scoring"], "formula": formula_in_words(data["scoring"])}, "band_note": bands_in_words(data["bands"])}


def formula_in_words(scoring: Mapping[str, Any]) -> str:
    total, divisor, weight, cap = (figure(scoring[name]) or "…" for name in ("total_max", "minimum_divisor", "count_weight", "count_cap"))
    count, gate = f"{weight} × min(n, {cap})", scoring["minimum_basic_affairs"]
    if gate is None:
        return f"IID = (SPD + Σ kematangan / max({divisor}, n) + {count}) / {total} × 100"
    return (f"IID = (SPD + Σ kematangan / max({divisor}, n) + jumlah) / {total} × 100; jumlah = {count} bila urusan wajib pelayanan dasar "
            f"yang dikirim ≥ {gate}, selain itu 0")


def bands_in_words(bands: Sequence[Mapping[str, Any]]) -> str:
    """`Sangat Inovatif 65,01–100; … Tidak Dapat Dinilai 0 (indeks dibulatkan dua desimal)`."""
    most, parts = "100", []
    for band in bands:
        if band["above"] is None:
            parts.append(f"{band['name']} {most.removesuffix(',00')}")
            continue
        low = f"{band['above'] + 0.01:.2f}".replace(".", ",")
        parts.append(f"{band['name']} {low}–{most}")
        most = f"{band['above']:.2f}".replace(".", ",")
    return f"{'; '.join(parts)} (indeks dibulatkan dua desimal)"
