"""Whether an innovation may be scored in a year, and the sentence that says why."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.rules.words import on_date


@dataclass(frozen=True)
class Window:
    """The year's stage and dates (`eligibility` of the instrument)."""
    year: int
    stage: str
    applied_from: date
    applied_to: date
    older_needs_development: bool
    minimum_words_design: int

    @classmethod
    def read(cls, data: Mapping) -> "Window":
        rules = data["eligibility"]
        return cls(data["year"], rules["stage"], date.fromisoformat(rules["applied_from"]), date.fromisoformat(rules["applied_to"]),
                   rules["older_needs_development_within_window"], rules["minimum_words_design"])

    def holds(self, day: date) -> bool:
        return self.applied_from <= day <= self.applied_to

    def __str__(self) -> str:
        return f"{on_date(self.applied_from)} sampai {on_date(self.applied_to)}"


@dataclass(frozen=True)
class Eligibility:
    ok: bool
    sentence: str


def check(stage: str | None, applied_on: date | None, developed_on: date | None, window: Window) -> Eligibility:
    """May this innovation be scored? The sentence names the dates of the instrument either way."""
    if not stage or not applied_on:
        lacking = " dan ".join(word for word, there in (("tahapan", stage), ("tanggal penerapan", applied_on)) if not there)
        return Eligibility(False, f"Isi {lacking} dulu: yang dinilai adalah inovasi tahap {window.stage} "
                                  f"yang diterapkan atau dikembangkan {window}.")
    if stage.lower() != window.stage:
        return Eligibility(False, f"Tahapannya {stage.lower()}. Yang dinilai {window.year} hanya tahap {window.stage}; "
                                  "inovasi ini tetap tercatat sebagai inventaris.")
    if window.holds(applied_on):
        return Eligibility(True, f"Layak dinilai {window.year}: diterapkan {on_date(applied_on)}, di dalam {window}.")
    if applied_on > window.applied_to:
        return Eligibility(False, f"Diterapkan {on_date(applied_on)}, sesudah {on_date(window.applied_to)}: "
                                  f"inovasi ini baru dapat dinilai tahun berikutnya.")
    if not window.older_needs_development:
        return Eligibility(False, f"Diterapkan {on_date(applied_on)}, sebelum {on_date(window.applied_from)}.")
    if developed_on and window.holds(developed_on):
        return Eligibility(True, f"Layak dinilai {window.year}: diterapkan {on_date(applied_on)} dan dikembangkan "
                                 f"{on_date(developed_on)}, di dalam {window}.")
    return Eligibility(False, f"Diterapkan {on_date(applied_on)}, sebelum {on_date(window.applied_from)}. Inovasi lama dinilai bila "
                              f"dikembangkan {window}; isi tanggal pengembangan terakhir bila ada.")
