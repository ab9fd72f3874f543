"""The coordinator's word: this set goes on the list to send; this one must go or must stay."""
import hashlib
from collections.abc import Sequence
from decimal import Decimal

from flask import abort, flash, redirect, render_template, request, url_for
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from app.extensions import db
from app.models import Entry, Period
from app.models.choosing import Choice
from app.queries import choosing as lists
from app.queries.choosing import ChoosingFilter
from app.queries.standing import Pick, Standing, goes, picks
from app.rules import Refused
from app.rules.codelists import BASIC_AFFAIRS
from app.rules.field import Group, Hand
from app.rules.selection import highest
from app.rules.workflow import Status
from app.web.forms import Form
from app.web.gate import get_entry, me, must
from app.web.jinja import format_number
from app.web.season import period_asked
from app.web.standing import bp
from app.web.standing.choosing import lists_of
from app.web.standing_now import standing_of

FREE = "free"  # the sums decide
CHOICES = {Choice.SEND: "Wajib kirim", Choice.HOLD: "Tahan", FREE: "Serahkan pada hitungan"}


class ChoiceForm(Form):
    seen = HiddenField()  # what stood there when the page was opened
    choice = RadioField("Pilihan", choices=[SelectChoice(str(key), label) for key, label in CHOICES.items()])
    reason = StringField("Alasan", [Length(max=500)])


@bp.route("/dasbor/kirim-atau-tahan/susunan", methods=["GET", "POST"])
def take():
    must("set.take")
    period = period_asked() or abort(404)
    now = standing_of(period)
    sending = [Pick(*row) for row in db.session.execute(picks(period, goes(now.best)))]
    if request.method == "GET":
        return render_template("standing/take.html", period=period, standing=now, sending=sending, seal=fingerprint(now, sending),
                               lists=lists_of(period, now))
    if request.form.get("susunan") != fingerprint(now, sending):
        flash("Keadaan berubah sesudah halaman itu dibuka, jadi susunannya belum dipakai. Di bawah ini yang baru; periksa, lalu pakai.", "warning")
        return redirect(url_for(".take", tahun=request.args.get("tahun")), 303)
    taken(period, now)
    db.session.commit()
    return redirect(url_for(".choosing", tahun=request.args.get("tahun")), 303)


@bp.route("/usulan/<int:id>/pilihan", methods=["GET", "POST"])
def choose(id):
    entry = get_entry(id, "choose")
    form = ChoiceForm(data={"choice": entry.choice or FREE, "reason": entry.choice_note, "seen": standing_choice(entry)})
    back = url_for(".choosing", **({"tahun": entry.period.year} | ChoosingFilter.read(request.args).args()))
    if form.validate_on_submit():
        try:
            chosen(entry, form)
        except Refused as reason:
            form.refuse(reason)
            form.seen.data = standing_choice(entry)
        else:
            db.session.commit()
            return redirect(back, 303)
    fixed = entry.status != Status.APPROVED
    return render_template("standing/choose.html", entry=entry, form=form, back=back, fixed=fixed, effects={} if fixed else effects(entry))


def taken(period: Period, now: Standing) -> None:
    candidates = list(db.session.scalars(lists.approved(period)).unique())
    entries = [entry for entry in candidates if now.best.takes(entry.verified, entry.choice, entry.number)]
    period.take_set(me(), entries, candidates)
    flash(f"{len(entries)} inovasi masuk daftar kirim, {len(candidates) - len(entries)} ditahan. "
          f"Perkiraan indeksnya {format_number(now.best_index.index, 2)}.")


def chosen(entry: Entry, form: ChoiceForm) -> None:
    if form.seen.data != (now := standing_choice(entry)):
        raise Refused(f"Pilihan ini diganti sesudah halaman Anda dibuka, menjadi: {now}. Periksa lagi, lalu simpan bila tetap.")
    picked = None if form.choice.data == FREE else Choice(form.choice.data)
    entry.choose(me(), picked, form.reason.data or "")
    words = {Choice.SEND: "wajib dikirim", Choice.HOLD: "ditahan"}.get(picked) if picked else "diserahkan pada hitungan"
    flash(f"{entry.innovation.name} {words}.")


def standing_choice(entry: Entry) -> str:
    """What is chosen by hand at present, in words."""
    return f"{CHOICES[Choice(entry.choice)]} (“{entry.choice_note}”)" if entry.choice else CHOICES[FREE]


def effects(entry: Entry) -> dict[str, Decimal]:
    """The index with each of the choices, all else as it is."""
    now = standing_of(entry.period)
    hands: dict[str, Hand] = {Choice.SEND: "send", Choice.HOLD: "hold", FREE: None}
    return {key: highest(now.spd, moved(now.groups, entry, hand), now.rules, BASIC_AFFAIRS) for key, hand in hands.items()}


def moved(groups: Sequence[Group], entry: Entry, hand: Hand) -> list[Group]:
    """With this one in a group of its own."""
    affair = entry.main_affair if entry.main_affair in BASIC_AFFAIRS else ""
    mine = next(one for one in groups if one[:3] == (entry.verified, affair, entry.choice) and one.first <= entry.number <= one.last)
    own = mine._replace(choice=hand, number=1, first=entry.number, last=entry.number)
    return [own, *(one._replace(number=one.number - 1) if one is mine else one for one in groups if one is not mine or mine.number > 1)]


def fingerprint(now: Standing, sending: Sequence[Pick]) -> str:
    """What the page showed: the set, and the index it gives."""
    return hashlib.sha256(f"{sorted(one.id for one in sending)} {now.best_index.index} {now.number}".encode()).hexdigest()
