"""An instrument as the sheets of one workbook, and back: nothing is lost on the way. A table is its headings and then its rows; what a cell
holds is a text, a number or None, and lists stand in one cell."""
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from app.rules.instrument_shape import LEVELS, YEARS, Fault, Shape
from app.rules.instrument_words import KINDS, LABELS
from app.rules.intake import FORMULA, Failed
from app.rules.words import listed

Tables = dict[str, list[list[Any]]]
RULES, BANDS, FORECAST, ROWS, MEASURES, LEVEL, SUBSTANCES, FORMULAS = (
    "Aturan", "Predikat", "Perkiraan", "Baris", "Satuan ukur", "Level", "Substansi", "Rumus")
YES, NO = "ya", "tidak"
TRUTHS = {YES: True, NO: False}


class Way(NamedTuple):
    """How a value is written into a cell and read from it; what cannot be read comes back as it is, for the shape to name."""
    to: Callable[[Any], Any]
    back: Callable[[Any], Any]


def _split(mark: str) -> Way:
    return Way(lambda value: mark.join(value) if value else None,
               lambda cell: [part.strip() for part in cell.split(mark.strip(" ")) if part.strip()] if isinstance(cell, str) else cell)


def _exact_text(cell: Any) -> Any:
    """A code or a limit: typed over in a spreadsheet it may have become a number, or got a decimal comma."""
    if isinstance(cell, bool) or cell is None:
        return cell
    return f"{cell:g}" if isinstance(cell, int | float) else cell


PLAIN = Way(lambda value: value, lambda cell: cell)
LINES, LIST = _split("\n"), _split(", ")
TRUTH = Way(lambda value: None if value is None else YES if value else NO,
            lambda cell: TRUTHS.get(cell.lower(), cell) if isinstance(cell, str) else cell)
CODED = Way(lambda value: value, _exact_text)
LIMIT = Way(lambda value: value, lambda cell: found.replace(",", ".").replace("−", "-") if isinstance(found := _exact_text(cell), str) else found)
KIND = Way(lambda value: KINDS.get(value, value), lambda cell: next((key for key, name in KINDS.items() if name == cell), cell))
CHOICES = Way(lambda value: " / ".join(" + ".join(choice) for choice in value) if value else None,
              lambda cell: cell if not isinstance(cell, str) else [[year.strip() for year in choice.split("+")] for choice in cell.split("/")])

RULE_WAYS = {"complete": TRUTH, "default_file_types": LIST, "eligibility.older_needs_development_within_window": TRUTH}
MORE_LABELS = {"id": "Kode instrumen", "year": "Tahun", "complete": "Lengkap", "band_note": "Catatan predikat", "extended_note": "Catatan tambahan",
               "default_file_types": "Jenis berkas umum", "scoring.row": "Rumus baris", "scoring.formula": "Rumus indeks",
               **{f"years.{name}": f"Tahun {name}" for name in YEARS}}
ROW_COLUMNS = {"Kode": ("code", CODED), "Aspek": ("aspect", PLAIN), "Variabel": ("variable", PLAIN), "Nama": ("name", PLAIN),
               "Bobot": ("weight", PLAIN), "Wajib": ("mandatory", TRUTH), "Definisi": ("definition", PLAIN), "Catatan sumber": ("source_note", PLAIN)}
EVIDENCE_COLUMNS = {"Dokumen": ("documents", LINES), "Jenis berkas": ("file_types", LIST), "Aturan bukti": ("rules", LINES),
                    "Tahun bukti": ("years", LIST), "Dokumen mengikuti level": ("documents_scale_with_level", TRUTH),
                    "Dihitung per set": ("counted", TRUTH), "Nama set": ("set_name", PLAIN), "Harus ada": ("must_include", LIST),
                    "Detik video": ("max_video_seconds", PLAIN)}
MEASURE_COLUMNS = {"Kode": ("code", CODED), "Nama": ("name", PLAIN), "Satuan": ("unit", PLAIN), "Dokumen": ("documents", LINES),
                   "Jenis berkas": ("file_types", LIST)}
FORMULA_COLUMNS = {"Jenis": ("kind", KIND), "Satuan angka": ("measure", PLAIN), "Paling besar": ("most", PLAIN), "Satuan hasil": ("result", PLAIN),
                   "Desimal": ("decimals", PLAIN)}
