"""The page of one proposal, its sheet, its way so far and its print."""
from datetime import timedelta

from app import clock
from app.extensions import db
from app.models import User
from tests.web.reviewing import Selects, desk, judge, second_round, text


def address(saved, more=""):
    return f"/usulan/{saved.entry}{more}"


def returned(app, saved, profile_note="", **levels):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, **levels)
        cast.entry.return_(cast.reviewer, [name[1:] for name in levels], note="Tinggal sedikit.", profile_note=profile_note)


def test_a_draft_says_who_has_it_what_it_is_worth_and_what_to_do_next(saved, open_as):
    page = text(open_as("owner").get(address(saved)))
    assert "LR-26-001 · Dinas Kesehatan · periode 2026" in page
    assert "Draf Ada di Dinas Kesehatan sejak" in page and "hari ini." in page
    assert "Diklaim 28 Berbukti 28 Terverifikasi – belum diverifikasi" in page
    assert "Layak dikirim mulai 86 poin: kurang 58 poin menurut yang berbukti." in page
    assert "+9 Isi Replikasi" in page and "7 baris lagi di isian" in page
    assert "Profil 17 dari 22 butir" in page and "5 baris wajib terisi dan berbukti" in page


def test_the_primary_button_follows_the_state(app, saved, open_as):
    owner = open_as("owner")
    assert "Ajukan ke Bappelitbangda" in text(owner.get(address(saved)))
    assert "Ajukan ke" not in text(open_as("head").get(address(saved)))
    with desk(app, saved) as cast:
        cast.entry.answer_on("16").claim(cast.owner, None)
    assert "Lanjutkan isian" in text(owner.get(address(saved)))
    with desk(app, saved) as cast:
        cast.entry.answer_on("16").claim(cast.owner, 2)
    returned(app, saved, r16=1, r33=1)
    page = text(owner.get(address(saved)))
    assert "Perbaiki 2 baris" in page and "2 dari 20 baris perlu diperbaiki." in page
    assert "2 baris yang dikembalikan saja membawa usulan ini dari 22 ke 28 poin" in page
    with desk(app, saved) as cast:
        for code in ("16", "33"):
            cast.entry.answer_on(code).reply(cast.owner, "Sudah ada di halaman 4.")
    assert "Ajukan kembali ke Bappelitbangda" in text(owner.get(address(saved)))


