"""The profile: six sections, each saved with anything missing; what is typed survives a refusal; locked means readable."""
import re
from datetime import date

import pytest

from app.extensions import db
from app.models import Entry, Innovation, Period, User
from app.queries.innovations import last_event_id
from app.rules.access import Role
from app.rules.profile import SECTIONS


@pytest.fixture
def place(saved):
    return f"/inovasi/{saved.innovation}"


@pytest.fixture
def innovation(app, saved):
    """What is in the database now: `innovation("stage")`."""
    def read(*names):
        with app.app_context():
            one = db.session.get(Innovation, saved.innovation)
            return getattr(one, names[0]) if len(names) == 1 else tuple(getattr(one, name) for name in names)
    return read


@pytest.fixture
def submit(app, saved):
    def run():
        with app.app_context():
            db.session.get(Entry, saved.entry).submit(db.session.get(User, saved.people["owner"]))
            db.session.commit()
    return run


# Overview

def test_everyone_who_may_see_it_reads_the_whole_profile(place, open_as):
    for who in ("owner", "head", "reviewer", "coordinator", "leader", "admin"):
        page = open_as(who).get(place).text
        assert "Menekan stunting." in page and "Layak dinilai 2026: diterapkan 4 Maret 2024" in page
    open_as("stranger").get(place, expect=404)


def test_only_the_operator_gets_buttons(place, open_as):
    assert "Ubah profil" in open_as("owner").get(place).text
    for who in ("head", "reviewer", "leader"):
        page = open_as(who).get(place).text
        assert "Ubah profil" not in page and "Lengkapi profil" not in page and "<main" in page


def test_what_is_missing_is_named_per_section(app, saved, place, open_as):
    with app.app_context():
        db.session.get(Innovation, saved.innovation).edit(db.session.get(User, saved.people["owner"]), kind=None, form=None, design="Baru tiga kata.")
        db.session.commit()
    page = open_as("owner").get(place).text
    assert "Belum diisi: jenis inovasi dan bentuk inovasi." in page
    assert "Rancang bangun baru 3 kata; paling sedikit 300 kata." in page
    assert f'class="btn btn-primary" href="{place}/profil/dasar"' in page


def test_it_can_be_proposed_once_per_period(app, saved, place, open_as):
    assert "Usulkan pada periode" not in open_as("owner").get(place).text  # the cast has its proposal of 2026
    with app.app_context():
        new = Innovation.add("SIAGA BUMIL", db.session.get(Innovation, saved.innovation).unit, db.session.get(User, saved.people["owner"]))
        db.session.add(new)
        db.session.commit()
        fresh = f"/inovasi/{new.id}"
    assert "Usulkan pada periode 2026" in open_as("owner").get(fresh).text
    assert "Usulkan pada periode 2026" not in open_as("head").get(fresh).text


# Sections

@pytest.mark.parametrize("slug", [section.slug for section in SECTIONS])
def test_every_section_opens_for_owner_and_reader(place, open_as, slug):
    open_as("owner").get(f"{place}/profil/{slug}")
    page = open_as("reviewer").get(f"{place}/profil/{slug}").text
    assert page.count('method="post"') == 0


def test_unknown_section_is_not_found(place, open_as):
    open_as("owner").get(f"{place}/profil/lain", expect=404)
    open_as("owner").post(f"{place}/profil/berkas", {"x": "y"}, expect=404)


def test_save_with_anything_missing_and_go_on(place, open_as, innovation):
    answer = open_as("owner").post(f"{place}/profil/dasar", {"name": "JEMPUT GIZI", "stage": "Uji Coba", "initiator_name": "", "lanjut": "1"})
    assert answer.location == f"{place}/profil/urusan"
    assert innovation("stage", "initiator_name", "kind") == ("Uji Coba", None, "Nondigital")


def test_save_and_stay(place, open_as):
    page = open_as("owner").follow(f"{place}/profil/hasil", {"purpose": "Baru.", "benefit": "", "result": ""})
    assert "Tersimpan." in page.text and "Baru.</textarea>" in page.text


def test_the_name_may_not_be_emptied_and_the_rest_stays_typed(place, open_as, innovation):
    page = open_as("owner").post(f"{place}/profil/dasar", {"name": " ", "initiator_name": "Bidang Gizi"}, expect=200).text
    assert "Nama inovasi tidak boleh dikosongkan." in page and 'value="Bidang Gizi"' in page
    assert innovation("name") == "JEMPUT GIZI"


