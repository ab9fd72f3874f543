"""An instrument's file, part by part: the same data in one exact shape, or the faults that keep it from having one."""
from typing import Any

from app.rules.instrument_shape import (
    CODE,
    DECIMAL,
    FIRST_YEAR,
    KINDS,
    LAST_YEAR,
    LONG,
    MOST_PARTS,
    MOST_ROWS,
    PART_CODE,
    ROW_CODE,
    SHORT,
    TITLE,
    YEARS,
    Fault,
    Shape,
)

WHOLE = ("id", "year", "title", "legal_basis", "note", "complete", "years", "scoring", "bands", "eligibility", "indicators", "default_file_types")
SCORING = ("row", "spd_max", "maturity_max", "minimum_divisor", "count_weight", "count_cap", "minimum_basic_affairs", "total_max", "formula")
WINDOW = ("stage", "applied_from", "applied_to", "older_needs_development_within_window", "report_from", "report_to", "minimum_words_design")
ROW = ("code", "aspect", "variable", "name", "weight", "mandatory", "definition", "levels", "evidence")
EVIDENCE = ("documents", "file_types", "rules", "years", "documents_scale_with_level")
COUNTING = ("year_sets", "counted", "set_name", "must_include", "max_video_seconds", "substances", "substances_needed")
DAYS = ("applied_from", "applied_to", "report_from", "report_to")


def read(data: Any) -> tuple[dict[str, Any], list[Fault]]:
    """The instrument in its exact shape, and what does not fit; the first is of use only when there are no faults."""
    faults: list[Fault] = []
    shape = Shape("Aturan", faults)
    whole = shape.keys(data, WHOLE, ("band_note", "forecast", "extended_note"))
    whole["id"] = shape.text("kode instrumen", whole["id"], 40, needed=True, fits=CODE)
    whole["year"] = shape.number("tahun", whole["year"], whole=True)
    if not FIRST_YEAR <= (whole["year"] or 0) <= LAST_YEAR:
        shape.say("tahun", f"antara {FIRST_YEAR} dan {LAST_YEAR}.")
    whole["title"] = shape.text("judul", whole["title"], TITLE, needed=True)
    for name, label in (("legal_basis", "dasar hukum"), ("note", "catatan"), ("band_note", "catatan predikat"),
                        ("extended_note", "catatan tambahan")):
        if name in whole:
            whole[name] = shape.text(label, whole[name], LONG, lines=True)
    whole["complete"] = shape.truth("lengkap", whole["complete"], nothing=False)
    whole["years"] = {name: shape.number(f"tahun {name}", value, whole=True) for name, value in shape.keys(whole["years"], YEARS).items()}
    whole["scoring"] = scoring(shape, whole["scoring"])
    whole["bands"] = [band(shape.at(f"Predikat {n}"), one) for n, one in enumerate(shape.each("predikat", whole["bands"], MOST_PARTS), 1)]
    if "forecast" in whole:
        whole["forecast"] = [forecast(shape.at(f"Perkiraan {n}"), one) for n, one in enumerate(shape.each("perkiraan", whole["forecast"], 30), 1)]
    whole["eligibility"] = window(shape, whole["eligibility"])
    whole["indicators"] = [row(shape, n, one) for n, one in enumerate(shape.each("baris", whole["indicators"], MOST_ROWS), 1)]
    shape.sole("kode baris", [one["code"] for one in whole["indicators"]])
    whole["default_file_types"] = shape.words("jenis berkas umum", whole["default_file_types"], 10)
    return whole, faults


def scoring(shape: Shape, value: Any) -> dict[str, Any]:
    found = shape.keys(value, SCORING)
    for name in ("row", "formula"):
        found[name] = shape.text("kalimat rumus", found[name])
    for name, label in (("spd_max", "SPD paling tinggi"), ("maturity_max", "kematangan paling tinggi"), ("total_max", "jumlah paling tinggi"),
                        ("count_weight", "poin per inovasi")):
        found[name] = shape.number(label, found[name])
    for name, label in (("minimum_divisor", "pembagi paling kecil"), ("count_cap", "inovasi yang dihitung paling banyak"),
                        ("minimum_basic_affairs", "urusan wajib paling sedikit")):
        found[name] = shape.number(label, found[name], whole=True)
    return found


def band(shape: Shape, value: Any) -> dict[str, Any]:
    found = shape.keys(value, ("name", "above"))
    return {"name": shape.text("nama", found["name"], 40), "above": shape.number("batas", found["above"])}


def forecast(shape: Shape, value: Any) -> dict[str, Any]:
    found = shape.keys(value, ("year", "minimum_divisor", "minimum_basic_affairs"))
    labels = {"year": "tahun", "minimum_divisor": "pembagi paling kecil", "minimum_basic_affairs": "urusan wajib paling sedikit"}
    return {name: shape.number(labels[name], found[name], whole=True) for name in found}


def window(shape: Shape, value: Any) -> dict[str, Any]:
    found = shape.keys(value, WINDOW)
    labels = {"applied_from": "diterapkan dari", "applied_to": "diterapkan sampai", "report_from": "pelaporan dari", "report_to": "pelaporan sampai"}
    found |= {name: shape.day(labels[name], found[name]) for name in DAYS}
    found["stage"] = shape.text("tahapan", found["stage"], 40)
    found["older_needs_development_within_window"] = shape.truth("inovasi lama", found["older_needs_development_within_window"])
    found["minimum_words_design"] = shape.number("kata rancang bangun", found["minimum_words_design"], whole=True)
    return found


