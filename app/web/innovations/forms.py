"""One form per section of the profile. Anything may be empty but the name; what is filled must be in order."""
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app import clock
from app.rules import Overtaken, codelists
from app.rules.catalogue import LONGEST_SUMMARY
from app.rules.codelists import AFFAIR_GROUPS, BASIC_AFFAIRS, PKPN, STAGES
from app.rules.profile import (
    DESIGN_TEXT,
    EARLIEST,
    LATITUDES,
    LONG_TEXT,
    LONGEST_INITIATOR,
    LONGEST_NAME,
    LONGITUDES,
    latest_day,
)
from app.web.fields import line, text
from app.web.forms import Form
from app.web.innovations.fields import Degrees, ManyOf, Words, one, pick


class NewForm(Form):
    name = line("Nama inovasi", LONGEST_NAME, DataRequired("Isi nama inovasi."))
    unit = SelectField("Perangkat daerah", coerce=int)

    def __init__(self, units):
        super().__init__()
        self.unit.choices = [SelectChoice(unit.id, unit.name) for unit in units]
        if len(units) == 1:
            del self.unit


class SectionForm(Form):
    """`seen` is the innovation's latest event when the page was opened: what others change after it is not overwritten unawares."""
    seen = HiddenField()

    def answers(self) -> dict:
        return {name: value for name, value in super().answers().items() if name != "seen"}


class BasicsForm(SectionForm):
    name = line("Nama inovasi", LONGEST_NAME, DataRequired("Nama inovasi tidak boleh dikosongkan."))
    stage = one("Tahapan", STAGES)
    initiator = one("Inisiator", codelists.INITIATORS)
    initiator_name = line("Nama inisiator", LONGEST_INITIATOR)
    classification = one("Klasifikasi", codelists.CLASSIFICATIONS)
    kind = one("Jenis inovasi", codelists.KINDS)
    form = one("Bentuk inovasi", codelists.FORMS)


class AffairsForm(SectionForm):
    asta_cita = pick("Asta Cita", [SelectChoice(number, f"{number}. {words}") for number, words in codelists.ASTA_CITA.items()], coerce=int)
    pkpn_cluster = pick("Klaster PKPN", [SelectChoice(cluster) for cluster in PKPN])
    pkpn_main = pick("Program PKPN utama", [SelectChoice(programme, optgroup=cluster) for cluster, words in PKPN.items() for programme in words])
    pkpn_touching = ManyOf("Program PKPN lain yang bersinggungan", {cluster: words for cluster, words in PKPN.items() if words})
    main_affair = pick("Urusan utama", [SelectChoice(affair, f"{affair} (pelayanan dasar)" if affair in BASIC_AFFAIRS else affair, optgroup=group)
                                        for group, affairs in AFFAIR_GROUPS.items() for affair in affairs])
    touching_affairs = ManyOf("Urusan lain yang bersinggungan", AFFAIR_GROUPS)

    def validate_pkpn_main(self, field):
        cluster = self.pkpn_cluster.data
        if field.data and cluster != codelists.NON_PKPN and field.data not in PKPN.get(cluster, ()):
            raise ValidationError(f"Program ini bukan bagian dari klaster {cluster}." if cluster else "Pilih juga klasternya.")

    def validate_pkpn_touching(self, field):
        if self.pkpn_main.data in field.data:
            raise ValidationError("Program utama tidak perlu dipilih lagi di sini.")

    def validate_touching_affairs(self, field):
        if self.main_affair.data in field.data:
            raise ValidationError("Urusan utama tidak perlu dipilih lagi di sini.")


def day(label: str) -> DateField:
    return DateField(label, validators=[Optional(), likely])


def likely(form, field):
    """A year typed wrong ("0204", "20025") is caught here; the order of the three dates by the innovation itself."""
    latest = latest_day(clock.now().date())
    if field.data and not EARLIEST <= field.data <= latest:
        raise ValidationError(f"Periksa tahunnya: antara {EARLIEST.year} dan {latest.year}.")


class PlaceAndTimeForm(SectionForm):
    latitude = Degrees("Lintang", *LATITUDES)
    longitude = Degrees("Bujur", *LONGITUDES)
    trial_on = day("Tanggal uji coba")
    applied_on = day("Tanggal diterapkan")
    developed_on = day("Tanggal pengembangan terakhir")


class DesignForm(SectionForm):
    design = text("Rancang bangun dan pokok perubahan", DESIGN_TEXT)


class ResultsForm(SectionForm):
    purpose = text("Tujuan", LONG_TEXT)
    benefit = text("Manfaat", LONG_TEXT)
    result = text("Hasil", LONG_TEXT)


class DescribeForm(Form):
    """For the catalogue. `seen` is the last change of it (id of an event) that the page knew of."""
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    summary = text("Ringkasan", LONGEST_SUMMARY)
    tags = Words("Kata kunci")
    is_shown = BooleanField("Tampilkan di katalog sekarang juga")

    def must_be_last(self, last: int | None) -> None:
        """A page from before somebody else's change would take that change back without a word."""
        if self.seen.data != last:
            self.seen.raw_data, self.seen.data = None, last
            raise Overtaken("Orang lain mengubah bagian ini sesudah halaman Anda dibuka. Yang tersimpan sekarang ada di bawah; periksa, "
                            "lalu simpan lagi bila ketikan Anda yang berlaku.")


class ArchiveForm(Form):
    reason = text("Alasan", 500, DataRequired("Tulis mengapa inovasi ini diarsipkan."))


FORMS = {"dasar": BasicsForm, "urusan": AffairsForm, "waktu": PlaceAndTimeForm, "rancang-bangun": DesignForm, "hasil": ResultsForm}
