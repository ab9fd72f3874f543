"""What may never happen in a request, whichever test runs it."""
from contextlib import contextmanager

from flask import before_render_template, has_request_context, request
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.extensions import db, is_writing

CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@contextmanager
def watch(app):
    """Fails the test when a request forgets to commit, changes a row outside an immediate transaction, draws a page while others wait to write
    (after a refusal, a form that is not valid, or a commit), or answers with a header that the server cannot send: the test client sends any
    letter, waitress only Latin-1."""
    faults = []

    def forgotten(_error):
        session = db.session
        if session.info.get("unsaved") or session.new or session.dirty or session.deleted:
            faults.append(f"not committed: {request.path}")

    def outside(connection, _cursor, sql, *_rest):
        if sql.lstrip().upper().startswith(CHANGES) and not is_writing():
            faults.append(f"written outside a writing transaction: {sql[:80]}")

    def drawn(_app, template, **_context):
        if has_request_context() and is_writing():
            faults.append(f"drawn while others wait to write: {template.name} for {request.method} {request.path}")

    def unsendable(response):
        faults.extend(f"no server sends {name}: {value}" for name, value in response.headers
                      if value != value.encode("latin-1", "ignore").decode("latin-1"))
        return response

    answered = app.after_request_funcs.setdefault(None, [])
    answered.append(unsendable)
    after = app.teardown_request_funcs.setdefault(None, [])
    after.append(forgotten)
    event.listen(Engine, "before_cursor_execute", outside)
    try:
        with before_render_template.connected_to(drawn, app):
            yield
    finally:
        answered.remove(unsendable)
        after.remove(forgotten)
        event.remove(Engine, "before_cursor_execute", outside)
    assert not faults, faults


@event.listens_for(Session, "before_flush")
def _flushed(session, *_):
    session.info["unsaved"] = True


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _settled(session):
    session.info["unsaved"] = False
