"""What is typed about a session: when and where, its minutes, a whole schedule at once."""
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Self

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, TimeField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app.models import DeskSession
from app.models.desk import LONGEST, LONGEST_AGENDA, SHORTEST, Kind
from app.models.minuting import LONGEST_NOTES, LONGEST_PROMISE, MOST_PROMISES
from app.rules import days, desk_plan
from app.rules.words import listed
from app.web.fields import chosen_id, in_our_time, line, text
from app.web.forms import Form, Seen
from app.web.season import zone

DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
EMPTY = 3  # lines for more promises, below those that are there


class SessionForm(Seen):
    """Day and hour are those of the regency."""
    overtaken = "Jadwal sesi ini diubah sesudah halaman ini dibuka; perubahannya ada di riwayat. Sesuaikan isian di bawah, lalu simpan lagi."
    kind = SelectField("Jenis", choices=[SelectChoice(Kind.DESK.value, "Pendampingan"), SelectChoice(Kind.MONITORING.value, "Kunjungan monitoring")])
    innovation = SelectField("Tentang inovasi", coerce=chosen_id, choices=[])
    reviewer = SelectField("Verifikator", coerce=chosen_id, choices=[], validators=[InputRequired("Pilih verifikatornya.")])
    day = DateField("Hari", validators=[InputRequired("Isi tanggalnya."), in_our_time])
    at = TimeField("Mulai pukul", validators=[InputRequired("Isi jam mulainya.")])
    minutes = IntegerField("Lama, dalam menit", validators=[InputRequired("Isi lamanya."), NumberRange(SHORTEST, LONGEST)])
    place = line("Tempat", 120)
    agenda = text("Agenda", LONGEST_AGENDA)

    def offer(self, innovations: Iterable, reviewers: Iterable) -> None:
        """Pairs of id and name."""
        self.innovation.choices = [SelectChoice("", "Semua usulannya"), *(SelectChoice(id, name) for id, name in innovations)]
        self.reviewer.choices = [SelectChoice("", "Pilih verifikator"), *(SelectChoice(id, name) for id, name in reviewers)]

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day.data, self.at.data, zone())


class CancelForm(Form):
    reason = text("Alasan", 500, DataRequired("Tulis alasan pembatalannya. Alasan ini dibaca kedua pihak."))


class MinutesForm(Form):
    """`seen` is the version of the minutes that was on the page; each promise is a line and the day it ends (see below)."""
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    notes = text("Risalah", LONGEST_NOTES)
    attendance = text("Yang hadir", 6000)
    held_on: date  # in the regency's zone: no promise ends before that day

    @classmethod
    def of(cls, session: DeskSession, **how: Any) -> Self:
        said = {name: value for place, one in enumerate(session.promises, 1)
                for name, value in ((f"promise_{place}", one.text), (f"until_{place}", one.due_on))}
        form = cls(data={"seen": session.version, "notes": session.notes, "attendance": "\n".join(session.attendance), **said}, **how)
        form.held_on = days.of(session.starts_at, zone())
        if session.held_at:
            for place in PLACES:
                del form[f"promise_{place}"], form[f"until_{place}"]
        return form

    @property
    def lines(self) -> list[tuple]:
        """The fields of each promise there is room for on the page: what was said, and until when."""
        pairs = [(self[f"promise_{place}"], self[f"until_{place}"]) for place in PLACES if f"promise_{place}" in self]
        used = [place for place, (said, until) in enumerate(pairs, 1) if said.data or until.data or said.errors or until.errors]
        return pairs[:max(used, default=0) + EMPTY]

    @property
    def promises(self) -> list[tuple[str, date]]:
        return [(said.data, until.data) for said, until in self.lines if said.data]

    @property
    def names(self) -> list[str]:
        return (self.attendance.data or "").splitlines()

    def agrees(self) -> bool:
        fine = True
        for said, until in self.lines:
            if said.data and not until.data and not until.errors:
                until.errors = ["Isi sampai kapan."]
                fine = False
            elif until.data and not said.data:
                said.errors = ["Tulis apa yang dijanjikan."]
                fine = False
            elif until.data and until.data < self.held_on:
                until.errors = ["Tidak dapat sebelum hari sesinya."]
                fine = False
        return fine


PLACES = range(1, MOST_PROMISES + 1)
for _place in PLACES:
    setattr(MinutesForm, f"promise_{_place}", line(f"Janji {_place}", LONGEST_PROMISE))
    setattr(MinutesForm, f"until_{_place}", DateField(f"Janji {_place}, paling lambat", validators=[Optional(), in_our_time]))


class PlanForm(Form):
    """A schedule for many units: it stands in the address, so that its dry run can be looked at again."""
    unit = SelectMultipleField("Perangkat daerah", coerce=int, choices=[])
    reviewer = SelectMultipleField("Verifikator", coerce=int, choices=[])
    first = DateField("Hari pertama", validators=[InputRequired("Isi hari pertamanya."), in_our_time])
    days = IntegerField("Paling banyak berapa hari kerja", default=5, validators=[
        InputRequired("Isi jumlah harinya."), NumberRange(1, desk_plan.MOST_DAYS)])
    slots = IntegerField("Sesi sehari tiap verifikator", default=desk_plan.SLOTS, validators=[
        InputRequired("Isi jumlah sesinya."), NumberRange(1, desk_plan.MOST_SLOTS)])
    at = TimeField("Mulai pukul", default=desk_plan.FIRST, validators=[InputRequired("Isi jam mulainya.")])
    minutes = IntegerField("Lama satu sesi, dalam menit", default=desk_plan.MINUTES, validators=[
        InputRequired("Isi lamanya."), NumberRange(SHORTEST, LONGEST)])
    free = text("Hari libur", 1000)
    place = line("Tempat", 120)

    def offer(self, units: Iterable, reviewers: Iterable) -> None:
        self.unit.choices = [SelectChoice(id, name) for id, name in units]
        self.reviewer.choices = [SelectChoice(id, name) for id, name in reviewers]

    def validate_unit(self, field):
        if not field.data:
            raise ValidationError("Centang paling sedikit satu perangkat daerah.")

    def validate_reviewer(self, field):
        if not field.data:
            raise ValidationError("Centang paling sedikit satu verifikator.")

    def validate_free(self, field):
        wrong = [words for words in self._free_words() if _day(words) is None]
        if wrong:
            raise ValidationError(f"Bukan tanggal: {listed(wrong)}. Tulis satu tanggal per baris, misalnya 25-12-2026.")

    @property
    def free_days(self) -> list[date]:
        return [day for words in self._free_words() if (day := _day(words))]

    def spans(self) -> list[desk_plan.Span]:
        days = desk_plan.working_days(self.first.data, self.days.data, self.free_days)
        at: time = self.at.data
        return [span for day in days for span in desk_plan.slots(day, zone(), at, self.minutes.data, self.slots.data)]

    def _free_words(self) -> list[str]:
        return [words for words in re.split(r"[\n,;]+", self.free.data or "") if words.strip()]


def _day(words: str) -> date | None:
    found = DAY.fullmatch(words.strip())
    if not found:
        return None
    day, month, year, *turned = found.groups()
    try:
        return date(int(year), int(month), int(day)) if year else date(*map(int, turned))
    except ValueError:
        return None
