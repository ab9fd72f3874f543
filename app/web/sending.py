"""A kept file on its way to the browser. Who may have it was decided before; these only say how the browser is to treat it."""
from pathlib import Path

from flask import Response, abort, send_file

from app.models import StoredFile
from app.web.gate import storage

TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "mp4": "video/mp4"}
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


def picture(path: Path, tag: str) -> Response:
    """A WEBP drawn here."""
    return _send(path, "image/webp", PICTURE, tag)


def _send(path: Path, mimetype: str, csp: str, tag: str, download_name: str | None = None, as_attachment: bool = False) -> Response:
    if not path.is_file():
        abort(404)
    name = download_name and "".join(letter for letter in download_name if letter.isprintable())  # a header is one line
    response = send_file(path, mimetype=mimetype, conditional=True, etag=tag, download_name=name, as_attachment=as_attachment)
    response.headers["Content-Security-Policy"] = csp
    response.headers["Cache-Control"] = "private, no-store"
    return response
