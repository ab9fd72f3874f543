"""Send or hold: what the sums say, what hands say, and what it would take for what is held."""
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from flask import render_template, request, url_for

from app.extensions import db
from app.models import Period
from app.queries import choosing as lists
from app.queries.choosing import HAND, HOLD, SEND, SENT, ChoosingFilter, Lists
from app.queries.standing import Standing, goes
from app.rules.codelists import AFFAIRS
from app.rules.lifts import Lift, rows_for
from app.rules.selection import Held
from app.rules.workflow import Status
from app.web.gate import must
from app.web.listing import Tab, page_of
from app.web.season import period_asked, years
from app.web.sorting import Sorting
from app.web.standing import bp
from app.web.standing_now import standing_of

PARTS = {"": "Semua", SEND: "Kirim", HOLD: "Tahan", HAND: "Pilihan tangan", SENT: "Terkirim"}


class Hurdle(NamedTuple):
    """What a held innovation needs to be sent: the least maturity (None when even the most would not do), and the rows that would bring the
    missing points (None when they cannot). Nothing is missing where only a hand holds it back."""
    points: Decimal | None
    missing: Decimal
    lifts: tuple[Lift, ...] | None


@bp.get("/dasbor/kirim-atau-tahan")
def choosing():
    must("dashboard.view")
    period, chosen = period_asked(), ChoosingFilter.read(request.args)
    if period is None:
        return render_template("standing/none.html", tab="standing.choosing")
    now = standing_of(period)
    going = goes(now.best)
    found = chosen.ordered(chosen.narrow_to(lists.rows(period, going), going))
    page = page_of(found, chosen.page, lambda n: url_for(".choosing", **chosen.args(page=n)))
    return render_template(
        "standing/choosing.html", period=period, standing=now, chosen=chosen, page=page, tabs=tabs(period, chosen, now), years=years(),
        sort=Sorting("standing.choosing", chosen), units=db.session.execute(lists.units(period)).all(), affairs=offered(now),
        lists=lists_of(period, now), hurdles=hurdles(now, page.items))


def offered(now: Standing) -> list[tuple[str, str]]:
    """The main affairs there are, in the official order."""
    return [("", "Semua"), *((affair, affair) for affair in AFFAIRS if affair in now.there)]


def lists_of(period: Period, now: Standing) -> Lists:
    return Lists(*db.session.execute(lists.lists(period, goes(now.best))).one())


def tabs(period: Period, chosen: ChoosingFilter, now: Standing) -> list[Tab]:
    found = db.session.execute(lists.counts(period, chosen, goes(now.best))).one()
    return [Tab(label, url_for(".choosing", **chosen.args(putusan=part, page=1)), chosen.putusan == part, count)
            for (part, label), count in zip(PARTS.items(), found, strict=True)]


def hurdles(now: Standing, rows: Sequence[Any]) -> dict[int, Hurdle]:
    """For the held ones among these rows."""
    held = {row.id: row.verified for row in rows if not row.goes}
    if not held:
        return {}
    levels = lists.by_entry(db.session.execute(lists.levels(held)))
    points = now.reaching(Held(row.id, row.verified, row.main_affair or "", row.choice, row.number) for row in rows if not row.goes)

    def hurdle(id: int) -> Hurdle:
        wanted = points[id]
        missing = max(Decimal(0), wanted - held[id]) if wanted is not None else Decimal(0)
        return Hurdle(wanted, missing, rows_for(missing, levels.get(id, [])) if missing else None)

    return {id: hurdle(id) for id in held}


def in_words(row: Any) -> str:
    """What happens to it and who says so."""
    if row.status == Status.SENT:
        return "Terkirim"
    decided = "Kirim" if row.goes else "Tahan"
    return f"{decided}, pilihan tangan" if row.choice else decided
