"""What the office keeps: units, people and periods."""
from flask import Blueprint

units = Blueprint("units", __name__, url_prefix="/kelola/unit")
people = Blueprint("people", __name__, url_prefix="/kelola/orang")
periods = Blueprint("periods", __name__, url_prefix="/kelola/periode")
instruments = Blueprint("instruments", __name__, url_prefix="/kelola/instrumen")
log = Blueprint("log", __name__, url_prefix="/kelola/log")
announcements = Blueprint("announcements", __name__, url_prefix="/kelola/pengumuman")
row_helps = Blueprint("row_helps", __name__, url_prefix="/kelola/bantuan-baris")
rooms = Blueprint("rooms", __name__, url_prefix="/kelola")  # all of them on one page, each with its state
regency = Blueprint("regency", __name__, url_prefix="/kelola/daerah")
imports = Blueprint("imports", __name__, url_prefix="/kelola/impor")
backups = Blueprint("backups", __name__, url_prefix="/kelola/cadangan")
wellness = Blueprint("wellness", __name__, url_prefix="/kelola/kesehatan")
BLUEPRINTS = (units, people, periods, instruments, log, announcements, row_helps, rooms, regency, imports, backups, wellness)

from app.web.manage import (
    announcement_pages,
    anonymising,
    backup_pages,
    brought,
    extensions,
    handover,
    import_pages,
    instrument_editing,
    instrument_files,
    instrument_pages,
    log_pages,
    merging,
    period_pages,
    person_pages,
    person_sheet,
    person_standing,
    prolonging,
    regency_pages,
    register_sheet,
    rooms_page,
    row_help_pages,
    sheets,
    slips,
    unit_pages,
    unit_sheet,
    wellness_pages,
)
