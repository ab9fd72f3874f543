"""A refusal is a sentence where the person stands; an error is a page that says what to do."""
from flask import Flask, flash, g, jsonify, redirect, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from app.extensions import db
from app.rules import Refused
from app.storage import Rejected
from app.web import unsaved

PAGES = {400, 403, 404, 405, 413, 500, 503}


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, refused)
    app.register_error_handler(Rejected, refused)
    app.register_error_handler(MethodNotAllowed, only_sent)
    app.register_error_handler(HTTPException, error)
    app.register_error_handler(OverflowError, lambda _: error(NotFound()))  # an id no database row can have


def wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def refused(reason: Exception):
    db.session.rollback()
    if wants_json():
        return jsonify(error=str(reason)), 422
    flash(str(reason), "error")
    return redirect("/" if request.method == "GET" else unsaved.came_from(), 303)  # a refused GET must not come back to itself


def only_sent(problem: MethodNotAllowed):
    """An address that only takes what a button sends, opened by itself: after a refusal it stands in the address bar. Its page is above it."""
    above = unsaved.page_of(request.path) if request.method == "GET" and not wants_json() else None
    return redirect(above, 303) if above else error(problem)


def error(problem: HTTPException):
    db.session.rollback()
    code = problem.code if problem.code in PAGES else 400 if (problem.code or 500) < 500 else 500
    if problem.response is not None or (problem.code and 300 <= problem.code < 400):
        return problem
    if wants_json():
        return jsonify(error=sentence(code)), problem.code
    g.is_broken = code >= 500  # then the page head must not ask the database again
    return render_template(f"errors/{code}.html"), problem.code


def sentence(code: int) -> str:
    return {413: "Berkas terlalu besar.", 403: "Anda tidak berwenang melakukan ini.", 404: "Halaman ini tidak ditemukan."}.get(
        code, "Permintaan ini tidak dapat dikerjakan. Muat ulang halaman.")