BAND_COLUMNS = {"Nama": ("name", PLAIN), "Di atas": ("above", PLAIN)}
FORECAST_COLUMNS = {"Tahun": ("year", PLAIN), "Pembagi paling kecil": ("minimum_divisor", PLAIN),
                    "Urusan wajib paling sedikit": ("minimum_basic_affairs", PLAIN)}
INPUTS = [f"{what} {n}" for n in (1, 2) for what in ("Tahun", "Isian")]
LIMITS = [f"Level {level} {end}" for level in LEVELS for end in ("dari", "sampai")]
HEADS = {
    RULES: ["Kunci", "Isian", "Nilai"], BANDS: [*BAND_COLUMNS], FORECAST: [*FORECAST_COLUMNS], ROWS: [*ROW_COLUMNS, *EVIDENCE_COLUMNS],
    MEASURES: ["Baris", *MEASURE_COLUMNS], LEVEL: ["Baris", "Satuan ukur", "Level", "Uraian", "Pilihan tahun", "Substansi yang perlu"],
    SUBSTANCES: ["Baris", "Kode", "Nama"], FORMULAS: ["Baris", *FORMULA_COLUMNS, *INPUTS, *LIMITS]}
NO_EVIDENCE: dict[str, Any] = {"documents": [], "file_types": None, "rules": [], "years": None, "documents_scale_with_level": False}


# Written

def tables(data: Mapping[str, Any]) -> Tables:
    """One table a sheet. The data has its exact shape."""
    found: Tables = {name: [list(heads)] for name, heads in HEADS.items()}
    for key, value in _rules(data):
        found[RULES].append([key, label_of(key), RULE_WAYS.get(key, PLAIN).to(value)])
    found[BANDS] += [_cells(BAND_COLUMNS, one) for one in data["bands"]]
    found[FORECAST] += [_cells(FORECAST_COLUMNS, one) for one in data.get("forecast", ())]
    for row in data["indicators"]:
        code, evidence = row["code"], row["evidence"]
        found[ROWS].append(_cells(ROW_COLUMNS, row) + _cells(EVIDENCE_COLUMNS, evidence))
        for one in row["levels"]:
            level = str(one["level"])
            found[LEVEL].append([code, None, one["level"], one["label"], CHOICES.to(evidence.get("year_sets", {}).get(level)),
                                 evidence.get("substances_needed", {}).get(level)])
        found[SUBSTANCES] += [[code, one["code"], one["name"]] for one in evidence.get("substances", ())]
        for basis in row.get("bases", ()):
            found[MEASURES].append([code, *_cells(MEASURE_COLUMNS, basis)])
            found[LEVEL] += [[code, basis["code"], one["level"], one["label"], None, None] for one in basis.get("levels", ())]
        if formula := row.get("formula"):
            asked = [cell for one in formula["inputs"] for cell in (one["year"], one["label"])]
            limits = [limit for level in LEVELS for limit in formula["levels"][str(level)]]
            found[FORMULAS].append([code, *_cells(FORMULA_COLUMNS, formula), *asked, *[None] * (len(INPUTS) - len(asked)), *limits])
    return found


