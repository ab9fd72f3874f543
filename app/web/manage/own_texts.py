"""The forms for what the office writes itself."""
from wtforms import BooleanField, DateField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from app.models.announcement import LONGEST as LONGEST_ANNOUNCEMENT
from app.models.row_help import LONGEST as LONGEST_HELP
from app.rules.audience import LABELS
from app.web.fields import in_our_time, text
from app.web.forms import Seen

OVERTAKEN = "Teks ini diubah sesudah halaman ini dibuka; perubahannya ada di riwayat. Sesuaikan isian di bawah, lalu simpan lagi."
AUDIENCES = [SelectChoice("", "Pilih untuk siapa"), *(SelectChoice(key.value, label) for key, label in LABELS.items())]


class AnnouncementForm(Seen):
    """Days of the regency: from 00.00 of the first until 23.59.59 of the last."""
    overtaken = OVERTAKEN
    text = text("Teks", LONGEST_ANNOUNCEMENT, DataRequired("Tulis pengumumannya."))
    audience = SelectField("Untuk", choices=AUDIENCES, validators=[InputRequired("Pilih untuk siapa pengumuman ini.")])
    first_on = DateField("Tampil sejak", validators=[InputRequired("Isi hari pertama pengumuman ini tampil."), in_our_time])
    last_on = DateField("Tampil sampai", validators=[InputRequired("Isi hari terakhir pengumuman ini tampil."), in_our_time])
    at_door = BooleanField("Tampil juga di halaman masuk")


class RowHelpForm(Seen):
    overtaken = OVERTAKEN
    text = text("Bantuan", LONGEST_HELP, DataRequired("Tulis bantuannya. Untuk menghapusnya, pakai “Kosongkan” di bawah."))
