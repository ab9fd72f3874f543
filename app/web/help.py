"""How to use this: the guides of docs/, and the rules of evidence and points with the numbers of the current instrument."""
from flask import Blueprint, abort, current_app, render_template, request

from app.rules.access import ROLE_LABELS
from app.web import guides
from app.web.gate import me
from app.web.season import instrument_now

bp = Blueprint("help", __name__)
A_DAY = 24 * 3600


@bp.get("/bantuan")
def index():
    instrument = instrument_now()
    mine = sorted(guides.SLUGS, key=lambda role: not me().has_role(role))
    return render_template("help/index.html", instrument=instrument, rows=instrument.innovation_rows(), rules=instrument.index_rules,
                           guides=[(role, guides.SLUGS[role], me().has_role(role)) for role in mine], others=guides.others(),
                           server=guides.server())


@bp.get("/bantuan/panduan/<panduan>")
def guide(panduan):
    found = guides.read(panduan)
    if found is None and panduan not in guides.SLUGS.values():
        abort(404)
    roles = {slug: ROLE_LABELS[role] for role, slug in guides.SLUGS.items()}
    return render_template("help/guide.html", guide=found, slug=panduan, roles=roles)


@bp.get("/bantuan/gambar/<gambar>")
def picture(gambar):
    """For people who are signed in: they show the app from within."""
    path = guides.picture(gambar) or abort(404)
    answer = current_app.response_class(path.read_bytes(), mimetype="image/png", headers={"Cache-Control": f"private, max-age={A_DAY}"})
    answer.add_etag()
    return answer.make_conditional(request)
