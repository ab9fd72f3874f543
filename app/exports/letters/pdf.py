"""Both letters on A4, in the order a reader of such letters expects."""
from typing import Any

from app.exports.emblem import Logo
from app.exports.formal import letterhead
from app.exports.letters.facts import DECISION, KINDS, Facts
from app.exports.letters.wording import wording
from app.exports.paper import LEFT, WIDTH, Column, Paper

SHORT = (Column("Baris", 12, "C"), Column("Indikator", 45), Column("Klaim", 14, "C"), Column("Terbukti", 18, "C"), Column("Alasan", 76))
FULL = (Column("Baris", 12, "C"), Column("Indikator", 45), Column("Klaim", 14, "C"), Column("Terbukti", 18, "C"), Column("Poin", 13, "R"),
        Column("Alasan", 63))
PEOPLE = (Column("No", 9, "C"), Column("Nama", 48), Column("NIP", 40), Column("Jabatan", 43), Column("Tugas", 25))


def write(kind: str, facts: Facts, logo: Logo) -> bytes:
    said = wording(kind, facts)
    paper = Paper(f"{KINDS[kind]} {facts.number}", facts.region, facts.dated_on, said["foot"])
    letterhead(paper, said, logo)
    (_decision if kind == DECISION else _minutes)(paper, said)
    return paper.done()


def _decision(paper: Paper, said: dict[str, Any]) -> None:
    paper.say(f"{said['place']}, {said['day']}", align="R")
    paper.gap(3)
    for label, value in (("Nomor", said["number"]), ("Sifat", "Biasa"), ("Lampiran", "–"), ("Hal", said["subject"])):
        paper.pair(label, value, 24)
    paper.gap(5)
    for line in (f"Yth. {said['addressee']}", "di", "Tempat"):
        paper.say(line)
    paper.gap(5)
    paper.say(said["opening"])
    _facts(paper, said)
    _verdict(paper, said)
    if said["rows_title"]:
        paper.say(said["rows_title"])
        paper.gap(1.5)
    if said["rows"]:
        paper.table(SHORT, [[row[name] for name in ("code", "name", "claimed", "proven", "reason")] for row in said["rows"]])
        paper.gap(3)
    if said["afterwards"]:
        paper.say(said["afterwards"])
        paper.gap(2)
    paper.signatures([said["signer"]], said["closing"])


def _minutes(paper: Paper, said: dict[str, Any]) -> None:
    paper.say(said["title"], 13, True, "C")
    paper.say(f"Nomor {said['number']}", align="C")
    paper.gap(5)
    paper.say(said["opening"])
    paper.gap(2)
    paper.table(PEOPLE, [[person[name] for name in ("place", "name", "nip", "position", "task")] for person in said["people"]])
    paper.gap(4)
    paper.say(said["middle"])
    _facts(paper, said)
    paper.say(said["before_rows"])
    paper.gap(1.5)
    rows = [[row[name] for name in ("code", "name", "claimed", "proven", "points", "reason")] for row in said["rows"]]
    paper.table(FULL, [*rows, ["", "Jumlah poin terverifikasi", "", "", said["total"], ""]], last_is_total=True)
    paper.gap(4)
    _verdict(paper, said)
    paper.say(said["who"])
    paper.gap(2)
    paper.signatures(said["signers"], said["closing"])


def _facts(paper: Paper, said: dict[str, Any]) -> None:
    paper.gap(2)
    for fact in said["facts"]:
        paper.pair(fact["label"], fact["value"], 42)
    paper.gap(3)


def _verdict(paper: Paper, said: dict[str, Any]) -> None:
    paper.say(said["verdict"], bold=True)
    paper.gap(2)
    for note in said["notes"]:
        paper.say(f"{note['label']}:")
        paper.say(note["text"], left=LEFT + 6, width=WIDTH - 6)
        paper.gap(2)
