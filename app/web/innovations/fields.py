"""Fields of the profile: choices that may stay open, many under headings, degrees as people write them."""
from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.rules.catalogue import MOST_TAGS, split_tags
from app.web.jinja import format_number


def one(label: str, words: list[str], **kwargs) -> RadioField:
    """One of a few words, or none yet."""
    return RadioField(label, choices=[SelectChoice(word, word) for word in words], coerce=or_none, validators=[Optional()], **kwargs)


def pick(label: str, choices: list[SelectChoice], coerce=str, **kwargs) -> SelectField:
    """One of many, or "Belum dipilih"."""
    return SelectField(label, choices=[SelectChoice("", "Belum dipilih"), *choices], coerce=lambda value: or_none(value, coerce),
                       validators=[Optional()], **kwargs)


def or_none(value, coerce=str):
    return None if value in (None, "", "None") else coerce(value)


class ManyOf(SelectMultipleField):
    """Checkboxes under the headings of their groups: `{heading: [word, …]}`."""
    widget = ListWidget()
    option_widget = CheckboxInput()

    def __init__(self, label: str, groups: dict[str, list[str]], **kwargs):
        self.headings = groups
        super().__init__(label, choices=[SelectChoice(word, word) for words in groups.values() for word in words], **kwargs)

    def groups(self):
        """(heading, its checkboxes, how many are ticked)"""
        boxes = {box.choice.value: box for box in self}
        for heading, words in self.headings.items():
            inside = [boxes[word] for word in words]
            yield heading, inside, sum(box.checked for box in inside)


class Degrees(StringField):
    """Decimal degrees with comma or point; `low` and `high` bound what lies in Indonesia."""

    def __init__(self, label: str, low: float, high: float, **kwargs):
        self.low, self.high = low, high
        super().__init__(label, validators=[Optional(), self._in_range], **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else str(self.data).replace(".", ",")

    def process_formdata(self, valuelist):
        written = valuelist[0].strip().replace("−", "-").replace(",", ".") if valuelist else ""
        self.data = None
        if written:
            try:
                self.data = float(written)
            except ValueError:
                raise ValueError("Tulis derajat desimal, misalnya −7,7543.") from None

    @staticmethod
    def _in_range(form, field):
        if field.data is not None and not field.low <= field.data <= field.high:
            raise ValidationError(f"{field.label.text} wilayah Indonesia antara {format_number(field.low)} dan {format_number(field.high)}.")


class Words(Field):
    """A few short words, a box each; what somebody types with commas into one box counts as several."""

    def boxes(self) -> list[str]:
        """What stands in each box: as typed, else as stored; empty ones to fill up."""
        held = [word for word in (self.raw_data if self.raw_data is not None else self.data or []) if word.strip()]
        return held + [""] * (MOST_TAGS - len(held))

    def process_formdata(self, valuelist):
        self.data = [word for written in valuelist for word in split_tags(written) if word.strip()]
