"""The bank: every row's reasons, kept by the coordinator, read by the office."""
from flask import abort, flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Reason
from app.queries import reasons
from app.queries.reasons import ReasonFilter
from app.rules import Refused
from app.rules.causes import CAUSES
from app.web.gate import me, must
from app.web.listing import page_of
from app.web.reasons import bp
from app.web.reasons.forms import NewReasonForm, ReasonForm
from app.web.season import instrument_now, period_now
from app.web.sorting import Sorting


@bp.get("/alasan")
def index():
    must("reason.list")
    chosen, period = ReasonFilter.read(request.args), period_now()
    page = page_of(chosen.ordered(chosen.narrow(reasons.rows(period))), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)))
    known = names()
    return render_template("reasons/index.html", page=page, chosen=chosen, sort=Sorting("reasons.index", chosen), period=period, names=known,
                           rows=[(code, f"{code} {name}") for code, name in known.items()], causes=CAUSES, year=instrument_now().year)


@bp.route("/alasan/baru", methods=["GET", "POST"])
def new():
    must("reason.edit")
    form = NewReasonForm(names(), row=request.args.get("row", ""))
    if form.validate_on_submit():
        try:
            reason = Reason.add(**form.answers(), by=me())
        except Refused as no:
            form.refuse(no)
        else:
            db.session.add(reason)
            db.session.commit()
            flash(f"Alasan baris {reason.row} ditambahkan.")
            return redirect(url_for(".index", row=reason.row), 303)
    return render_template("reasons/new.html", form=form)


@bp.route("/alasan/<int:id>", methods=["GET", "POST"])
def edit(id):
    reason = get_reason(id)
    form = ReasonForm(obj=reason)
    if form.validate_on_submit():
        try:
            reason.edit(me(), **form.answers())
        except Refused as no:
            form.refuse(no)
        else:
            db.session.commit()
            flash(f"Alasan baris {reason.row} disimpan. Putusan yang sudah memakainya tidak berubah.")
            return redirect(url_for(".index", row=reason.row), 303)
    return render_template("reasons/edit.html", form=form, reason=reason, name=names().get(reason.row, ""),
                           events=db.session.scalars(reasons.history(reason)).all())


@bp.post("/alasan/<int:id>/arsip")
def archive(id):
    reason = get_reason(id)
    reason.archive(me())
    db.session.commit()
    flash(f"Alasan baris {reason.row} diarsipkan. Verifikator tidak lagi melihatnya; hitungannya tetap.")
    return redirect(url_for(".edit", id=id), 303)


@bp.post("/alasan/<int:id>/aktif")
def restore(id):
    reason = get_reason(id)
    reason.restore(me())
    db.session.commit()
    flash(f"Alasan baris {reason.row} dipakai lagi.")
    return redirect(url_for(".edit", id=id), 303)


def get_reason(id: int) -> Reason:
    must("reason.edit")
    return db.session.get(Reason, id) or abort(404)


def names() -> dict[str, str]:
    """The rows of the instrument in use, by code."""
    return {indicator.code: indicator.name for indicator in instrument_now().innovation_rows()}
