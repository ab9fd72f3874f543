"""Evidence on its way to a row, of a proposal or of the regional indicators: what is said about it, and the files themselves."""
from collections.abc import Collection
from typing import NamedTuple, Self

from werkzeug.datastructures import FileStorage
from wtforms import DateField, IntegerField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.models import Answer, Innovation, RegionRow, Unit
from app.rules import Refused
from app.rules.evidence import URL
from app.storage import Rejected
from app.web.fields import line
from app.web.forms import Form
from app.web.uploads import Upload, receive

MOST_SETS = 20


class UploadForm(Form):
    """New documents for a row. What is said here goes for every file of the same request."""
    title = line("Judul dokumen", 300)
    doc_number = line("Nomor", 120)
    dated_on = DateField("Tanggal dokumen", validators=[Optional()])
    years = SelectMultipleField("Tahun yang dibuktikan", coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    pages = line("Halaman yang membuktikan", 60)
    set_number = IntegerField("Untuk yang ke", validators=[Optional(), NumberRange(1, MOST_SETS)])
    url = line("Tautan", 500)
    captured_on = DateField("Tanggal tangkapan layar", validators=[Optional()])

    @classmethod
    def of(cls, row: Answer | RegionRow, **how) -> Self:
        form, rule = cls(**how), row.evidence_rule
        year = row.indicator.year
        form.years.choices = [SelectChoice(one, str(one)) for one in (sorted(rule.years) or range(year - 2, year + 1))]
        if rule.counted:
            form.set_number.label.text = f"{rule.set_name} ke"
        else:
            del form.set_number
        if URL not in row.file_types:
            del form.url, form.captured_on
        return form

    def facts(self) -> dict:
        """Of the document itself."""
        return {name: value for name, value in self.answers().items() if name not in ("pages", "set_number")}

    def place(self) -> dict:
        """Of the document on this row."""
        return {"pages": self.pages.data or "", "set_number": self.set_number and self.set_number.data}


class ExhibitForm(Form):
    pages = line("Halaman", 60)
    set_number = IntegerField("Untuk yang ke", default=1, validators=[Optional(), NumberRange(1, MOST_SETS)])


class Refusal(NamedTuple):
    """Why a file was not taken; without a name when it is not about one file."""
    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}" if self.name else self.reason


def store(files: Collection[FileStorage], unit: Unit, allowed: Collection[str], seconds: int | None,
          about: Innovation | None = None) -> tuple[list[Upload], list[Refusal]]:
    """The bytes of several files for a unit; a bad one does not take the others with it."""
    uploads, refusals = [], []
    for file in files:
        try:
            uploads.append(receive(file, unit, allowed, seconds, about))
        except (Refused, Rejected) as reason:
            refusals.append(Refusal(file.filename or "", str(reason)))
    return uploads, refusals


def uploadable(row: Answer | RegionRow) -> list[str]:
    """The kinds of file this row takes, as in file names."""
    return [kind for kind in row.file_types if kind != URL]
