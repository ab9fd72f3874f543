"""What the office types of an instrument's draft: its rules, and one row at a time. `seen` says what was on the page."""
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, Self

from wtforms import DateField, Field, HiddenField, IntegerField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from app.models.instrument import fingerprint
from app.models.instrument_draft import FIRST, LAST
from app.rules.codelists import STAGES
from app.rules.instrument_reading import DAYS
from app.rules.instrument_shape import LEVELS, LONG, SHORT, TITLE, YEARS
from app.rules.instrument_words import LABELS
from app.web.fields import line, text
from app.web.forms import Form
from app.web.manage.instrument_fields import TRUTHS, Figure, Limit, Lines, kinds, said, ticks, truth

MOST_BANDS = 6
TEXTS = ("title", "legal_basis", "note")
NUMBERS = ("spd_max", "maturity_max", "total_max", "count_weight", "count_cap", "minimum_divisor", "minimum_basic_affairs")
PARTS = (*TEXTS, "scoring", "bands", "eligibility", "default_file_types")
OLDER = "older_needs_development_within_window"


class CloneForm(Form):
    year = IntegerField("Untuk tahun", validators=[InputRequired("Isi tahunnya."), NumberRange(FIRST, LAST, f"Antara {FIRST} dan {LAST}.")])


class RulesForm(Form):
    """Made by `of`, which adds the numbers, days and bands."""
    seen = HiddenField()
    title = line("Judul", TITLE, DataRequired("Isi judulnya."))
    legal_basis = text("Dasar hukum", LONG)
    note = text("Catatan", LONG)
    stage = SelectField(LABELS["eligibility", "stage"], choices=[SelectChoice(stage.lower(), stage) for stage in STAGES])
    older = truth(LABELS["eligibility", OLDER])
    minimum_words_design = Figure(LABELS["eligibility", "minimum_words_design"])
    before: Mapping[str, Any]

    @classmethod
    def of(cls, data: Mapping[str, Any], **kwargs) -> Self:
        window, scoring = data["eligibility"], data["scoring"]
        fields: dict[str, Field] = {name: Figure(LABELS["scoring", name]) for name in NUMBERS}
        fields |= {name: DateField(LABELS["eligibility", name], validators=[Optional()]) for name in DAYS}
        for n in range(1, MOST_BANDS + 1):
            fields |= {f"band_{n}": line(f"Predikat {n}", 40), f"above_{n}": Figure("Di atas")}
        fields["file_types"] = kinds("Jenis berkas umum", data["default_file_types"])
        stands = {**{name: data[name] for name in TEXTS}, **{name: scoring[name] for name in NUMBERS},
                  **{name: window[name] and date.fromisoformat(window[name]) for name in DAYS}, "stage": window["stage"],
                  "minimum_words_design": window["minimum_words_design"], "older": said(window[OLDER]), "file_types": data["default_file_types"]}
        for n, one in enumerate(data["bands"], 1):
            stands |= {f"band_{n}": one["name"], f"above_{n}": one["above"]}
        form = type("FullRulesForm", (cls,), fields)(data=stands | {"seen": fingerprint({name: data[name] for name in PARTS})}, **kwargs)
        form.before = data
        return form

    def rules(self) -> dict[str, Any]:
        """The parts of the data they stand for."""
        typed = self.data
        days = {name: typed[name] and typed[name].isoformat() for name in DAYS}
        bands = [{"name": typed[f"band_{n}"], "above": typed[f"above_{n}"]} for n in range(1, MOST_BANDS + 1)]
        return {**{name: typed[name] for name in TEXTS}, "scoring": {**self.before["scoring"], **{name: typed[name] for name in NUMBERS}},
                "eligibility": {**self.before["eligibility"], **days, "stage": typed["stage"], OLDER: TRUTHS[typed["older"]],
                                "minimum_words_design": typed["minimum_words_design"]},
                "bands": [band for band in bands if band["name"] or band["above"] is not None], "default_file_types": self.file_types.kept}


class Piece(NamedTuple):
    """One more field of a row: what it holds now. Its name says where it goes back to."""
    name: str
    field: Field
    value: Any


