"""Typing is kept for its person alone, shown again in the form, gone with the save; it never touches the record."""
from datetime import timedelta

import pytest

from app import clock
from app.extensions import db
from app.models import Draft, Entry, Event, Innovation
from app.web.unsaved import MOST_DRAFTS, MOST_LETTERS
from tests.cast import submitted
from tests.web.reviewing import desk, text
from tests.web.typing import JSON, drafts_of, hidden, stamp, type_in

ROW = "/usulan/1/indikator/16"
PROFILE = "/inovasi/1/profil/hasil"
VERDICT = "/verifikasi/1/putusan/16"
WORDS = "Kader menjemput balita ke posyandu."


def test_what_is_typed_stands_in_the_form_when_the_page_is_opened_again(app, saved, open_as):
    owner = open_as("owner")
    answer = type_in(owner, PROFILE, purpose=WORDS, benefit="", result="")
    page = owner.get(PROFILE)
    assert f">\r\n{WORDS}</textarea>" in page.text and "belum disimpan. Periksa isiannya di bawah" in text(page)
    assert set(answer.json) == {"at"} and len(answer.json["at"]) == 5


def test_it_never_touches_the_record_and_writes_no_event(app, saved, open_as):
    with app.app_context():
        before = db.session.query(Event).count()
    type_in(open_as("owner"), PROFILE, purpose=WORDS)
    with app.app_context():
        assert db.session.get(Innovation, 1).purpose == "Menekan stunting." and db.session.query(Event).count() == before


def test_nobody_else_sees_it(app, saved, open_as):
    type_in(open_as("owner"), PROFILE, purpose=WORDS)
    for who in ("head", "reviewer", "coordinator", "leader", "admin"):
        assert WORDS not in open_as(who).get(PROFILE).text
        assert WORDS not in open_as(who).get("/ketikan").text
    open_as("admin").get("/ketikan/1", expect=404)


def test_a_draft_of_a_verdict_is_the_reviewers_alone(app, saved, open_as):
    with desk(app, saved) as cast:
        submitted(cast)
    type_in(open_as("reviewer"), VERDICT, level="1", reason=WORDS)
    page = open_as("reviewer").get(VERDICT).text
    assert WORDS in page and 'value="1" checked' in page
    assert WORDS not in open_as("coordinator").get(VERDICT).text
    with app.app_context():
        assert db.session.get(Entry, 1).rounds[0].judges == []


def test_saving_for_real_takes_it_away_in_the_same_transaction(app, saved, open_as):
    owner = open_as("owner")
    type_in(owner, PROFILE, purpose=WORDS)
    type_in(owner, ROW, level="3")
    owner.post(PROFILE, {"purpose": WORDS, "benefit": "Ada.", "result": "Naik."})
    assert drafts_of(app, 1) == {ROW: {"level": ["3"]}}


def test_a_refused_save_keeps_it(app, saved, open_as):
    owner = open_as("owner")
    place = "/inovasi/1/profil/dasar"
    type_in(owner, place, name="")
    owner.post(place, {"name": ""}, expect=200)
    assert list(drafts_of(app, 1)) == [place]


def test_a_level_that_was_chosen_survives_another_button_of_the_page(app, saved, open_as):
    owner = open_as("owner")
    type_in(owner, ROW, level="3")
    owner.post(f"{ROW}/bukti/1/lepas")
    assert 'id="level-3" value="3" checked' in owner.get(ROW).text
    page = owner.post(f"{ROW}/bukti", {"url": "bukan tautan", "captured_on": "kapan"}, expect=200)
    assert 'id="level-3" value="3" checked' in page.text


def test_what_is_said_of_an_upload_and_a_reply_stands_in_its_own_form(app, saved, open_as):
    owner = open_as("owner")
    type_in(owner, f"{ROW}/bukti", page=ROW, title="Surat keputusan bupati")
    assert 'value="Surat keputusan bupati"' in owner.get(ROW).text
    with desk(app, saved) as cast:
        submitted(cast).judge(cast.entry.answer_on("16"), cast.reviewer, 2)
        cast.entry.return_(cast.reviewer, [], profile_note="Tujuan kurang jelas.")
    type_in(owner, "/usulan/1/profil-jawaban", page="/usulan/1", reply=WORDS)
    page = owner.get("/usulan/1")
    assert f">\r\n{WORDS}</textarea>" in page.text and "Ketikan Anda" in page.text


