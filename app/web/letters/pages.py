"""The letters of one proposal, and the register of all."""
from flask import abort, flash, redirect, render_template, request, url_for

from app.exports.letters import KINDS
from app.extensions import db
from app.models import Letter, Round
from app.models.letter import LetterKind
from app.queries.letters import LetterFilter, rows, years
from app.web.gate import get_entry, must
from app.web.letters import bp
from app.web.letters.issuing import issue
from app.web.listing import page_of


@bp.get("/surat")
def index():
    must("letter.list")
    chosen = LetterFilter.read(request.args)
    page = page_of(chosen.ordered(chosen.narrow(rows())), chosen.page, lambda n: url_for(".index", **chosen.args(page=n)))
    return render_template("letters/index.html", page=page, chosen=chosen, kinds=KINDS, years=db.session.scalars(years()).all())


@bp.get("/verifikasi/<int:id>/surat")
def show(id):
    entry = get_entry(id)
    rounds = [(round_, {kind: held(round_, kind) for kind in KINDS}) for round_ in reversed(entry.rounds) if round_.has_outcome]
    return render_template("letters/show.html", entry=entry, rounds=rounds, kinds=KINDS)


@bp.post("/verifikasi/<int:id>/surat")
def make(id):
    entry = get_entry(id, to="letter")
    kind, round_ = request.form.get("jenis"), request.form.get("putaran", type=int)
    about = next((one for one in entry.rounds if one.number == round_), None)
    if about is None or kind not in KINDS:
        abort(404)
    done = said(about, LetterKind(kind))
    db.session.commit()
    flash(done)
    return redirect(url_for(".show", id=id, _anchor=f"putaran-{round_}"), 303)


def said(about: Round, kind: LetterKind) -> str:
    """Make it unless it is there already; the sentence that says which."""
    if letter := held(about, kind):
        return f"{KINDS[kind]} putaran {about.number} sudah terbit dengan nomor {letter.label}. Yang diunduh tetap surat itu, tidak dibuat ulang."
    return f"{KINDS[kind]} putaran {about.number} terbit dengan nomor {issue(about, kind).label}."


def held(round_: Round, kind: str) -> Letter | None:
    return next((letter for letter in round_.entry.letters if letter.round_id == round_.id and letter.kind == kind), None)
