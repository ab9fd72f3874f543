"""What an operator fills in about one row, its evidence and the submission."""
from datetime import date
from typing import Self

from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, SelectMultipleField, SubmitField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from app import clock
from app.models import Answer, Entry, Innovation, User
from app.rules import Refused
from app.rules.instrument_rows import Basis
from app.rules.scoring import HIGHEST
from app.rules.workflow import Status
from app.web.fields import text
from app.web.forms import Form

MOST_STORY = 4000  # letters
EARLIEST = date(1990, 1, 1)


class ClaimForm(Form):
    """Level 0 stands for a row left empty. `shown` is the basis whose levels were on the page: choosing another shows its levels first.
    `seen` is the version of the row that was on the page."""
    basis = RadioField("Satuan ukur", validators=[Optional()])
    shown = HiddenField()
    show = SubmitField("Tampilkan level satuan ini")
    level = RadioField("Level mana yang dapat Anda buktikan?", coerce=int, validators=[InputRequired("Pilih levelnya.")],
                       choices=[SelectChoice(level, f"Level {level}" if level else "Belum diisi") for level in range(HIGHEST + 1)])
    substances = SelectMultipleField("Substansi yang ada dalam video", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    reply = text("Jawaban untuk verifikator", 2000)
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    @classmethod
    def of(cls, answer: Answer, **how) -> Self:
        """With what is stored, and only the questions this row asks."""
        verdict, basis = answer.returned_verdict, answer.basis and answer.basis.code
        form = cls(data={"basis": basis, "shown": basis, "level": answer.claimed_level or 0, "substances": answer.substances,
                         "reply": verdict.reply if verdict else "", "seen": answer.version}, **how)
        form.basis.choices = [SelectChoice(one.code, one.name if len(one.code) > 1 else f"{one.code}. {one.name}") for one in answer.indicator.bases]
        form.substances.choices = [SelectChoice(item["code"], item["name"]) for item in answer.indicator.substances]
        may_reply = verdict and answer.is_open and answer.entry.status == Status.RETURNED
        unasked = ([] if answer.indicator.bases else ["basis", "shown", "show"]) + ([] if answer.indicator.substances else ["substances"])
        for name in unasked + ([] if may_reply else ["reply"]):
            del form[name]
        return form

    def chosen_basis(self, answer: Answer) -> Basis | None:
        return next((basis for basis in answer.indicator.bases if basis.code == self.basis.data), None) if self.basis else None

    def is_ready(self) -> bool:
        """To be saved: sent, in order, and the level was chosen from the chosen basis."""
        if not self.is_submitted() or self._turns():
            return False
        return self.validate()

    def _turns(self) -> bool:
        """Another basis was chosen: its levels are other ones, so the level must be chosen anew."""
        if not self.basis or (self.basis.data or "") == (self.shown.data or ""):
            return bool(self.show and self.show.data)
        self.level.data, self.shown.data = None, self.basis.data
        if not self.show.data:
            self.refuse(Refused("Level untuk satuan ukur yang Anda pilih tampil di bawah. Pilih levelnya, lalu simpan."))
        return True


class DeclarationForm(Form):
    """What is declared depends on who stands behind it: the head who signs later, the head in person, or the operator for both."""
    agreed = BooleanField("Isian dan bukti ini benar, dan kepala perangkat daerah mengetahui pengajuannya.",
                          validators=[InputRequired("Centang pernyataan ini sebelum mengajukan.")])

    @classmethod
    def of(cls, entry: Entry, by: User) -> Self:
        form = cls()
        if entry.period.needs_signature and by in entry.heads:
            form.agreed.label.text = f"Isian dan bukti ini benar, dan saya mengesahkannya sebagai kepala {entry.unit.name}."
        elif entry.will_be_signed:
            form.agreed.label.text = "Isian dan bukti ini benar sepanjang pengetahuan saya dan siap dibaca kepala perangkat daerah."
        return form


class SignatureForm(Form):
    agreed = BooleanField("Saya mengesahkan usulan ini: isian dan buktinya benar dan menjadi tanggung jawab perangkat daerah saya.",
                          validators=[InputRequired("Centang pernyataan ini sebelum mengesahkan.")])


class HandBackForm(Form):
    note = text("Yang perlu diperbaiki", 2000, DataRequired("Tulis apa yang perlu diperbaiki sebelum Anda mengesahkan."))


class WithdrawalForm(Form):
    note = text("Alasan", 500)


class ProfileReplyForm(Form):
    reply = text("Jawaban tentang profil", 2000, DataRequired("Tulis jawaban Anda dulu."))


class CarryForm(Form):
    """What was developed since an earlier proposal; both may wait until this one is handed in."""
    development = text("Apa yang dikembangkan sejak itu?", MOST_STORY)
    developed_on = DateField("Tanggal pengembangan terakhir", validators=[Optional()])

    @classmethod
    def of(cls, innovation: Innovation, told: str = "") -> Self:
        return cls(data={"development": told, "developed_on": innovation.developed_on})

    def validate_developed_on(self, field):
        latest = clock.now().date().replace(month=12, day=31)
        if field.data and not EARLIEST <= field.data <= latest:
            raise ValidationError(f"Periksa tahunnya: antara {EARLIEST.year} dan {latest.year}.")
