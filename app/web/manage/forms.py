"""What the office types in."""
from collections.abc import Iterable

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from app.rules.access import ROLE_LABELS
from app.rules.codelists import UNIT_KINDS
from app.rules.people_sheet import USERNAME_FORM, USERNAME_RULE
from app.web.fields import chosen_id, in_our_time, text
from app.web.forms import Form


def tidy(text: str | None) -> str:
    """Without the blanks people paste around and between words."""
    return " ".join((text or "").split())


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
        Regexp(USERNAME_FORM, message=USERNAME_RULE)])


class HandoverForm(Form):
    """To an account that is there (`to`), or to a new one (`name` and `username`). `roles` are ids of memberships."""
    roles = SelectMultipleField("Peran yang diserahkan", coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    to = ChoiceOf("Kepada akun yang sudah ada", "Buat akun baru di bawah")
    name = StringField("Nama lengkap", filters=[tidy], validators=[Length(max=120)])
    username = StringField("Nama pengguna", filters=[lambda text: (text or "").strip().lower()])
    nip = StringField("NIP", filters=[tidy], validators=[Length(max=30), Optional(), Regexp(r"[0-9 ]+\Z", message="NIP hanya berisi angka.")])
    position = StringField("Jabatan", filters=[tidy], validators=[Length(max=120)])
    deactivate = BooleanField("Nonaktifkan akun lama sesudahnya")

    def validate_roles(self, field):
        if not field.data:
            raise ValidationError("Pilih paling sedikit satu peran yang diserahkan.")

    def validate_name(self, field):
        if not self.to.data and not field.data:
            raise ValidationError("Pilih akun penerima, atau isi nama lengkap untuk akun baru.")

    def validate_username(self, field):
        if not self.to.data and not USERNAME_FORM.fullmatch(field.data or ""):
            raise ValidationError(USERNAME_RULE)


class AnonymiseForm(Form):
    username = StringField("Ketik nama pengguna ini", filters=[tidy], validators=[InputRequired("Ketik nama penggunanya."), Length(max=60)])
    reason = text("Alasan", 500, DataRequired("Tulis alasannya, misalnya permintaan pemiliknya."))


class PeriodForm(Form):
    """Days in the regency's zone; the first begins at 00.00 and the others end at 23.59.59. Then how this office works, as in SWITCHES.
    `seen` is the last change of the period that the page knew of."""
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    year = IntegerField("Tahun", validators=[InputRequired("Isi tahunnya."), NumberRange(2020, 2100)])
    instrument = ChoiceOf("Instrumen", "Pilih instrumen", validators=[InputRequired("Pilih instrumennya.")])
    opens_on = DateField("Pengisian dibuka", validators=[InputRequired("Isi tanggal pembukaan."), in_our_time])
    closes_on = DateField("Pengisian ditutup", validators=[InputRequired("Isi tanggal penutupan."), in_our_time])
    repairs_close_on = DateField("Perbaikan ditutup", validators=[InputRequired("Isi batas perbaikan."), in_our_time])
    minimum_maturity = IntegerField("Kematangan layak kirim", validators=[InputRequired("Isi kematangan layak kirim.")])
    grace_minutes = IntegerField("Tenggang halaman yang sudah terbuka, dalam menit", default=15)
    most_reports = IntegerField("Berapa kali satu inovasi boleh dilaporkan", default=2)
    entries_per_unit = IntegerField("Usulan dari setiap perangkat daerah, paling sedikit", default=1)
    target_kinds = SelectMultipleField("Diminta dari jenis", choices=[SelectChoice(kind, kind) for kind in UNIT_KINDS],
                                       widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    needs_signature = BooleanField("Kepala perangkat daerah mengesahkan dulu")
    two_steps = BooleanField("Persetujuan dua langkah")
    may_approve_own = BooleanField("Pelonggaran: yang ikut memverifikasi boleh menyetujui")
    may_judge_own_unit = BooleanField("Pelonggaran: verifikator boleh memutus usulan perangkat daerahnya sendiri")


class ProlongForm(Form):
    """Later days for everybody, each until 23.59.59. `seen` as in PeriodForm."""
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    closes_on = DateField("Pengisian ditutup", validators=[InputRequired("Isi tanggal penutupan."), in_our_time])
    repairs_close_on = DateField("Perbaikan ditutup", validators=[InputRequired("Isi batas perbaikan."), in_our_time])
    reason = text("Alasan", 300, DataRequired("Tulis alasan pengunduran. Alasan ini dibaca semua perangkat daerah."))
    announce = BooleanField("Umumkan di semua halaman sampai penutupan")


class NewPeriodForm(PeriodForm):
    """Whether it is training is said once and stays."""
    is_training = BooleanField("Periode latihan")


class ExtensionForm(Form):
    """Until the end of a day in the regency's zone."""
    unit = ChoiceOf("Perangkat daerah", "Pilih perangkat daerah", validators=[InputRequired("Pilih perangkat daerahnya.")])
    until_on = DateField("Sampai", validators=[InputRequired("Isi tanggal berakhirnya."), in_our_time])
    reason = text("Alasan", 500, DataRequired("Tulis alasan perpanjangannya. Alasan ini dibaca kedua pihak."))


class UploadForm(Form):
    file = FileField("Berkas XLSX")


class MergeForm(Form):
    into = ChoiceOf("Digabung ke", "Pilih perangkat daerah penerima", validators=[InputRequired("Pilih perangkat daerah penerimanya.")])
    reason = text("Alasan", 500, DataRequired("Tulis alasan penggabungannya, misalnya nomor peraturannya."))


class ReviewerForm(Form):
    reviewer = ChoiceOf("Verifikator tetap", "Tidak ada: siapa saja")