class RowForm(Form):
    """Made by `of`, which adds levels, ways of measuring and the limits of a formula, as far as the row has them."""
    seen = HiddenField()
    name = line("Nama", 160, DataRequired("Isi namanya."))
    variable = line("Variabel", 80)
    weight = Figure("Bobot", validators=[InputRequired("Isi bobotnya.")])
    mandatory = truth("Wajib diisi")
    definition = text("Definisi", LONG)
    documents = Lines("Dokumen yang diterima")
    rules = Lines("Aturan bukti")
    years = ticks("Tahun bukti", reversed(YEARS))
    source_note = text("Catatan sumber", LONG)
    before: Mapping[str, Any]

    @classmethod
    def of(cls, row: Mapping[str, Any], **kwargs) -> Self:
        evidence, more = row["evidence"], list(pieces(row))
        stands = {**{name: row[name] for name in ("name", "variable", "weight", "definition")}, "mandatory": said(row["mandatory"]),
                  **{name: evidence[name] for name in ("documents", "rules", "years")}, "source_note": row.get("source_note"),
                  **{one.name: one.value for one in more}, "seen": fingerprint(row)}
        form = type("FullRowForm", (cls,), {one.name: one.field for one in more})(data=stands, **kwargs)
        form.before = row
        return form

    def row(self) -> dict[str, Any]:
        """The row they stand for; what a page cannot say stays as it was."""
        typed, before = self.data, self.before
        changed = {**before, **{name: typed[name] for name in ("name", "variable", "weight", "definition")}, "mandatory": TRUTHS[typed["mandatory"]],
                   "levels": self._levels("level")}
        changed["evidence"] = {**before["evidence"], "documents": self.documents.items, "rules": self.rules.items, "years": self.years.kept or None,
                               "file_types": self.file_types.kept or None}
        changed["source_note"] = typed["source_note"]
        if before.get("bases"):
            changed["bases"] = [self._basis(one) for one in before["bases"]]
        if before.get("formula"):
            limits = {str(level): [typed[f"low_{level}"], typed[f"high_{level}"]] for level in LEVELS}
            changed["formula"] = {**before["formula"], "levels": limits}
        return changed

    def _levels(self, stem: str) -> list[dict[str, Any]]:
        return [{"level": level, "label": " ".join((self.data[f"{stem}_{level}"] or "").split()) or None} for level in LEVELS]

    def _basis(self, before: Mapping[str, Any]) -> dict[str, Any]:
        stem = f"basis_{before['code']}"
        changed = {**before, "name": self.data[f"{stem}_name"], "unit": self.data[f"{stem}_unit"], "documents": self[f"{stem}_documents"].items,
                   "file_types": self[f"{stem}_types"].kept}
        return changed | ({"levels": self._levels(stem)} if before.get("levels") else {})


def pieces(row: Mapping[str, Any]) -> Iterator[Piece]:
    yield Piece("file_types", kinds("Jenis berkas", row["evidence"]["file_types"]), row["evidence"]["file_types"])
    yield from _labels("level", row["levels"])
    for basis in row.get("bases", ()):
        stem = f"basis_{basis['code']}"
        yield Piece(f"{stem}_name", line("Nama satuan ukur", 80, DataRequired("Isi namanya.")), basis["name"])
        yield Piece(f"{stem}_unit", line("Satuan", 40), basis.get("unit"))
        yield from _labels(stem, basis.get("levels", ()))
        yield Piece(f"{stem}_documents", Lines("Dokumen yang diterima"), basis.get("documents"))
        yield Piece(f"{stem}_types", kinds("Jenis berkas", basis.get("file_types")), basis.get("file_types"))
    for level, (low, high) in row.get("formula", {}).get("levels", {}).items():
        yield Piece(f"low_{level}", Limit(f"Level {level} dari"), low)
        yield Piece(f"high_{level}", Limit(f"Level {level} sampai"), high)


def _labels(stem: str, levels: Any) -> Iterator[Piece]:
    for one in levels:
        yield Piece(f"{stem}_{one['level']}", text(f"Level {one['level']}", SHORT), one["label"])
