"""Serving the app with waitress: `python -m app.server`.

On Linux a parent (crew.py) starts one process per core (worker.py); they share the port over
SO_REUSEPORT (address.py). The parent opens no database: it replaces a process that dies, passes
signals on and waits until requests in flight are answered. Windows has no such sharing: there one
process does it all.
"""
