"""The unit's evidence library, and the files themselves."""
from flask import Blueprint

bp = Blueprint("documents", __name__, url_prefix="/dokumen")
files = Blueprint("files", __name__, url_prefix="/berkas")

from app.web.documents import changes, pages, serving, sheets
