"""Profiles and evidence as a ZIP: first what is missing or still being written, then the file itself, streamed."""
from collections.abc import Collection
from threading import BoundedSemaphore
from typing import Any
from weakref import finalize

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.exports.packing import safe_name
from app.extensions import db
from app.queries import sendings
from app.rules import Refused
from app.web import sending as files
from app.web.gate import get_entry, me, must
from app.web.sendings import bp
from app.web.sendings.lists import read_filter
from app.web.sendings.parcels import Load

MOST = 300
AGAIN = 1  # seconds until the page asks again, or a download that found no room gives up
LANES = BoundedSemaphore(2)  # downloads at once in one process: a slow line holds one of its few threads for as long as it takes
BUSY = "Dua paket lain sedang diunduh dari server ini. Tunggu sebentar, lalu tekan Unduh lagi."


@bp.get("/usulan/<int:id>/paket")
def entry_package(id):
    entry = get_entry(id)
    return progress([id], url_for(".entry_zip", id=id), url_for("entries.show", id=id), entry.innovation.name)


@bp.get("/usulan/<int:id>/paket.zip")
def entry_zip(id):
    get_entry(id)
    return zipped([id], url_for(".entry_package", id=id))


@bp.get("/kirim/paket")
def package():
    must("package.take")
    return progress(chosen(), url_for(".package_zip", **selection()), url_for(".index", **read_filter().args()))


@bp.post("/kirim/paket")
def pick():
    """What was ticked, as an address that can be opened again."""
    must("package.take", write=False)
    if not ticked(request.form):
        raise Refused("Centang dulu inovasi yang hendak dipaketkan.")
    return redirect(url_for(".package", **read_filter().args(), usulan=ticked(request.form)), 303)


@bp.get("/kirim/paket.zip")
def package_zip():
    must("package.take")
    return zipped(chosen(), url_for(".package", **selection()))


def ticked(sent: MultiDict) -> list[int]:
    return list(dict.fromkeys(sent.getlist("usulan", type=int)))


def selection() -> dict[str, Any]:
    """The ticked ones and the list they stand in, as an address keeps them."""
    return read_filter().args() | {"usulan": ticked(request.args)}


def chosen() -> list[int]:
    """The ticked ones; without ticks all of the list whose filter the address holds."""
    listed = read_filter()
    ids = ticked(request.args) or list(db.session.scalars(listed.ordered(listed.narrow(sendings.ids(me())))))
    if len(ids) > MOST:
        raise Refused(f"Satu paket berisi paling banyak {MOST} inovasi. Saring dulu daftarnya.")
    return ids


def progress(ids: Collection[int], zip_url: str, back: str, name: str = "") -> Response:
    load = Load(ids)
    if not load.lacking:
        load.write()
    package = load.packed() if load.parcels and load.is_written and not load.lacking else None
    page = render_template("sendings/package.html", load=load, package=package, zip_url=zip_url, back=back, name=name, rest=rest(load))
    response = Response(page)
    if package is None and load.parcels and not load.lacking:
        response.headers["Refresh"] = str(AGAIN)
    return response


def rest(load: Load) -> str:
    """The address of the same package without those that lack something."""
    whole = [parcel.entry_id for parcel in load.parcels if not parcel.missing]
    return url_for(".package", usulan=whole) if load.lacking and whole else ""


def zipped(ids: Collection[int], page: str) -> Response:
    """Everything is known before the first byte: the database is let go of, and what is sent is read from disk piece by piece."""
    load = Load(ids)
    if not load.parcels or load.lacking or not load.is_written:
        return redirect(page, 303)
    package = load.packed()
    if not LANES.acquire(timeout=AGAIN):
        flash(BUSY, "error")
        return redirect(page, 303)
    db.session.remove()
    name = load.parcels[0].name if len(load.parcels) == 1 else f"{len(load.parcels)} inovasi"
    response = Response(iter(package), content_type="application/zip")
    response.call_on_close(finalize(response, LANES.release))  # once: at its end, or when it is dropped before
    response.headers["Content-Length"] = str(package.size)
    response.headers["Cache-Control"] = "private, no-store"
    files.named(response, safe_name(f"Paket {name}.zip"))
    return response
