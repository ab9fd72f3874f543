"""What the office keeps: units, people and periods."""
from flask import Blueprint

units = Blueprint("units", __name__, url_prefix="/kelola/unit")
people = Blueprint("people", __name__, url_prefix="/kelola/orang")
periods = Blueprint("periods", __name__, url_prefix="/kelola/periode")
BLUEPRINTS = (units, people, periods)

from app.web.manage import extensions, handover, period_pages, person_pages, person_standing, sheets, unit_pages
