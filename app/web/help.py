"""How to use this, on one page; every number comes from the instrument of the current period."""
from flask import Blueprint, render_template

from app.web.season import instrument_now

bp = Blueprint("help", __name__)


@bp.get("/bantuan")
def index():
    instrument = instrument_now()
    return render_template("help/index.html", instrument=instrument, rows=instrument.innovation_rows(), rules=instrument.index_rules)
