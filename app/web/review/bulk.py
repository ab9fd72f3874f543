"""Many proposals of the queue at once: given to a reviewer, reminded of, downloaded. The filter and the page stay."""
from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, flash, redirect, request, url_for

from app import clock
from app.exports.sheets import Column, Kind, workbook
from app.extensions import db
from app.models import Entry, User
from app.queries import review, sharing
from app.queries.review import COLLEAGUES, DONE, MINE, NOBODY, WAITING, QueueFilter
from app.queries.sharing import ShareFilter
from app.rules import Refused
from app.rules.numbers import entry_number
from app.rules.words import listed
from app.rules.workflow import LABELS, Status
from app.web.gate import me, must
from app.web.review import bp
from app.web.review.queue import today_began
from app.web.sending import attached

MOST, NAMED = 100, 5  # taken at once; named in a sentence about what was refused
COLUMNS = [Column("Nomor", width=14), Column("Inovasi", width=40), Column("Perangkat daerah", width=34), Column("Keadaan", width=22),
           Column("Putaran", Kind.INTEGER), Column("Belum diputus (baris)", Kind.INTEGER), Column("Diklaim", Kind.DECIMAL),
           Column("Berbukti", Kind.DECIMAL), Column("Terverifikasi", Kind.DECIMAL), Column("Sejak", Kind.INSTANT), Column("Verifikator", width=26)]
TABS = {MINE: "Giliran saya", COLLEAGUES: "Di rekan", WAITING: "Menunggu OPD", DONE: "Selesai"}


@bp.post("/bagikan")
def share():
    must("review.share")
    reviewer = reviewer_sent()
    done, refused = attempt(picked(), lambda entry: entry.assign(me(), reviewer))
    db.session.commit()
    say(f"{len(done)} usulan dibagikan ke {reviewer.name}." if reviewer else f"{len(done)} usulan dilepas dari verifikatornya.", done, refused)
    return redirect(back(), 303)


@bp.post("/ingatkan")
def remind():
    must("review.remind")
    told: set[User] = set()
    done, refused = attempt(picked(), lambda entry: told.update(entry.remind(me())))
    db.session.commit()
    say(f"Pengingat untuk {len(done)} usulan sampai di {len(told)} orang.", done, refused)
    return redirect(back(), 303)


@bp.get("/unduh")
def export():
    must("review.list")
    chosen, settings = QueueFilter.read(request.args), current_app.config["LUMBUNG"]
    found = db.session.execute(review.queue(me(), chosen, today_began()))
    lines = [line(row, settings.number_prefix) for row in found]
    data = workbook("Antrean verifikasi", COLUMNS, lines, as_of=clock.now(), zone=ZoneInfo(settings.timezone), filtered=in_words(chosen))
    return attached(data, "antrean-verifikasi.xlsx")


def line(row: Any, prefix: str) -> tuple:
    waits = row.status in (Status.SUBMITTED, Status.VERIFIED)
    return (entry_number(prefix, row.year, row.number), row.name, row.unit, LABELS[Status(row.status)], row.round, row.left if waits else None,
            row.claimed, row.evidenced, row.verified, row.moved_at, row.by if row.status == Status.APPROVED else row.reviewer)


def in_words(chosen: QueueFilter) -> str:
    """The filter as the first line of the file says it."""
    unit = next((one.name for one in db.session.execute(review.units()) if one.id == chosen.unit), "")
    people = {NOBODY: "belum dibagi", **{str(one.id): one.name for one in db.session.execute(sharing.reviewers(chosen.verifikator))}}
    parts = [TABS[chosen.tab], f"“{chosen.q}”" if chosen.q else "", unit, people.get(chosen.verifikator, "") if chosen.verifikator else "",
             {"baru": "baru", "ulang": "diajukan ulang"}.get(chosen.round, ""), f"diam {chosen.idle} hari atau lebih" if chosen.idle else "",
             f"periode {chosen.period}" if chosen.period else ""]
    return ", ".join(part for part in parts if part)


def picked() -> list[Entry]:
    ids = ticked("usulan", "usulan")
    return list(db.session.scalars(sharing.chosen(me(), ids)).unique())


def ticked(field: str, what: str) -> list[int]:
    """The ids of the boxes ticked on the page."""
    ids = list(dict.fromkeys(request.form.getlist(field, type=int)))
    if not ids:
        raise Refused(f"Centang dulu {what} yang Anda maksud.")
    if len(ids) > MOST:
        raise Refused(f"Pilih paling banyak {MOST} {what} sekaligus.")
    return ids


def reviewer_sent() -> User | None:
    """Whom the form names; None when it says "to nobody"."""
    sent = request.form.get("reviewer", "")
    if sent == NOBODY:
        return None
    found = db.session.get(User, int(sent)) if review.known_reviewer(sent) else None
    if found is None:
        raise Refused("Pilih dulu verifikatornya.")
    return found


def attempt(things: Iterable[Any], verb: Callable[[Any], Any]) -> tuple[list, dict[str, list[str]]]:
    """The verb for each; what was done, and the names of what was refused under the reason. One refusal does not stop the others."""
    done: list = []
    refused: dict[str, list[str]] = {}
    for thing in things:
        try:
            verb(thing)
        except Refused as reason:
            refused.setdefault(str(reason), []).append(thing.innovation.name if isinstance(thing, Entry) else thing.name)
        else:
            done.append(thing)
    return done, refused


def say(sentence: str, done: list, refused: dict[str, list[str]]) -> None:
    if done or not refused:
        flash(sentence if done else "Tidak ada yang cocok dengan yang Anda centang. Muat ulang daftarnya.", "message" if done else "warning")
    for reason, names in list(refused.items())[:NAMED]:
        shown = names[:NAMED] + [f"{len(names) - NAMED} lainnya"] * (len(names) > NAMED)
        flash(f"{len(names)} tidak diubah, {listed(shown)}: {reason}", "warning")
    if len(refused) > NAMED:
        flash(f"{sum(map(len, list(refused.values())[NAMED:]))} lainnya juga tidak diubah.", "warning")


def back() -> str:
    """The list the boxes were ticked in, as it was."""
    if request.args.get("dari") == "pembagian":
        return url_for("review.sharing", **ShareFilter.read(request.args).args())
    return url_for("review.index", **QueueFilter.read(request.args).args())
