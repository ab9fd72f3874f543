"""Fields for an instrument's numbers, lists and yes or no."""
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app.rules import Refused
from app.rules.formulas import figure
from app.rules.instrument_check import FILE_TYPES
from app.web.jinja import format_number

TRUTHS = {"": None, "ya": True, "tidak": False}


class Figure(StringField):
    """A number with decimal comma; a whole one comes as int. None when empty."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "" if self.data is None else format_number(self.data)

    def process_formdata(self, valuelist):
        self.data = None
        try:
            number = figure(valuelist[0] if valuelist else "")
        except Refused as no:
            raise ValueError(str(no)) from None
        self.data = None if number is None else int(number) if number == int(number) else float(number)


class Limit(StringField):
    """A limit of a formula: a decimal text with a point, perhaps below zero; shown with a comma."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else (self.data or "").replace(".", ",").replace("-", "−")

    def process_formdata(self, valuelist):
        typed = (valuelist[0] if valuelist else "").strip().replace("−", "-").replace(",", ".")
        self.data = typed or None
        try:
            if typed and not Decimal(typed).is_finite():
                raise InvalidOperation
        except InvalidOperation:
            raise ValueError(f"“{typed[:20]}” bukan bilangan. Tulis misalnya −50,32.") from None


class Lines(TextAreaField):
    """A list of texts, one a line."""

    def process_data(self, value):
        self.data = "\n".join(value or ())

    def process_formdata(self, valuelist):
        self.data = "\n".join(found for one in (valuelist[0] if valuelist else "").splitlines() if (found := " ".join(one.split())))

    @property
    def items(self) -> list[str]:
        return (self.data or "").splitlines()


def truth(label: str) -> SelectField:
    return SelectField(label, choices=[SelectChoice("", "Belum dipilih"), SelectChoice("ya", "Ya"), SelectChoice("tidak", "Tidak")])


def said(value: bool | None) -> str:
    return next(word for word, meant in TRUTHS.items() if meant is value)


class Ticks(SelectMultipleField):
    """Several of some words. `kept` is how the ticked ones stood before, when they are still the same ones: their order says nothing."""

    def process_data(self, value):
        self.before = list(value or ())
        self.data = [choice.value for choice in self.choices if choice.value in self.before]

    @property
    def kept(self) -> list[str]:
        return self.before if set(self.before) == set(self.data or ()) else list(self.data or ())


def ticks(label: str, offered: Iterable[str]) -> Ticks:
    return Ticks(label, choices=[SelectChoice(one, one) for one in offered], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())


def kinds(label: str, held: Iterable[str] | None) -> Ticks:
    """The file types there are, and one that is held though it is not among them, so that it can be taken away."""
    return ticks(label, [*FILE_TYPES, *(one for one in held or () if one not in FILE_TYPES)])
