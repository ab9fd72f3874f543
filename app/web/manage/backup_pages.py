"""Backups: how old the newest is, one more at the press of a button, and one of them to carry away."""
import os
import shutil
import sys
from pathlib import Path
from threading import BoundedSemaphore
from weakref import finalize

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from zipstream import ZIP_STORED, ZipStream

from app import backups as shelf
from app.backups import Backup
from app.backups.running import COMMANDS
from app.config import ROOT, Settings
from app.extensions import db
from app.rules import Refused
from app.web.gate import me, must
from app.web.manage import backups
from app.web.sending import named

AGAIN = 2  # seconds until the page asks again
COMMAND = (sys.executable, "-m", "flask", "--app", "wsgi")
LANE = BoundedSemaphore(1)  # a slow line holds one of the few threads of its process for as long as it takes
OUTSIDE = "Aplikasi ini memakai PostgreSQL. Cadangan basis datanya dibuat dengan pg_dump di server, tidak dari halaman ini."
ON_THE_WAY = "Satu cadangan lain sedang diunduh dari server ini. Tunggu sampai selesai, lalu tekan Unduh lagi."


@backups.get("/")
def index():
    must("backup.make")
    if settings().database_url:
        return render_template("manage/backups/outside.html")
    folder, run, made = settings().backups, shelf.state(settings().data), shelf.all_in(settings().backups)
    page = Response(render_template("manage/backups/index.html", run=run, made=made, folder=folder, free=free_at(folder),
                                    is_beside=shelf.is_beside(settings().data, folder), keep=settings().backup_keep,
                                    second=shelf.second_state(settings()), drill=shelf.last_drill(settings().data)))
    if run.is_busy:
        page.headers["Refresh"] = str(AGAIN)
    return page


@backups.post("/")
def make():
    """The work goes on in a process of its own; pressing twice, or sending an old page again, makes no second one."""
    must("backup.make", write=False)
    if request.form.get("latest") != name_of(shelf.latest(settings().backups)):
        raise Refused("Sementara itu sudah ada cadangan lain. Lihat daftarnya di bawah.")
    begin("backup")
    must("backup.make")
    me().begin_backup()
    db.session.commit()
    return redirect(url_for(".index"), 303)


@backups.post("/latihan")
def rehearse():
    """The newest one restored into a folder of its own, to see whether it can be."""
    must("backup.make", write=False)
    begin("drill")
    return redirect(url_for(".index"), 303)


@backups.post("/kedua")
def copy():
    must("backup.make", write=False)
    begin("salin")
    return redirect(url_for(".index"), 303)


def begin(task: str) -> None:
    """In a process that needs no browser; refused while one is at it."""
    if settings().database_url:
        raise Refused(OUTSIDE)
    shelf.start(settings().data, [*COMMAND, *COMMANDS[task].split()], ROOT, os.environ | {"LUMBUNG_DATA": str(settings().data)}, task)


@backups.post("/<cadangan>/unduhan")
def take(cadangan):
    """One of them as a ZIP of known size, read from disk piece by piece; who took it is remembered."""
    must("backup.make", write=False)
    backup = next((one for one in shelf.all_in(settings().backups) if one.name == cadangan), None) or abort(404)
    if not LANE.acquire(timeout=1):
        raise Refused(ON_THE_WAY)
    try:
        zipped = ZipStream.from_path(backup.path, compress_type=ZIP_STORED, sized=True)
        must("backup.make")
        me().take_backup(backup.name)
        db.session.commit()
        db.session.remove()
        response = Response(iter(zipped), content_type="application/zip")
    except BaseException:
        LANE.release()
        raise
    response.call_on_close(finalize(response, LANE.release))  # once: at its end, or when it is dropped before
    response.headers["Content-Length"] = str(len(zipped))
    named(response, f"{backup.name}.zip")
    return response


def settings() -> Settings:
    return current_app.config["LUMBUNG"]


def name_of(backup: Backup | None) -> str:
    return backup.name if backup else ""


def free_at(folder: Path) -> int | None:
    """Bytes left where the backups go; None where there is no such place."""
    try:
        return shutil.disk_usage(shelf.existing(folder)).free
    except OSError:
        return None
