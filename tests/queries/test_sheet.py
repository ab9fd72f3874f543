"""The rows of a proposal as its pages show them, from draft to decision."""
from decimal import Decimal

from app.queries import sheet
from tests.cast import judge_all, make_document, submitted


def kinds(cast):
    return {line.code: line.kind for line in sheet.lines(cast.entry) if line.kind != "empty"}


def line(cast, code):
    return next(line for line in sheet.lines(cast.entry) if line.code == code)


def test_a_draft_row_is_empty_short_or_evidenced(cast):
    cast.entry.answer_on("31").claim(cast.owner, 2)
    assert kinds(cast) == {"16": "evidenced", "17": "evidenced", "31": "short", "32": "evidenced", "33": "evidenced", "35": "evidenced"}
    assert line(cast, "31").note == "Belum ada dokumen yang dilampirkan"


def test_a_returned_row_waits_until_it_is_answered_or_changed(cast):
    submitted(cast)
    judge_all(cast, r16=1, r33=1)
    cast.entry.return_(cast.reviewer, ["16", "33"])
    assert kinds(cast) == {"16": "returned", "17": "proven", "32": "proven", "33": "returned", "35": "proven"}
    assert line(cast, "16").note == "Belum cukup."
    cast.entry.answer_on("16").reply(cast.owner, "Ada di halaman 4.")
    cast.entry.answer_on("33").attach(cast.owner, make_document(cast, 90))
    assert (kinds(cast)["16"], kinds(cast)["33"]) == ("mended", "mended")
    cast.entry.submit(cast.owner)
    assert (kinds(cast)["16"], kinds(cast)["17"]) == ("again", "proven")


def test_an_approved_row_is_proven_or_partly_proven(cast):
    submitted(cast)
    judge_all(cast, r16=1)
    cast.entry.approve(cast.reviewer)
    assert kinds(cast) == {"16": "partly", "17": "proven", "32": "proven", "33": "proven", "35": "proven"}
    assert line(cast, "16").note == "Belum cukup."


def test_the_third_number_is_unknown_until_somebody_decided(cast):
    assert sheet.verified(submitted(cast)) is None
    judge_all(cast, r16=0)
    assert sheet.verified(cast.entry) is None
    cast.entry.return_(cast.reviewer, ["16"])
    assert sheet.verified(cast.entry) == sheet.verified_by(cast.entry.rounds[0]) == Decimal(22)


def test_notes_are_newest_first_and_never_said_twice(cast):
    submitted(cast)
    judge_all(cast, r16=1, r17=1)
    cast.entry.return_(cast.reviewer, ["16"])
    cast.entry.answer_on("16").reply(cast.owner, "Ada.")
    cast.entry.submit(cast.owner)
    cast.entry.judge(cast.entry.answer_on("16"), cast.reviewer, 0, "Tetap tidak ada.")
    assert [note.reason for note in sheet.notes(cast.entry.answer_on("16"))] == ["Belum cukup."]  # the second verdict is still a draft
    cast.entry.return_(cast.reviewer, ["16"])
    assert [note.reason for note in sheet.notes(cast.entry.answer_on("16"))] == ["Tetap tidak ada.", "Belum cukup."]
    assert [note.reason for note in sheet.notes(cast.entry.answer_on("17"))] == ["Belum cukup."]  # carried over in round 2
