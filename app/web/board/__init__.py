"""One unit, one innovation: how far every unit came in the period."""
from flask import Blueprint

bp = Blueprint("board", __name__, url_prefix="/papan")

from app.web.board import pages
