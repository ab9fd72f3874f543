"""For the person who looks whether the server lives: no sign-in, no data."""
from flask import Blueprint

from app.web.gate import public

bp = Blueprint("health", __name__)


@bp.get("/sehat")
@public
def show():
    return "ok", 200, {"Content-Type": "text/plain; charset=utf-8"}
