"""Somebody else is faster: something is written between what a request read and the moment it may write."""
from contextlib import contextmanager
from threading import Thread

from flask import has_request_context
from sqlalchemy import Engine, event

from app.extensions import db, is_writing


@contextmanager
def meanwhile(app, change):
    """`change()` is done by another thread and committed right before the first writing transaction of a request in the block begins."""
    left, faults = [change], []

    def somebody_else(what):
        try:
            with app.app_context():
                what()
                db.session.commit()
        except Exception as fault:
            faults.append(fault)

    def earlier(_connection):
        if left and has_request_context() and is_writing():
            other = Thread(target=somebody_else, args=[left.pop()])
            other.start()
            other.join()

    event.listen(Engine, "engine_connect", earlier)
    try:
        yield
    finally:
        event.remove(Engine, "engine_connect", earlier)
    assert (left, faults) == ([], [])
