"""The web shell: every blueprint, the wall, what each page needs, and the pages for errors."""
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

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
    headers,
    health,
    help,
    home,
    innovations,
    jinja,
    late,
    letters,
    look,
    manage,
    menu,
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
)
from app.web.gate import can

BLUEPRINTS = (account.bp, home.bp, innovations.bp, catalogue.bp, entries.bp, desk.bp, documents.bp, documents.files, review.bp, reasons.bp,
              letters.bp, calendar.bp, notices.bp, announced.bp, late.bp, dashboard.bp, standing.bp, board.bp, region.bp, sendings.bp, results.bp,
              drafts.bp, help.bp, health.bp, look.bp, *manage.BLUEPRINTS)


def register(app: Flask) -> None:
    for bp in BLUEPRINTS:
        app.register_blueprint(bp)
    for room in (wall, reminding, headers, errors, stranded, stamps, unsaved, regency, look, jinja, menu, assets, announced):
        room.init_app(app)
    app.jinja_env.globals.update(can=can, ROLES=access.ROLE_LABELS)
    if proxies := app.config["LUMBUNG"].proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
