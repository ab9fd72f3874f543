"""More time for everybody, with the reason announced; also after a closing, and later still to open a period again on purpose."""
from datetime import datetime

from flask import flash, redirect, render_template, url_for

from app import clock
from app.extensions import db
from app.models import Announcement, Period
from app.queries import extensions, people
from app.queries import periods as queries
from app.rules import Refused, days
from app.rules.audience import Audience
from app.web.gate import get_period, me
from app.web.jinja import format_day, format_instant
from app.web.manage import periods
from app.web.manage.announced_days import ENDED, begins, end_announced
from app.web.manage.forms import ProlongForm
from app.web.manage.period_pages import counts, instant, must_be_as_seen
from app.web.season import zone


@periods.route("/<int:id>/undur", methods=["GET", "POST"])
def prolong(id):
    period = get_period(id)
    form = ProlongForm(data=as_it_is(period))
    if form.validate_on_submit() and (done := prolonged(period, form)):
        db.session.commit()
        flash(done)
        return redirect(url_for(".edit", id=id), 303)
    return render_template("manage/periods/prolong.html", period=period, form=form, counts=counts()[id],
                           running=db.session.scalar(extensions.running(period, clock.now())))


def as_it_is(period: Period) -> dict:
    return {"seen": db.session.scalar(queries.last_change(period)), "announce": not period.is_training,
            "closes_on": days.of(period.closes_at, zone()), "repairs_close_on": days.of(period.repairs_close_at, zone())}


def prolonged(period: Period, form: ProlongForm) -> str:
    """What was done, as a sentence; empty when a rule refused."""
    before = period.closes_at, period.repairs_close_at
    until = [instant(day, days.ends, old) for day, old in zip((form.closes_on.data, form.repairs_close_on.data), before, strict=True)]
    try:
        must_be_as_seen(period, form)
        period.prolong(me(), *until, form.reason.data, tell=db.session.scalars(people.of_units_in_use()))
        ended = end_announced(period, *before)
        if form.announce.data:
            db.session.add(announcement(period, *before, form.reason.data, again=ended))
    except Refused as reason:
        form.refuse(reason)
        form.seen.raw_data, form.seen.data = None, db.session.scalar(queries.last_change(period))
        return ""
    db.session.flush()
    return " ".join([told(period, form), *([ENDED] if ended else [])])


def announcement(period: Period, closed_at: datetime, repairs_closed_at: datetime, reason: str, again: bool) -> Announcement:
    """Until what was put off is closed. `again`: it stands for an earlier one, so that it names the day that stays, too."""
    both = (("Pengisian", closed_at, period.closes_at), ("Perbaikan", repairs_closed_at, period.repairs_close_at))
    moved = [(words, old, new) for words, old, new in both if old != new]
    lines = [f"{begins(words, period)}{format_day(old, zone())} menjadi {format_instant(new, zone())}." for words, old, new in moved]
    lines += [f"{words} tetap ditutup {format_instant(new, zone())}." for words, old, new in both if again and old == new and new > clock.now()]
    return Announcement.add(me(), text="\n".join([" ".join(lines), reason]), audience=Audience.ALL, shows_from=clock.now(),
                            shows_until=moved[0][2], at_door=False)


def told(period: Period, form: ProlongForm) -> str:
    words = [f"Periode {period.name} diundur. Operator dan kepala semua perangkat daerah diberi tahu."]
    if form.announce.data:
        words.append("Pengumumannya tampil di semua halaman.")
    if useless := db.session.scalar(extensions.pointless(period, clock.now())):
        words.append(f"{useless} perpanjangan satu perangkat daerah berakhir sebelum penutupan yang baru, jadi tidak lagi menambah waktu.")
    return " ".join(words)
