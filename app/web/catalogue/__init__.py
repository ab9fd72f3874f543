"""What the region has made so far, for everybody who is signed in."""
from flask import Blueprint

bp = Blueprint("catalogue", __name__, url_prefix="/katalog")

from app.web.catalogue import interests, pages, sheets
