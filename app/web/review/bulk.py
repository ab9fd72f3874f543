"""Many proposals of the queue at once: given to a reviewer, reminded of. The filter and the page stay."""
from collections.abc import Callable, Iterable
from typing import Any

from flask import flash, redirect, request, url_for

from app.extensions import db
from app.models import Entry, User
from app.queries import review, sharing
from app.queries.review import NOBODY, QueueFilter
from app.queries.sharing import ShareFilter
from app.rules import Refused
from app.rules.words import listed
from app.web.gate import me, must
from app.web.review import bp

MOST, NAMED = 100, 5  # taken at once; named in a sentence about what was refused


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
