"""Typing kept while it is typed, dropped when it is not wanted, finished after signing in again."""
from datetime import timedelta
from typing import NamedTuple

from flask import Blueprint, abort, current_app, flash, jsonify, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app import clock
from app.extensions import begin_writing, db
from app.models import DeskSession, Document, Draft, Entry, Innovation
from app.queries import desk, documents, drafts, entries, innovations
from app.rules import Refused
from app.web import stamps, unsaved
from app.web.errors import wants_json
from app.web.gate import me
from app.web.jinja import TIME, format_instant
from app.web.season import zone

bp = Blueprint("drafts", __name__, url_prefix="/ketikan")

SENT_BY_ITSELF = timedelta(hours=1)  # what waited longer is looked at before it is sent
SEEN = {"entries": (Entry, entries.visible_to), "review": (Entry, entries.visible_to), "innovations": (Innovation, innovations.visible_to),
        "documents": (Document, documents.visible_to), "desk": (DeskSession, desk.visible_to)}
NAMES = {"innovations.profile": "Profil inovasi", "innovations.describe": "Keterangan untuk katalog", "entries.row": "Isian baris {code}",
         "entries.profile_reply": "Jawaban tentang profil",
         "review.row": "Putusan baris {code}", "review.decide": "Keputusan usulan", "documents.edit": "Keterangan dokumen",
         "documents.new": "Dokumen baru", "region.row": "Indikator daerah baris {kode}",
         "region.judge": "Putusan indikator daerah baris {kode}", "desk.minutes": "Risalah pendampingan"}


class Kept(NamedTuple):
    """A draft with the name of its form, the page it stands on and where it is sent; no page where that is gone."""
    draft: Draft
    name: str
    page: str | None
    target: str


@bp.get("")
def index():
    return render_template("drafts/index.html", kept=[told(draft) for draft in db.session.scalars(drafts.of(me().id))])


@bp.get("/<int:id>")
def show(id):
    draft = db.session.scalar(drafts.of(me().id).where(Draft.id == id)) or abort(404)
    fresh = draft.is_held and clock.now() - draft.saved_at < SENT_BY_ITSELF
    return render_template("drafts/show.html", kept=told(draft), goes_by_itself=fresh, replay=unsaved.REPLAY, query=unsaved.QUERY)


@bp.post("")
def keep():
    """What the script sends while somebody types: `?alamat=` is where the form itself would be sent."""
    address = request.args.get("alamat", "")
    fields = unsaved.fields_sent()
    begin_writing()
    must_be_a_form(address)
    stamp = stamps.sent()
    if stamp is None or stamp.user_id != me().id:
        raise Refused("Halaman ini bukan dari sesi Anda. Muat ulang halamannya.")
    known = db.session.scalar(drafts.at(me().id, address))
    if known and unsaved.is_elsewhere(known):
        raise Refused(f"Di jendela lain Anda sudah mengetik untuk isian ini, {instant(known)}, dan itu tetap dijaga. Simpan yang di sini dengan "
                      "tombolnya.")
    draft = unsaved.keep(me(), address, fields)
    at = instant(draft)
    db.session.commit()
    return jsonify(at=at)


@bp.post("/buang")
def drop():
    """`alamat` names the form; what it holds of this person is thrown away, and its page opens with what is stored."""
    address = request.form.get("alamat", "")
    begin_writing()
    draft = db.session.scalar(drafts.at(me().id, address))
    if draft and not (wants_json() and unsaved.is_elsewhere(draft)):  # a script drops what its own page typed
        db.session.delete(draft)
    db.session.commit()
    if wants_json():
        return "", 204
    flash("Ketikan itu dibuang. Yang tersimpan tetap seperti semula.")
    return redirect((matched(address) and unsaved.page_of(address)) or url_for("home.show"), 303)


def instant(draft: Draft) -> str:
    return format_instant(draft.saved_at, zone(), TIME.split()[0])


def must_be_a_form(address: str) -> None:
    """One of this app's own, not one that asks for a password, about something this person sees."""
    found = matched(address)
    place, values = found or ("", {})
    area = place.partition(".")[0]
    if not found or area in ("account", "drafts") or len(address) > unsaved.LONGEST_ADDRESS:
        raise Refused("Ketikan di alamat ini tidak dijaga.")
    noun, visible_to = SEEN.get(area, (None, None))
    if noun and "id" in values and not db.session.scalar(select(visible_to(me()).where(noun.id == values["id"]).exists())):
        abort(404)


def matched(address: str) -> tuple[str, dict] | None:
    """Which view takes what is sent there, and its arguments."""
    if not address.startswith("/"):
        return None
    try:
        return current_app.create_url_adapter(request).match(address.partition("?")[0], method="POST")
    except (HTTPException, RequestRedirect):
        return None


def told(draft: Draft) -> Kept:
    place, values = matched(draft.address) or ("", {})
    name = NAMES.get(place, "Isian lain" if place else "Halaman yang sudah tidak ada").format(**{"code": "", "kode": "", **values})
    query = draft.fields.get(unsaved.QUERY)
    target = f"{draft.address.partition('?')[0]}?{query[0]}" if query else draft.address
    return Kept(draft, name, unsaved.page_of(draft.address) if place else None, target)
