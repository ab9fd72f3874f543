"""A sheet on its way into a list: kept between its report and the yes, under its hash, for the person who brought it. Nothing else is stored."""
import hashlib
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import FileStorage

from app.exports.listing import MOST_BYTES
from app.rules import Refused
from app.rules.tables import WORDS, Found, counted, in_order
from app.storage.incoming import settle
from app.web.gate import me, storage
from app.web.listing import PER_PAGE, Page

GONE = "Berkasnya tidak disimpan lebih dari satu jam. Unggah lagi."
CHANGED_SINCE = "Ada yang berubah sesudah laporan ini dibuat. Laporan di bawah sudah yang terbaru; periksa, lalu simpan lagi."
STILL_WRONG = "Masih ada baris yang salah, jadi belum ada yang disimpan. Perbaiki berkasnya, lalu unggah lagi."
NOTHING_NEW = "Tidak ada yang berubah dari berkas ini."


class Tab(NamedTuple):
    label: str
    url: str
    current: bool
    count: int


def kept(file: FileStorage | None, list_name: str) -> str:
    """What the confirming form carries: the hash, signed for this person and this list."""
    if not file or not file.filename:
        raise Refused("Pilih berkasnya dulu.")
    storage().forget_incoming()
    content = file.stream.read(MOST_BYTES + 1)
    with storage().incoming.receive(io.BytesIO(content), MOST_BYTES) as arrived:
        place = _place_of(arrived.sha256)
        settle(arrived.path, place)
        os.utime(place)  # an hour from now, also when the same file was brought before
    return _signer().dumps([me().id, list_name, arrived.sha256])


def content_of(token: str, list_name: str) -> bytes:
    try:
        user_id, for_list, sha256 = _signer().loads(token)
    except (BadData, ValueError):
        raise Refused(GONE) from None
    if (user_id, for_list) != (me().id, list_name):
        raise Refused("Berkas itu diunggah orang lain atau untuk daftar lain. Unggah lagi.")
    try:
        content = _place_of(sha256).read_bytes()
    except OSError:
        raise Refused(GONE) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused("Berkasnya tidak utuh lagi. Unggah lagi.")
    return content


def forget(token: str) -> None:
    _place_of(_signer().loads(token)[2]).unlink(missing_ok=True)


def page_of_report(found: Sequence[Found], only: str, number: int, url) -> tuple[Page, list[Tab]]:
    """A page of the report, faults first, of one kind of rows when `only` says so. `url(only, page)` is its address."""
    counts = counted(found)
    shown = [one for one in in_order(found) if not only or one.what == only]
    pages = max(1, -(-len(shown) // PER_PAGE))
    number = min(max(1, number), pages)
    tabs = [Tab("Semua baris", url("", 1), not only, len(found)), *(Tab(WORDS[what], url(what, 1), only == what, count)
                                                                   for what, count in counts.items())]
    return Page(shown[(number - 1) * PER_PAGE:number * PER_PAGE], number, pages, len(shown), lambda n: url(only, n)), tabs


def _place_of(sha256: str) -> Path:
    """Among the incoming, which are swept after an hour."""
    return storage().incoming.folder / f"impor-{sha256}.xlsx"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="impor")
