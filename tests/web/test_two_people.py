"""Two people in one thing, or one person in two windows: the second sees both texts side by side and chooses. Nothing is overwritten."""
import re
from datetime import date

import pytest

from app.extensions import db
from app.models import Entry, Innovation
from app.rules.access import Role
from app.web.conflict import marked
from tests.cast import submitted
from tests.web.reviewing import desk, judge, text
from tests.web.typing import JSON, drafts_of, hidden, stamp

ROW = "/usulan/1/indikator/16"
PROFILE = "/inovasi/1/profil/hasil"
VERDICT = "/verifikasi/1/putusan/16"


@pytest.fixture
def colleague(app, saved, open_as):
    """A second operator of the unit."""
    with desk(app, saved) as cast:
        cast.head.give_role(Role.OPERATOR, cast.units["dinas"], None)
    return open_as("head")


def seen(page) -> dict:
    return stamp(page) | {"seen": hidden(page, "seen")}


def row(app):
    with app.app_context():
        answer = db.session.get(Entry, 1).answer_on("16")
        verdict = answer.returned_verdict
        return answer.claimed_level, verdict.reply if verdict else ""


def profile(app, *names):
    with app.app_context():
        return tuple(getattr(db.session.get(Innovation, 1), name) for name in names)


def marks(page) -> list[str]:
    return [words.strip() for words in re.findall("<mark>(.*?)</mark>", page.text)]


# A row

def test_the_second_in_a_row_sees_both_and_overwrites_nothing(app, open_as, colleague):
    owner = open_as("owner")
    mine, theirs = seen(owner.get(ROW)), seen(colleague.get(ROW))
    colleague.post(ROW, theirs | {"level": "1"})
    page = owner.post(ROW, mine | {"level": "3"}, expect=200)
    assert "Head menyimpan yang lain sesudah Anda mulai mengetik." in text(page)
    assert "Pakai yang tersimpan Level 1 Pakai ketikan saya Level 3" in text(page)
    assert row(app) == (1, "")
    owner.post(ROW, seen(page) | {"level": "3", "pakai-level": "ketikan"})
    assert row(app) == (3, "")


def test_the_stored_one_can_be_taken(app, open_as, colleague):
    owner = open_as("owner")
    mine = seen(owner.get(ROW))
    colleague.post(ROW, seen(colleague.get(ROW)) | {"level": "1"})
    page = owner.post(ROW, mine | {"level": "3"}, expect=200)
    owner.post(ROW, seen(page) | {"level": "3", "pakai-level": "tersimpan"})
    assert row(app) == (1, "")


def test_both_are_seen_until_one_was_chosen(app, open_as, colleague):
    """Whoever leaves the choice for tomorrow finds it again, not only their own words."""
    owner = open_as("owner")
    mine = seen(owner.get(ROW))
    colleague.post(ROW, seen(colleague.get(ROW)) | {"level": "1"})
    page = owner.post(ROW, mine | {"level": "3"}, expect=200)
    owner.post(f"/ketikan?alamat={ROW}", seen(page) | {"level": "3", "pakai-level": "tersimpan"}, expect=200, headers=JSON)
    page = owner.get(ROW)
    assert "Pakai yang tersimpan Level 1 Pakai ketikan saya Level 3" in text(page)
    assert 'name="pakai-level" value="tersimpan" form="isian" checked' in page.text
    owner.post(ROW, seen(page) | {"level": "3", "pakai-level": "ketikan"})
    assert row(app) == (3, "") and "Pakai yang tersimpan" not in text(owner.get(ROW))


def test_a_choice_in_the_profile_waits_as_well(app, saved, open_as, colleague):
    owner = open_as("owner")
    typed = {"purpose": "Dari operator.", "benefit": "Ada.", "result": "Naik."}
    mine = seen(owner.get(PROFILE))
    colleague.post(PROFILE, seen(colleague.get(PROFILE)) | typed | {"purpose": "Dari kepala."})
    page = owner.post(PROFILE, mine | typed, expect=200)
    owner.post(f"/ketikan?alamat={PROFILE}", seen(page) | typed | {"pakai-purpose": "ketikan"}, expect=200, headers=JSON)
    assert marks(owner.get(PROFILE)) == ["kepala.", "operator."]


def test_a_choice_is_asked_again_when_something_else_was_wrong(app, saved, open_as, colleague):
    with desk(app, saved) as cast:
        submitted(cast).judge(cast.entry.answer_on("16"), cast.reviewer, 1, "Belum cukup.")
        cast.entry.return_(cast.reviewer, ["16"])
    owner = open_as("owner")
    mine = seen(owner.get(ROW))
    colleague.post(ROW, seen(colleague.get(ROW)) | {"level": "2", "reply": "Halaman tiga."})
    page = owner.post(ROW, mine | {"level": "2", "reply": "x" * 3000}, expect=200)
    page = owner.post(ROW, seen(page) | {"level": "2", "reply": "x" * 3000, "pakai-reply": "tersimpan"}, expect=200)
    assert 'name="pakai-reply" value="tersimpan" form="isian" checked' in page.text


