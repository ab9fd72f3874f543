"""The files of document versions: the original, and pictures of it that are safe to look at. The id is that of a version."""
from flask import Response, abort

from app.extensions import db
from app.models import DocumentVersion
from app.queries import documents
from app.storage import Rejected
from app.web import sending
from app.web.documents import files
from app.web.gate import me, storage


def get_version(id: int) -> DocumentVersion:
    """A version this person may see through its document, or 404; who may see it may have its file."""
    return db.session.scalar(documents.version_visible_to(me(), id)) or abort(404)


@files.errorhandler(Rejected)
def cannot_be_drawn(reason: Rejected) -> Response:
    """Pictures are fetched by pages: a sentence for whoever looks, no redirect and no flash on the next page."""
    return Response(str(reason), 422, mimetype="text/plain")


@files.get("/<int:id>")
def show(id):
    version = get_version(id)
    return sending.inline(version.file, version.file_name)


@files.get("/<int:id>/unduh")
def download(id):
    version = get_version(id)
    return sending.attachment(version.file, version.file_name)


@files.get("/<int:id>/halaman/<int:number>")
def page(id, number):
    file = get_version(id).file
    if file.kind != "pdf" or not 1 <= number <= (file.pages or 0):
        abort(404)
    return sending.picture(storage().page(file.sha256, number, ahead=1), f"{file.sha256}-{number}")


@files.get("/<int:id>/pratinjau")
def preview(id):
    file = get_version(id).file
    if not file.is_picture:
        abort(404)
    return sending.picture(storage().preview(file.sha256), file.sha256)
