"""The proposal as a whole: its rows with their verdicts, and its profile."""
from flask import render_template, request

from app.web.review import bp, profile
from app.web.review.desk import desk_for


@bp.get("/<int:id>")
def show(id):
    desk = desk_for(id)
    return render_template("review/show.html", desk=desk, profile=profile.summary(desk))


@bp.get("/<int:id>/profil", endpoint="profile")
def profile_page(id):
    desk = desk_for(id)
    return render_template("review/profile.html", desk=desk, items=profile.items(desk), summary=profile.summary(desk),
                           note=request.args.get("profil", ""))
