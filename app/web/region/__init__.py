"""The regional indicators (SPD) of a period: filled, proven and verified by the innovation office."""
from flask import Blueprint

bp = Blueprint("region", __name__, url_prefix="/spd")

YEAR = "<int(fixed_digits=4):tahun>"

from app.web.region import attaching, judging, locking, pages, rows, sheets
