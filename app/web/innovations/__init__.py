"""The register of innovations and their 22-item profile."""
from flask import Blueprint

bp = Blueprint("innovations", __name__, url_prefix="/inovasi")

from app.web.innovations import files, keeping, pages, past, profile, sheets