def test_only_words_of_the_lists_are_taken(place, open_as, innovation):
    owner = open_as("owner")
    for slug, wrong in (("dasar", {"name": "JEMPUT GIZI", "stage": "Selesai"}), ("urusan", {"main_affair": "Antariksa"}),
                        ("urusan", {"touching_affairs": ["Sosial", "Sihir"]}), ("urusan", {"asta_cita": "9"}), ("urusan", {"pkpn_main": "Roket"})):
        assert "perlu diperbaiki" in owner.post(f"{place}/profil/{slug}", wrong, expect=200).text
    assert innovation("stage", "main_affair", "asta_cita") == ("Penerapan", "Kesehatan", 4)


def test_affairs_and_programmes(place, open_as, innovation):
    open_as("owner").post(f"{place}/profil/urusan", {
        "main_affair": "Pangan", "touching_affairs": ["Kesehatan", "Sosial"], "asta_cita": "2", "pkpn_cluster": "D. Kesehatan",
        "pkpn_main": "Penuntasan tuberkulosis", "pkpn_touching": ["Studio Guru"]})
    assert innovation("main_affair", "touching_affairs", "asta_cita") == ("Pangan", ["Kesehatan", "Sosial"], 2)
    assert innovation("pkpn_main", "pkpn_touching") == ("Penuntasan tuberkulosis", ["Studio Guru"])
    open_as("owner").post(f"{place}/profil/urusan", {
        "main_affair": "Pangan", "asta_cita": "", "pkpn_cluster": "I. Non PKPN", "pkpn_main": "Penuntasan tuberkulosis"})
    assert innovation("pkpn_main", "pkpn_touching", "touching_affairs", "asta_cita") == (None, [], [], None)


def test_a_programme_belongs_to_its_cluster(place, open_as):
    owner = open_as("owner")
    page = owner.post(f"{place}/profil/urusan", {"pkpn_cluster": "C. Pendidikan", "pkpn_main": "Penuntasan tuberkulosis"}, expect=200).text
    assert "Program ini bukan bagian dari klaster C. Pendidikan." in page
    page = owner.post(f"{place}/profil/urusan", {"pkpn_cluster": "", "pkpn_main": "Penuntasan tuberkulosis"}, expect=200).text
    assert "Pilih juga klasternya." in page
    page = owner.post(f"{place}/profil/urusan", {"main_affair": "Sosial", "touching_affairs": ["Sosial"]}, expect=200).text
    assert "Urusan utama tidak perlu dipilih lagi di sini." in page


@pytest.mark.parametrize(("written", "kept"), [("-7,7543", -7.7543), ("−7.7543", -7.7543), (" 5.5 ", 5.5), ("", None)])
def test_degrees_with_comma_or_point(place, open_as, innovation, written, kept):
    open_as("owner").post(f"{place}/profil/waktu", {"latitude": written, "longitude": "113,2159"})
    assert innovation("latitude", "longitude") == (kept, 113.2159)


@pytest.mark.parametrize(("written", "sentence"), [
    ("113,2", "Lintang wilayah Indonesia antara −11,5 dan 6,5."), ("nan", "Lintang wilayah Indonesia"),
    ("7 LS", "Tulis derajat desimal, misalnya −7,7543."),
])
def test_degrees_elsewhere_are_refused_and_stay_typed(place, open_as, innovation, written, sentence):
    page = open_as("owner").post(f"{place}/profil/waktu", {"latitude": written, "longitude": ""}, expect=200).text
    assert sentence in page and f'value="{written}"' in page
    assert innovation("latitude") == -7.75


def test_dates_out_of_order_are_refused_and_stay_typed(place, open_as, innovation):
    typed = {"trial_on": "2024-05-01", "applied_on": "2024-03-04", "developed_on": ""}
    page = open_as("owner").post(f"{place}/profil/waktu", typed, expect=200).text
    assert "Tanggal uji coba harus sebelum atau sama dengan tanggal diterapkan." in page and 'value="2024-05-01"' in page
    assert "Rabu, 1 Mei 2024" in page
    assert innovation("trial_on", "applied_on") == (date(2024, 1, 8), date(2024, 3, 4))


def test_a_mistyped_year_is_caught(place, open_as):
    owner = open_as("owner")
    assert "Periksa tahunnya: antara 1990 dan" in owner.post(f"{place}/profil/waktu", {"applied_on": "0204-03-04"}, expect=200).text
    assert "Tanggal ini tidak dapat dibaca." in owner.post(f"{place}/profil/waktu", {"applied_on": "4 Maret"}, expect=200).text


def test_a_long_text_is_kept_whole_or_refused_in_words(place, open_as, innovation):
    text = "kata " * 10_000
    open_as("owner").post(f"{place}/profil/rancang-bangun", {"design": text})
    assert innovation("design") == text.strip()
    page = open_as("owner").post(f"{place}/profil/rancang-bangun", {"design": "x" * 60_001}, expect=200).text
    assert "Paling banyak 60.000 huruf; sekarang 60.001." in page and "x" * 60_001 in page


