"""The file of who was let in, turned away, or took what."""
import json

from app import journal
from app.web import witness


def test_whoever_fills_it_with_refusals_does_not_hide_what_they_do_next(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "MOST_BYTES", 1000)
    for number in range(50):
        journal.note(tmp_path, "tidak terlihat", orang=2, jalan=f"/usulan/{number}")
    journal.note(tmp_path, "unduh", orang=2, jalan="/berkas/1/unduh")
    lines = [json.loads(line) for path in (tmp_path / journal.FOLDER).iterdir() for line in path.read_text("utf-8").splitlines()]
    assert (len(lines) < 20, lines[-1]["apa"]) == (True, "unduh")


def test_it_knows_every_kind_of_refusal_there_is():
    assert {*witness.OUTCOMES.values(), witness.TURNED_AWAY} == set(journal.REFUSALS)
