"""The queue and the units' standing reviewers as XLSX."""
from typing import Any

from flask import request

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.queries import review, sharing
from app.queries.counting import WORDS
from app.queries.review import NOBODY, QueueFilter
from app.queries.sharing import ShareFilter
from app.rules.workflow import DONE, LABELS, Status
from app.web.gate import me, must
from app.web.review import bp
from app.web.review.queue import tab_labels, today_began
from app.web.sheeting import name_of, number_in, quoted, sheet

COLUMNS = [Column("Nomor", width=14), Column("Inovasi", width=40), Column("Perangkat daerah", width=34), Column("Keadaan", width=22),
           Column("Putaran", Kind.INTEGER), Column("Belum diputus (baris)", Kind.INTEGER, 14), Column("Diklaim", Kind.DECIMAL),
           Column("Berbukti", Kind.DECIMAL), Column("Terverifikasi", Kind.DECIMAL, 14), Column("Sejak", Kind.INSTANT),
           Column("Verifikator", width=26)]
UNITS = [Column("Perangkat daerah", width=40), Column("Jenis", width=16), Column("Verifikator tetap", width=28),
         Column("Usulan menunggu", Kind.INTEGER, 12), Column("Belum dibagi", Kind.INTEGER, 12)]
ROUNDS = {"baru": "baru", "ulang": "diajukan ulang"}


@bp.get("/daftar.xlsx")
def index_xlsx():
    must("review.list")
    chosen = QueueFilter.read(request.args)
    found = db.session.execute(review.queue(me(), chosen, today_began()))
    return sheet("Antrean verifikasi", COLUMNS, map(line, found), *in_words(chosen))


@bp.get("/pembagian.xlsx")
def sharing_xlsx():
    must("review.share")
    chosen = ShareFilter.read(request.args)
    found = db.session.execute(chosen.ordered(chosen.narrow(sharing.units())))
    return sheet("Verifikator tetap", UNITS, ((one.name, one.kind, one.reviewer or "belum ada", one.waiting, one.unshared) for one in found),
                 quoted(chosen.q), reviewer(chosen.verifikator, "belum ada"))


def line(row: Any) -> tuple:
    waits = row.status in (Status.SUBMITTED, Status.VERIFIED)
    return (number_in(row.year, row.number, row.is_training), row.name, row.unit, LABELS[Status(row.status)], row.round, row.left if waits else None,
            row.claimed, row.evidenced, row.verified, row.moved_at, row.by if row.status in DONE else row.reviewer)


def in_words(chosen: QueueFilter) -> list[str]:
    return [tab_labels(me())[chosen.tab], quoted(chosen.q), name_of(chosen.unit, review.units()), reviewer(chosen.verifikator, "belum dibagi"),
            ROUNDS.get(chosen.round, ""), f"diam {chosen.idle} hari atau lebih" if chosen.idle else "",
            f"periode {chosen.period}" if chosen.period else "", WORDS.get(chosen.latihan, "")]


def reviewer(chosen: str, nobody: str) -> str:
    return nobody if chosen == NOBODY else name_of(chosen, sharing.reviewers(chosen))
