"""What the office types of the ministry's results."""
from collections.abc import Mapping, Sequence
from decimal import Decimal

from flask_wtf.file import FileField
from wtforms import IntegerField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app.rules.intake import LONGEST_NOTE
from app.web.fields import Figure, line, text
from app.web.forms import Form

LEVEL = "level_"   # field of a row: level_16


def whole(label: str, **kwargs) -> IntegerField:
    return IntegerField(label, validators=[Optional(), in_reach], **kwargs)


def in_reach(form, field):
    if field.data is not None and not 0 <= field.data < 10**6:
        raise ValidationError("Isi dengan bilangan bulat yang wajar.")


class YearForm(Form):
    """`seen` is the last change of the year's result that the page knew of."""
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    year = IntegerField("Tahun", validators=[InputRequired("Isi tahunnya."), in_reach])
    index = Figure("Indeks", validators=[InputRequired("Isi indeksnya, misalnya 56,96.")])
    band = line("Predikat", 40, DataRequired("Isi predikat yang diumumkan."))
    rank = whole("Peringkat")
    participants = whole("Dari berapa daerah")
    count = whole("Inovasi yang dikirim")
    spd = Figure("Poin SPD")
    note = text("Catatan", 500)

    def answers(self) -> dict:
        typed = super().answers()
        typed.pop("seen")
        return {**typed, "note": typed["note"] or ""}


class KnownYearForm(YearForm):
    """Of a year whose instrument is known: one of its bands. A band recorded before and not among them stays on offer."""
    band = SelectField("Predikat", validators=[InputRequired("Pilih predikat yang diumumkan.")])

    def offer(self, bands: Sequence[str], held: str = "") -> None:
        names = [*bands, *([held] if held and held not in bands else [])]
        self.band.choices = [SelectChoice("", "Pilih predikat"), *(SelectChoice(name, name) for name in names)]


class ResultForm(Form):
    """`seen` is when the result was last recorded, as the page knew it. The rows come in `of`."""
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    total = Figure("Jumlah kematangan menurut kementerian")
    note = text("Catatan", LONGEST_NOTE)

    @classmethod
    def of(cls, rows: Mapping[str, str]) -> type["ResultForm"]:
        """With a level 0-3, or none, for each row (names by code)."""
        levels = {f"{LEVEL}{code}": SelectField(f"Level baris {code}", coerce=level_or_none, choices=LEVELS) for code in rows}
        return type("RowsForm", (cls,), levels)

    @property
    def levels(self) -> dict[str, int | None]:
        return {name.removeprefix(LEVEL): value for name, value in self.data.items() if name.startswith(LEVEL)}


def level_or_none(value: object) -> int | None:
    return None if value in (None, "", "None") else int(str(value))


LEVELS = [SelectChoice("", "–"), *(SelectChoice(level, str(level)) for level in range(4))]


class UploadForm(Form):
    file = FileField("Berkas XLSX")


def band_fits(bands: Sequence, index: Decimal, band: str) -> str:
    """What the instrument's limits say when they say another band; empty otherwise. `bands` are Band, the highest first."""
    meant = next((one.name for one in bands if one.above is None or index > one.above), band)
    return "" if meant.casefold() == band.casefold() else meant
