"""The application factory: wiring only, no behaviour."""
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def create_app(settings: "Settings | None" = None, *, commands: bool = True, **overrides) -> "Flask":
    """The app on one data folder; settings come from the environment and the folder's lumbung.toml when none are given.

    Imports stand inside: the server's parent and the small commands import this package without paying for Flask (65 MB, 1 s).
    """
    from flask import Flask

    from app import backups, web
    from app.config import Settings
    from app.extensions import babel, csrf, db, login_manager
    from app.storage import Scanner, Storage

    settings = settings or Settings.load()
    app = Flask(__name__, static_folder=None)
    app.jinja_environment = web.jinja.Pages
    app.config.update(settings.flask())
    backups.settle(settings.data)  # not before the folder was opened
    app.config.update(overrides)
    app.extensions["storage"] = Storage(settings.data, settings.upload_mb * 1024 * 1024, scanner=Scanner(settings.scan_command))

    db.init_app(app)
    login_manager.init_app(app)
    csrf.init_app(app)
    babel.init_app(app)

    web.register(app)
    if commands:
        from app import cli

        cli.register(app)
    return app


def served() -> "Flask":
    """What the server serves: the commands would bring the tools for migrations along (12 MB in every process, 0.1 s of every start)."""
    return create_app(commands=False)
