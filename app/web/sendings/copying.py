"""Siap salin: each field in the ministry's order, ready to be carried over, with a tick that stays."""
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import abort, get_template_attribute, jsonify, redirect, render_template, request, url_for

from app.exports.composing import file_name
from app.extensions import db
from app.models import Entry, Tick
from app.queries import outgoing, sendings
from app.rules import Refused
from app.rules.copying import Field
from app.rules.profile import MINISTRY_LIMIT
from app.web import sending as files
from app.web.errors import wants_json
from app.web.gate import get_entry, me
from app.web.sendings import bp
from app.web.sendings.parcels import held_files


class Line(NamedTuple):
    """A field and the tick it has."""
    field: Field
    tick: Tick | None

    @property
    def is_due(self) -> bool:
        """Something to carry over, or something carried over that is not there any more."""
        return not self.field.is_empty or self.tick is not None

    @property
    def is_done(self) -> bool:
        return self.tick is not None and self.tick.fingerprint == self.field.fingerprint

    @property
    def has_changed(self) -> bool:
        return self.tick is not None and not self.is_done


class Copying(NamedTuple):
    """All there is to carry over of one proposal. `sizes` in bytes by SHA-256, `names` of the profile's files by slot."""
    profile: Sequence[Line]
    rows: Sequence[Line]
    sizes: Mapping[str, int]
    names: Mapping[str, str]

    @property
    def due(self) -> list[Line]:
        return [line for line in (*self.profile, *self.rows) if line.is_due]

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.due)

    @property
    def changed(self) -> int:
        return sum(line.has_changed for line in self.due)

    def line(self, key: str) -> Line | None:
        return next((line for line in self.due if line.field.key == key), None)


@bp.get("/usulan/<int:id>/salin")
def copy(id):
    entry = get_entry(id, "copy")
    return render_template("sendings/copy.html", entry=entry, most=MINISTRY_LIMIT, copying=copying_of(entry) if entry.is_done else None)


@bp.post("/usulan/<int:id>/salin")
def tick(id):
    """`centang` or `lepas` names the field; with it comes the fingerprint of what the page showed."""
    entry = get_entry(id, "copy")
    key, line = marked(entry)
    db.session.commit()
    if not wants_json():
        return redirect(url_for(".copy", id=id, _anchor=f"butir-{key}"), 303)
    everything = copying_of(entry)
    part = {name: get_template_attribute("sendings/copy_parts.html", name) for name in ("mark", "progress")}
    return jsonify(mark=part["mark"](everything.line(key) or line), progress=part["progress"](everything))


@bp.get("/usulan/<int:id>/berkas/<slot>")
def file(id, slot):
    """A file of the profile as it was approved or sent, whatever the innovation holds by now."""
    entry = get_entry(id)
    told = outgoing.facts(entry)
    sha256 = dict(held_files(told)).get(slot) or abort(404)
    return files.attachment(db.session.scalar(sendings.file(sha256)) or abort(404), file_name(told, slot))


def marked(entry: Entry) -> tuple[str, Line]:
    """The field that was ticked or let go of."""
    taken = "lepas" in request.form
    key, _, seen = request.form.get("lepas" if taken else "centang", "").partition(" ")
    line = copying_of(entry).line(key) if entry.is_done else None
    if taken:
        entry.untick(me(), key)
    elif line is None or seen != line.field.fingerprint:
        raise Refused("Isi butir ini berubah sejak halaman dibuka. Muat ulang, lalu salin yang baru.")
    else:
        entry.tick(me(), key, seen)
    return key, line or Line(Field(key, "", ""), None)


def copying_of(entry: Entry) -> Copying:
    told: dict[str, Any] = outgoing.facts(entry)
    ticks = {tick.field: tick for tick in db.session.scalars(sendings.ticks(entry))}
    profile, rows = ([Line(field, ticks.get(field.key)) for field in part] for part in outgoing.fields(entry, told))
    return Copying(profile, rows, dict(db.session.execute(sendings.sizes(outgoing.hashes(told))).all()),
                   {slot: file_name(told, slot) for slot, _ in held_files(told)})
