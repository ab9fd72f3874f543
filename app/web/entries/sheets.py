"""The list of proposals, one proposal's rows and its history, as XLSX."""
from collections.abc import Iterable, Iterator
from typing import Any

from flask import request

from app.exports.sheets import Column, Kind
from app.extensions import db
from app.models import Answer
from app.queries import entries, sheet
from app.queries.counting import WORDS
from app.queries.entries import EntryFilter
from app.rules.workflow import LABELS, Status
from app.web.entries import bp, entry_number
from app.web.entries.index import beside
from app.web.entries.pages import sees_private
from app.web.gate import get_entry, me, must
from app.web.sheeting import macro, name_of, number_in, quoted, sentence
from app.web.sheeting import sheet as drawn

COLUMNS = [Column("Nomor", width=14), Column("Inovasi", width=40), Column("Perangkat daerah", width=34), Column("Periode", Kind.YEAR),
           Column("Keadaan", width=22), Column("Ada di", width=34), Column("Sejak", Kind.INSTANT), Column("Diklaim", Kind.DECIMAL),
           Column("Berbukti", Kind.DECIMAL), Column("Terverifikasi", Kind.DECIMAL, 14)]
ROWS = [Column("Baris", width=8), Column("Indikator", width=44), Column("Wajib", width=8), Column("Bobot", Kind.DECIMAL),
        Column("Level diklaim", Kind.INTEGER), Column("Level berbukti", Kind.INTEGER), Column("Level terverifikasi", Kind.INTEGER, 13),
        Column("Poin diklaim", Kind.DECIMAL), Column("Poin berbukti", Kind.DECIMAL), Column("Poin terverifikasi", Kind.DECIMAL, 13),
        Column("Keadaan", width=20), Column("Dokumen", Kind.INTEGER), Column("Dokumen bukti", width=60), Column("Catatan", width=60)]
EVENTS = [Column("Waktu", Kind.INSTANT), Column("Oleh", width=28), Column("Kejadian", width=90)]


@bp.get("/daftar.xlsx")
def index_xlsx():
    must("entry.list")
    chosen = EntryFilter.read(request.args)
    found = db.session.execute(chosen.ordered(chosen.narrow(entries.rows(me()))))
    return drawn("Usulan penilaian", COLUMNS, lines(found), *in_words(chosen))


@bp.get("/<int:id>/indikator.xlsx")
def sheet_xlsx(id):
    entry, chosen = get_entry(id), request.args.get("keadaan", "")
    pairs = [(line, answer) for line, answer in zip(sheet.lines(entry), entry.answers, strict=True) if chosen in ("", line.slug)]
    return drawn(f"Isian {entry.innovation.name}", ROWS, (row(*pair) for pair in pairs), entry_number(entry),
                 pairs[0][0].word.lower() if chosen and pairs else "")


@bp.get("/<int:id>/riwayat.xlsx")
def history_xlsx(id):
    entry = get_entry(id)
    found = db.session.scalars(entries.history(entry, sees_private(entry)))
    said = ((event.at, event.by.name if event.by else "Sistem", sentence(event)) for event in found)
    return drawn(f"Riwayat {entry.innovation.name}", EVENTS, said, entry_number(entry))


def lines(found: Iterable[Any]) -> Iterator[tuple]:
    who = macro("entries/parts.html", "who")
    for one in found:
        yield (number_in(one.year, one.number, one.is_training), one.name, one.unit, one.year, LABELS[Status(one.status)],
               who(one.status, one.unit, one.reviewer), one.moved_at, one.claimed, one.evidenced, one.verified)


def row(line: sheet.Line, answer: Answer) -> tuple:
    points = [None if level is None else level * line.weight for level in (line.claimed, line.evidenced, line.proven)]
    said = [f"{verdict.by.name}: {verdict.reason}" for verdict in sheet.notes(answer)]
    return (line.code, line.name, "wajib" if line.mandatory else "", line.weight, line.claimed, line.evidenced, line.proven, *points, line.word,
            line.documents, "\n".join(evidence(answer)), "\n".join(said) or line.note)


def evidence(answer: Answer) -> Iterator[str]:
    for exhibit in answer.exhibits:
        version = exhibit.version
        yield ", ".join(filter(None, [version.title, version.doc_number, exhibit.pages and f"hlm. {exhibit.pages}"]))


def in_words(chosen: EntryFilter) -> list[str]:
    return [quoted(chosen.q), name_of(chosen.unit, entries.units(me())), LABELS.get(chosen.status, "").lower(),
            *(words[0].lower() + words[1:] for words, _ in beside(chosen)),
            f"periode {chosen.year}" if chosen.year else "", chosen.affair and f"urusan {chosen.affair}",
            "masuk daftar kirim" if chosen.chosen else "", "di bawah batas layak kirim" if chosen.below else "",
            WORDS.get(chosen.latihan, "")]
