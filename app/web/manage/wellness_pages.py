"""Health in plain words: is everything whole, copied and done in time, and what to do where it is not."""
import os
import re
import sys
from collections.abc import Callable

from flask import Response, current_app, flash, redirect, render_template, url_for

from app import checks
from app.checks import State, Things, server_clock
from app.config import ROOT
from app.extensions import db
from app.rules import Refused
from app.web import guides
from app.web.gate import me, must
from app.web.manage import wellness
from app.web.menu import rooms_of

AGAIN = 2  # seconds until the page asks again
COMMAND = (sys.executable, "-m", "flask", "--app", "wsgi", "doctor")


@wellness.get("/")
def index():
    must("health.view")
    things = everything()
    last = checks.last(things.settings.data)
    found = sorted([*checks.light(things), checks.thorough(last), *last.checks], key=lambda check: list(State).index(check.state), reverse=True)
    wrong = [check for check in found if check.state is not State.GOOD]
    page = Response(render_template("manage/wellness/index.html", last=last, wrong=wrong, good=found[len(wrong):], worst=checks.worst(found),
                                    broken=sum(check.state is State.BAD for check in found), linked=links()))
    if last.is_busy:
        page.headers["Refresh"] = str(AGAIN)
    return page


@wellness.post("/")
def examine():
    """The work goes on in a process of its own; pressing twice makes no second one."""
    must("health.view", write=False)
    data = current_app.config["LUMBUNG"].data
    checks.start(data, COMMAND, ROOT, os.environ | {"LUMBUNG_DATA": str(data)})
    return redirect(url_for(".index"), 303)


@wellness.post("/jam")
def settle_clock():
    """The admin has looked at the wall. Asked for only while the clock and what was written disagree."""
    must("health.view")
    things = everything()
    if server_clock.time(things.settings, server_clock.ahead(things)).state is State.GOOD:
        raise Refused(server_clock.NEEDLESS)
    me().settle_clock()
    db.session.commit()
    server_clock.settle(things.settings.data)
    flash("Dicatat di Log: jam server sudah benar.")
    return redirect(url_for(".index"), 303)


def links() -> Callable[[str], list[tuple[str, str | None]]]:
    """Cuts an advice where a page or a guide is named, each of these with its address."""
    there = named()
    places = re.compile(f"({'|'.join(map(re.escape, there))})")
    return lambda words: [(part, there.get(part)) for part in places.split(words)]


def named() -> dict[str, str]:
    """The other pages under Kelola and the guides, by what the checks call them."""
    found = {f"halaman {room.label}": room.url for room in rooms_of(me()) if not room.current}
    for slug, title in guides.server().items():
        found[f"panduan {title}"] = found[f"docs/{slug}.md"] = url_for("help.guide", panduan=slug)
    return found


def everything():
    return Things(db.session(), current_app.config["LUMBUNG"], current_app.extensions["storage"])
