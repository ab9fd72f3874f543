"""An instrument in words: each rule and each row as labelled texts, for reading it, for comparing two and for what an edit changed.
None stands for what the instrument does not say."""
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from app.rules.words import listed, on_date

Facts = dict[str, str | None]
LABELS = {  # (part, name): as the screen calls it
    ("", "title"): "Judul", ("", "legal_basis"): "Dasar hukum", ("", "note"): "Catatan",
    ("scoring", "spd_max"): "SPD paling tinggi", ("scoring", "maturity_max"): "Kematangan paling tinggi",
    ("scoring", "total_max"): "Jumlah paling tinggi", ("scoring", "minimum_divisor"): "Pembagi paling kecil",
    ("scoring", "count_weight"): "Poin per inovasi", ("scoring", "count_cap"): "Inovasi yang dihitung paling banyak",
    ("scoring", "minimum_basic_affairs"): "Urusan wajib pelayanan dasar paling sedikit",
    ("eligibility", "stage"): "Tahapan yang dinilai",
    ("eligibility", "applied_from"): "Diterapkan dari", ("eligibility", "applied_to"): "Diterapkan sampai",
    ("eligibility", "older_needs_development_within_window"): "Inovasi lama dinilai bila dikembangkan dalam rentang itu",
    ("eligibility", "minimum_words_design"): "Kata rancang bangun paling sedikit",
    ("eligibility", "report_from"): "Pelaporan dari", ("eligibility", "report_to"): "Pelaporan sampai",
}
KINDS = {"growth": "pertumbuhan", "fall": "penurunan", "rise": "kenaikan", "value": "nilai"}
NO_GATE = "tanpa syarat"


def figure(value: float | str | None) -> str | None:
    """With a decimal comma and a real minus."""
    return None if value is None else format_decimal(Decimal(str(value)), "#,##0.######", locale="id").replace("-", "−")


def rules_of(data: Mapping[str, Any]) -> Facts:
    """What holds for the whole year."""
    facts = {label: _said(name, (data[part] if part else data).get(name)) for (part, name), label in LABELS.items()}
    for one in data["bands"]:
        facts[f"Predikat {one['name']}"] = "selebihnya" if one["above"] is None else f"di atas {figure(one['above'])}"
    facts["Jenis berkas umum"] = ", ".join(data["default_file_types"]) or None
    return facts


def _said(name: str, value: Any) -> str | None:
    if name == "minimum_basic_affairs" and value is None:
        return NO_GATE
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, str) and name.endswith(("_from", "_to")):
        return on_date(date.fromisoformat(value))
    return figure(value) if isinstance(value, int | float) else value


def row_of(row: Mapping[str, Any]) -> Facts:
    """One row. Lists stand line by line."""
    evidence, mandatory = row["evidence"], row["mandatory"]
    facts: Facts = {
        "Kode": row["code"], "Nama": row["name"], "Variabel": row["variable"], "Bobot": figure(row["weight"]),
        "Wajib": None if mandatory is None else "ya" if mandatory else "tidak", "Definisi": row["definition"],
        **_levels(row["levels"])}
    for basis in row.get("bases", ()):
        head = f"Satuan ukur {basis['code']}"
        facts[head] = basis["name"] and basis["name"] + (f" ({basis['unit']})" if basis.get("unit") else "")
        facts |= {f"{head}, {label.lower()}": words for label, words in _levels(basis.get("levels", ())).items()}
        facts |= {f"{head}, dokumen": lines(basis.get("documents")), f"{head}, jenis berkas": types(basis.get("file_types"))}
    facts |= {"Dokumen": lines(evidence["documents"]), "Jenis berkas": types(evidence["file_types"]), "Aturan bukti": lines(evidence["rules"]),
              "Tahun bukti": years(evidence["years"]), **counting(evidence)}
    if row.get("formula"):
        facts |= formula_of(row["formula"])
    facts["Catatan sumber"] = row.get("source_note")
    return facts


def _levels(levels: Sequence[Mapping[str, Any]]) -> Facts:
    return {f"Level {one['level']}": one["label"] for one in levels}


def counting(evidence: Mapping[str, Any]) -> Facts:
    """The part of an evidence rule that the app counts by itself."""
    facts: Facts = {"Dokumen mengikuti level": "ya, sebanyak level yang diklaim" if evidence["documents_scale_with_level"] else None}
    for level, choices in evidence.get("year_sets", {}).items():
        facts[f"Tahun untuk level {level}"] = "; atau ".join(listed(choice) for choice in choices) or None
    facts["Set bukti"] = f"satu {evidence.get('set_name', 'Set').lower()} dengan berkas sendiri untuk tiap level" if evidence.get("counted") else None
    facts["Harus ada"] = listed(evidence["must_include"], "atau") if evidence.get("must_include") else None
    facts["Video paling lama"] = f"{figure(evidence['max_video_seconds'])} detik" if evidence.get("max_video_seconds") else None
    facts["Substansi"] = listed([one["name"] or one["code"] for one in evidence["substances"]]) if evidence.get("substances") else None
    for level, number in evidence.get("substances_needed", {}).items():
        facts[f"Substansi untuk level {level}"] = f"paling sedikit {figure(number)}"
    return facts


def formula_of(formula: Mapping[str, Any]) -> Facts:
    asked = listed([f"“{_asked(one['label'] or '', one['year'])}”" for one in formula["inputs"]])
    kind = KINDS.get(formula["kind"], formula["kind"])
    facts: Facts = {"Rumus": f"{kind} dari {asked}, hasilnya dalam {formula['result']}, {formula['decimals']} desimal"}
    for level, (low, high) in formula["levels"].items():
        facts[f"Batas level {level}"] = (f"{figure(low)} sampai {figure(high)}" if low and high else f"{figure(low)} ke atas" if low
                                         else f"sampai {figure(high)}" if high else None)
    return facts


def _asked(label: str, year: str) -> str:
    return label.replace("{tahun}", year) if "{tahun}" in label else f"{label} ({year})"


def lines(texts: Sequence[str] | None) -> str | None:
    return "\n".join(texts) if texts else None


def types(names: Sequence[str] | None) -> str | None:
    return ", ".join(names) if names else None


def years(names: Sequence[str] | None) -> str | None:
    return listed(names) if names else None
