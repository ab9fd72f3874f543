"""What the office keeps: units, people and periods."""
from flask import Blueprint

units = Blueprint("units", __name__, url_prefix="/kelola/unit")
people = Blueprint("people", __name__, url_prefix="/kelola/orang")
periods = Blueprint("periods", __name__, url_prefix="/kelola/periode")
instruments = Blueprint("instruments", __name__, url_prefix="/kelola/instrumen")
log = Blueprint("log", __name__, url_prefix="/kelola/log")
announcements = Blueprint("announcements", __name__, url_prefix="/kelola/pengumuman")
row_helps = Blueprint("row_helps", __name__, url_prefix="/kelola/bantuan-baris")
BLUEPRINTS = (units, people, periods, instruments, log, announcements, row_helps)

from app.web.manage import (
    announcement_pages,
    brought,
    extensions,
    handover,
    instrument_editing,
    instrument_files,
    instrument_pages,
    log_pages,
    merging,
    period_pages,
    person_pages,
    person_sheet,
    person_standing,
    row_help_pages,
    sheets,
    slips,
    unit_pages,
    unit_sheet,
)
