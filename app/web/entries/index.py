"""The list of proposals, and how one begins."""
from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from flask import flash, redirect, render_template, request, url_for

from app.extensions import db
from app.models import Entry, Period, User
from app.queries import entries
from app.queries.entries import Count, EntryFilter
from app.rules import Refused
from app.rules.access import READS_ALL
from app.rules.codelists import AFFAIR_GROUPS
from app.rules.workflow import LABELS
from app.web.entries import bp
from app.web.gate import get_innovation, me, must
from app.web.known import known
from app.web.listing import Tab, page_of
from app.web.season import instrument_now, period_now
from app.web.sorting import Sorting

GROUP_LABELS = {"proses": "Di verifikator atau koordinator", "selesai": "Disetujui atau terkirim", "unit": "Di perangkat daerah"}


@bp.get("/")
def index():
    must("entry.list")
    chosen = EntryFilter.read(request.args)
    return render_template("entries/index.html", chosen=chosen, sort=Sorting("entries.index", chosen), affairs=AFFAIR_GROUPS,
                           reads_all=me().has_role(*READS_ALL), maximum=instrument_now().maturity_max,
                           **known(("entries", me().id, chosen), lambda: look(chosen)))


def look(chosen: EntryFilter) -> dict:
    """The list as this person finds it."""
    counts = [Count(*row) for row in db.session.execute(entries.counts(me(), chosen))]
    total, periods = totals(chosen, counts), db.session.execute(entries.periods(me())).all()
    page = page_of(chosen.ordered(entries.rows(me())), chosen.page, lambda n: url_for("entries.index", **chosen.args(page=n)),
                   total=total.number, key=Entry.id, ids=partial(entries.ids, me(), chosen, total.number, periods))
    return {"page": page, "tabs": tabs(chosen, counts), "totals": total, "beside": beside(chosen),
            "units": db.session.execute(entries.units(me())).all(), "years": [(year, year) for year in dict.fromkeys(one.year for one in periods)],
            "practice": any(one.is_training for one in periods)}


@bp.post("/")
def start():
    innovation = get_innovation(request.form.get("innovation", 0, int), "edit")
    period = practice_asked() or period_now()
    if period is None:
        raise Refused("Belum ada periode penilaian yang dibuka.")
    entry = Entry.start(innovation, period, me())
    db.session.add(entry)
    db.session.commit()
    flash(f"Usulan {innovation.name} untuk periode {period.name} dibuat. Isi barisnya satu per satu; semuanya boleh disimpan sebagian.")
    return redirect(url_for(".show", id=entry.id), 303)


def practice_asked() -> Period | None:
    """The training period the form names. Whatever else it says, a proposal is begun in the current one."""
    period = db.session.get(Period, request.form.get("periode", 0, int))
    return period if period and period.is_training else None


def tabs(chosen: EntryFilter, counts: Sequence[Count]) -> list[Tab]:
    found = {count.status: count.number for count in counts}
    labels = {"": "Semua", **LABELS}
    return [Tab(label, url_for(".index", **chosen.args(status=str(status), page=1)), chosen.status == status,
                found.get(status, 0) if status else sum(found.values())) for status, label in labels.items()]


def totals(chosen: EntryFilter, counts: Sequence[Count]) -> Count:
    """Of the filter, its status with it."""
    shown = [count for count in counts if chosen.shows(count.status)]
    none = Decimal(0)
    return Count(chosen.status, sum(one.number for one in shown), sum((one.claimed for one in shown), none),
                 sum((one.evidenced for one in shown), none), sum((one.verified for one in shown), none))


def beside(chosen: EntryFilter) -> list[tuple[str, str]]:
    """What the filter says beside the fields of its form: in words, and the address of the list without it."""
    reviewer = db.session.get(User, chosen.reviewer) if chosen.reviewer and me().has_role(*READS_ALL) else None
    said = [(GROUP_LABELS.get(chosen.status, ""), {"status": ""}), (f"Dipegang {reviewer.name}" if reviewer else "", {"reviewer": 0}),
            ("Sudah pernah diputus" if chosen.judged else "", {"judged": False})]
    return [(words, url_for(".index", **chosen.args(page=1, **without))) for words, without in said if words]
