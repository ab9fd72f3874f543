"""What if: the address holds the scenario, so that it can be kept and sent to others. Nothing is stored."""
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import redirect, render_template, request, url_for

from app.extensions import db
from app.models import Period
from app.queries import imagined
from app.queries.filters import LONGEST
from app.queries.standing import goes
from app.rules.codelists import AFFAIR_GROUPS
from app.rules.portfolio import IndexRules
from app.rules.scenario import MOST_KINDS, Known, More, Scenario, fits, numbers, tidy
from app.web.gate import must
from app.web.listing import page_of
from app.web.season import period_asked
from app.web.standing import bp
from app.web.standing_now import standing_of


@bp.get("/dasbor/indeks/andai")
def imagine():
    must("dashboard.view")
    period = period_asked()
    if period is None:
        return render_template("standing/none.html", tab="standing.show")
    now, known = standing_of(period), imagined.by_number(db.session.execute(imagined.known(period)))
    base, scenario = set(db.session.scalars(imagined.going(period, goes(now.best)))), read(now.rules)
    if "pada" in request.args:  # the form was sent: on to the address that holds what it says
        return redirect(url_for(".imagine", **filled(scenario, base, known, now.spd).args(), **kept()))
    q, said = request.args.get("q", "").strip()[:LONGEST], scenario.args()
    page = page_of(imagined.listed(period, q), page_asked(), lambda n: url_for(".imagine", **said, **kept(hal=n)))
    return render_template(
        "standing/imagine.html", period=period, standing=now, scenario=scenario, result=scenario.outcome(base, known, now.spd), page=page, q=q,
        sent=scenario.sent(base), changed=changed(period, scenario, base, known), problems=scenario.problems(known), groups=AFFAIR_GROUPS,
        most=MOST_KINDS, said=said, address=url_for(".imagine", **said, tahun=period.year, _external=True))


def read(rules: IndexRules) -> Scenario:
    spd, send, hold, points = (request.args.get(name, "") for name in ("spd", "kirim", "tahan", "poin"))
    return Scenario.read(spd, send, hold, points, request.args.getlist("lagi"), rules)


def filled(scenario: Scenario, base: set[int], known: Mapping[int, Known], spd: Decimal) -> Scenario:
    """The scenario with what the form says of the proposals on its page; those on other pages stay as they were."""
    here = numbers(request.args["pada"]) & set(known)
    sent = scenario.sent(base) & set(known) - here | here & set(request.args.getlist("ikut", int))
    typed = {number: tidy(request.args.get(f"p{number}", "")) for number in here}
    points = {number: text for number, text in scenario.points.items() if number not in here}
    points |= {number: text for number, text in typed.items() if text and not says(text, known[number].maturity)}
    kinds = zip(*(map(plain, request.args.getlist(name)) for name in ("banyak", "masing")), request.args.getlist("urusan"), strict=False)
    more = (More(*kind) for kind in kinds)
    return Scenario("" if says(scenario.spd, spd) else scenario.spd, frozenset(sent - base), frozenset(base - sent), points,
                    tuple(one for one in more if one.number or one.maturity), scenario.rules)


def changed(period: Period, scenario: Scenario, base: set[int], known: Mapping[int, Known]) -> dict[str, list[str]]:
    """The names of what it adds, leaves out and gives other points."""
    found = scenario.changed(base, known)
    wanted = {number for some in found.values() for number in some}
    names = dict(db.session.execute(imagined.names(period, wanted)).all())
    return {what: [names[number] for number in some] for what, some in found.items()}


def says(text: str, points: Decimal) -> bool:
    """It is nothing but what stands there already."""
    return fits(text, points) and Decimal(text) == points


def plain(text: str) -> str:
    """As it may stand between the marks of an address."""
    return tidy(text).replace("x", "")


def page_asked() -> int:
    """The form keeps the page and has buttons to turn it; the button comes last."""
    return next((int(text) for text in reversed(request.args.getlist("hal")) if text.isdecimal() and len(text) < 6), 1)


def kept(**changes: Any) -> dict[str, Any]:
    """What of the address is not the scenario: the period, and which part of the list is shown."""
    held = {"tahun": request.args.get("tahun"), "q": request.args.get("q", "").strip()[:LONGEST], "hal": page_asked()} | changes
    return {name: value for name, value in held.items() if value and (name, value) != ("hal", 1)}
