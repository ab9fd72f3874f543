"""Interest in replication, noted for one of one's units."""
from wtforms import SelectField
from wtforms.fields import SelectChoice

from app.rules.catalogue import LONGEST_NOTE
from app.web.fields import text
from app.web.forms import Form


class InterestForm(Form):
    unit = SelectField("Untuk perangkat daerah", coerce=int)
    note = text("Catatan", LONGEST_NOTE)

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.unit.choices = [SelectChoice(unit.id, unit.name) for unit in units]
        if len(units) < 2:
            del self.unit
