"""Letters about decided rounds: made once, numbered, downloaded by both sides; and the office's register of them."""
from flask import Blueprint

bp = Blueprint("letters", __name__)

from app.web.letters import files, pages, sheets
