"""One section of the profile: seen by all who may see the innovation, saved with anything missing."""
from flask import abort, flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import User
from app.queries import innovations
from app.rules import Overtaken, Refused, codelists
from app.rules.profile import FILE_SLOTS, MINISTRY_LIMIT
from app.web import conflict
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
    return section_form(obj=innovation, seen=last_event(innovation))


def is_open(innovation) -> bool:
    return can("innovation.edit", innovation) and not innovation.lock


def save(innovation, form) -> bool:
    try:
        must_not_overwrite(innovation, form)
        innovation.edit(by=me(), **form.answers())
    except Refused as reason:
        form.refuse(reason)
        return False
    db.session.commit()
    return True


def must_not_overwrite(innovation, form) -> None:
    """Two people in one section: the later one sees both texts first, and then saves what they chose."""
    stored = type(form)(formdata=None, obj=innovation)
    conflict.choose(form, stored)
    changed, by = changed_since(innovation, form)
    if changed and conflict.differing(stored, form, changed):
        who = "Anda sendiri" if by is me() else by.name if by else "Orang lain"
        raise Overtaken(f"{who} menyimpan bagian ini sesudah halaman Anda dibuka. Bandingkan keduanya di bawah, lalu pilih.")


def changed_since(innovation, form) -> tuple[set[str], User | None]:
    """The items of this section that somebody saved after the page was opened, and who did so last."""
    seen = int(form.seen.data) if (form.seen.data or "").isdecimal() else 0
    mine = set(form.answers())
    edits = [edit for edit in db.session.scalars(innovations.edits_after(innovation, seen)) if mine & set(edit.details["changed"])] if seen else []
    return mine & {name for edit in edits for name in edit.details["changed"]}, edits[0].by if edits else None


def clash_of(innovation, form) -> conflict.Conflict | None:
    """What is stored beside what was typed on an older page; from here on the typed one is a change of the stored."""
    changed, by = changed_since(innovation, form) if form else (set(), None)
    asked = changed or (set(conflict.choices(form)) if form else set())
    return conflict.between(type(form)(formdata=None, obj=innovation, seen=last_event(innovation)), form, by, asked) if asked else None


def last_event(innovation) -> str:
    return str(db.session.scalar(innovations.last_event_id(innovation)))


def next_place(bagian: str) -> str:
    following = overview.following(bagian)
    return following.slug if following and "lanjut" in request.form else bagian


def page(innovation, bagian, form):
    window = instrument_now().window
    whole = overview.of(innovation, window)
    here = whole.part(bagian) or abort(404)
    return render_template(
        "innovations/profile.html", innovation=innovation, profile=whole, here=here, following=overview.following(bagian), form=form, window=window,
        clash=clash_of(innovation, form),
        editable=is_open(innovation), saved_at=db.session.scalar(innovations.saved_at(innovation)), slots=FILE_SLOTS, ministry_limit=MINISTRY_LIMIT,
        lists=codelists)
