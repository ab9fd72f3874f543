"""A draft of an instrument: begun from another one, edited, published or thrown away."""
from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Instrument
from app.queries import instruments as queries
from app.rules import Overtaken, Refused
from app.rules.instrument_changes import compare
from app.rules.instrument_check import check
from app.web import conflict
from app.web.gate import get_instrument, me, must
from app.web.manage import instruments
from app.web.manage.instrument_forms import CloneForm, RowForm, RulesForm
from app.web.manage.instrument_pages import Known, base_of, get_known


@instruments.route("/<instrumen>/salin", methods=["GET", "POST"])
def clone(instrumen):
    must("instrument.manage")
    known = get_known(instrumen)
    form = CloneForm(data={"year": known.data["year"] + 1})
    if form.validate_on_submit():
        try:
            draft = Instrument.clone(me(), known.data, form.year.data, set(db.session.scalars(queries.codes())))
        except Refused as no:
            form.refuse(no)
        else:
            db.session.add(draft)
            db.session.commit()
            flash(f"{draft.title} dibuat sebagai draf dari {known.data['title']}.")
            return redirect(url_for(".show", instrumen=draft.code), 303)
    return render_template("manage/instruments/clone.html", known=known, form=form)


@instruments.route("/<instrumen>/aturan", methods=["GET", "POST"])
def rules(instrumen):
    draft = get_draft(instrumen)
    form = RulesForm.of(draft.source)
    if form.validate_on_submit() and saved(draft, form, RulesForm.of(draft.source, formdata=None), lambda: draft.edit_rules(me(), form.rules())):
        flash("Aturan disimpan.")
        return redirect(url_for(".rules", instrumen=instrumen), 303)
    draft = get_draft(instrumen, write=False)
    stored = RulesForm.of(draft.source, formdata=None)
    faults = [fault for fault in check(draft.source) if not fault.row]
    return render_template("manage/instruments/rules.html", draft=draft, form=form, faults=faults, clash=clash_of(draft, stored, form))


@instruments.route("/<instrumen>/baris/<baris>", methods=["GET", "POST"])
def row(instrumen, baris):
    draft = get_draft(instrumen)
    data = draft.row_data(baris) or abort(404)
    form = RowForm.of(data)
    if form.validate_on_submit() and saved(draft, form, RowForm.of(data, formdata=None), lambda: draft.edit_row(me(), form.row())):
        flash(f"Baris {baris} disimpan.")
        return redirect(following(draft, baris), 303)
    draft = get_draft(instrumen, write=False)
    data = draft.row_data(baris) or abort(404)
    clash = clash_of(draft, RowForm.of(data, formdata=None), form)
    faults = [fault for fault in check(draft.source) if fault.row == baris]
    return render_template("manage/instruments/row.html", draft=draft, row=data, form=form, faults=faults, clash=clash, beside=beside(draft, baris))


@instruments.route("/<instrumen>/terbit", methods=["GET", "POST"])
def issue(instrumen):
    draft = get_draft(instrumen)
    if request.method == "POST":
        draft.issue(me(), request.form.get("seen", ""))
        db.session.commit()
        flash(f"{draft.title} terbit. Mulai sekarang isinya tetap.")
        return redirect(url_for(".show", instrumen=instrumen), 303)
    base = base_of(Known(draft.source, draft))
    return render_template("manage/instruments/issue.html", draft=draft, faults=check(draft.source), base=base,
                           found=base and compare(base.data, draft.source))


@instruments.post("/<instrumen>/hapus")
def discard(instrumen):
    draft = get_draft(instrumen)
    if request.form.get("seen") != draft.checksum:
        raise Refused("Draf ini diubah sesudah halaman ini dibuka, jadi belum dihapus.")
    draft.discard(me())
    db.session.commit()
    flash(f"Draf {draft.title} dihapus.")
    return redirect(url_for(".index"), 303)


def get_draft(code: str, write: bool | None = None) -> Instrument:
    """A published one has no page to edit it; what is sent for it is refused in words."""
    draft = get_instrument(code, "manage", write)
    return abort(404) if request.method == "GET" and draft.published_at else draft


def saved(draft: Instrument, form, stored, verb: Callable[[], None]) -> bool:
    """False when a rule refused, or when somebody else changed the same thing first; the reason is on the form."""
    try:
        conflict.choose(form, stored)
        if form.seen.data != stored.seen.data and conflict.differing(stored, form):
            raise Overtaken("Bagian ini diubah sesudah halaman Anda dibuka. Bandingkan keduanya di bawah, lalu pilih.")
        verb()
    except Refused as no:
        form.refuse(no)
        return False
    db.session.commit()
    return True


def clash_of(draft: Instrument, stored, form) -> conflict.Conflict | None:
    last = db.session.scalar(queries.last_edit(draft))
    return conflict.between(stored, form, last and last.by)


def beside(draft: Instrument, code: str) -> tuple[str | None, str | None]:
    """The codes of the row before and the row after."""
    codes = [row["code"] for row in draft.source["indicators"]]
    at = codes.index(code)
    return codes[at - 1] if at else None, codes[at + 1] if at + 1 < len(codes) else None


def following(draft: Instrument, code: str) -> str:
    after = beside(draft, code)[1]
    return url_for(".row", instrumen=draft.code, baris=after if "lanjut" in request.form and after else code)
