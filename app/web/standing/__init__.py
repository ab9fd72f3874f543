"""The expected index, its what-if, and the set that is best to send."""
from flask import Blueprint

bp = Blueprint("standing", __name__)

from app.web.standing import choosing, imagining, pages, sheets, taking
