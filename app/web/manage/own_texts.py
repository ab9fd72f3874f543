"""The forms for what the office writes itself."""
from wtforms import BooleanField, DateField, IntegerField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from app.models.announcement import LONGEST as LONGEST_ANNOUNCEMENT
from app.models.row_help import LONGEST as LONGEST_HELP
from app.rules import Refused
from app.rules.audience import LABELS
from app.web.fields import text
from app.web.forms import Form
from app.web.manage.forms import in_our_time

OVERTAKEN = "Teks ini diubah sesudah halaman ini dibuka; perubahannya ada di riwayat. Sesuaikan isian di bawah, lalu simpan lagi."
AUDIENCES = [SelectChoice("", "Pilih untuk siapa"), *(SelectChoice(key.value, label) for key, label in LABELS.items())]


class Seen(Form):
    """`seen` is the last change (id of an event) that the page knew of."""
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def must_be_last(self, last: int | None) -> None:
        """A page from before somebody else's change would take that change back without a word."""
        if self.seen.data != last:
            self.seen.raw_data, self.seen.data = None, last
            raise Refused(OVERTAKEN)


class AnnouncementForm(Seen):
    """Days of the regency: from 00.00 of the first until 23.59.59 of the last."""
    text = text("Teks", LONGEST_ANNOUNCEMENT, DataRequired("Tulis pengumumannya."))
    audience = SelectField("Untuk", choices=AUDIENCES, validators=[InputRequired("Pilih untuk siapa pengumuman ini.")])
    first_on = DateField("Tampil sejak", validators=[InputRequired("Isi hari pertama pengumuman ini tampil."), in_our_time])
    last_on = DateField("Tampil sampai", validators=[InputRequired("Isi hari terakhir pengumuman ini tampil."), in_our_time])
    at_door = BooleanField("Tampil juga di halaman masuk")


class RowHelpForm(Seen):
    text = text("Bantuan", LONGEST_HELP, DataRequired("Tulis bantuannya. Untuk menghapusnya, pakai “Kosongkan” di bawah."))