def _rules(data: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Everything but the lists, by key; a part's names stand behind a point."""
    flat: list[tuple[str, Any]] = []
    for key, value in data.items():
        if isinstance(value, Mapping):
            flat += [(f"{key}.{name}", one) for name, one in value.items()]
        elif key not in ("bands", "forecast", "indicators"):
            flat.append((key, value))
    return flat


def label_of(key: str) -> str:
    part, _, name = key.rpartition(".")
    return MORE_LABELS.get(key) or LABELS.get((part, name), key)


def _cells(columns: Mapping[str, tuple[str, Way]], part: Mapping[str, Any]) -> list[Any]:
    return [way.to(part.get(name)) for name, way in columns.values()]


# Read

def data_of(found: Mapping[str, Sequence[Sequence[Any]]]) -> tuple[dict[str, Any], list[Fault]]:
    """What the sheets say, in the shape of a file and not yet checked; the faults are of the sheets themselves."""
    faults: list[Fault] = []
    read = {name: _lines(name, found.get(name), faults) for name in HEADS}
    data: dict[str, Any] = {}
    for line in read[RULES]:
        key = str(line["Kunci"] or "")
        part, _, name = key.rpartition(".")
        held = data.setdefault(part, {}) if part else data
        (held if isinstance(held, dict) else data)[name] = RULE_WAYS.get(key, PLAIN).back(line["Nilai"])
    data["bands"] = [_part(BAND_COLUMNS, line) for line in read[BANDS]]
    if read[FORECAST]:
        data["forecast"] = [_part(FORECAST_COLUMNS, line) for line in read[FORECAST]]
    rows: dict[Any, dict[str, Any]] = {}
    data["indicators"] = []
    for line in read[ROWS]:
        evidence = NO_EVIDENCE | {name: value for name, value in _part(EVIDENCE_COLUMNS, line).items() if value is not None}
        row = {**_part(ROW_COLUMNS, line), "levels": [], "evidence": evidence}
        data["indicators"].append(row)
        rows.setdefault(row["code"], row)
    for name, put in ((MEASURES, _put_measure), (LEVEL, _put_level), (SUBSTANCES, _put_substance), (FORMULAS, _put_formula)):
        for place, line in enumerate(read[name], 2):
            shape, owner = Shape(f"Lembar {name} baris {place}", faults), rows.get(_exact_text(line["Baris"]))
            if owner is None:
                shape.say("kolom Baris", f"kode “{str(line['Baris'] or '')[:20]}” tidak ada di lembar {ROWS}.")
            elif not put(owner, line):
                shape.say("kolom Satuan ukur", f"tidak ada di lembar {MEASURES}.")
    return data, faults


def _lines(name: str, table: Sequence[Sequence[Any]] | None, faults: list[Fault]) -> list[dict[str, Any]]:
    shape = Shape(f"Lembar {name}", faults)
    if not table:
        shape.say("lembar", "tidak ada.")
        return []
    heads, lines = list(table[0]), []
    if missing := [head for head in HEADS[name] if head not in heads]:
        shape.say("judul kolom", f"{listed([f'“{head}”' for head in missing])} tidak ada di baris pertama.")
        return []
    for place, cells in enumerate(table[1:], 2):
        line = {head: cell for head, cell in zip(heads, cells, strict=False) if head in HEADS[name]}
        for head, cell in line.items():
            if cell is FORMULA or isinstance(cell, Failed):
                why = cell.why if isinstance(cell, Failed) else "berisi rumus Excel. Tulis nilainya."
                shape.at(f"Lembar {name} baris {place}").say(f"kolom {head}", why)
                line[head] = None
        lines.append(dict.fromkeys(HEADS[name]) | line)
    while lines and not any(value is not None for value in lines[-1].values()):
        lines.pop()
    return lines


def _part(columns: Mapping[str, tuple[str, Way]], line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: way.back(line[head]) for head, (name, way) in columns.items()}


def _put_measure(row: dict[str, Any], line: Mapping[str, Any]) -> bool:
    row.setdefault("bases", []).append(_part(MEASURE_COLUMNS, line))
    return True


def _put_level(row: dict[str, Any], line: Mapping[str, Any]) -> bool:
    code, level = _exact_text(line["Satuan ukur"]), {"level": line["Level"], "label": line["Uraian"]}
    if code is not None:
        basis = next((one for one in row.get("bases", ()) if one["code"] == code), None)
        if basis is not None:
            basis.setdefault("levels", []).append(level)
        return basis is not None
    row["levels"].append(level)
    for head, name, way in (("Pilihan tahun", "year_sets", CHOICES), ("Substansi yang perlu", "substances_needed", PLAIN)):
        if line[head] is not None:
            row["evidence"].setdefault(name, {})[str(_exact_text(line["Level"]))] = way.back(line[head])
    return True


def _put_substance(row: dict[str, Any], line: Mapping[str, Any]) -> bool:
    row["evidence"].setdefault("substances", []).append({"code": _exact_text(line["Kode"]), "name": line["Nama"]})
    return True


def _put_formula(row: dict[str, Any], line: Mapping[str, Any]) -> bool:
    asked = [{"year": line[f"Tahun {n}"], "label": line[f"Isian {n}"]} for n in (1, 2)]
    limits = [LIMIT.back(line[head]) for head in LIMITS]
    row["formula"] = {**_part(FORMULA_COLUMNS, line), "inputs": [one for one in asked if one["year"] or one["label"]],
                      "levels": {str(level): limits[2 * n:2 * n + 2] for n, level in enumerate(LEVELS)}}
    return True