def test_on_a_page_that_is_locked_meanwhile_it_can_still_be_read(app, saved, open_as):
    owner = open_as("owner")
    type_in(owner, PROFILE, purpose=WORDS)
    with desk(app, saved) as cast:
        submitted(cast)
    page = text(owner.get(PROFILE))
    assert WORDS in page and "Profil dikunci" in page


def test_it_can_be_thrown_away_without_a_script(app, saved, open_as):
    owner = open_as("owner")
    type_in(owner, PROFILE, purpose=WORDS)
    assert owner.post("/ketikan/buang", {"alamat": PROFILE}).location == PROFILE
    page = text(owner.get(PROFILE))
    assert WORDS not in page and "Ketikan itu dibuang." in page
    assert drafts_of(app, 1) == {}


@pytest.mark.parametrize(("address", "wanted"), [
    ("/akun/sandi", 422), ("/masuk", 422), ("/keluar", 422), ("/ketikan", 422), ("/tidak/ada", 422), ("//jahat.example/usulan/1", 422),
    ("https://jahat.example/", 422), ("", 422), ("/usulan/999/indikator/16", 404), ("/inovasi/999/profil/hasil", 404),
    ("/usulan/1/indikator/" + "x" * 300, 422)])
def test_only_for_forms_of_this_app_that_this_person_may_open(app, saved, open_as, address, wanted):
    type_in(open_as("owner"), address, expect=wanted, page=PROFILE, purpose=WORDS)
    assert drafts_of(app, 1) == {}


def test_not_about_things_of_another_unit(app, saved, open_as):
    stranger = open_as("stranger")
    type_in(stranger, ROW, expect=404, page="/inovasi/baru", level="3")
    assert drafts_of(app, saved.people["stranger"]) == {}


def test_not_from_a_page_that_was_made_for_somebody_else(app, saved, open_as):
    mine = stamp(open_as("head").get("/akun"))
    said = open_as("owner").post(f"/ketikan?alamat={PROFILE}", mine | {"purpose": WORDS}, expect=422, headers=JSON)
    assert said.json["error"] == "Halaman ini bukan dari sesi Anda. Muat ulang halamannya."


def test_too_much_is_refused_in_words(app, saved, open_as):
    said = type_in(open_as("owner"), PROFILE, expect=422, purpose="x" * (MOST_LETTERS + 1))
    assert said.json["error"] == "Ketikan ini terlalu panjang untuk dijaga otomatis. Simpan dengan tombolnya."


def test_a_person_has_so_many_and_the_oldest_goes(app, saved, open_as):
    with app.app_context():
        user = db.session.get(Entry, 1).unit.memberships[0].user
        for number in range(MOST_DRAFTS):
            with clock.at(clock.now() - timedelta(days=1) + timedelta(seconds=number)):
                db.session.add(Draft.begin(user, f"/lama/{number}"))
        db.session.commit()
    type_in(open_as("owner"), PROFILE, purpose=WORDS)
    kept = drafts_of(app, 1)
    assert len(kept) == MOST_DRAFTS and PROFILE in kept and "/lama/0" not in kept and "/lama/1" in kept


def test_a_password_page_has_none_and_shows_none(app, saved, open_as):
    assert "data-draft" not in open_as("owner").get("/akun/sandi").text


def test_long_forms_and_verdicts_are_kept(app, saved, open_as):
    with desk(app, saved) as cast:
        submitted(cast)
    reviewer, owner = open_as("reviewer"), open_as("owner")
    for person, address in ((reviewer, VERDICT), (reviewer, "/verifikasi/1/keputusan"), (owner, "/dokumen/baru"), (owner, "/dokumen/1/ubah")):
        assert "data-draft" in person.get(address).text, address


def test_opening_another_row_shows_nothing_of_it(app, saved, open_as):
    owner = open_as("owner")
    type_in(owner, ROW, level="3")
    assert "belum disimpan" not in owner.get("/usulan/1/indikator/17").text


