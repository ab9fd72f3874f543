"""Fields with one manner: texts tidied, any length typed or pasted, the limit said in words; days of our time; an id or none."""
from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from app.rules import Refused, days
from app.rules.formulas import figure
from app.web.jinja import format_number


def tidy(text: str | None) -> str | None:
    """Without the spaces around it and with one kind of line end, so that an untouched text stays unchanged; None when empty."""
    return (text or "").strip().replace("\r\n", "\n") or None


def at_most(letters: int):
    """No `maxlength`: a browser would cut a pasted text without a word."""
    def check(form, field):
        if len(field.data or "") > letters:
            raise ValidationError(f"Paling banyak {format_number(letters)} huruf; sekarang {format_number(len(field.data))}.")
    return check


def line(label: str, letters: int, *validators) -> StringField:
    return StringField(label, filters=[tidy], validators=[at_most(letters), *validators])


def text(label: str, letters: int, *validators) -> TextAreaField:
    return TextAreaField(label, filters=[tidy], validators=[at_most(letters), *validators])


def in_our_time(form, field):
    """A year typed with two or three digits arrives as the year 26."""
    if field.data and field.data.year not in days.YEARS:
        raise ValidationError(f"Tahun tanggalnya antara {days.YEARS[0]} dan {days.YEARS[-1]}.")


def chosen_id(text: str | None) -> int | None:
    """What an empty choice says is None."""
    return int(text) if text else None


class Figure(StringField):
    """A number with decimal comma and at most two decimals; None when empty."""

    def _value(self) -> str:
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else format_number(self.data)

    def process_formdata(self, valuelist):
        self.data = None
        try:
            number = figure(valuelist[0] if valuelist else "")
        except Refused as no:
            raise ValueError(str(no)) from None
        if number is not None and number != round(number, 2):
            raise ValueError("Tulis dengan paling banyak dua desimal.")
        self.data = number
