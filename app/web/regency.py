"""The regency's own names, clock and looks, as they count now: what its screen saved, else the settings of the installation."""
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, has_request_context
from werkzeug.local import LocalProxy

from app.config import Settings
from app.exports.emblem import NO_LOGO, Logo, small
from app.extensions import db
from app.queries import regency as queries


@dataclass(frozen=True)
class RegencySettings(Settings):
    """`letterhead` are lines below the office's name, `colour` is #rrggbb or empty for ours, `logo` the hash of a picture of `logo_kind`."""
    letterhead: str = ""
    footer: str = ""
    colour: str = ""
    logo: str = ""
    logo_kind: str = ""
    is_saved: bool = False

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def below_office(self) -> str:
        """What stands under the office's name on paper, line by line."""
        return self.letterhead or self.contact

    @property
    def logo_path(self) -> Path | None:
        return current_app.extensions["storage"].path(self.logo) if self.logo else None

    @property
    def paper_logo(self) -> Logo:
        """None where there is none, or its file is lost: a paper without it is still a paper."""
        return small(self.logo, path.read_bytes()) if (path := self.logo_path) and path.is_file() else NO_LOGO


def init_app(app: Flask) -> None:
    app.jinja_env.globals["settings"] = LocalProxy(regency)


def regency() -> RegencySettings:
    """Asked for once a request. On a page that tells of a broken database nothing is asked."""
    if not has_request_context():
        return read()
    if "regency" not in g:
        if g.get("is_broken"):
            return of_the_installation()
        g.regency = read()
    return g.regency


def forget() -> None:
    """After a change, for what this request still shows."""
    g.pop("regency", None)


def remember(row: Mapping) -> None:
    """What came beside something else is not asked for again in this request."""
    g.regency = told(row)


def read() -> RegencySettings:
    return told(db.session.execute(queries.effective()).mappings().first() or {})


def told(row: Mapping) -> RegencySettings:
    saved = {name: row[name] for name in queries.NAMES if row.get(name) is not None}
    return of_the_installation(is_saved=bool(saved), **saved)


def of_the_installation(**saved: Any) -> RegencySettings:
    settings = current_app.config["LUMBUNG"]
    return RegencySettings(**{field.name: getattr(settings, field.name) for field in fields(Settings)} | saved)
