"""Two submissions beside each other, for whoever may read the proposal. Only what was decided is told; drafts of verdicts never."""
from flask import render_template, request

from app.queries.comparison import compare
from app.web.entries import bp
from app.web.gate import get_entry


@bp.get("/<int:id>/banding", endpoint="compare")
def compare_rounds(id):
    entry = get_entry(id)
    chosen = compare(entry, request.args.get("dari", type=int), request.args.get("ke", type=int))
    return render_template("review/compare.html", entry=entry, chosen=chosen, area="entries")
