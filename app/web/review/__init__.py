"""The reviewer's side: queue, rows with evidence, verdicts and the decision."""
from flask import Blueprint

bp = Blueprint("review", __name__, url_prefix="/verifikasi")

from app.web.review import approval, bulk, compare, decision, judging, notes, pages, queue, reopening, sharing, sheets
