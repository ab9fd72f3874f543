"""A kept file on its way to the browser. Who may have it was decided before; these only say how the browser is to treat it."""
import unicodedata
from pathlib import Path
from urllib.parse import quote

from flask import Response, abort, make_response, render_template, send_file

from app.models import StoredFile
from app.web.gate import storage

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "mp4": "video/mp4", "ics": "text/calendar; charset=utf-8",
         "docx": f"{OFFICE}wordprocessingml.document", "xlsx": f"{OFFICE}spreadsheetml.sheet", "json": "application/json", "zip": "application/zip"}
# Chrome shows no PDF under `sandbox` or `object-src 'none'`; a picture needs neither script nor form
INLINE = {"application/pdf": "frame-ancestors 'self'", "video/mp4": "default-src 'none'; media-src 'self'; frame-ancestors 'self'"}
PICTURE = "default-src 'none'; img-src 'self'; sandbox; frame-ancestors 'self'"


def inline(file: StoredFile, name: str) -> Response:
    """The original, shown in the browser; a video may be asked for in parts."""
    kind = TYPES[file.kind]
    return _send(storage().path(file.sha256), kind, INLINE.get(kind, PICTURE), file.sha256, download_name=name)


def attachment(file: StoredFile, name: str) -> Response:
    """The original, saved under the name its owner gave it."""
    return _send(storage().path(file.sha256), TYPES[file.kind], PICTURE, file.sha256, download_name=name, as_attachment=True)


def attached(content: bytes, name: str) -> Response:
    """What was written for this request, saved under `name`; its ending says what it is."""
    return _written(content, name, "attachment")


def shown(content: bytes, name: str) -> Response:
    """The same, shown in the browser."""
    return _written(content, name, "inline")


def picture(path: Path, tag: str) -> Response:
    """A WEBP drawn here."""
    return _send(path, "image/webp", PICTURE, tag)


def named(response: Response, name: str, how: str = "attachment") -> None:
    """What the browser calls it. A header has no letters beyond Latin-1: such a name goes along in the form made for it."""
    plain, given = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode(), _on_one_line(name)
    wide = {} if given.isascii() else {"filename*": f"UTF-8''{quote(given, safe='')}"}
    response.headers.set("Content-Disposition", how, filename=_on_one_line(plain), **wide)


def _written(content: bytes, name: str, how: str) -> Response:
    kind = TYPES[name.rsplit(".", 1)[1]]
    response = Response(content, content_type=kind)
    named(response, name, how)
    return _private(response, INLINE.get(kind, PICTURE))


def _send(path: Path, mimetype: str, csp: str, tag: str, download_name: str | None = None, as_attachment: bool = False) -> Response:
    if not path.is_file():
        abort(make_response(render_template("errors/lost.html"), 404))
    name = download_name and _on_one_line(download_name)
    response = send_file(path, mimetype=mimetype, conditional=True, etag=tag, download_name=name, as_attachment=as_attachment)
    return _private(response, csp)


def _private(response: Response, csp: str) -> Response:
    response.headers["Content-Security-Policy"] = csp
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _on_one_line(name: str) -> str:
    """A header is one line."""
    return "".join(letter for letter in name if letter.isprintable())
