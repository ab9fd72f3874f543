"""The web shell: every blueprint, the wall, what each page needs, and the pages for errors."""
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from app.rules import access
from app.web import (
    account,
    announced,
    assets,
    board,
    calendar,
    catalogue,
    dashboard,
    desk,
    documents,
    drafts,
    entries,
    errors,
    exposed,
    headers,
    health,
    help,
    home,
    innovations,
    jinja,
    known,
    late,
    letters,
    look,
    manage,
    menu,
    named,
    notices,
    reasons,
    regency,
    region,
    reminding,
    results,
    review,
    sendings,
    stamps,
    standing,
    stranded,
    unsaved,
    wall,
    weight,
    witness,
)
from app.web.gate import can

BLUEPRINTS = (account.bp, home.bp, innovations.bp, catalogue.bp, entries.bp, desk.bp, documents.bp, documents.files, review.bp, reasons.bp,
              letters.bp, calendar.bp, notices.bp, announced.bp, late.bp, dashboard.bp, standing.bp, board.bp, region.bp, sendings.bp, results.bp,
              drafts.bp, help.bp, health.bp, look.bp, *manage.BLUEPRINTS)


class _Id(IntegerConverter):
    """A number in an address. One that no row can have is no page; PostgreSQL would call it an error."""
    def __init__(self, map, *args, **words):
        super().__init__(map, *args, **{"max": 2**31 - 1} | words)


def register(app: Flask) -> None:
    app.url_map.converters["int"] = _Id
    for bp in BLUEPRINTS:
        app.register_blueprint(bp)
    for room in (weight, wall, reminding, headers, witness, errors, exposed, stranded, stamps, unsaved, regency, known, look, jinja, named, menu,
                 assets, announced):
        room.init_app(app)
    app.jinja_env.globals.update(can=can, ROLES=access.ROLE_LABELS)
    if proxies := app.config["LUMBUNG"].proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