def row(whole: Shape, number: int, value: Any) -> dict[str, Any]:
    given = value.get("code") if isinstance(value, dict) else None
    code = given if isinstance(given, str) and ROW_CODE.fullmatch(given) else ""
    shape = whole.at(f"Baris {code}" if code else f"Baris ke-{number}", code)
    found = shape.keys(value, ROW, ("source_note", "formula", "bases"))
    found["code"] = shape.text("kode", found["code"], 8, needed=True, fits=ROW_CODE)
    if found["aspect"] not in ("SPD", "SID"):
        shape.say("aspek", "SPD atau SID.")
    found["variable"] = shape.text("variabel", found["variable"], 80)
    found["name"] = shape.text("nama", found["name"], 160)
    found["weight"] = shape.number("bobot", found["weight"], most=100)
    found["mandatory"] = shape.truth("wajib", found["mandatory"])
    found["definition"] = shape.text("definisi", found["definition"], LONG, lines=True)
    found["levels"] = shape.levels(found["levels"])
    found["evidence"] = evidence(shape, found["evidence"])
    if "source_note" in found:
        found["source_note"] = shape.text("catatan sumber", found["source_note"], LONG, lines=True)
    if "formula" in found:
        found["formula"] = formula(shape, found["formula"])
    if "bases" in found:
        found["bases"] = [basis(shape, one) for one in shape.each("satuan ukur", found["bases"], MOST_PARTS)]
        shape.sole("kode satuan ukur", [one["code"] for one in found["bases"]])
    return found


def evidence(shape: Shape, value: Any) -> dict[str, Any]:
    found = shape.keys(value, EVIDENCE, COUNTING)
    found["documents"], found["rules"] = shape.words("dokumen", found["documents"]), shape.words("aturan bukti", found["rules"])
    found["file_types"] = shape.words("jenis berkas", found["file_types"], 10) or None
    found["years"] = shape.years("tahun bukti", found["years"]) or None
    found["documents_scale_with_level"] = shape.truth("dokumen mengikuti level", found["documents_scale_with_level"], nothing=False)
    if "year_sets" in found:
        found["year_sets"] = shape.by_level("pilihan tahun", found["year_sets"], lambda field, each: [
            shape.years(field, one) for one in shape.each(field, each, MOST_PARTS)])
    if "counted" in found:
        found["counted"] = shape.truth("dihitung per set", found["counted"])
    if "set_name" in found:
        found["set_name"] = shape.text("nama set", found["set_name"], 40)
    if "must_include" in found:
        found["must_include"] = shape.words("harus ada", found["must_include"], 10)
    if "max_video_seconds" in found:
        found["max_video_seconds"] = shape.number("detik video", found["max_video_seconds"], whole=True)
    if "substances" in found:
        found["substances"] = [part(shape, one) for one in shape.each("substansi", found["substances"], MOST_PARTS)]
        shape.sole("kode substansi", [one["code"] for one in found["substances"]])
    if "substances_needed" in found:
        found["substances_needed"] = shape.by_level("substansi yang perlu", found["substances_needed"],
                                                    lambda field, each: shape.number(field, each, whole=True))
    return found


def part(shape: Shape, value: Any) -> dict[str, Any]:
    found = shape.keys(value, ("code", "name"))
    return {"code": shape.text("kode substansi", found["code"], 20, needed=True, fits=PART_CODE),
            "name": shape.text("nama substansi", found["name"], 80)}


def basis(row: Shape, value: Any) -> dict[str, Any]:
    given = value.get("code") if isinstance(value, dict) else None
    shape = row.at(f"{row.place}, satuan ukur {given}" if isinstance(given, str) and PART_CODE.fullmatch(given) else f"{row.place}, satuan ukur")
    found = shape.keys(value, ("code", "name"), ("unit", "levels", "documents", "file_types"))
    found["code"] = shape.text("kode", found["code"], 20, needed=True, fits=PART_CODE)
    found["name"] = shape.text("nama", found["name"], 80)
    if "unit" in found:
        found["unit"] = shape.text("satuan", found["unit"], 40)
    if "levels" in found:
        found["levels"] = shape.levels(found["levels"])
    for name, label in (("documents", "dokumen"), ("file_types", "jenis berkas")):
        if name in found:
            found[name] = shape.words(label, found[name])
    return found


def formula(shape: Shape, value: Any) -> dict[str, Any]:
    found = shape.keys(value, ("kind", "inputs", "measure", "result", "decimals", "levels"), ("most",))
    if found["kind"] not in KINDS:
        shape.say("jenis rumus", "pertumbuhan, penurunan, kenaikan, atau nilai.")
    found["inputs"] = [asked(shape, one) for one in shape.each("angka rumus", found["inputs"], 2)]
    found["measure"], found["result"] = (shape.text(label, found[name], 40, needed=True)
                                         for name, label in (("measure", "satuan angka"), ("result", "satuan hasil")))
    found["decimals"] = shape.number("desimal", found["decimals"], whole=True, most=6)
    if "most" in found:
        found["most"] = shape.number("angka paling besar", found["most"], most=10**15)
    found["levels"] = shape.by_level("batas", found["levels"], lambda field, each: limits(shape, field, each), whole=True)
    return found


def asked(shape: Shape, value: Any) -> dict[str, Any]:
    found = shape.keys(value, ("year", "label"))
    if found["year"] not in YEARS:
        shape.say("tahun angka rumus", "T-0, T-1, atau T-2.")
    return {"year": found["year"], "label": shape.text("nama angka rumus", found["label"], SHORT, needed=True)}


def limits(shape: Shape, field: str, value: Any) -> list[str | None]:
    """The lowest and the highest value, both inside; None where it is open."""
    if not isinstance(value, list) or len(value) != 2:
        shape.say(field, "dua batas: paling rendah dan paling tinggi.")
        return [None, None]
    return [shape.text(field, one, 20, fits=DECIMAL) for one in value]
