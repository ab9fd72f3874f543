"""Proposals: the state of one, its sheet of rows, submission and prints."""
from flask import Blueprint, current_app

from app.models import Entry
from app.rules import numbers
from app.rules.years import in_years

bp = Blueprint("entries", __name__, url_prefix="/usulan")


@bp.app_template_global()
def entry_number(entry: Entry, round: int | None = None) -> str:
    """LR-26-012, and LR-26-012/2 for its second round."""
    return numbers.entry_number(current_app.config["LUMBUNG"].number_prefix, entry.period.year, entry.number, round)


@bp.app_template_global()
def number_of(year: int, number: int) -> str:
    """The same for lists, which know only the period's year and the running number."""
    return numbers.entry_number(current_app.config["LUMBUNG"].number_prefix, year, number)


bp.app_template_filter("tahun_instrumen")(in_years)

from app.web.entries import attaching, carrying, comparison, index, pages, rows, sheets, signing, submission, swapping, withdrawing
