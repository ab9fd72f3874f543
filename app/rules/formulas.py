"""The level of a regional row out of its numbers, where the guideline gives a formula. Formulas and limits are data of the instrument.

Limits overlap in some rows of the official text; a value there has two levels, and a person decides.
"""
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NamedTuple

from babel.numbers import format_decimal

from app.rules import Refused
from app.rules.words import listed
from app.rules.years import in_years

GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")
PLAIN = re.compile(r"[0-9]+([.,][0-9]+)?")
LONGEST = 30


class Input(NamedTuple):
    """A number to fill in: `year` as the figures are kept by ("T-1"), `label` with the calendar year."""
    year: str
    label: str


class Suggestion(NamedTuple):
    """What the numbers say. No level while they are missing or the formula cannot be used; two where the official limits overlap."""
    value: Decimal | None
    levels: tuple[int, ...]
    sentence: str

    @property
    def level(self) -> int | None:
        """The level, when there is no doubt."""
        return self.levels[0] if len(self.levels) == 1 else None

    def why_reason(self, level: int | None) -> str:
        """Why choosing this level asks for a written reason, as a sentence; empty when it does not."""
        if not self.levels or level is None or level == self.level:
            return ""
        if level in self.levels:
            return f"Angka ini masuk {_levels(self.levels)}. Tulis alasan Anda memilih level {level}."
        return f"Menurut rumus, angka ini masuk {_levels(self.levels, 'atau')}. Tulis alasan Anda memilih level {level}."


@dataclass(frozen=True)
class Formula:
    """`measure` is the unit of the inputs ("Rp", "izin", "persen"), `most` the highest figure possible, `result` the unit of the value.
    `limits[level]` are the lowest and highest value of a level, both inside; None where it is open."""
    kind: str
    inputs: tuple[Input, ...]
    measure: str
    most: Decimal | None
    result: str
    decimals: int
    limits: Mapping[int, tuple[Decimal | None, Decimal | None]]

    @classmethod
    def read(cls, data: Mapping, year: int) -> "Formula":
        """From the `formula` object of an indicator, for an instrument of this year."""
        def limit(text: str | None) -> Decimal | None:
            return None if text is None else Decimal(text)
        return cls(
            kind=data["kind"], measure=data["measure"], most=limit(data.get("most")), result=data["result"], decimals=data["decimals"],
            inputs=tuple(Input(item["year"], item["label"].replace("{tahun}", in_years(item["year"], year))) for item in data["inputs"]),
            limits={int(level): (limit(low), limit(high)) for level, (low, high) in data["levels"].items()})

    def value(self, figures: Mapping[str, str | Decimal | None]) -> Decimal | None:
        """Rounded half up (away from zero); None while a figure is missing. Refuses what the formula cannot be fed with."""
        found = [self._figure(input, figures.get(input.year)) for input in self.inputs]
        numbers = [Fraction(number) for number in found if number is not None]
        if len(numbers) < len(found):
            return None
        before, now = numbers[0], numbers[-1]
        if self.kind == "growth" and before == 0:
            raise Refused(f"“{self.inputs[0].label}” nol, jadi pertumbuhan tidak dapat dihitung. Pilih levelnya dan tulis alasannya.")
        exact = {"growth": lambda: (now - before) / before * 100, "fall": lambda: before - now, "rise": lambda: now - before,
                 "value": lambda: now}[self.kind]()
        return _rounded(exact, self.decimals)

    def must_take(self, figures: Mapping[str, str | Decimal | None]) -> None:
        """Refuse figures the formula cannot be fed with; missing ones are no fault."""
        if set(figures) - {input.year for input in self.inputs}:
            raise Refused("Angka itu tidak dipakai rumus baris ini.")
        for input in self.inputs:
            self._figure(input, figures.get(input.year))

    def levels_at(self, value: Decimal) -> tuple[int, ...]:
        """The levels whose limits hold this value: one, or two where the official limits overlap."""
        return tuple(level for level, (low, high) in sorted(self.limits.items())
                     if (low is None or value >= low) and (high is None or value <= high))

    def suggest(self, figures: Mapping[str, str | Decimal | None]) -> Suggestion:
        try:
            value = self.value(figures)
        except Refused as refused:
            return Suggestion(None, (), str(refused))
        if value is None:
            missing = [f"“{input.label}”" for input in self.inputs if figures.get(input.year) in (None, "")]
            return Suggestion(None, (), f"Isi {listed(missing)}; levelnya terhitung sendiri.")
        levels = self.levels_at(value)
        if len(levels) == 1:
            return Suggestion(value, levels, f"{self._in_words(value)}: level {levels[0]}.")
        where = f"masuk {_levels(levels)}" if levels else "tidak masuk level mana pun"
        return Suggestion(value, levels, f"Nilai {self._written(value)} {where} menurut pedoman; tetapkan salah satu dan tulis alasannya.")

    def _figure(self, input: Input, text: str | Decimal | None) -> Decimal | None:
        if text is None or text == "":
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise Refused(f"“{input.label}” harus berupa bilangan.")
        if number < 0 or (self.most is not None and number > self.most):
            raise Refused(f"“{input.label}” tidak boleh di bawah 0{f' atau di atas {self.most:f}' if self.most is not None else ''}.")
        return number

    def _written(self, value: Decimal) -> str:
        return f"{_in_figures(value, self.decimals)} {self.result}"

    def _in_words(self, value: Decimal) -> str:
        if self.kind == "value":
            return f"Nilai {self._written(value)}"
        if not value:
            return f"Tidak berubah ({self._written(value)})"
        return f"{'Turun' if (value < 0) != (self.kind == 'fall') else 'Naik'} {self._written(abs(value))}"


def figure(text: str) -> Decimal | None:
    """A number as an office types it: `1.234.567,5`, `5,91` or `5.91`; a point before exactly three digits parts the thousands. None when
    nothing is typed."""
    written = re.sub(r"\s|^Rp", "", text.strip().removeprefix("Rp"))
    if not written:
        return None
    if len(written) <= LONGEST:
        if GROUPED.fullmatch(written):
            return Decimal(written.replace(".", "").replace(",", "."))
        if PLAIN.fullmatch(written):
            return Decimal(written.replace(",", "."))
    raise Refused(f"“{text.strip()[:40]}” bukan bilangan. Tulis misalnya 1.234.567 atau 5,91.")


def _levels(levels: tuple[int, ...], last: str = "dan") -> str:
    return listed([f"level {level}" for level in levels], last)


def _rounded(exact: Fraction, decimals: int) -> Decimal:
    whole = int(abs(exact) * 10**decimals + Fraction(1, 2))
    return Decimal((int(exact < 0 < whole), tuple(int(digit) for digit in str(whole)), -decimals))


def _in_figures(value: Decimal, decimals: int) -> str:
    return format_decimal(value, f"#,##0.{'0' * decimals}", locale="id").replace("-", "−")
