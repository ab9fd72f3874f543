"""Proposals: the state of one, its sheet of rows, submission and prints."""
from flask import Blueprint

from app.models import Entry
from app.rules import numbers
from app.rules.years import in_years
from app.web.regency import regency

bp = Blueprint("entries", __name__, url_prefix="/usulan")


@bp.app_template_global()
def entry_number(entry: Entry, round: int | None = None) -> str:
    """LR-26-012, and LR-26-012/2 for its second round."""
    return numbers.entry_number(regency().number_prefix, entry.period.year, entry.number, round, entry.period.is_training)


@bp.app_template_global()
def number_of(year: int, number: int, training: bool = False) -> str:
    """The same for lists, which know only the period's year and the running number; `training` where they may show that too."""
    return numbers.entry_number(regency().number_prefix, year, number, training=training)


bp.app_template_filter("tahun_instrumen")(in_years)

from app.web.entries import attaching, carrying, comparison, index, pages, rows, sheets, signing, submission, swapping, withdrawing
