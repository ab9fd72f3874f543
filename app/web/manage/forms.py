"""What the office types in."""
import re
from collections.abc import Iterable

from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from app.rules.access import ROLE_LABELS
from app.rules.codelists import UNIT_KINDS
from app.web.forms import Form

USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,59}\Z")


def tidy(text: str | None) -> str:
    """Without the blanks people paste around and between words."""
    return " ".join((text or "").split())


def chosen_id(text: str | None) -> int | None:
    return int(text) if text else None


class ChoiceOf(SelectField):
    """One of some rows (id, name); `nothing` is what the empty choice says."""

    def __init__(self, label: str, nothing: str, **kwargs):
        super().__init__(label, coerce=chosen_id, choices=[], **kwargs)
        self.nothing = nothing

    def offer(self, rows: Iterable) -> None:
        self.choices = [SelectChoice("", self.nothing), *(SelectChoice(id, name) for id, name in rows)]


class UnitForm(Form):
    name = StringField("Nama", filters=[tidy], validators=[InputRequired("Isi nama perangkat daerah."), Length(max=200)])
    kind = SelectField("Jenis", choices=[SelectChoice("", "Pilih jenis"), *(SelectChoice(kind, kind) for kind in UNIT_KINDS)],
                       validators=[InputRequired("Pilih jenisnya.")])
    parent = ChoiceOf("Induk", "Tidak ada")
    is_office = BooleanField("Kantor pengelola inovasi daerah")


class PersonForm(Form):
    name = StringField("Nama lengkap", filters=[tidy], validators=[InputRequired("Isi nama lengkap."), Length(max=120)])
    nip = StringField("NIP", filters=[tidy], validators=[Length(max=30), Optional(), Regexp(r"[0-9 ]+\Z", message="NIP hanya berisi angka.")])
    position = StringField("Jabatan", filters=[tidy], validators=[Length(max=120)])


class RoleForm(Form):
    role = SelectField("Peran", choices=[SelectChoice("", "Pilih peran"), *(SelectChoice(role.value, label) for role, label in ROLE_LABELS.items())],
                       validators=[InputRequired("Pilih perannya.")])
    unit = ChoiceOf("Di perangkat daerah", "Pilih perangkat daerah", validators=[InputRequired("Pilih perangkat daerahnya.")])


class NewPersonForm(PersonForm, RoleForm):
    """With the first role, so that nobody gets a slip for an account that may do nothing."""
    username = StringField("Nama pengguna", filters=[lambda text: (text or "").strip().lower()], validators=[
        InputRequired("Isi nama pengguna."),
        Regexp(USERNAME, message="Pakai 3 sampai 60 huruf kecil, angka, titik, atau tanda hubung; huruf di depan. Misalnya ratna.dinkes.")])


class PeriodForm(Form):
    """Days in the regency's zone; the first begins at 00.00 and the others end at 23.59.59."""
    year = IntegerField("Tahun", validators=[InputRequired("Isi tahunnya."), NumberRange(2020, 2100)])
    instrument = ChoiceOf("Instrumen", "Pilih instrumen", validators=[InputRequired("Pilih instrumennya.")])
    opens_on = DateField("Pengisian dibuka", validators=[InputRequired("Isi tanggal pembukaan.")])
    closes_on = DateField("Pengisian ditutup", validators=[InputRequired("Isi tanggal penutupan.")])
    repairs_close_on = DateField("Perbaikan ditutup", validators=[InputRequired("Isi batas perbaikan.")])
    minimum_maturity = IntegerField("Kematangan layak kirim", validators=[InputRequired("Isi kematangan layak kirim.")])
