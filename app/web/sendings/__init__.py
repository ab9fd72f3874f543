"""The way out to the ministry: ready to copy, sent and frozen, the register and its papers, packages."""
from flask import Blueprint

bp = Blueprint("sendings", __name__)

from app.web.sendings import copying, dispatch, lists, many, packages, pages, papers
