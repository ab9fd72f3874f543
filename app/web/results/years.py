"""The years side by side: as recorded by hand, and as expected for the periods nothing was published of yet."""
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select

from app import clock, instruments
from app.extensions import db
from app.models import Event, Period, YearResult
from app.queries import periods, results
from app.rules import Refused
from app.rules.portfolio import Band, IndexRules
from app.web.gate import me, must
from app.web.results import bp
from app.web.results.forms import KnownYearForm, YearForm, band_fits
from app.web.standing_now import standing_of

IN_CHART = 8    # years; more would not be readable on a phone


@dataclass(frozen=True)
class Line:
    """A year: `result` as published, else what `period` is expected to reach. `index` is None where neither says anything; `bands` are those
    of its instrument, the highest first, empty where it is unknown; `before` is the line of the year before."""
    year: int
    result: YearResult | None
    period: Period | None
    index: Decimal | None
    band: str
    count: int | None
    spd: Decimal | None
    bands: Sequence[Band]
    before: "Line | None"

    @property
    def is_official(self) -> bool:
        return self.result is not None

    @property
    def change(self) -> Decimal | None:
        return self.index - self.before.index if self.before and None not in (self.index, self.before.index) else None

    @property
    def climbed(self) -> int | None:
        """Places gained in the ranking; negative when lost."""
        ranks = [line.result.rank for line in (self.before, self) if line and line.result]
        return ranks[0] - ranks[1] if len(ranks) == 2 and None not in ranks else None


@bp.get("/dasbor/tahun")
def years():
    must("result.view")
    found = lines()
    return render_template("results/years.html", lines=found, chart=in_chart(found))


@bp.route("/dasbor/tahun/baru", methods=["GET", "POST"])
def new_year():
    must("result.record")
    year = request.args.get("tahun", type=int)
    form = form_for(year, {"year": year})
    if form.validate_on_submit() and (result := recorded(form)):
        db.session.commit()
        say(result, "dicatat")
        return redirect(url_for(".years"), 303)
    return render_template("results/year.html", form=form, result=None, events=[], **about_bands())


@bp.route("/dasbor/tahun/<int:tahun>", methods=["GET", "POST"])
def year(tahun):
    must("result.record")
    result = db.session.scalar(results.of_year(tahun)) or abort(404)
    form = form_for(tahun, {**{name: getattr(result, name) for name in YearForm().answers()}, "seen": last_change(result)}, result.band)
    if form.validate_on_submit() and edited(form, result):
        db.session.commit()
        say(result, "dibetulkan")
        return redirect(url_for(".years"), 303)
    events = db.session.scalars(results.history_of(result)).all()
    return render_template("results/year.html", form=form, result=result, events=events, tahun=tahun, **about_bands())


def recorded(form: YearForm) -> YearResult | None:
    try:
        must_be_known(form)
        result = YearResult.add(me(), **form.answers())
    except Refused as no:
        form.refuse(no)
        return None
    db.session.add(result)
    return result


def edited(form: YearForm, result: YearResult) -> bool:
    try:
        must_be_known(form, result)
        result.edit(me(), **form.answers())
    except Refused as no:
        form.refuse(no)
        return False
    return True


def must_be_known(form: YearForm, result: YearResult | None = None) -> None:
    """One result a year, seen before it is changed, with a band of that year's instrument and no more SPD than it has."""
    year = form.year.data
    if db.session.scalar(results.of_year(year)) not in (None, result):
        raise Refused(f"Hasil {year} sudah dicatat. Ubah yang sudah ada.")
    if result and form.seen.data != (last := last_change(result)):
        form.seen.raw_data, form.seen.data = None, last
        raise Refused("Hasil ini diubah sesudah halaman ini dibuka; perubahannya ada di riwayat. Sesuaikan isian di bawah, lalu simpan lagi.")
    if period := db.session.scalar(periods.of_year(year)):
        rules, band = period.instrument.index_rules, form.band.data
        names = [one.name for one in rules.bands]
        if band not in names and not (result and band == result.band):
            raise Refused(f"Predikat {year} menurut instrumennya: {', '.join(names)}.")
        if form.spd.data is not None and form.spd.data > rules.spd_max:
            raise Refused(f"Poin SPD {year} paling banyak {rules.spd_max:f}.")


def say(result: YearResult, done: str) -> None:
    flash(f"Hasil {result.year} {done}.")
    meant = band_fits(known_bands().get(result.year, ()), result.index, result.band)
    if meant:
        flash(f"Menurut batas predikat {result.year}, indeks itu berarti {meant}. Periksa sekali lagi bila perlu.", "warning")


def form_for(year: int | None, data: dict, held: str = "") -> YearForm:
    """The bands to choose from where the year has a period, else what was typed before as suggestions."""
    period = db.session.scalar(periods.of_year(year)) if year else None
    if period is None:
        return YearForm(data=data)
    form = KnownYearForm(data=data)
    form.offer([band.name for band in period.instrument.index_rules.bands], held)
    return form


def last_change(result: YearResult) -> int | None:
    return db.session.scalar(select(func.max(Event.id)).where(Event.year_result_id == result.id))


def known_bands() -> dict[int, Sequence[Band]]:
    """The bands of each year whose rules are known: those of its period, else of the instrument of that year, shipped or published."""
    found = {instrument.year: instrument.index_rules.bands for instrument in reversed(db.session.scalars(periods.instruments()).all())}
    return shipped_bands() | found | {period.year: period.instrument.index_rules.bands for period in db.session.scalars(periods.newest_first())}


def about_bands() -> dict:
    """The limits by year, and every name a band ever had, to be suggested where a year's own are unknown."""
    bands = known_bands()
    return {"bands": bands, "suggested": list(dict.fromkeys(band.name for year in sorted(bands, reverse=True) for band in bands[year]))}


@cache
def shipped_bands() -> dict[int, Sequence[Band]]:
    """Also of years whose instrument is too incomplete to carry a period."""
    return {data["year"]: IndexRules.read(data).bands for data in map(instruments.load, instruments.codes())}


def lines() -> list[Line]:
    """Oldest first."""
    published = {result.year: result for result in db.session.scalars(results.years())}
    begun = {period.year: period for period in db.session.scalars(periods.newest_first()) if period.opens_at <= clock.now()}
    bands, found = known_bands(), {}
    for year in sorted({*published, *begun}):
        facts = published_facts(published[year]) if year in published else expected_facts(begun[year])
        found[year] = Line(year, published.get(year), begun.get(year), *facts, bands.get(year, ()), found.get(year - 1))
    return list(found.values())


def published_facts(result: YearResult) -> tuple:
    return result.index, result.band, result.count, result.spd


def expected_facts(period: Period) -> tuple:
    """What it would be if the best set of what is verified were sent; nothing while nothing is verified."""
    standing = standing_of(period)
    if standing.is_empty:
        return None, "", None, None
    depth = standing.best_depth
    return depth.index.index, depth.index.band, depth.number, depth.spd


def in_chart(found: Sequence[Line]) -> list[tuple[int, Line | None]]:
    """The last years without a hole between them; None where nothing is known of a year."""
    by_year = {line.year: line for line in found}
    return [(year, by_year.get(year)) for year in range(max(found[0].year, found[-1].year - IN_CHART + 1), found[-1].year + 1)] if found else []