def test_who_waits_for_whom(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    assert "Ada di verifikator Bappelitbangda sejak" in text(open_as("owner").get(address(saved)))
    assert "Verifikasi usulan ini" in text(open_as("reviewer").get(address(saved)))
    assert "Verifikasi usulan ini" not in text(open_as("leader").get(address(saved)))


def test_the_way_so_far_is_told_without_what_is_not_for_the_unit(app, saved, open_as):
    returned(app, saved, r16=1)
    page = text(open_as("owner").get(address(saved)))
    assert "Dikembalikan, 1 baris (16). “Tinggal sedikit.”" in page
    assert page.index("Dikembalikan, 1 baris (16)") < page.index("Diajukan ke verifikator.") < page.index("Usulan dibuat.")
    assert "diputus" not in text(open_as("owner").get(address(saved, "/riwayat")))
    assert "diputus" not in text(open_as("leader").get(address(saved, "/riwayat")))
    assert "Baris 16 diputus: level 1." in text(open_as("coordinator").get(address(saved, "/riwayat")))


def test_a_note_on_the_profile_is_answered_here(app, saved, open_as):
    returned(app, saved, profile_note="Rancang bangun belum menyebut dasar hukum.")
    owner = open_as("owner")
    page = text(owner.get(address(saved)))
    assert "Rancang bangun belum menyebut dasar hukum." in page and "Jawab catatan tentang profil" in page
    assert "Tulis jawaban Anda dulu." in text(owner.post(address(saved, "/profil-jawaban"), {"reply": " "}, expect=200))
    page = text(owner.follow(address(saved, "/profil-jawaban"), {"reply": "Dasar hukum ada pada paragraf pertama."}))
    assert "Jawaban Anda: Dasar hukum ada pada paragraf pertama." in page and "Catatan tentang profil sudah dijawab" in page


def test_an_answer_nobody_asked_for_is_refused_and_kept(app, saved, open_as):
    returned(app, saved, r16=1)
    page = open_as("owner").post(address(saved, "/profil-jawaban"), {"reply": "Sudah benar."}, expect=200)
    assert "Profil tidak sedang dikembalikan." in text(page) and "Sudah benar.</textarea>" in page.text


def test_after_closing_the_page_says_so(app, saved, open_as):
    with desk(app, saved) as cast:
        now = clock.now()
        cast.period.edit(cast.admin, year=2026, instrument=cast.period.instrument, opens_at=now - timedelta(days=9),
                         closes_at=now - timedelta(days=2), repairs_close_at=now - timedelta(days=1), minimum_maturity=86)
    page = text(open_as("owner").get(address(saved)))
    assert "Pengisian periode 2026 sudah ditutup." in page and "Langkah berikut" not in page and "Lihat isian" in page


def test_the_sheet_shows_every_row_and_adds_up(app, saved, open_as):
    page = text(open_as("owner").get(address(saved, "/indikator")))
    assert "Semua 20 Kosong 15 Berbukti 5" in page
    assert "Kematangan, dari 111 28 28 –" in page
    assert "28 diklaim · 28 berbukti · belum diverifikasi, dari 111" in page
    only = text(open_as("owner").get(address(saved, "/indikator?keadaan=berbukti")))
    assert "Regulasi Inovasi Daerah" in only and "Replikasi" not in only
    assert "Hapus saringan" in text(open_as("owner").get(address(saved, "/indikator?keadaan=entah")))


def test_the_sheet_says_what_is_wrong_with_a_row(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.answer_on("31").claim(cast.owner, 2)
    returned(app, saved, r16=1, r31=0)
    page = text(open_as("owner").get(address(saved, "/indikator")))
    assert "Dikembalikan 1 dokumen Nama inovasi tidak tercantum." in page and "Perbaiki baris 16" in page
    with desk(app, saved) as cast:
        cast.entry.answer_on("16").claim(cast.owner, 1)
    assert "Sudah ditanggapi" in text(open_as("owner").get(address(saved, "/indikator")))


def test_the_second_round_shows_what_came_back(app, saved, open_as):
    with desk(app, saved) as cast:
        second_round(cast)
    page = text(open_as("owner").get(address(saved, "/indikator")))
    assert "Diajukan ulang 1" in page and "Terbukti 4" in page and "28 28 25" in page


def test_the_print_has_letterhead_profile_rows_and_who_signs(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.innovation.edit(cast.owner, design="Dasar hukum.\n\nMasalahnya stunting.")
        cast.head.edit(cast.admin, "dr. Hendra Gunawan", "197003121998031004", "Kepala Dinas Kesehatan")
    page = open_as("owner").get(address(saved, "/cetak"))
    words = text(page)
    assert "PEMERINTAH KABUPATEN LUMBUNG RAYA DINAS KESEHATAN" in words and "nomor LR-26-001" in words and "Keadaan" in words
    assert "12 Tanggal uji coba 8 Januari 2024" in words and "Kesehatan; bersinggungan: Sosial" in words
    assert ">Dasar hukum.</p>" in page.text and ">Masalahnya stunting.</p>" in page.text
    assert "Kepala Dinas Kesehatan, dr. Hendra Gunawan NIP 197003121998031004" in words


def test_a_unit_without_a_head_gets_a_dotted_line(app, saved, open_as):
    with desk(app, saved) as cast:
        db.session.get(User, saved.people["head"]).deactivate(cast.admin)
    assert "Kepala Dinas Kesehatan, ………………………………" in text(open_as("owner").get(address(saved, "/cetak")))


def test_more_rounds_and_rows_cost_no_more_selects(app, saved, open_as):
    pages = ("", "/indikator", "/cetak", "/riwayat")
    seen = {}
    for stage in (1, 2):
        for more in pages:
            with Selects() as counted:
                open_as("owner").get(address(saved, more))
            seen.setdefault(more, []).append(counted.number)
        if stage == 1:
            with desk(app, saved) as cast:
                second_round(cast)
    grown = {more: after - before for more, (before, after) in seen.items()}
    assert max(grown.values()) <= 3, grown  # rounds, verdicts and the people in them come with the first round


def test_foreign_and_unknown_proposals_are_not_there(saved, open_as):
    for more in ("", "/indikator", "/riwayat", "/cetak"):
        open_as("stranger").get(address(saved, more), expect=404)
        open_as("owner").get(f"/usulan/999{more}", expect=404)
