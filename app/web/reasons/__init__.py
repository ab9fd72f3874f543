"""The bank of reasons and the training made of what is said most."""
from flask import Blueprint

bp = Blueprint("reasons", __name__, url_prefix="/verifikasi")

from app.web.reasons import agenda, bank, sheets
