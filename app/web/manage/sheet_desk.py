"""A sheet on its way into a list: kept between its report and the yes, under its hash, for the person who brought it. Nothing else is stored."""
import hashlib
import io
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import FileStorage

from app.exports.listing import MOST_BYTES
from app.rules import Refused
from app.rules.tables import WORDS, WRONG, Found, counted, fingerprint, in_order
from app.storage import Rejected
from app.storage.incoming import settle
from app.web.gate import me, storage
from app.web.listing import PER_PAGE, Page, Tab
from app.web.manage.forms import UploadForm

LONGEST_NAME = 100  # of a file, kept in the address
GONE = "Berkasnya tidak disimpan lebih dari satu jam. Unggah lagi."
CHANGED_SINCE = "Ada yang berubah sesudah laporan ini dibuat. Laporan di bawah sudah yang terbaru; periksa, lalu simpan lagi."
STILL_WRONG = "Masih ada baris yang salah, jadi belum ada yang disimpan. Perbaiki berkasnya, lalu unggah lagi."
NOTHING_NEW = "Tidak ada yang berubah dari berkas ini."


class Slip(NamedTuple):
    """What an address says of a sheet: its hash, what the file was called, and what was decided about it."""
    sha256: str
    file_name: str
    note: dict[str, Any]


class Report(Protocol):
    """What a list's rules say of a sheet; `plans` are what would be done, empty when a row is wrong."""
    found: list[Found]

    @property
    def plans(self) -> Sequence[Any]: ...


# How a sheet is brought, looked at and taken

def brought(form: UploadForm, list_name: str, look: Callable[[str], Any], most_bytes: int = MOST_BYTES) -> str | None:
    """What its address carries from now on; None when it cannot be read, which is then said on the form. `look` reads it."""
    try:
        berkas = kept(form.file.data, list_name, most_bytes)
        look(berkas)
    except (Refused, Rejected) as no:
        form.refuse(no)
        return None
    return berkas


def report_page(template: str, berkas: str, look: Callable[[str], Any], read: Callable[[Any], Report], words: Mapping[str, str] = WORDS, **more):
    """What the sheet would do; nothing is stored yet. `look` gives the sheet, `read` its report, `words` are for the kinds of rows it may have."""
    try:
        sheet = look(berkas)
    except Refused as no:
        return start_again(no)
    report = read(sheet)
    page, tabs = page_of_report(report.found, request.args.get("hanya", ""), request.args.get("page", 1, int), lambda only, n: url_for(
        ".check", berkas=berkas, hanya=only or None, page=n if n > 1 else None), words)
    return render_template(template, berkas=berkas, sheet=sheet, report=report, page=page, tabs=tabs, words=words, counts=counted(report.found),
                           stamp=fingerprint(report.found), **more)


def start_again(why: Refused) -> Response:
    flash(str(why), "error")
    return redirect(url_for(".upload"), 303)  # type: ignore[return-value]


def must_be_as_reported(report: Report) -> None:
    """What is taken is what the person said yes to."""
    if any(one.what == WRONG for one in report.found):
        raise Refused(STILL_WRONG)
    if fingerprint(report.found) != request.form.get("laporan"):
        raise Refused(CHANGED_SINCE)
    if not report.plans:
        raise Refused(NOTHING_NEW)


# How it is kept

def kept(file: FileStorage | None, list_name: str, most_bytes: int = MOST_BYTES) -> str:
    """What the confirming form carries: the hash, signed for this person and this list."""
    if not file or not file.filename:
        raise Refused("Pilih berkasnya dulu.")
    storage().forget_incoming()
    content = file.stream.read(most_bytes + 1)
    with storage().incoming.receive(io.BytesIO(content), most_bytes) as arrived:
        place = _place_of(arrived.sha256)
        settle(arrived.path, place)
        os.utime(place)  # an hour from now, also when the same file was brought before
    return _signer().dumps([me().id, list_name, arrived.sha256, file.filename[:LONGEST_NAME], {}])


def noted(token: str, note: Mapping[str, Any]) -> str:
    """The same sheet with what was decided about it on the way."""
    *whose, _ = _signer().loads(token)
    return _signer().dumps([*whose, note])


def slip_of(token: str, list_name: str) -> Slip:
    try:
        user_id, for_list, *slip = _signer().loads(token)
    except (BadData, ValueError):
        raise Refused(GONE) from None
    if (user_id, for_list) != (me().id, list_name):
        raise Refused("Berkas itu diunggah orang lain atau untuk daftar lain. Unggah lagi.")
    return Slip(*slip)


def content_of(token: str, list_name: str) -> bytes:
    sha256 = slip_of(token, list_name).sha256
    try:
        content = _place_of(sha256).read_bytes()
    except OSError:
        raise Refused(GONE) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused("Berkasnya tidak utuh lagi. Unggah lagi.")
    return content


def forget(token: str) -> None:
    _place_of(_signer().loads(token)[2]).unlink(missing_ok=True)


def page_of_report(found: Sequence[Found], only: str, number: int, url, words: Mapping[str, str] = WORDS) -> tuple[Page, list[Tab]]:
    """A page of the report, faults first, of one kind of rows when `only` says so. `url(only, page)` is its address."""
    counts = counted(found)
    shown = [one for one in in_order(found) if not only or one.what == only]
    pages = max(1, -(-len(shown) // PER_PAGE))
    number = min(max(1, number), pages)
    tabs = [Tab("Semua baris", url("", 1), not only, len(found)), *(Tab(words[what], url(what, 1), only == what, count)
                                                                   for what, count in counts.items() if what in words)]
    return Page(shown[(number - 1) * PER_PAGE:number * PER_PAGE], number, pages, len(shown), lambda n: url(only, n)), tabs


def _place_of(sha256: str) -> Path:
    """Among the incoming, which are swept after an hour; each person's own, so that one who is done takes nothing from another."""
    return storage().incoming.folder / f"impor-{me().id}-{sha256}.xlsx"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="impor")