def test_a_third_who_was_faster_is_seen_as_well(app, open_as, colleague):
    owner = open_as("owner")
    mine = seen(owner.get(ROW))
    colleague.post(ROW, seen(colleague.get(ROW)) | {"level": "1"})
    page = owner.post(ROW, mine | {"level": "3"}, expect=200)
    colleague.post(ROW, seen(colleague.get(ROW)) | {"level": "0"})
    page = owner.post(ROW, seen(page) | {"level": "3"}, expect=200)
    assert "Pakai yang tersimpan Belum diisi Pakai ketikan saya Level 3" in text(page)
    assert row(app) == (None, "")


def test_who_says_the_same_is_not_bothered(app, open_as, colleague):
    owner = open_as("owner")
    mine = seen(owner.get(ROW))
    colleague.post(ROW, seen(colleague.get(ROW)) | {"level": "3"})
    owner.post(ROW, mine | {"level": "3"})
    assert row(app) == (3, "")


def test_ones_own_other_window_counts_too(app, saved, open_as):
    owner = open_as("owner")
    first = seen(owner.get(ROW))
    owner.post(ROW, first | {"level": "1"})
    page = owner.post(ROW, first | {"level": "3"}, expect=200)
    assert "Anda sendiri, di jendela lain, menyimpan yang lain sesudah Anda mulai mengetik." in text(page)
    assert row(app) == (1, "")


def test_saving_again_and_again_from_one_page_is_no_conflict(app, saved, open_as):
    owner = open_as("owner")
    for level in "123":
        owner.post(ROW, seen(owner.get(ROW)) | {"level": level})
    assert row(app) == (3, "")


def test_two_answers_to_a_reviewer(app, saved, open_as, colleague):
    with desk(app, saved) as cast:
        submitted(cast).judge(cast.entry.answer_on("16"), cast.reviewer, 1, "Belum cukup.")
        cast.entry.return_(cast.reviewer, ["16"])
    owner = open_as("owner")
    mine = seen(owner.get(ROW))
    colleague.post(ROW, seen(colleague.get(ROW)) | {"level": "2", "reply": "Sudah ada di halaman tiga."})
    page = owner.post(ROW, mine | {"level": "2", "reply": "Sudah ada di halaman lima."}, expect=200)
    assert marks(page) == ["tiga.", "lima."]
    assert row(app) == (2, "Sudah ada di halaman tiga.")
    owner.post(ROW, seen(page) | {"level": "2", "reply": "Sudah ada di halaman tiga dan lima."})
    assert row(app) == (2, "Sudah ada di halaman tiga dan lima.")


def test_evidence_is_no_change_of_the_row(app, saved, open_as, colleague):
    owner = open_as("owner")
    mine = seen(owner.get(ROW))
    colleague.post(f"{ROW}/bukti/{saved.exhibit}", {"pages": "2"})
    owner.post(ROW, mine | {"level": "3"})
    assert row(app) == (3, "")


# The profile

def test_the_second_in_a_section_chooses_item_by_item(app, open_as, colleague):
    owner = open_as("owner")
    mine = seen(owner.get(PROFILE))
    colleague.post(PROFILE, seen(colleague.get(PROFILE)) | {"purpose": "Menekan stunting di desa.", "benefit": "Ibu tenang.", "result": "Naik."})
    sent = {"purpose": "Menekan stunting di kota.", "benefit": "Balita sehat.", "result": "Naik."}
    page = owner.post(PROFILE, mine | sent, expect=200)
    assert "Head menyimpan yang lain sesudah Anda mulai mengetik." in text(page)
    assert marks(page)[:2] == ["desa.", "kota."]
    assert 'name="pakai-result"' not in page.text  # the same in both
    owner.post(PROFILE, seen(page) | sent | {"pakai-purpose": "tersimpan", "pakai-benefit": "ketikan"})
    assert profile(app, "purpose", "benefit") == ("Menekan stunting di desa.", "Balita sehat.")


def test_items_nobody_else_touched_are_no_conflict(app, open_as, colleague):
    owner = open_as("owner")
    mine = seen(owner.get(PROFILE))
    was = dict(zip(("purpose", "benefit", "result"), profile(app, "purpose", "benefit", "result"), strict=True))
    colleague.post(PROFILE, seen(colleague.get(PROFILE)) | was | {"purpose": "Dari kepala."})
    page = owner.post(PROFILE, mine | was | {"result": "Dari owner."}, expect=200)
    assert 'name="pakai-purpose"' in page.text and 'name="pakai-result"' not in page.text
    owner.post(PROFILE, seen(page) | was | {"result": "Dari owner.", "pakai-purpose": "tersimpan"})
    assert profile(app, "purpose", "result") == ("Dari kepala.", "Dari owner.")