def test_a_draft_made_on_an_older_version_says_so_when_it_is_opened(app, saved, open_as):
    owner = open_as("owner")
    before = hidden(owner.get(ROW), "seen")
    owner.post(f"/ketikan?alamat={ROW}", stamp(owner.get(ROW)) | {"level": "3", "seen": before}, expect=200, headers=JSON)
    with desk(app, saved) as cast:
        cast.entry.answer_on("16").claim(cast.head, 1)
    page = text(owner.get(ROW))
    assert "Head menyimpan yang lain sesudah Anda mulai mengetik." in page
    assert "Pakai yang tersimpan Level 1 Pakai ketikan saya Level 3" in page


def test_a_note_on_one_row_is_not_the_note_on_another(app, saved, open_as):
    with desk(app, saved) as cast:
        submitted(cast)
    reviewer, place = open_as("reviewer"), "/verifikasi/1/catatan?baris=16"
    page = reviewer.get(place)
    reviewer.post("/ketikan", stamp(page) | {"note": WORDS}, expect=200, headers=JSON, query_string={"alamat": place})
    assert WORDS in reviewer.get(place).text and WORDS in reviewer.get(VERDICT).text
    for other in ("/verifikasi/1/catatan?baris=17", "/verifikasi/1/catatan", "/verifikasi/1/putusan/17"):
        assert WORDS not in reviewer.get(other).text
    assert reviewer.post("/ketikan/buang", {"alamat": place}).location == place


def test_a_saved_note_takes_its_draft_away(app, saved, open_as):
    with desk(app, saved) as cast:
        submitted(cast)
    reviewer, place = open_as("reviewer"), "/verifikasi/1/catatan?baris=16"
    reviewer.post("/ketikan", stamp(reviewer.get(place)) | {"note": WORDS}, expect=200, headers=JSON, query_string={"alamat": place})
    reviewer.post(place, {"note": WORDS})
    assert drafts_of(app, saved.people["reviewer"]) == {}


def test_a_saved_note_on_a_row_leaves_the_one_on_the_proposal_alone(app, saved, open_as):
    with desk(app, saved) as cast:
        submitted(cast)
    reviewer, whole, row = open_as("reviewer"), "/verifikasi/1/catatan", "/verifikasi/1/catatan?baris=16"
    type_in(reviewer, whole, note=WORDS)
    assert WORDS not in reviewer.get(row).text
    reviewer.post(row, {"note": "Lampiran dua terbalik."})
    assert drafts_of(app, saved.people["reviewer"]) == {whole: {"note": [WORDS]}}


# Two windows

def test_a_save_in_one_window_keeps_what_was_typed_in_the_other(app, saved, open_as):
    owner = open_as("owner")
    first = owner.get(PROFILE)
    type_in(owner, PROFILE, purpose=WORDS)
    owner.post(PROFILE, stamp(first) | {"seen": hidden(first, "seen"), "purpose": "Lain.", "benefit": "Ada.", "result": "Naik."})
    assert drafts_of(app, 1) == {PROFILE: {"purpose": [WORDS]}}
    assert WORDS in owner.get(PROFILE).text


def test_the_window_that_shows_it_takes_it_away_with_its_save(app, saved, open_as):
    owner = open_as("owner")
    type_in(owner, PROFILE, purpose=WORDS)
    page = owner.get(PROFILE)
    owner.post(PROFILE, stamp(page) | {"seen": hidden(page, "seen"), "purpose": WORDS, "benefit": "Ada.", "result": "Naik."})
    assert drafts_of(app, 1) == {}


def test_typing_in_one_window_does_not_push_out_that_of_the_other(app, saved, open_as):
    owner = open_as("owner")
    first, second = stamp(owner.get(PROFILE)), stamp(owner.get(PROFILE))
    for words in ("Kader", WORDS):
        owner.post(f"/ketikan?alamat={PROFILE}", second | {"purpose": words}, expect=200, headers=JSON)
    said = owner.post(f"/ketikan?alamat={PROFILE}", first | {"purpose": "Lain."}, expect=422, headers=JSON)
    assert said.json["error"].startswith("Di jendela lain Anda sudah mengetik untuk isian ini")
    owner.post("/ketikan/buang", first | {"alamat": PROFILE}, expect=204, headers=JSON)
    assert drafts_of(app, 1) == {PROFILE: {"purpose": [WORDS]}}
