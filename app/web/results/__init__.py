"""What the ministry published: the region year by year, and every innovation row by row."""
from flask import Blueprint

bp = Blueprint("results", __name__)

from app.web.results import importing, pages, recording, sheets, years