def test_choices_are_shown_in_words(app, open_as, colleague):
    place, owner = "/inovasi/1/profil/waktu", open_as("owner")
    mine = seen(owner.get(place))
    times = {"latitude": "-7,75", "longitude": "113,2", "trial_on": "2024-01-08", "applied_on": "2024-03-04", "developed_on": ""}
    colleague.post(place, seen(colleague.get(place)) | times | {"applied_on": "2024-04-05"})
    page = owner.post(place, mine | times | {"applied_on": "2024-06-07"}, expect=200)
    assert "Pakai yang tersimpan 5 April 2024 Pakai ketikan saya 7 Juni 2024" in text(page)
    owner.post(place, seen(page) | times | {"applied_on": "2024-06-07", "pakai-applied_on": "tersimpan"})
    assert profile(app, "applied_on") == (date(2024, 4, 5),)


# A verdict

def test_the_second_reviewer_sees_both_verdicts(app, saved, open_as):
    with desk(app, saved) as cast:
        submitted(cast)
    reviewer, coordinator = open_as("reviewer"), open_as("coordinator")
    mine, theirs = seen(reviewer.get(VERDICT)), seen(coordinator.get(VERDICT))
    coordinator.post(VERDICT, theirs | {"level": "1", "reason": "Tanggal keputusan belum ada."})
    page = reviewer.post(VERDICT, mine | {"level": "0", "reason": "Nomor keputusan belum ada."}, expect=200)
    assert "Coordinator menyimpan yang lain sesudah Anda mulai mengetik." in text(page)
    assert marks(page) == ["1", "0", "Tanggal", "Nomor"]
    sent = {"level": "0", "reason": "Nomor keputusan belum ada."}
    reviewer.post(VERDICT, seen(page) | sent | {"pakai-level": "ketikan", "pakai-reason": "tersimpan"})
    with app.app_context():
        verdict = next(v for v in db.session.get(Entry, 1).rounds[0].verdicts if v.answer.indicator.code == "16")
        assert (verdict.proven_level, verdict.reason) == (0, "Tanggal keputusan belum ada.")


def test_what_the_second_typed_is_not_shown_to_the_first(app, saved, open_as):
    with desk(app, saved) as cast:
        submitted(cast)
    reviewer, coordinator = open_as("reviewer"), open_as("coordinator")
    mine = seen(reviewer.get(VERDICT))
    coordinator.post(VERDICT, seen(coordinator.get(VERDICT)) | {"level": "1", "reason": "Tanggal belum ada."})
    reviewer.post(VERDICT, mine | {"level": "0", "reason": "Nomor belum ada."}, expect=200)
    assert "Nomor belum ada." not in coordinator.get(VERDICT).text
    assert drafts_of(app, saved.people["reviewer"]) == {}


# The marks

def test_words_that_differ_are_marked_on_their_own_side():
    stored, own = marked("satu dua tiga\nempat lima", "satu dua enam\nempat lima")
    assert [(piece.kind, piece.text) for piece in stored] == [("kept", "satu dua"), ("out", " tiga"), ("kept", "\nempat lima")]
    assert [(piece.kind, piece.text) for piece in own] == [("kept", "satu dua"), ("in", " enam"), ("kept", "\nempat lima")]


def test_of_a_very_long_text_only_what_is_near_a_difference_is_shown():
    stored, own = marked("kata " * 9000 + "lama " + "akhir " * 9000, "kata " * 9000 + "baru " + "akhir " * 9000)
    assert sum(len(piece.text) for piece in stored + own) < 1000
    assert [piece.skipped for piece in own if piece.skipped] == [8980, 8980]


# A decision

def test_a_decision_on_rows_that_changed_names_them(app, saved, open_as):
    with desk(app, saved) as cast:
        judge(cast, submitted(cast))
    coordinator, reviewer = open_as("coordinator"), open_as("reviewer")
    mine = seen(coordinator.get("/verifikasi/1/keputusan"))
    reviewer.post(VERDICT, seen(reviewer.get(VERDICT)) | {"level": "1", "reason": "Nomor belum ada."})
    page = coordinator.post("/verifikasi/1/keputusan", mine | {"decision": "approve", "note": "Sudah baik."}, expect=200)
    assert "Ada putusan baris yang berubah sejak halaman ini dibuka: baris 16 (Reviewer)." in text(page)
    assert "Sudah baik.</textarea>" in page.text
