"""What the office tells, on top of every page of those it is for. Who has read it puts it away until they sign in again; it stays on the page
of notices."""
from flask import Blueprint, Flask, abort, g, redirect, request, session, url_for
from flask_login import current_user

from app import clock
from app.extensions import db, is_writing
from app.queries import announcements
from app.queries.announcements import Told
from app.rules import audience
from app.web.account.signing import inside
from app.web.gate import me
from app.web.known import known

AWAY = "put_away"  # in the session: keys of what was put away
bp = Blueprint("announced", __name__)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(announced=announced, told_now=told_now, back_here=back)


@bp.post("/pengumuman/<int:id>/tutup")
def put_away(id):
    one = next((one for one in told_now() if one.id == id), None) or abort(404)
    session[AWAY] = sorted({key(one), *session.get(AWAY, [])} & {key(other) for other in told_now()})
    return redirect(inside(request.form.get("next")), 303)


def announced() -> list[Told]:
    """For the page being made: what is shown to this person now and was not put away."""
    return [one for one in told_now() if key(one) not in session.get(AWAY, [])]


def told_now() -> list[Told]:
    """Everything that is shown to this person now."""
    if (not g.get("tells", True) and not is_writing()) or g.get("is_broken") or not current_user.is_authenticated or current_user.kept_at:
        return []
    now, mine = clock.now(), tuple(audience.of(me()))
    ahead = known(("announcements", mine), lambda: [Told(*row) for row in db.session.execute(announcements.ahead(now, mine))])
    return [one for one in ahead if one.is_showing(now)]


def key(one: Told) -> str:
    """Another one once it is changed, so that what was put away comes back with its new words."""
    return f"{one.id}-{one.changed_at.timestamp():.0f}"


def back() -> str:
    """Where this page is asked for again; the answer to a sending is not."""
    return request.full_path.rstrip("?") if request.method == "GET" else url_for("home.show")
