"""The leadership's screens: one overview, one printed page, claims against verified, where it is stuck."""
from flask import Blueprint

bp = Blueprint("dashboard", __name__, url_prefix="/dasbor")

from app.web.dashboard import claims, pages, turnaround
