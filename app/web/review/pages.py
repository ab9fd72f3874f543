"""The proposal as a whole: its rows with their verdicts, and its profile."""
from flask import flash, redirect, render_template, request, url_for

from app.extensions import db
from app.rules import Overtaken, Refused
from app.web.gate import me
from app.web.review import bp, profile
from app.web.review.desk import Desk, desk_for
from app.web.review.forms import ProfileNoteForm
from app.web.turns import way


@bp.get("/<int:id>")
def show(id):
    desk = desk_for(id)
    return render_template("review/show.html", desk=desk, profile=profile.summary(desk), **way(desk.entry))


@bp.route("/<int:id>/profil", endpoint="profile", methods=["GET", "POST"])
def profile_page(id):
    desk = desk_for(id, "judge" if request.method == "POST" else "view")
    stored = "" if desk.round.decision else desk.round.profile_note
    form = ProfileNoteForm(data={"profile_note": stored, "seen": stored})
    if form.validate_on_submit() and noted(desk, form, stored):
        db.session.commit()
        flash("Catatan profil tersimpan sebagai draf. OPD membacanya bila usulan ini dikembalikan." if form.profile_note.data.strip()
              else "Catatan profil dikosongkan.")
        return redirect(url_for(".profile", id=id), 303)
    return render_template("review/profile.html", desk=desk, items=profile.items(desk), summary=profile.summary(desk), form=form)


def noted(desk: Desk, form: ProfileNoteForm, stored: str) -> bool:
    """False when a rule refused, or a colleague wrote something else meanwhile: then both stand on the page."""
    try:
        if (form.seen.data or "").replace("\r\n", "\n") != stored:
            form.seen.raw_data, form.seen.data = None, stored
            raise Overtaken(f"Catatan ini berubah sejak halaman dibuka. Sekarang tersimpan: “{stored}”. "
                            "Gabungkan dengan ketikan Anda, lalu simpan lagi.")
        desk.entry.note_profile(me(), form.profile_note.data)
    except Refused as reason:
        form.refuse(reason)
        return False
    return True
