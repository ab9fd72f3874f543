"""How dates, figures and sizes are written on every page, and the names all templates may use."""
from collections.abc import Callable, Hashable, MutableMapping
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask
from flask.templating import Environment
from markupsafe import Markup

from app import clock
from app.queries.counting import COUNTED
from app.rules.access import ROLE_LABELS, Role
from app.rules.words import count_words, file_size, in_words, masked, one_stop
from app.web.regency import regency

LOCALE = "id"
WORDS_KEPT = 4096  # of each kind: to write out a day or a number is dear, and pages repeat them
DATE = "d MMMM y"
DAY = "EEEE, d MMMM y"
SHORT_DAY = "EEEE, d MMMM"
INSTANT = "d MMMM y 'pukul' HH.mm z"
SHORT_INSTANT = "d MMMM HH.mm"
DAY_AND_TIME = "EEEE, d MMMM y HH.mm"
TIME = "HH.mm z"
# Part of a User-Agent header -> its name on screen; the first that fits, since browsers also claim to be older ones
BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "Mac", "CrOS": "Chromebook", "Linux": "Linux"}


class Pages(Environment):
    """Every template has the same globals: to hold a map of its own for each costs a sixth of a page, at every import of a macro. All templates
    stay: to keep account of which was used last costs the more the more there are, at every import too."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options, cache_size=-1)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(now=clock.now, drawn=drawn)
    app.jinja_env.filters.update(
        tanggal=lambda value: format_day(value, regency().zone, DATE),
        tanggal_hari=lambda value: format_day(value, regency().zone, DAY),
        tanggal_singkat=lambda value: format_day(value, regency().zone, SHORT_DAY),
        waktu=lambda value: format_instant(value, regency().zone),
        waktu_singkat=lambda value: format_instant(value, regency().zone, SHORT_INSTANT),
        waktu_hari=lambda value: format_instant(value, regency().zone, DAY_AND_TIME),
        jam=lambda value: format_instant(value, regency().zone, TIME),
        peramban=format_agent,
        peran=lambda role: ROLE_LABELS[Role(role)],
        jumlah_kata=count_words,
        bilangan=in_words,
        satu_titik=one_stop,
        nip_samar=masked,
        saat=datetime.fromisoformat,
        angka=format_number,
        banyak=lambda counted: format_number(min(counted, COUNTED)) + "+" * (counted > COUNTED),
        ukuran=file_size,
        lama=lambda since, now=None: format_age(since, now or clock.now(), regency().zone),
        sisa=format_remaining,
        rentang_hari=lambda first, last: format_span(first, last, regency().zone),
    )


@lru_cache(WORDS_KEPT)
def drawn(macro: Callable[..., Markup], *args: Hashable, **named: Hashable) -> Markup:
    """What a macro prints that looks at nothing but its arguments, in tables that draw the same few marks over and over."""
    return macro(*args, **named)


def local_day(value: date | datetime, zone: tzinfo) -> date:
    """The calendar day an instant falls on in the regency; a date is its own day."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return value.astimezone(zone).date()


def format_day(value: date | datetime, zone: tzinfo, pattern: str = DATE) -> str:
    return _day(local_day(value, zone), pattern)


@lru_cache(WORDS_KEPT)
def _day(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=LOCALE)


def format_instant(value: datetime, zone: tzinfo, pattern: str = INSTANT) -> str:
    """An aware instant on the regency's clock; the zone's own name (WIB, WITA, WIT) comes from the locale data."""
    if value.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone")
    return _instant(value.replace(second=0, microsecond=0), zone, pattern)


@lru_cache(WORDS_KEPT)
def _instant(value: datetime, zone: tzinfo, pattern: str) -> str:
    return format_datetime(value, pattern, tzinfo=zone, locale=LOCALE)


def format_number(value: Decimal | float | None, digits: int | None = None) -> str:
    """Decimal comma and a real minus; without `digits` no trailing zeros; "–" for a figure nobody knows yet."""
    if value is None:
        return "–"
    return _number(Decimal(str(value)), digits)


@lru_cache(WORDS_KEPT)
def _number(number: Decimal, digits: int | None) -> str:
    if digits is not None:
        number = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    pattern = "#,##0.######" if digits is None else "#,##0" + "." * bool(digits) + "0" * digits
    return format_decimal(number, pattern, locale=LOCALE).replace("-", "−")


def format_age(since: date | datetime, now: datetime, zone: tzinfo) -> str:
    """Nights since then: "hari ini", "1 hari", "8 hari"."""
    days = (local_day(now, zone) - local_day(since, zone)).days
    return f"{days} hari" if days > 0 else "hari ini"


def format_remaining(days: int) -> str:
    """Days until a deadline, in words; a negative count is days past it."""
    if days > 1:
        return f"{days} hari lagi"
    return {1: "besok", 0: "hari ini"}.get(days, f"lewat {-days} hari")


def format_span(first: date | datetime, last: date | datetime, zone: tzinfo) -> str:
    """Two days as one phrase that says month and year once: "1 sampai 26 Juni 2026"."""
    start, end = local_day(first, zone), local_day(last, zone)
    if start == end:
        return format_day(end, zone)
    if start.year != end.year:
        short = DATE
    elif start.month != end.month:
        short = "d MMMM"
    else:
        short = "d"
    return f"{format_day(start, zone, short)} sampai {format_day(end, zone)}"


def format_agent(header: str) -> str:
    """A User-Agent header as people know it: "Chrome di Windows"."""
    browser = next((name for part, name in BROWSERS.items() if part in header), "Peramban lain")
    system = next((name for part, name in SYSTEMS.items() if part in header), None)
    return f"{browser} di {system}" if system else browser
