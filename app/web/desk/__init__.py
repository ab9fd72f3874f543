"""Desk sessions and monitoring visits: their schedule, their minutes, what was promised."""
from flask import Blueprint

bp = Blueprint("desk", __name__, url_prefix="/pendampingan")

from app.web.desk import arranging, holding, pages, planning, promises, sheets
