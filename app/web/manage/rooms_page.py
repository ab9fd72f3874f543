"""All rooms under Kelola; above them, for the administrator, the way from an empty server to a season."""
from itertools import groupby

from flask import abort, render_template

from app.web.first_steps import DONE, ready, steps
from app.web.gate import can, me
from app.web.manage import rooms
from app.web.menu import rooms_of


@rooms.get("/")
def index():
    groups = [(name, list(found)) for name, found in groupby(rooms_of(me()), lambda room: room.group)] or abort(403)
    way = steps(ready(me())) if can("regency.manage") else []
    return render_template("manage/rooms/index.html", groups=groups, steps=way, left=sum(step.state != DONE for step in way))
