"""What the office types about itself; the same rules as for the settings of the installation."""
from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import ColorInput, HiddenInput

from app.config import LETTERS, PATTERN, Kind
from app.rules import colours
from app.web.fields import at_most
from app.web.forms import Form
from app.web.manage.forms import tidy

ZONES = {"Asia/Jakarta": "WIB (Sumatra, Jawa, Kalimantan Barat dan Tengah)",
         "Asia/Makassar": "WITA (Bali, Nusa Tenggara, Sulawesi, Kalimantan lainnya)",
         "Asia/Jayapura": "WIT (Maluku, Papua)"}
MOST_LINES, LONGEST_LINE = 3, 100


def tidy_lines(text: str | None) -> str:
    return "\n".join(line for line in map(tidy, (text or "").splitlines()) if line)


def few_lines(form, field):
    lines = (field.data or "").split("\n")
    if len(lines) > MOST_LINES:
        raise ValidationError(f"Paling banyak {MOST_LINES} baris; sekarang {len(lines)}.")
    if long := [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]:
        raise ValidationError(f"Baris ke-{long[0]} terlalu panjang: paling banyak {LONGEST_LINE} huruf.")


def of_kind(kind: Kind):
    def check(form, field):
        try:
            kind.read(field.data)
        except (ValueError, TypeError):
            raise ValidationError(f"Isi {kind.says}.") from None
    return check


class RegencyForm(Form):
    """`seen` is the last change that the page knew of."""
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    region = StringField("Nama daerah", filters=[tidy], validators=[DataRequired("Isi nama daerahnya."), at_most(100)])
    office = StringField("Kantor pengelola", filters=[tidy], validators=[DataRequired("Isi nama kantornya."), at_most(100)])
    seat = StringField("Tempat kedudukan", filters=[tidy], validators=[DataRequired("Isi tempat kedudukannya."), at_most(100)])
    contact = StringField("Kontak bila ada kesulitan", filters=[tidy], validators=[DataRequired("Isi siapa yang dihubungi."), at_most(200)])
    letterhead = TextAreaField("Baris di bawah nama kantor", filters=[tidy_lines], validators=[few_lines])
    footer = StringField("Baris kaki halaman", filters=[tidy], validators=[at_most(200)])
    timezone = SelectField("Zona waktu", validators=[DataRequired("Pilih zona waktunya.")])
    number_prefix = StringField("Awalan nomor usulan", filters=[lambda text: tidy(text).upper()], validators=[of_kind(LETTERS)])
    letter_number = StringField("Bentuk nomor surat", filters=[tidy], validators=[of_kind(PATTERN)])
    colour = StringField("Warna utama", filters=[lambda text: tidy(text).lower()], widget=ColorInput())

    def offer_zones(self, present: str) -> None:
        """By the three names people know; where the present one has the clock of another, it stands for that."""
        same = {"Asia/Jakarta": present} if present == "Asia/Pontianak" else {}
        self.timezone.choices = [SelectChoice(same.get(zone, zone), label) for zone, label in ZONES.items()]

    def facts(self) -> dict[str, Any]:
        """For the verbs; our own colour is none."""
        facts = {name: value for name, value in self.answers().items() if name != "seen"}
        return facts | {"colour": "" if self.colour.data == colours.OURS else self.colour.data}
