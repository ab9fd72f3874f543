from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from app.rules.passwords import LONGEST
from app.web.forms import Form


class SignInForm(Form):
    username = StringField("Nama pengguna", validators=[InputRequired("Isi nama pengguna."), Length(max=60)])
    password = PasswordField("Kata sandi", validators=[InputRequired("Isi kata sandi."), Length(max=LONGEST)])
    next = HiddenField()


class PasswordForm(Form):
    current = PasswordField("Kata sandi sekarang", validators=[InputRequired("Isi kata sandi Anda sekarang."), Length(max=LONGEST)])
    password = PasswordField("Kata sandi baru", validators=[InputRequired("Isi kata sandi baru."), Length(max=LONGEST)])
    again = PasswordField("Ulangi kata sandi baru", validators=[EqualTo("password", "Kedua kata sandi baru tidak sama.")])
