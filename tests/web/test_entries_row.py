"""One row: choosing a level, answering the reviewer, and what stays when a rule says no."""
from datetime import timedelta
from types import SimpleNamespace

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Entry, Event
from tests.cast import make_document
from tests.web.reviewing import Selects, desk, judge, second_round, text


def address(saved, code, more=""):
    return f"/usulan/{saved.entry}/indikator/{code}{more}"


def answer(app, saved, code) -> SimpleNamespace:
    with app.app_context():
        row = db.session.get(Entry, saved.entry).answer_on(code)
        return SimpleNamespace(claimed_level=row.claimed_level, evidenced_level=row.evidenced_level, substances=row.substances,
                               basis=row.basis and row.basis.code)


def events(app, what):
    with app.app_context():
        return len(db.session.scalars(select(Event).where(Event.what == what)).all())


def returned(app, saved, **levels):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, **levels)
        cast.entry.return_(cast.reviewer, [name[1:] for name in levels], note="Tinggal sedikit.")


def test_a_level_is_saved_and_the_numbers_follow(app, saved, open_as):
    owner = open_as("owner")
    page = owner.follow(address(saved, "28"), {"level": "3"})
    assert answer(app, saved, "28").claimed_level == 3
    assert "34 diklaim · 28 berbukti · belum diverifikasi, dari 111" in text(page)
    assert "Belum ada bukti, jadi baris ini bernilai 0 meskipun diklaim level 3." in text(page)
    assert "Tersimpan" in text(page)


def test_saving_twice_is_one_event(app, saved, open_as):
    before, owner = events(app, "level_claimed"), open_as("owner")
    for _ in range(2):
        owner.post(address(saved, "28"), {"level": "3"})
    assert events(app, "level_claimed") == before + 1


def test_a_row_can_be_emptied_again(app, saved, open_as):
    open_as("owner").post(address(saved, "16"), {"level": "0"})
    assert answer(app, saved, "16").claimed_level is None


def test_save_and_go_on_to_the_next_row(saved, open_as):
    owner = open_as("owner")
    assert owner.post(address(saved, "18"), {"level": "1", "go": "next"}).location == address(saved, "19")
    assert "Baris 18 tersimpan." in text(owner.get(address(saved, "19")))
    substances = {"level": "2", "substances": ["latar", "jaring", "pilih"], "go": "next"}
    assert owner.post(address(saved, "35"), substances).location == f"/usulan/{saved.entry}"


def test_levels_are_those_of_the_chosen_basis(app, saved, open_as):
    owner = open_as("owner")
    assert "501 atau lebih" in owner.get(address(saved, "33")).text  # basis a is stored
    shown = owner.post(address(saved, "33"), {"basis": "c", "shown": "a", "level": "2", "show": "1"}, expect=200)
    assert "20,01–30,00" in shown.text and "501 atau lebih" not in shown.text
    assert "checked" not in shown.text.split('id="level"')[1].split("</fieldset>")[0]
    assert answer(app, saved, "33").basis == "a"
    owner.post(address(saved, "33"), {"basis": "c", "shown": "c", "level": "1"})
    assert (answer(app, saved, "33").basis, answer(app, saved, "33").claimed_level) == ("c", 1)


def test_a_level_read_under_another_basis_is_not_saved(app, saved, open_as):
    page = open_as("owner").post(address(saved, "33"), {"basis": "c", "shown": "a", "level": "2"}, expect=200)
    assert "Pilih levelnya, lalu simpan." in text(page)
    assert answer(app, saved, "33").basis == "a"


def test_a_basis_comes_before_a_level(saved, open_as):
    owner = open_as("owner")
    assert "Pilih satuan ukur dulu" in owner.get(address(saved, "30")).text
    assert "Pilih dulu satuan ukur baris 30" in text(owner.post(address(saved, "30"), {"level": "2", "shown": ""}, expect=200))


def test_what_makes_no_sense_is_refused_in_words(app, saved, open_as):
    owner = open_as("owner")
    for data in ({}, {"level": "7"}, {"level": "tiga"}):
        owner.post(address(saved, "28"), data, expect=200)
    owner.post(address(saved, "33"), {"level": "1", "basis": "z", "shown": "z"}, expect=200)
    assert answer(app, saved, "28").claimed_level is None


def test_substances_of_the_video_are_ticked_one_by_one(app, saved, open_as):
    owner = open_as("owner")
    page = owner.follow(address(saved, "35"), {"level": "3", "substances": ["latar", "jaring", "pilih"]})
    assert "mendukung level 2; untuk level 3: baru 3 substansi video yang dicentang, perlu 5." in text(page)
    owner.post(address(saved, "35"), {"level": "3", "substances": ["nonsense"]}, expect=200)
    owner.post(address(saved, "35"), {"level": "3"})
    assert (answer(app, saved, "35").substances, answer(app, saved, "35").evidenced_level) == ([], 0)


def test_the_reviewers_reason_stands_beside_the_row_and_is_answered_there(app, saved, open_as):
    returned(app, saved, r16=1)
    owner = open_as("owner")
    page = text(owner.get(address(saved, "16")))
    assert "Dikembalikan Reviewer," in page and "Nama inovasi tidak tercantum." in page and "Terbukti level 1 (3 poin)." in page
    page = owner.follow(address(saved, "16"), {"level": "2", "reply": "Nama ada di halaman 4."})
    assert "Jawaban Owner: Nama ada di halaman 4." in text(page)


