"""Dates, figures and sizes as an Indonesian office writes them."""
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.rules.words import file_size
from app.web import assets, jinja
from app.web.jinja import (
    DAY,
    DAY_AND_TIME,
    SHORT_DAY,
    SHORT_INSTANT,
    TIME,
    format_age,
    format_agent,
    format_day,
    format_instant,
    format_number,
    format_remaining,
    format_span,
)

WIB = ZoneInfo("Asia/Jakarta")
MORNING = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
LATE = datetime(2026, 6, 8, 17, 0, tzinfo=UTC)  # already 9 June in the regency


@pytest.fixture
def small(tmp_path):
    """The two rooms under test on an app of their own, with the project's static files."""
    app = Flask("app", static_folder=None, root_path=str(Path(assets.__file__).parents[1]))
    app.config["LUMBUNG"] = SimpleNamespace(timezone="Asia/Jakarta", region="Kabupaten Lumbung Raya", data=tmp_path)
    assets.init_app(app)
    jinja.init_app(app)
    return app


def test_a_date_is_written_out():
    assert format_day(date(2026, 11, 21), WIB) == "21 November 2026"
    assert format_day(date(2026, 11, 21), WIB, DAY) == "Sabtu, 21 November 2026"
    assert format_day(date(2026, 6, 26), WIB, SHORT_DAY) == "Jumat, 26 Juni"


def test_an_instant_belongs_to_the_regencys_day():
    assert format_day(LATE, WIB) == "9 Juni 2026"


@pytest.mark.parametrize(("zone", "written"), [
    ("Asia/Jakarta", "21 November 2026 pukul 09.30 WIB"),
    ("Asia/Makassar", "21 November 2026 pukul 10.30 WITA"),
    ("Asia/Jayapura", "21 November 2026 pukul 11.30 WIT"),
])
def test_an_instant_names_its_zone(zone, written):
    assert format_instant(MORNING, ZoneInfo(zone)) == written


def test_shorter_forms_of_an_instant():
    assert format_instant(MORNING, WIB, SHORT_INSTANT) == "21 November 09.30"
    assert format_instant(MORNING, WIB, DAY_AND_TIME) == "Sabtu, 21 November 2026 09.30"
    assert format_instant(MORNING, WIB, TIME) == "09.30 WIB"


@pytest.mark.parametrize("write", [format_day, format_instant])
def test_an_instant_without_a_zone_is_refused(write):
    with pytest.raises(ValueError, match="no time zone"):
        write(datetime(2026, 11, 21, 9, 30), WIB)


@pytest.mark.parametrize(("value", "digits", "written"), [
    (94, None, "94"), (-14, None, "−14"), (Decimal("90.50"), None, "90,5"), (2.0, None, "2"), (1250000, None, "1.250.000"),
    (Decimal("56.96"), 2, "56,96"), (47.5, 2, "47,50"), (Decimal("0.125"), 2, "0,13"), (62.4, 0, "62"), (0, 2, "0,00"), (None, 2, "–"),
])
def test_a_figure_has_a_decimal_comma_and_a_real_minus(value, digits, written):
    assert format_number(value, digits) == written


@pytest.mark.parametrize(("size", "written"), [
    (0, "0 B"), (1023, "1023 B"), (831_488, "812 kB"), (1_048_575, "1 MB"), (1_468_006, "1,4 MB"), (20 * 1024**2, "20 MB"), (3 * 1024**3, "3 GB"),
])
def test_a_size_is_read_as_in_the_file_manager(size, written):
    assert file_size(size) == written


def test_age_counts_nights_in_the_regency():
    now = datetime(2026, 6, 9, 2, 42, tzinfo=UTC)
    assert format_age(LATE, now, WIB) == "hari ini"
    assert format_age(datetime(2026, 6, 8, 8, 20, tzinfo=UTC), now, WIB) == "1 hari"
    assert format_age(date(2026, 6, 1), now, WIB) == "8 hari"


def test_what_remains_until_a_deadline():
    assert [format_remaining(days) for days in (17, 1, 0, -3)] == ["17 hari lagi", "besok", "hari ini", "lewat 3 hari"]


@pytest.mark.parametrize(("first", "last", "written"), [
    (date(2026, 6, 26), date(2026, 6, 26), "26 Juni 2026"),
    (date(2026, 6, 1), date(2026, 6, 26), "1 sampai 26 Juni 2026"),
    (date(2026, 4, 20), date(2026, 6, 26), "20 April sampai 26 Juni 2026"),
    (date(2025, 12, 1), LATE, "1 Desember 2025 sampai 9 Juni 2026"),
])
def test_a_span_says_month_and_year_once(first, last, written):
    assert format_span(first, last, WIB) == written


@pytest.mark.parametrize(("header", "written"), [
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36", "Chrome di Windows"),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0", "Edge di Windows"),
    ("Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0", "Firefox di Android"),
    ("curl/8.5.0", "Peramban lain"),
    ("", "Peramban lain"),
])
def test_a_session_names_its_browser(header, written):
    assert format_agent(header) == written


def test_templates_know_the_filters_and_the_settings(app):
    page = "{{ settings.region }}: {{ at|waktu }}, {{ at|lama(at) }}, {{ 8|sisa }}, {{ -1.5|angka }}, {{ 2048|ukuran }}, {{ 'reviewer'|peran }}"
    with app.app_context():
        assert app.jinja_env.from_string(page).render(at=MORNING) == (
            "Kabupaten Lumbung Raya: 21 November 2026 pukul 09.30 WIB, hari ini, 8 hari lagi, −1,5, 2 kB, Verifikator")


@pytest.mark.parametrize(("name", "mimetype"), [
    ("app.css", "text/css"), ("app.js", "text/javascript"), ("icons.svg", "image/svg+xml"), ("vendor/bootstrap-5.3.9/bootstrap.min.css", "text/css")])
def test_an_asset_is_served_for_ever_under_its_digest(small, name, mimetype):
    with small.test_client().get(small.jinja_env.globals["asset"](name)) as response:
        assert (response.status_code, response.mimetype) == (200, mimetype)
        assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_does_not_exist_has_no_address(small):
    with pytest.raises(KeyError, match="app.cs"):
        small.jinja_env.globals["asset"]("app.cs")


def test_a_change_of_content_changes_the_digest(tmp_path):
    (tmp_path / "a.css").write_text("a")
    before = assets.digest(tmp_path, {"a.css"})
    (tmp_path / "a.css").write_text("b")
    assert assets.digest(tmp_path, {"a.css"}) != before
