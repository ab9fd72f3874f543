"""What the catalogue says of an innovation; into the archive and back."""
from flask import flash, redirect, render_template, url_for

from app.extensions import db
from app.models import Innovation
from app.queries import catalogue
from app.rules import Refused
from app.web.gate import get_innovation, me
from app.web.innovations import bp
from app.web.innovations.forms import ArchiveForm, DescribeForm


@bp.route("/<int:id>/katalog", methods=["GET", "POST"])
def describe(id):
    innovation = get_innovation(id, to="describe")
    form = DescribeForm(data=stored(innovation))
    if form.validate_on_submit() and described(innovation, form):
        flash("Tersimpan.")
        return redirect(url_for(".show", id=id, _anchor="katalog"), 303)
    return render_template("innovations/describe.html", innovation=innovation, form=form, words=db.session.scalars(catalogue.tags()).all())


@bp.route("/<int:id>/arsip", methods=["GET", "POST"])
def archive(id):
    innovation, form = get_innovation(id, to="archive"), ArchiveForm()
    if form.validate_on_submit() and archived(innovation, form):
        flash(f"{innovation.name} diarsipkan.")
        return redirect(url_for(".show", id=id), 303)
    return render_template("innovations/archive.html", innovation=innovation, form=form)


@bp.post("/<int:id>/pulihkan")
def restore(id):
    innovation = get_innovation(id, to="archive")
    innovation.restore(me())
    db.session.commit()
    flash(f"{innovation.name} dipulihkan dan tampil lagi di register.")
    return redirect(url_for(".show", id=id), 303)


def stored(innovation: Innovation) -> dict:
    return {"seen": db.session.scalar(catalogue.last_described(innovation)), "summary": innovation.summary,
            "tags": [tag.word for tag in innovation.tags], "is_shown": innovation.is_shown}


def described(innovation: Innovation, form: DescribeForm) -> bool:
    """False when a rule refused; the page then says why."""
    try:
        form.must_be_last(db.session.scalar(catalogue.last_described(innovation)))
        innovation.describe(me(), form.summary.data or "", form.tags.data, form.is_shown.data)
    except Refused as reason:
        form.refuse(reason)
        return False
    db.session.commit()
    return True


def archived(innovation: Innovation, form: ArchiveForm) -> bool:
    try:
        innovation.archive(me(), form.reason.data)
    except Refused as reason:
        form.refuse(reason)
        return False
    db.session.commit()
    return True
