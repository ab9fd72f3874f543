"""A refusal is a sentence where the person stands; an error is a page that says what to do."""
from logging import LogRecord

from flask import Flask, current_app, flash, g, jsonify, redirect, render_template, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound, SecurityError

from app.extensions import begin_reading, db
from app.rules import Refused
from app.rules.troubles import is_no_text
from app.storage import Rejected
from app.web import trouble, unsaved

PAGES = {400, 403, 404, 405, 413, 500, 503}


def init_app(app: Flask) -> None:
    app.logger.addFilter(on_one_line)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(Rejected, refused)
    app.register_error_handler(MethodNotAllowed, only_sent)
    app.register_error_handler(SecurityError, unknown_host)
    app.register_error_handler(HTTPException, error)
    for kind in (DBAPIError, NoConnectionLeft, OSError):
        app.register_error_handler(kind, troubled)
    app.register_error_handler(OverflowError, lambda _: error(NotFound()))  # an id no database row can have


def wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def refused(reason: Exception):
    db.session.rollback()
    if wants_json():
        return jsonify(error=str(reason)), 422
    flash(str(reason), "error")
    return redirect("/" if request.method == "GET" else unsaved.came_from(), 303)  # a refused GET must not come back to itself


def unknown_host(_):
    """Asked for by a name that is not ours: no page can be made, since none of its links would be right."""
    return "Alamat ini bukan alamat Lumbung Inovasi. Pakai alamat yang diberikan admin.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def only_sent(problem: MethodNotAllowed):
    """An address that only takes what a button sends, opened by itself: after a refusal it stands in the address bar. Its page is above it."""
    above = unsaved.page_of(request.path) if request.method == "GET" and not wants_json() else None
    return redirect(above, 303) if above else error(problem)


def error(problem: HTTPException):
    begin_reading()  # nobody waits to write while this page is made
    code = problem.code if problem.code in PAGES else 400 if (problem.code or 500) < 500 else 500
    if problem.response is not None or (problem.code and 300 <= problem.code < 400):
        return problem
    if wants_json():
        return jsonify(error=sentence(code)), problem.code
    g.is_broken = code >= 500  # then the page head must not ask the database again
    return render_template(f"errors/{code}.html"), problem.code


def troubled(problem: Exception):
    """The disk or the database refused: a page of its own, with what was sent. Anything else is a fault of ours."""
    found = trouble.of(problem)
    if found is None and is_no_text(problem):
        return error(BadRequest())
    if found is None:
        raise problem
    current_app.logger.error("%s: %s %s: %s", found.title, request.method, request.path, getattr(problem, "orig", problem))
    g.is_broken = True
    begin_reading()
    if wants_json():
        return jsonify(error=found.sentence), found.code, found.headers
    page = render_template("errors/trouble.html", trouble=found, target=request.full_path.rstrip("?"), **unsaved.sent())
    return page, found.code, found.headers


def on_one_line(record: LogRecord) -> bool:
    """Of what others sent (a path may hold a line break) none begins a line of the log."""
    record.msg, record.args = " ".join(record.getMessage().split()), None
    return True


def sentence(code: int) -> str:
    return {413: "Berkas terlalu besar.", 403: "Anda tidak berwenang melakukan ini.", 404: "Halaman ini tidak ditemukan."}.get(
        code, "Permintaan ini tidak dapat dikerjakan. Muat ulang halaman.")
