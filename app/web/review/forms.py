from wtforms import IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from app.rules.scoring import HIGHEST
from app.web.forms import Form
from app.web.jinja import format_number

LETTERS = 4000


def at_most(form, field):
    """No `maxlength`: a browser would cut a pasted text without a word."""
    if len(field.data or "") > LETTERS:
        raise ValidationError(f"Paling banyak {format_number(LETTERS)} huruf; sekarang {format_number(len(field.data))}.")


def text(label: str) -> TextAreaField:
    return TextAreaField(label, filters=[lambda words: (words or "").replace("\r\n", "\n")], validators=[at_most])


class VerdictForm(Form):
    """`seen` is the version of the verdict the reviewer had before them, 0 for none; `round` the number of the round."""
    level = RadioField("Level yang terbukti", coerce=int, choices=[SelectChoice(n, f"Level {n}") for n in range(HIGHEST + 1)],
                       validators=[InputRequired("Pilih level yang terbukti.")])
    reason = text("Alasan untuk OPD")
    seen = IntegerField(widget=HiddenInput(), default=0)
    round = IntegerField(widget=HiddenInput())


class DecisionForm(Form):
    """`rows` are the codes to send back; they count for a return only. `seen` is the desk's mark when the page was drawn."""
    rows = SelectMultipleField("Baris yang dikembalikan", validate_choice=False)
    note = text("Catatan umum untuk OPD")
    profile_note = text("Kekurangan profil")
    decision = StringField(widget=HiddenInput(), validators=[AnyOf(["return", "approve", "finish"], "Pilih kembalikan atau setujui.")])
    seen = IntegerField(widget=HiddenInput())


class ProfileNoteForm(Form):
    """`seen` is the note the page was drawn with."""
    profile_note = text("Kekurangan profil")
    seen = StringField(widget=HiddenInput(), default="")


class ApprovalForm(Form):
    """The coordinator's: `note` is for the unit, `rows` (codes) and `again` for the reviewer when it goes back to them."""
    rows = SelectMultipleField("Baris yang perlu diperiksa lagi", validate_choice=False)
    note = text("Pesan tambahan untuk OPD")
    again = text("Yang perlu diperiksa lagi")
    decision = StringField(widget=HiddenInput(), validators=[AnyOf(["approve", "recheck"], "Pilih setujui atau kembalikan ke verifikator.")])
    seen = IntegerField(widget=HiddenInput())