def test_a_rule_that_refuses_keeps_what_was_typed(app, saved, open_as):
    returned(app, saved, r16=1)
    owner = open_as("owner")
    owner.post(address(saved, "16"), {"level": "2", "reply": "Nama ada di halaman 4."})
    page = owner.post(address(saved, "16"), {"level": "3", "reply": " "}, expect=200)
    assert "Tulis jawaban Anda dulu." in text(page)
    assert 'value="3" checked' in page.text
    assert answer(app, saved, "16").claimed_level == 2


def test_a_long_answer_is_refused_and_kept(app, saved, open_as):
    returned(app, saved, r16=1)
    page = open_as("owner").post(address(saved, "16"), {"level": "2", "reply": "a" * 2001}, expect=200)
    assert "Paling banyak 2.000 huruf; sekarang 2.001." in page.text and "a" * 2001 in page.text


def test_after_a_return_the_next_row_is_the_next_unanswered_one(app, saved, open_as):
    returned(app, saved, r16=1, r33=1)
    owner = open_as("owner")
    assert owner.post(address(saved, "16"), {"level": "1", "go": "next"}).location == address(saved, "33")
    assert owner.post(address(saved, "33"), {"basis": "a", "shown": "a", "level": "1", "go": "next"}).location == f"/usulan/{saved.entry}"


def test_notes_of_earlier_rounds_are_never_lost(app, saved, open_as):
    returned(app, saved, r16=1)
    with desk(app, saved) as cast:
        cast.entry.answer_on("16").reply(cast.owner, "Sudah diganti.")
        cast.entry.submit(cast.owner)
        cast.entry.judge(cast.entry.answer_on("16"), cast.reviewer, 0, "Halaman itu tentang program lain.")
        cast.entry.return_(cast.reviewer, ["16"])
    page = text(open_as("owner").get(address(saved, "16")))
    assert page.index("Halaman itu tentang program lain.") < page.index("1 catatan putaran sebelumnya") < page.index("Nama inovasi tidak tercantum.")
    assert "Jawaban Owner: Sudah diganti." in page


def test_an_accepted_row_says_why_it_is_locked(app, saved, open_as):
    returned(app, saved, r16=1)
    owner = open_as("owner")
    page = owner.get(address(saved, "17"))
    assert "Baris 17 tidak dikembalikan, jadi tetap seperti yang sudah diperiksa." in text(page)
    assert "Simpan dan lanjut" not in page.text and 'data-upload' not in page.text
    assert "tetap seperti yang sudah diperiksa" in text(owner.post(address(saved, "17"), {"level": "3"}, expect=200))


def test_after_closing_everything_is_still_there_to_read(app, saved, open_as):
    owner = open_as("owner")
    with desk(app, saved) as cast:
        now = clock.now()
        cast.period.edit(cast.admin, year=2026, instrument=cast.period.instrument, opens_at=now - timedelta(days=9),
                         closes_at=now - timedelta(days=2), repairs_close_at=now - timedelta(days=1), minimum_maturity=86)
    assert "Pengisian periode 2026 sudah ditutup." in text(owner.get(address(saved, "16")))


def test_others_read_the_row_and_are_told_who_changes_it(saved, open_as):
    for who in ("head", "reviewer", "leader"):
        assert "Isian diubah oleh operator Dinas Kesehatan." in text(open_as(who).get(address(saved, "16")))


def test_unknown_rows_and_foreign_proposals_are_not_there(saved, open_as):
    open_as("owner").get(address(saved, "99"), expect=404)
    open_as("owner").post(address(saved, "1"), {"level": "1"}, expect=404)
    open_as("stranger").get(address(saved, "16"), expect=404)
    open_as("stranger").post(address(saved, "16"), {"level": "1"}, expect=404)
    open_as("head").post(address(saved, "16"), {"level": "1"}, expect=403)


def test_levels_name_the_years_they_mean(saved, open_as):
    page = text(open_as("owner").get(address(saved, "21")))
    assert "Level 2: 2025 dan 2024" in page and "T-1" not in page


def test_every_row_has_its_page(saved, open_as):
    owner = open_as("owner")
    for code in range(16, 36):
        owner.get(address(saved, code))


def test_eight_exhibits_cost_as_many_selects_as_one(app, saved, open_as):
    seen = []
    for number in (0, 7):
        with desk(app, saved) as cast:
            for n in range(number):
                cast.entry.answer_on("16").attach(cast.owner, make_document(cast, 500 + n))
        with Selects() as counted:
            page = open_as("owner").get(address(saved, "16"))
        assert page.text.count('id="bukti-') == 1 + number
        seen.append(counted.number)
    assert seen[0] == seen[1]


def test_an_answer_typed_while_the_row_closed_stays_on_the_page(app, saved, open_as):
    with desk(app, saved) as cast:
        second_round(cast)
    page = open_as("owner").post(address(saved, "16"), {"level": "3", "reply": "Nama inovasi ada di lampiran <b>dua</b>."}, expect=200)
    assert "Usulan ini menunggu verifikasi" in text(page)
    assert "Nama inovasi ada di lampiran &lt;b&gt;dua&lt;/b&gt;.</textarea>" in page.text
