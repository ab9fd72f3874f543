"""The least a page can be: one line behind the real wall. What a page costs is held against it, on the same server and in the same processes."""
from flask import Flask

from app import served
from app.web.gate import me

PATH, WORD = "/ukur/halo", "Halo"


def create_app() -> Flask:
    """The app as it is, with one route more."""
    app = served()

    @app.get(PATH)
    def hello() -> str:
        return f"{WORD} {me().name}"

    return app
