"""One section of the profile: seen by all who may see the innovation, saved with anything missing."""
from flask import abort, flash, redirect, render_template, request, url_for

from app.extensions import db
from app.queries import innovations
from app.rules import Refused, codelists
from app.rules.profile import FILE_SLOTS, MINISTRY_LIMIT
from app.web.gate import can, get_innovation, me
from app.web.innovations import bp, overview
from app.web.innovations.forms import FORMS
from app.web.season import instrument_now


@bp.route("/<int:id>/profil/<bagian>", methods=["GET", "POST"])
def profile(id, bagian):
    innovation = get_innovation(id, to="view" if request.method == "GET" else "edit")
    form = form_for(innovation, bagian)
    if request.method == "POST" and form.validate() and save(innovation, form):
        flash("Tersimpan.")
        return redirect(url_for(".profile", id=id, bagian=next_place(bagian)), 303)
    return page(innovation, bagian, form)


def form_for(innovation, bagian):
    """None where the section is only to be read; what somebody posts is kept in a form even when it is refused."""
    section_form = FORMS.get(bagian)
    if request.method == "POST":
        return section_form(obj=innovation) if section_form else abort(404)
    if section_form is None or not is_open(innovation):
        return None
    return section_form(obj=innovation, seen=db.session.scalar(innovations.last_event_id(innovation)))


def is_open(innovation) -> bool:
    return can("innovation.edit", innovation) and not innovation.lock


def save(innovation, form) -> bool:
    try:
        must_not_overwrite(innovation, form)
        innovation.edit(by=me(), **form.answers())
    except Refused as reason:
        db.session.rollback()
        form.refuse(reason)
        return False
    db.session.commit()
    return True


def must_not_overwrite(innovation, form) -> None:
    """Two people in one section: the later one is told first, and may then save knowingly."""
    seen = int(form.seen.data) if (form.seen.data or "").isdecimal() else 0
    for edit in db.session.scalars(innovations.edits_after(innovation, seen, me())) if seen else ():
        if set(edit.details["changed"]) & set(form.answers()):
            form.seen.data = str(edit.id)
            raise Refused(f"{edit.by.name} menyimpan bagian ini sesudah halaman Anda dibuka. Ketikan Anda masih di bawah: bandingkan dengan "
                          "profilnya di tab lain, lalu simpan sekali lagi bila tetap hendak memakainya.")


def next_place(bagian: str) -> str:
    following = overview.following(bagian)
    return following.slug if following and "lanjut" in request.form else bagian


def page(innovation, bagian, form):
    window = instrument_now().window
    whole = overview.of(innovation, window)
    here = whole.part(bagian) or abort(404)
    return render_template(
        "innovations/profile.html", innovation=innovation, profile=whole, here=here, following=overview.following(bagian), form=form, window=window,
        editable=is_open(innovation), saved_at=db.session.scalar(innovations.saved_at(innovation)), slots=FILE_SLOTS, ministry_limit=MINISTRY_LIMIT,
        lists=codelists)
