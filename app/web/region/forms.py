"""What the office says about one regional row, and what somebody else finds."""
import zlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Self

from babel.numbers import format_decimal
from wtforms import HiddenField, IntegerField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from app.models import RegionRow
from app.rules import Refused
from app.rules.formulas import Formula, Input, Suggestion, figure
from app.rules.scoring import HIGHEST
from app.web.fields import text
from app.web.forms import Form

LETTERS = 2000
FIGURE = "angka_"  # and the year ("T-1"): the field of one figure of the formula
DECIMALS = 6
TOO_LARGE = 10**15


class FigureField(StringField):
    """A number as an office types it; shown the way it is read here. `whole` refuses decimals."""

    def __init__(self, label: str, whole: bool = False, **kwargs):
        super().__init__(label, **kwargs)
        self.whole = whole

    def process_data(self, value: str | None) -> None:
        self.data = shown(Decimal(value)) if value else None

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        try:
            number = figure(valuelist[0]) if valuelist else None
        except Refused as reason:
            raise ValueError(str(reason)) from None
        if number is not None:
            self._must_fit(number)
            self.data = shown(number)

    def _must_fit(self, number: Decimal) -> None:
        if number >= TOO_LARGE:
            raise ValueError("Angka ini terlalu besar. Periksa satuannya.")
        if self.whole and number != number.to_integral_value():
            raise ValueError("Tulis rupiah bulat, tanpa sen.")
        if -int(number.normalize().as_tuple().exponent) > DECIMALS:
            raise ValueError(f"Paling banyak {DECIMALS} angka di belakang koma.")

    def _value(self) -> str:
        return self.data or (self.raw_data[0] if self.raw_data else "")

    @property
    def stored(self) -> str:
        """As a decimal text; empty when nothing is typed."""
        number = figure(self.data or "")
        return "" if number is None else f"{number.normalize():f}"


class ClaimForm(Form):
    """Level 0 stands for a row left empty. `suggested` is the level the page had chosen by itself: as long as nobody chose another, it follows
    the figures. `seen` says which claim and verdict were on the page."""
    level = RadioField("Level yang diklaim", coerce=int, validators=[Optional()],
                       choices=[SelectChoice(level, f"Level {level}" if level else "Belum diisi") for level in range(HIGHEST + 1)])
    suggested = HiddenField()
    reason = text("Alasan", LETTERS)
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    @classmethod
    def of(cls, row: RegionRow, **how) -> Self:
        """With what is stored, and a field for every figure the row's formula takes."""
        formula = row.formula
        suggested = formula.suggest(row.figures).level if formula else None
        fields = {FIGURE + input.year: _field(formula, input) for input in formula.inputs} if formula else {}
        form = type(cls.__name__, (cls,), fields)(
            data={"level": row.claimed_level, "suggested": suggested or "", "reason": row.reason, "seen": mark(row),
                  **{FIGURE + year: number for year, number in row.figures.items()}}, **how)
        if not formula:
            del form.reason
        return form

    @property
    def figure_fields(self) -> list[FigureField]:
        return [field for field in self if isinstance(field, FigureField)]

    @property
    def figures(self) -> dict[str, str]:
        """By year, as decimal texts; without those left empty."""
        return {field.name.removeprefix(FIGURE): field.stored for field in self.figure_fields if field.stored}

    def follow(self, suggestion: Suggestion | None) -> None:
        """Choose what the formula says, unless the person chose otherwise."""
        level = suggestion.level if suggestion else None
        if suggestion and suggestion.levels and (self.level.data is None or str(self.level.data) == (self.suggested.data or "")):
            self.level.data, self.level.raw_data = level, None
        self.suggested.data, self.suggested.raw_data = "" if level is None else str(level), None

    def must_say_a_level(self) -> None:
        if self.level.data is None:
            raise Refused("Pilih levelnya.")


class VerdictForm(Form):
    """`seen` is the version of the row the page was drawn with."""
    level = RadioField("Level yang terbukti", coerce=int, choices=[SelectChoice(n, f"Level {n}") for n in range(HIGHEST + 1)],
                       validators=[InputRequired("Pilih level yang terbukti.")])
    reason = text("Alasan", LETTERS)
    seen = IntegerField(widget=HiddenInput())

    @classmethod
    def of(cls, row: RegionRow, **how) -> Self:
        """As the verdict stands. Nothing is chosen for the person."""
        return cls(data={"level": row.proven_level, "reason": row.verdict_reason, "seen": row.version}, **how)


class ReopenForm(Form):
    reason = text("Alasan membuka kunci", 500, DataRequired("Tulis mengapa kuncinya dibuka."))


def mark(row: RegionRow) -> int:
    """Changes with the claim and the verdict, not with the evidence: who attaches a document does not disturb who is typing."""
    facts = (row.claimed_level, sorted(row.figures.items()), row.reason, row.proven_level, row.judged_by_id, row.judged_at)
    return zlib.crc32(repr(facts).encode())


def shown(number: Decimal) -> str:
    """1.234.567,5"""
    return format_decimal(number, f"#,##0.{'#' * DECIMALS}", locale="id")


def figures_in_words(row: RegionRow) -> Mapping[str, str]:
    """Each figure of the row under its label, with its unit."""
    formula = row.formula
    return {input.label: with_unit(formula, row.figures[input.year]) for input in formula.inputs if input.year in row.figures} if formula else {}


def with_unit(formula: Formula, number: str) -> str:
    return f"Rp{shown(Decimal(number))}" if formula.measure == "Rp" else f"{shown(Decimal(number))} {formula.measure}"


def _field(formula: Formula, input: Input) -> FigureField:
    return FigureField(input.label, whole=formula.measure == "Rp", validators=[Optional()])
