from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from app.rules.passwords import LONGEST
from app.web.fields import at_most
from app.web.forms import Form


class SignInForm(Form):
    username = StringField("Nama pengguna", validators=[InputRequired("Isi nama pengguna."), Length(max=60)])
    password = PasswordField("Kata sandi", validators=[InputRequired("Isi kata sandi."), at_most(LONGEST)])
    next = HiddenField()


class CodeForm(Form):
    code = StringField("Kode enam angka", validators=[InputRequired("Isi kode yang sedang tampil di aplikasi autentikator."), Length(max=20)])


class SecondStepForm(CodeForm):
    password = PasswordField("Kata sandi Anda", validators=[InputRequired("Isi kata sandi Anda."), at_most(LONGEST)])


class PasswordForm(Form):
    current = PasswordField("Kata sandi sekarang", validators=[InputRequired("Isi kata sandi Anda sekarang."), at_most(LONGEST)])
    password = PasswordField("Kata sandi baru", validators=[InputRequired("Isi kata sandi baru."), at_most(LONGEST)])
    again = PasswordField("Ulangi kata sandi baru", validators=[EqualTo("password", "Kedua kata sandi baru tidak sama.")])
