"""The list of perangkat daerah."""
from flask import flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Unit, User
from app.queries import people
from app.queries import units as queries
from app.queries.units import UnitFilter
from app.rules import Refused
from app.rules.codelists import UNIT_KINDS
from app.web.gate import get_unit, me, must
from app.web.listing import page_of
from app.web.manage import units
from app.web.manage.forms import ReviewerForm, UnitForm
from app.web.sorting import Sorting


@units.get("/")
def index():
    must("unit.manage")
    chosen = UnitFilter.read(request.args)
    page = page_of(chosen.ordered(chosen.narrow(queries.rows())), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)))
    return render_template("manage/units/index.html", page=page, chosen=chosen, sort=Sorting("units.index", chosen),
                           kinds=[(kind, kind) for kind in UNIT_KINDS], parents=db.session.execute(queries.parents()).all())


@units.route("/baru", methods=["GET", "POST"])
def new():
    must("unit.manage")
    form = UnitForm()
    form.parent.offer(db.session.execute(queries.in_use()))
    if form.validate_on_submit():
        try:
            unit = Unit.add(**details(form), by=me())
        except Refused as reason:
            form.refuse(reason)
        else:
            db.session.add(unit)
            db.session.commit()
            flash(f"{unit.name} ditambahkan.")
            return redirect(url_for(".index"), 303)
    return render_template("manage/units/new.html", form=form)


@units.route("/<int:id>", methods=["GET", "POST"])
def edit(id):
    unit = get_unit(id)
    form = UnitForm(data={"name": unit.name, "kind": unit.kind, "parent": unit.parent_id, "is_office": unit.is_office})
    form.parent.offer(row for row in db.session.execute(queries.in_use(unit.parent_id)) if row.id != id)
    if form.validate_on_submit():
        try:
            unit.edit(me(), **details(form, unit))
        except Refused as reason:
            form.refuse(reason)
        else:
            db.session.commit()
            flash(f"Data {unit.name} disimpan.")
            return redirect(url_for(".edit", id=id), 303)
    return render_template("manage/units/edit.html", form=form, unit=unit, reviewer=reviewer_form(unit),
                           people=db.session.execute(queries.served_by(unit)).all(), events=db.session.scalars(queries.history(unit)).all())


@units.post("/<int:id>/verifikator")
def give_reviewer(id):
    unit = get_unit(id)
    form = reviewer_form(unit)
    if not form.validate():
        raise Refused("Pilih verifikator dari daftar.")
    unit.give_reviewer(me(), db.session.get(User, form.reviewer.data) if form.reviewer.data else None)
    db.session.commit()
    flash(f"Usulan {unit.name} mulai sekarang masuk ke {unit.reviewer.name}." if unit.reviewer
          else f"{unit.name} tidak lagi dipegang satu verifikator.")
    return redirect(url_for(".edit", id=id), 303)


def reviewer_form(unit: Unit) -> ReviewerForm:
    form = ReviewerForm(data={"reviewer": unit.reviewer_id}, prefix="tetap")
    form.reviewer.offer((user.id, user.name) for user in db.session.scalars(people.judges_of(unit)))
    return form


@units.post("/<int:id>/arsip")
def archive(id):
    unit = get_unit(id)
    unit.archive(me())
    db.session.commit()
    flash(f"{unit.name} diarsipkan.")
    return redirect(url_for(".edit", id=id), 303)


@units.post("/<int:id>/aktif")
def restore(id):
    unit = get_unit(id)
    unit.restore(me())
    db.session.commit()
    flash(f"{unit.name} aktif kembali.")
    return redirect(url_for(".edit", id=id), 303)


def details(form: UnitForm, unit: Unit | None = None) -> dict:
    """What was typed, for the verbs. Refused when the name is taken, or when there would be two innovation offices."""
    twin = db.session.scalar(queries.named(form.name.data))
    if twin not in (None, unit):
        raise Refused(f"Sudah ada perangkat daerah bernama {twin.name}{' (diarsipkan)' if twin.archived_at else ''}.")
    office = db.session.scalar(queries.offices())
    if form.is_office.data and office not in (None, unit):
        raise Refused(f"{office.name} sudah menjadi kantor pengelola inovasi daerah. Hapus dulu tandanya di sana.")
    parent = form.parent.data and db.session.get(Unit, form.parent.data)
    return form.answers() | {"parent": parent}
