"""What came of a desk session: its minutes, who was there, what was promised. Part of DeskSession."""
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app import clock
from app.models.promise import Promise
from app.rules import Overtaken, Refused

if TYPE_CHECKING:
    from app.models.desk import DeskSession
    from app.models.people import User

LONGEST_NOTES, LONGEST_PROMISE = 20_000, 300  # letters
MOST_PROMISES, MOST_PEOPLE = 10, 60
OVERTAKEN = "Risalah ini disimpan lagi sesudah halaman ini dibuka. Bandingkan keduanya di bawah, lalu pilih."


class Minuting:

    def note(self: "DeskSession", by: "User", notes: str, attendance: Sequence[str], promises: Sequence[tuple[str, date]],
             seen: int | None = None) -> None:
        """Written down while it goes on; nothing is final yet. `seen` is the version the page knew."""
        self.must_be_open()
        self._write(*self._read(notes, attendance, seen))
        self._promise(promises)
        self.record("minutes_noted", by)

    def hold(self: "DeskSession", by: "User", notes: str, attendance: Sequence[str], promises: Sequence[tuple[str, date]],
             seen: int | None = None) -> None:
        """It is over: the minutes stand for both sides, and what was promised counts from now on."""
        self.must_be_open()
        if clock.now() < self.starts_at:
            raise Refused("Sesi ini belum mulai. Pindahkan dulu jadwalnya bila sudah berlangsung.")
        text, names = self._read(notes, attendance, seen)
        if not text:
            raise Refused("Tulis dulu risalahnya.")
        if not names:
            raise Refused("Tulis dulu siapa yang hadir, satu nama per baris.")
        self._write(text, names)
        self._promise(promises)
        self.held_at = clock.now()
        self.record("session_held", by, tell=self.both_sides, promises=len(self.promises), **self._told())

    def correct(self: "DeskSession", by: "User", notes: str, attendance: Sequence[str], seen: int | None = None) -> None:
        """After it was held; what stood there before is kept."""
        if not self.held_at:
            raise Refused("Sesi ini belum selesai.")
        text, names = self._read(notes, attendance, seen)
        if not text or not names:
            raise Refused("Risalah dan daftar hadir sesi yang sudah selesai tidak boleh kosong.")
        before = {name: old for name, old, now in (("notes", self.notes, text), ("attendance", self.attendance, names)) if old != now}
        if not before:
            raise Refused("Tidak ada yang berubah.")
        self._write(text, names)
        self.record("minutes_corrected", by, tell=self.both_sides, before=before, **self._told())

    def keep_promise(self: "DeskSession", promise: Promise, by: "User") -> None:
        """Its unit did what it said it would."""
        if promise.done_at:
            raise Refused("Janji ini sudah ditandai selesai.")
        if not self.held_at:
            raise Refused("Sesi ini belum selesai, jadi janjinya masih dapat berubah.")
        promise.done_at, promise.done_by = clock.now(), by
        self.record("promise_kept", by, tell=[self.reviewer], text=promise.text, unit=self.unit.name)

    # Inside

    def _read(self: "DeskSession", notes: str, attendance: Sequence[str], seen: int | None) -> tuple[str, list[str]]:
        if seen is not None and seen != self.version:
            raise Overtaken(OVERTAKEN)
        names = [" ".join(name.split()) for name in attendance if name.strip()]
        if len(names) > MOST_PEOPLE:
            raise Refused(f"Daftar hadir paling banyak {MOST_PEOPLE} nama.")
        if len(notes.strip()) > LONGEST_NOTES:
            raise Refused(f"Risalah paling banyak {LONGEST_NOTES} huruf.")
        return notes.strip(), names

    def _write(self: "DeskSession", notes: str, attendance: list[str]) -> None:
        self.notes, self.attendance, self.version = notes, attendance, self.version + 1

    def _promise(self: "DeskSession", promises: Sequence[tuple[str, date]]) -> None:
        """These and no others; what stays the same keeps its row."""
        if len(promises) > MOST_PROMISES:
            raise Refused(f"Paling banyak {MOST_PROMISES} janji dalam satu sesi.")
        for text, due_on in promises:
            if not text.strip() or len(text.strip()) > LONGEST_PROMISE:
                raise Refused(f"Tulis setiap janji dalam paling banyak {LONGEST_PROMISE} huruf.")
            if due_on < self.starts_at.date():
                raise Refused(f"Janji “{text.strip()}” tidak dapat jatuh tempo sebelum sesinya.")
        wanted = [(text.strip(), due_on) for text, due_on in promises]
        for promise in list(self.promises):
            known = (promise.text, promise.due_on)
            if known in wanted:
                wanted.remove(known)
            else:
                self.promises.remove(promise)
        self.promises += [Promise(text=text, due_on=due_on) for text, due_on in wanted]
