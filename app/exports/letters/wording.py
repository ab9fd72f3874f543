"""The sentences of both letters, once for Word and PDF: a flat dict of texts and lists that a template places on paper."""
from decimal import Decimal
from typing import Any

from babel.dates import format_date

from app.exports.formal import Person, depths, heading, signer
from app.exports.letters.facts import DECISION, Facts, Judged
from app.exports.words import day_in_words, figure, spelled


def wording(kind: str, facts: Facts) -> dict[str, Any]:
    return _common(facts) | (_decision(facts) if kind == DECISION else _minutes(facts))


def _common(facts: Facts) -> dict[str, Any]:
    return {
        **heading(facts.region, facts.office, facts.contact, facts.training),
        "number": facts.number, "foot": f"{facts.number} · usulan {facts.register}",
        "day": format_date(facts.dated_on, "d MMMM y", locale="id"), "place": facts.place,
        "facts": [
            {"label": "Nama inovasi", "value": facts.innovation}, {"label": "Perangkat daerah", "value": facts.unit},
            {"label": "Nomor usulan", "value": facts.register}, {"label": "Periode penilaian", "value": str(facts.year)},
            {"label": "Putaran verifikasi", "value": f"{facts.round}, {facts.came}"},
            {"label": "Diputus", "value": facts.decided},
            {"label": "Kematangan", "value": depths(facts.claimed, facts.evidenced, facts.verified, facts.maximum)}],
    }


def _decision(facts: Facts) -> dict[str, Any]:
    shown = [row for row in facts.rows if (row.is_below if facts.approved else row.returned)]
    return {
        "subject": f"Hasil Verifikasi Inovasi Daerah {facts.year}", "addressee": facts.unit_head.position or f"Kepala {facts.unit}",
        "opening": f"Dengan hormat, bersama ini disampaikan hasil verifikasi putaran {facts.round} atas inovasi daerah yang Saudara ajukan:",
        "verdict": _verdict(facts), "notes": _notes(facts),
        "rows_title": _rows_title(facts, shown), "rows": [_short(row) for row in shown],
        "afterwards": "" if facts.approved else
            "Perbaiki isian atau buktinya, atau tulis jawaban pada baris tersebut, lalu ajukan kembali. Baris lain tetap seperti yang sudah "
            "diperiksa.",
        "closing": "Demikian disampaikan. Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.",
        "signer": signer(facts.signer, f"Kepala {facts.office}"),
    }


def _minutes(facts: Facts) -> dict[str, Any]:
    return {
        "title": "BERITA ACARA VERIFIKASI INOVASI DAERAH",
        "opening": f"Pada hari ini, {day_in_words(facts.dated_on)}, kami yang namanya tersebut di bawah ini:",
        "people": [{"place": str(place), "name": person.name, "nip": person.nip or "–", "position": person.position or "–", "task": task}
                   for place, (person, task) in enumerate(_tasks(facts), 1)],
        "middle": f"telah melaksanakan verifikasi putaran {facts.round} ({spelled(facts.round)}) atas inovasi daerah berikut:",
        "before_rows": "Hasil verifikasi setiap baris isian:",
        "rows": [_full(row) for row in facts.rows], "total": figure(facts.verified),
        "verdict": _verdict(facts), "notes": _notes(facts), "who": _who(facts),
        "closing": "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.",
        "signers": _signers(facts),
    }


def _verdict(facts: Facts) -> str:
    if facts.approved:
        line = "mencapai" if Decimal(facts.verified) >= Decimal(facts.minimum) else "belum mencapai"
        return f"Usulan ini DISETUJUI dengan kematangan {figure(facts.verified)} poin, {line} batas layak kirim {figure(facts.minimum)} poin."
    returned = sum(row.returned for row in facts.rows)
    what = " dan ".join(part for part in (f"{returned} baris" if returned else "", "profil" if facts.profile_note else "") if part)
    until = f", paling lambat {facts.repair_until}" if facts.repair_until else ""
    return f"Usulan ini DIKEMBALIKAN untuk diperbaiki: {what}{until}."


def _rows_title(facts: Facts, shown: list[Judged]) -> str:
    if not shown:
        return "Semua baris terbukti sesuai klaim." if facts.approved else ""
    return "Baris yang terbukti di bawah klaim:" if facts.approved else "Baris yang dikembalikan:"


def _notes(facts: Facts) -> list[dict[str, str]]:
    notes = {"Catatan profil": facts.profile_note, "Catatan umum": facts.note}
    return [{"label": label, "text": text} for label, text in notes.items() if text]


def _short(row: Judged) -> dict[str, str]:
    proven = str(row.proven) if row.claimed and row.proven is not None else "–"
    return {"code": row.code, "name": row.name, "claimed": str(row.claimed or "–"), "proven": proven, "reason": row.reason}


def _full(row: Judged) -> dict[str, str]:
    silent = "Belum diputus." if row.proven is None else "Tidak diisi." if not row.claimed else "Sesuai klaim."
    reason = f"Dikembalikan. {row.reason}" if row.returned else row.reason or silent
    return _short(row) | {"points": figure(row.points), "reason": reason}


def _tasks(facts: Facts) -> list[tuple[Person, str]]:
    tasks = [(person, "Verifikator") for person in facts.verifiers]
    return tasks + ([(facts.approver, "Penyetuju")] if facts.approver else [])


def _who(facts: Facts) -> str:
    done = f"Verifikasi diselesaikan oleh {facts.finisher.name}" if facts.finisher.name else "Verifikasi diselesaikan"
    return f"{done} dan disetujui oleh {facts.approver.name}, {facts.decided}." if facts.approver else f"{done}, {facts.decided}."


def _signers(facts: Facts) -> list[dict[str, str]]:
    return [signer(facts.finisher, "", "Verifikator,"), signer(facts.coordinator, "", "Koordinator,"),
            signer(facts.unit_head, "", facts.unit_head.position or f"Kepala {facts.unit}")]
