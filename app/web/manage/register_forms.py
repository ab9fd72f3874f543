"""What the office types in about a register of earlier years."""
from wtforms.validators import DataRequired

from app.rules.register_headings import COLUMNS, REQUIRED, Table, letter
from app.web.fields import text
from app.web.forms import Form
from app.web.manage.forms import ChoiceOf

WITHOUT = "Tidak ada di berkas ini"


class MatchForm(Form):
    """Which column of the sheet is which of ours: a choice for each of ours, of the sheet's columns by number from 1."""

    def agrees(self) -> bool:
        taken: dict[int, str] = {}
        for column, field in self.columns():
            if field.data is None:
                field.errors = ["Pilih kolomnya."] if column in REQUIRED else field.errors
            elif (other := taken.setdefault(field.data, column)) != column:
                field.errors = [f"Kolom ini sudah dipilih untuk {other}."]
        return not self.errors

    def columns(self):
        return [(column, self[f"kolom_{number}"]) for number, column in enumerate(COLUMNS, 1)]

    @property
    def chosen(self) -> dict[str, int]:
        """The place of the sheet's column by ours."""
        return {column: field.data - 1 for column, field in self.columns() if field.data}


def match_form(table: Table, guessed: dict[str, int]) -> MatchForm:
    names = {f"kolom_{number}": column for number, column in enumerate(COLUMNS, 1)}
    form = type("OneSheet", (MatchForm,), {name: ChoiceOf(column, WITHOUT) for name, column in names.items()})(
        data={name: guessed[column] + 1 for name, column in names.items() if column in guessed})
    offered = [(place + 1, f"{letter(place)}: {heading or '(tanpa judul)'}") for place, heading in table.headings.items()]
    for name in names:
        form[name].offer(offered)
    return form


class UndoForm(Form):
    reason = text("Alasan", 500, DataRequired("Tulis alasan pembatalannya."))
