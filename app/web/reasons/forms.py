"""A reason as the coordinator types it."""
from collections.abc import Mapping

from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from app.models.reason import LONGEST
from app.rules.causes import CAUSES
from app.web.forms import Form


def short_enough(form, field):
    """No `maxlength`: a browser would cut a pasted text without a word."""
    if len(field.data) > LONGEST:
        raise ValidationError(f"Paling banyak {LONGEST} huruf; sekarang {len(field.data)}.")


class ReasonForm(Form):
    cause = SelectField("Sebab", choices=[SelectChoice("", "Pilih sebabnya"), *(SelectChoice(code, label) for code, label in CAUSES.items())],
                        validators=[InputRequired("Pilih sebabnya.")])
    text = TextAreaField("Alasan", filters=[lambda words: " ".join((words or "").split())],
                         validators=[DataRequired("Tulis alasannya."), short_enough])


class NewReasonForm(ReasonForm):
    row = SelectField("Baris", validators=[InputRequired("Pilih barisnya.")])

    def __init__(self, rows: Mapping[str, str], **kwargs):
        super().__init__(**kwargs)
        self.row.choices = [SelectChoice("", "Pilih baris"), *(SelectChoice(code, f"{code} {name}") for code, name in rows.items())]
