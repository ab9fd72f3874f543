"""What units promised, and until when."""
from flask import abort, flash, redirect, render_template, request, url_for

from app.extensions import begin_writing, db
from app.models import Promise
from app.queries import desk
from app.queries.desk import ALL, DONE, OVERDUE, PromiseFilter
from app.web.desk import bp
from app.web.desk.pages import Tab
from app.web.gate import can, get_desk_session, me, must
from app.web.listing import page_of
from app.web.season import today


@bp.get("/janji")
def promises():
    must("desk.list")
    chosen = PromiseFilter.read(request.args)
    found = chosen.ordered(chosen.narrow(desk.promises(me()), today()))
    page = page_of(found, chosen.page, lambda n: url_for(".promises", **chosen.args(page=n)), scalars=True)
    return render_template("desk/promises.html", page=page, chosen=chosen, tabs=tabs(chosen), today=today(),
                           units=db.session.execute(desk.units(me())).all(), people=db.session.execute(desk.reviewers(me())).all())


@bp.post("/janji/<int:promise_id>/selesai")
def keep_promise(promise_id):
    begin_writing()
    promise = db.session.get(Promise, promise_id) or abort(404)
    session = get_desk_session(promise.session_id, write=False)
    if not can("desk.promise", session):
        abort(403)
    session.keep_promise(promise, me())
    db.session.commit()
    flash(f"Janji “{promise.text}” ditandai selesai. {session.reviewer.name} diberi tahu.")
    return redirect(url_for(".promises") if request.form.get("dari") == "daftar" else url_for(".show", id=session.id, _anchor="janji"), 303)


def tabs(chosen: PromiseFilter) -> list[Tab]:
    waiting, overdue, done = db.session.execute(desk.promise_counts(me(), today())).one()
    parts = [("", "Belum selesai", waiting), (OVERDUE, "Lewat waktu", overdue), (DONE, "Selesai", done), (ALL, "Semua", waiting + done)]
    return [Tab(label, url_for(".promises", **chosen.args(state=state, page=1)), chosen.state == state, number) for state, label, number in parts]
