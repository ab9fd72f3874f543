"""One proposal: where it stands, what to do next, its sheet of rows, its way so far, its print."""
from collections import Counter

from flask import flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Entry
from app.queries import desk, entries, results, sheet, whole
from app.queries.filters import LONGEST
from app.rules import Refused, codelists, profile
from app.rules.access import OFFICE_ROLES
from app.rules.steps import next_steps
from app.web import unsaved
from app.web.entries import bp
from app.web.entries.carrying import brought
from app.web.entries.checklist import checklist
from app.web.entries.forms import ProfileReplyForm
from app.web.gate import can, get_entry, me
from app.web.known import known
from app.web.listing import Tab, page_of
from app.web.turns import way


@bp.get("/<int:id>")
def show(id):
    return entry_page(get_entry(id), ProfileReplyForm(formdata=unsaved.typed(url_for(".profile_reply", id=id))))


@bp.post("/<int:id>/profil-jawaban")
def profile_reply(id):
    entry, form = get_entry(id, "edit"), ProfileReplyForm()
    if not form.validate() or not replied(entry, form):
        return entry_page(entry, form)
    db.session.commit()
    flash("Jawaban tentang profil tersimpan.")
    return redirect(url_for(".show", id=id), 303)


@bp.get("/<int:id>/riwayat")
def history(id):
    entry, number = get_entry(id), request.args.get("page", 1, int)
    page = page_of(entries.history(entry, sees_private(entry)), number, lambda n: url_for(".history", id=id, page=n), scalars=True, size=50)
    return render_template("entries/history.html", entry=entry, page=page)


@bp.get("/<int:id>/indikator", endpoint="sheet")
def sheet_page(id):
    entry, chosen = get_entry(id, brief=True), request.args.get("keadaan", "")[:LONGEST]
    return render_template("entries/sheet.html", entry=entry, chosen=chosen, lock=lock(entry),
                           **known(("sheet", id, chosen), lambda: rows_shown(entry, chosen)))


@bp.get("/<int:id>/cetak", endpoint="print")
def print_page(id):
    entry = get_entry(id)
    return render_template("print/entry.html", entry=entry, facts=entry.profile_facts(), items=profile.ITEMS, asta_cita=codelists.ASTA_CITA,
                           lines=sheet.lines(entry), verified=sheet.verified(entry), head=db.session.scalars(entries.heads_of(entry.unit)).first())


def rows_shown(entry: Entry, chosen: str) -> dict:
    """Those in the state `chosen`, or all."""
    whole.complete_brief(db.session, entry)
    lines, here = sheet.lines(entry), url_for(".sheet", id=entry.id)
    shown = [line for line in lines if line.slug == chosen] if chosen else lines
    return {"lines": shown, "total": len(lines), "todo": sheet.first_to_do(shown), "here": here, "tabs": tabs(here, lines, chosen),
            "verified": sheet.verified(entry)}


def sees_private(entry: Entry) -> bool:
    """What the office says to itself, and never where one's own unit is judged."""
    return me().has_role(*OFFICE_ROLES) and not me().serves(entry.unit)


def replied(entry: Entry, form: ProfileReplyForm) -> bool:
    try:
        entry.reply_on_profile(me(), form.reply.data)
    except Refused as reason:
        form.refuse(reason)
        return False
    return True


def entry_page(entry: Entry, form: ProfileReplyForm) -> str:
    return render_template(
        "entries/show.html", entry=entry, form=form, steps=next_steps(sheet.row_states(entry)), checks=checklist(entry),
        obstacles=entry.obstacles(), waiting=[answer for answer in entry.answers if sheet.must_be_answered(answer)],
        verified=sheet.verified(entry), events=db.session.scalars(entries.milestones(entry)).all(), lock=lock(entry), official=official(entry),
        sessions=db.session.scalars(desk.of_entry(entry)).all(), **way(entry), **brought(entry))


def official(entry: Entry) -> dict[int, int]:
    """The ministry's level by answer (id), as far as it is known of what was sent."""
    return dict(db.session.execute(results.given(entry)).all()) if entry.sending else {}


def lock(entry: Entry) -> str:
    """Why this person cannot change the rows now; empty when they can."""
    if not can("entry.edit", entry):
        return f"Isian diubah oleh operator {entry.unit.name}."
    return sheet.reason_against(entry.must_be_editable)


def tabs(here: str, lines: list[sheet.Line], chosen: str) -> list[Tab]:
    """Everything, then each state that occurs; `here` is the address of the sheet."""
    found = Counter(line.kind for line in lines)
    words = {kind: word for kind, (_, word) in sheet.KINDS.items() if found[kind]}
    return [Tab("Semua", here, not chosen, len(lines))] + [
        Tab(word, f"{here}?keadaan={(slug := sheet.slug(word))}", chosen == slug, found[kind]) for kind, word in words.items()]