def test_an_untouched_text_is_no_change(app, saved, place, open_as):
    owner = open_as("owner")
    owner.post(f"{place}/profil/hasil", {"purpose": "Satu.\r\n\r\nDua.", "benefit": "Ada.", "result": "Naik."})
    with app.app_context():
        before = len(db.session.get(Innovation, saved.innovation).events)
    owner.post(f"{place}/profil/hasil", {"purpose": "Satu.\r\n\r\nDua.", "benefit": "Ada.", "result": "Naik."})
    with app.app_context():
        assert len(db.session.get(Innovation, saved.innovation).events) == before


def test_the_word_counter_knows_the_instruments_minimum(place, open_as):
    page = open_as("owner").get(f"{place}/profil/rancang-bangun").text
    assert 'data-words-min="300"' in page and "kata, paling sedikit 300" in page


def test_the_second_of_two_people_in_one_section_is_told_before_saving(app, saved, place, open_as, innovation):
    with app.app_context():
        owner = db.session.get(User, saved.people["owner"])
        db.session.get(User, saved.people["head"]).give_role(Role.OPERATOR, owner.memberships[0].unit, None)
        db.session.commit()
    first, second = open_as("owner"), open_as("head")
    opened = [re.search('name="seen" type="hidden" value="([0-9]+)"', who.get(f"{place}/profil/hasil").text)[1] for who in (first, second)]
    texts = {"benefit": "Ada.", "result": "Naik."}
    first.post(f"{place}/profil/hasil", {"seen": opened[0], "purpose": "Dari owner.", **texts})
    page = second.post(f"{place}/profil/hasil", {"seen": opened[1], "purpose": "Dari head.", **texts}, expect=200).text
    assert "Owner menyimpan yang lain sesudah Anda mulai mengetik." in page and "Dari head." in page and innovation("purpose") == "Dari owner."
    again = re.search('name="seen" type="hidden" value="([0-9]+)"', page)[1]
    second.post(f"{place}/profil/hasil", {"seen": again, "purpose": "Dari head.", **texts})
    assert innovation("purpose") == "Dari head."


def test_people_in_different_sections_do_not_meet(app, saved, place, open_as, innovation):
    with app.app_context():
        newest = db.session.scalar(last_event_id(db.session.get(Innovation, saved.innovation)))
        db.session.get(Innovation, saved.innovation).edit(db.session.get(User, saved.people["head"]), kind="Digital")
        db.session.commit()
    open_as("owner").post(f"{place}/profil/hasil", {"seen": newest, "purpose": "Satu.", "benefit": "", "result": ""})
    assert innovation("kind", "purpose") == ("Digital", "Satu.")


# Locked

def test_locked_is_readable_and_says_why(place, open_as, submit):
    submit()
    page = open_as("owner").get(f"{place}/profil/dasar").text
    assert "Profil dikunci selama usulan diperiksa verifikator." in page and "<form" not in page and "dr. Hendra Gunawan" in page
    assert "Profil dikunci" in open_as("owner").get(place).text and "Ubah profil" not in open_as("owner").get(place).text


def test_who_was_typing_while_it_was_locked_keeps_the_text(place, open_as, submit, innovation):
    submit()
    page = open_as("owner").post(f"{place}/profil/hasil", {"purpose": "Ketikan saya.", "benefit": "", "result": ""}, expect=200).text
    assert "Profil dikunci selama usulan diperiksa verifikator." in page and "Ketikan saya." in page
    assert innovation("purpose") == "Menekan stunting."


def test_others_may_not_save(place, open_as):
    for who in ("head", "reviewer", "coordinator", "leader", "admin"):
        open_as(who).post(f"{place}/profil/hasil", {"purpose": "X"}, expect=403)
    open_as("stranger").post(f"{place}/profil/hasil", {"purpose": "X"}, expect=404)


def test_without_a_period_the_newest_instrument_rules(app, saved, open_as):
    with app.app_context():
        for period in db.session.query(Period):
            period.opens_at = period.opens_at.replace(year=period.opens_at.year + 3)
            period.closes_at = period.closes_at.replace(year=period.closes_at.year + 3)
            period.repairs_close_at = period.repairs_close_at.replace(year=period.repairs_close_at.year + 3)
        new = Innovation.add("SIAGA BUMIL", db.session.get(Innovation, saved.innovation).unit, db.session.get(User, saved.people["owner"]))
        db.session.add(new)
        db.session.commit()
        place = f"/inovasi/{new.id}"
    page = open_as("owner").get(place).text
    assert "Kelayakan 2026" in page and "Usulkan pada periode" not in page
