"""Signing in and out, what was refused, and every file that left, written down beside the answer (app/journal.py)."""
from flask import Flask, Response, current_app, g, request
from flask_login import current_user

from app import journal

DOOR = ("account.login", "account.code")
TURNED_AWAY = "gagal masuk"
OUTCOMES = {400: "kiriman ditolak", 403: "ditolak", 404: "tidak terlihat"}


def init_app(app: Flask) -> None:
    app.after_request(write_down)


def write_down(response: Response) -> Response:
    if what := seen(response):
        journal.note(current_app.config["LUMBUNG"].data, what, orang=person(), dari=request.remote_addr, cara=request.method, jalan=request.path,
                     kode=response.status_code)
    return response


def seen(response: Response) -> str | None:
    """What it was; None for what is everyday. An address that is no page at all is not counted, nor a picture of one."""
    if request.endpoint in DOOR and request.method == "POST":
        return "masuk" if is_in() else TURNED_AWAY if response.status_code == 200 else None
    if request.endpoint == "account.logout" and response.status_code == 303:
        return "keluar"
    if response.status_code in OUTCOMES and request.endpoint and g.get("user_id"):
        return OUTCOMES[response.status_code]
    is_file = response.status_code == 200 and response.headers.get("Content-Disposition", "").startswith("attachment")
    return "unduh" if is_file else None


def is_in() -> bool:
    return not g.get("is_broken") and current_user.is_authenticated


def person() -> int | None:
    return g.get("user_id") or (current_user.id if is_in() else None)
