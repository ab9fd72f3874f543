"""Two submissions beside each other, for the office."""
from flask import render_template, request

from app.queries.comparison import compare
from app.web.review import bp
from app.web.review.desk import desk_for


@bp.get("/<int:id>/banding", endpoint="compare")
def compare_rounds(id):
    entry = desk_for(id).entry
    chosen = compare(entry, request.args.get("dari", type=int), request.args.get("ke", type=int))
    return render_template("review/compare.html", entry=entry, chosen=chosen, area="review")
