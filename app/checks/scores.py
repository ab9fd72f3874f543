"""What is stored of scores, recomputed in memory and compared: of proposals from claims, evidence and decided verdicts; of a period's regional
rows. Batch by batch, so that a large regency fits; nothing of it is ever written."""
from collections.abc import Iterator

from sqlalchemy import select

from app.checks.found import Check, Things
from app.models import Answer, Entry, Indicator, Period
from app.queries.entries import WHOLE
from app.rules.words import listed

BATCH = 100
ADVICE = ("Basis data diubah di luar aplikasi. Pulihkan cadangan terakhir yang baik; bila hanya sedikit usulan yang disebut, mengajukan atau "
          "memutusnya menghitung nilainya lagi.")

_misplaced = (select(Answer.entry_id, Indicator.code).join(Indicator, Indicator.id == Answer.indicator_id)
              .where(Answer.position != Indicator.position).order_by(Answer.entry_id, Indicator.position))


def scores(things: Things) -> Check:
    return Check.of("Nilai usulan", _entries(things), "Nilai setiap usulan sama dengan hitungan ulangnya.", "{} nilai usulan salah.", ADVICE)


def regional(things: Things) -> Check:
    return Check.of("Indikator daerah", _periods(things), "Jumlah indikator daerah sama dengan hitungan ulangnya.",
                    "Indikator daerah {} periode menyimpan jumlah yang salah.",
                    "Basis data diubah di luar aplikasi. Menyimpan ulang satu baris periode yang disebut menghitungnya lagi.")


def _entries(things: Things) -> Iterator[str]:
    if lost := [f"Usulan {id}: baris {code} tidak di tempatnya dalam instrumen" for id, code in things.session.execute(_misplaced)]:
        yield from lost  # such a row is read by the rules of another one: nothing can be recomputed
        return
    last = 0
    while batch := things.session.scalars(select(Entry).where(Entry.id > last).order_by(Entry.id).limit(BATCH).options(*WHOLE)).all():
        last = batch[-1].id
        with things.session.no_autoflush:
            found = [fault for entry in batch for fault in _entry(entry)]
        things.forget()
        yield from found


def _entry(entry: Entry) -> Iterator[str]:
    stored, levels = _points(entry), _levels(entry)
    for answer in entry.answers:
        decided = entry.last_decided_round
        verdict = decided.verdict_on(answer) if decided else None
        answer.proven_level = verdict.proven_level if verdict else None
        answer.recount()
    entry.recount()
    rounds = _rounds(entry)
    entry.recount_rounds()
    if rounds != _rounds(entry):
        yield f"Usulan {entry.id} ({entry.innovation.name}): hitungan putarannya tersimpan {rounds}, seharusnya {_rounds(entry)}"
    if entry.main_affair != entry.profile_facts()["main_affair"]:
        yield f"Usulan {entry.id} ({entry.innovation.name}): urusan utama tersimpan berbeda dari profilnya"
    rows = [code for code, found in _levels(entry).items() if found != levels[code]]
    if rows or stored != _points(entry):
        yield (f"Usulan {entry.id} ({entry.innovation.name}): tersimpan {stored}, seharusnya {_points(entry)}"
               + (f"; baris {listed(rows)} berbeda" if rows else ""))


def _points(entry: Entry) -> str:
    return " / ".join(f"{value:f}" for value in (entry.claimed, entry.evidenced, entry.verified))


def _rounds(entry: Entry) -> str:
    """The latest, how many were decided, the rows still to judge."""
    return f"{entry.round_number} / {entry.decided_rounds} / {entry.rows_left}"


def _levels(entry: Entry) -> dict[str, tuple]:
    return {answer.indicator.code: (answer.evidenced_level, answer.proven_level) for answer in entry.answers}


def _periods(things: Things) -> Iterator[str]:
    for id in things.session.scalars(select(Period.id).order_by(Period.id)).all():
        period = things.session.get_one(Period, id)
        stored = _region(period)
        with things.session.no_autoflush:
            for row in period.region_rows:
                row.recount()
            period.recount_region()
        if stored != (found := _region(period)):
            yield f"Indikator daerah {period.year}: tersimpan {_said(stored)}, seharusnya {_said(found)}"
        things.forget()


def _region(period: Period) -> list:
    """The three sums, and what the evidence of each row carries."""
    return [period.region_claimed, period.region_evidenced, period.region_verified, *(row.evidenced_level for row in period.region_rows)]


def _said(region: list) -> str:
    return " / ".join(f"{value.normalize():f}" for value in region[:3])
