"""Proposals on their way through a review, made by the verbs in the saved database."""
import html
import re
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from types import SimpleNamespace

from sqlalchemy import Engine, event

from app import clock
from app.extensions import db
from app.models import Entry, Innovation, Period, Unit, User
from tests.cast import MANDATORY, PROFILE, fill

file_numbers = count(1000)


@contextmanager
def desk(app, saved):
    """The cast as loaded from the database; what is done to it is committed at the end."""
    with app.app_context():
        people = {who: db.session.get(User, id) for who, id in saved.people.items()}
        yield SimpleNamespace(**people, people=people, entry=db.session.get(Entry, saved.entry), period=db.session.get(Period, saved.period),
                              units={name: db.session.get(Unit, id) for name, id in saved.units.items()})
        db.session.commit()


def another(cast, name: str, unit: str = "badan", submit_days_ago: float | None = 0) -> Entry:
    """One more proposal that claims level 2 on the required rows; None leaves it a draft."""
    innovation = Innovation.add(name, cast.units[unit], cast.owner)
    innovation.edit(cast.owner, **PROFILE)
    entry = Entry.start(innovation, cast.period, cast.owner)
    first, cast.entry = cast.entry, entry
    for code in MANDATORY:
        fill(cast, code, 2, next(file_numbers), unit=unit)
    cast.entry = first
    db.session.add(entry)
    db.session.flush()
    if submit_days_ago is not None:
        with clock.at(days_ago(submit_days_ago)):
            entry.submit(cast.owner)
    db.session.flush()
    return entry


def days_ago(days: float) -> datetime:
    return clock.now() - timedelta(days=days)


def judge(cast, entry: Entry, **levels: int) -> None:
    """Every row that waits: at its claim, or at `r16=1` with a reason."""
    for answer in list(entry.rounds[-1].unjudged):
        level = levels.get(f"r{answer.indicator.code}", answer.claimed_level)
        entry.judge(answer, cast.reviewer, level, "Nama inovasi tidak tercantum." if level < answer.claimed_level else "")


def second_round(cast, reply: str = "Halaman yang memuat nama sudah dilampirkan.") -> Entry:
    """Row 16 was returned at level 1, answered, and came back."""
    cast.entry.submit(cast.owner)
    judge(cast, cast.entry, r16=1)
    cast.entry.return_(cast.reviewer, ["16"], note="Tinggal satu baris.")
    cast.entry.answer_on("16").reply(cast.owner, reply)
    cast.entry.submit(cast.owner)
    return cast.entry


def text(page) -> str:
    """What a person reads, in one line."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text)))


class Selects:
    """How many SELECTs ran inside `with Selects() as seen`, of pages nobody opened since the last event."""
    memory = None  # of the app, told by the fixture

    def __enter__(self):
        self.all = []
        self.memory.forget()
        event.listen(Engine, "before_cursor_execute", self._see)
        return self

    def __exit__(self, *_):
        event.remove(Engine, "before_cursor_execute", self._see)

    def _see(self, _connection, _cursor, sql, *_rest):
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            self.all.append(sql)

    @property
    def number(self) -> int:
        return len(self.all)
