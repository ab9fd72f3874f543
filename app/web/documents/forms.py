"""What is said about a document, with its file."""
from flask_wtf.file import FileField
from wtforms import DateField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.models import DocumentVersion, Unit
from app.web.fields import line
from app.web.forms import Form

YEARS_BACK = 4


class DocumentForm(Form):
    """For a new document, and for a new version of one: then the file may stay as it is."""
    upload = FileField("Berkas")
    title = line("Tentang", 300)
    doc_number = line("Nomor", 120)
    dated_on = DateField("Tanggal dokumen", validators=[Optional()])
    years = SelectMultipleField("Berlaku untuk tahun", coerce=int, widget=ListWidget(), option_widget=CheckboxInput())
    url = line("Tautan", 500)
    captured_on = DateField("Tanggal tangkapan layar", validators=[Optional()])
    unit = SelectField("Perangkat daerah", coerce=int)

    def __init__(self, year: int, units: list[Unit] = (), version: DocumentVersion | None = None):
        """Offers the last five years up to `year`, and any other the version already speaks for."""
        super().__init__(obj=version)
        years = {*range(year - YEARS_BACK, year + 1), *(version.years if version else ())}
        self.years.choices = [SelectChoice(number, str(number)) for number in sorted(years)]
        self.unit.choices = [SelectChoice(unit.id, unit.name) for unit in units]
        if len(units) < 2:
            del self.unit

    def answers(self) -> dict:
        """The facts as a document keeps them; file and unit travel their own way."""
        return {"title": self.title.data or "", "doc_number": self.doc_number.data or "", "dated_on": self.dated_on.data,
                "years": self.years.data, "url": self.url.data or "", "captured_on": self.captured_on.data}

    def first_fault(self) -> str:
        """For an answer that has room for one sentence only."""
        field = next(field for field in self if field.errors)
        return f"{field.label.text}: {field.errors[0]}"
