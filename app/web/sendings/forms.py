"""What the coordinator types about a sending."""
from wtforms import BooleanField, DateField
from wtforms.fields import HiddenField
from wtforms.validators import DataRequired, InputRequired

from app.models.sending import LONGEST_NUMBER
from app.web.fields import line, text
from app.web.forms import Form

AGREED = "Saya sudah memeriksa. Yang terkirim tidak dapat ditarik atau diubah."


class NumberForm(Form):
    """What the ministry's site gave when it took the innovation."""
    number = line("Nomor registrasi", LONGEST_NUMBER, DataRequired("Isi nomor registrasi dari situs kementerian."))
    sent_on = DateField("Tanggal kirim", validators=[InputRequired("Isi tanggal kirim.")])


class SendForm(NumberForm):
    """`seen` is the fingerprint of what the page showed."""
    seen = HiddenField()
    agreed = BooleanField(AGREED, validators=[DataRequired("Centang dulu pernyataan ini.")])


class CorrectionForm(NumberForm):
    reason = text("Alasan", 500, DataRequired("Tulis mengapa nomor atau tanggalnya dibetulkan."))
