"""The verdict on a regional row, by somebody else than who filled it."""
from flask import flash, redirect, url_for

from app.extensions import db
from app.models import RegionRow
from app.rules import Refused
from app.web.gate import get_region_row, me
from app.web.region import YEAR, bp, guide
from app.web.region.forms import VerdictForm
from app.web.region.rows import row_page

NOT_SEEN = -1


@bp.post(f"/{YEAR}/<kode>/putusan")
def judge(tahun, kode):
    row = get_region_row(tahun, kode, "judge")
    form = VerdictForm.of(row)
    if form.validate() and judged(row, form):
        db.session.commit()
        return redirect(following(row), 303)
    return row_page(row, verdict=form)


def judged(row: RegionRow, form: VerdictForm) -> bool:
    """False when a rule refused, or the row changed under the verdict: then what stands now is on the page, and what was typed."""
    try:
        row.judge(me(), form.level.data, form.reason.data or "", form.seen.data if form.seen.raw_data and form.seen.data is not None else NOT_SEEN)
    except Refused as reason:
        form.refuse(reason)
        form.seen.raw_data, form.seen.data = None, row.version
        return False
    return True


def following(row: RegionRow) -> str:
    after = guide.next_to_judge(row)
    flash(f"Putusan baris {row.code} tersimpan: terbukti level {row.proven_level}."
          + (f" Berikutnya baris {after.code}." if after else " Tidak ada lagi yang menunggu putusan Anda."))
    return guide.address(after) if after else url_for(".index", tahun=row.period.year)
