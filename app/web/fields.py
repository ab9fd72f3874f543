"""Text fields with one manner: tidied, any length typed or pasted, the limit said in words."""
from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

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
