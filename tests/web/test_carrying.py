"""Bringing along on the screen: the offer, the page before, the proposal after, the office's view; and what each refuses."""
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models import Answer, Document, Entry, Event, Exhibit, Innovation, Period
from tests.cast import make_document
from tests.examined import faults
from tests.exports.readers import xlsx
from tests.next_year import approve, changed_data, is_over, turn_the_year
from tests.web.reviewing import Selects, another, desk, text

STORY = "Kader kini mencatat lewat ponsel."
PAGE = "/usulan/bawa/1"
DATES = ("opens_at", "closes_at", "repairs_close_at")


@pytest.fixture
def next_year(app, saved, once):
    return once("next-year", lambda: lay_down(app, saved))


def lay_down(app, saved):
    with desk(app, saved) as cast:
        db.session.add(turn_the_year(cast))
    return saved


@pytest.fixture
def owner(open_as, next_year):
    return open_as("owner")


def brought(app) -> Entry | None:
    with app.app_context():
        return db.session.scalar(select(Entry).where(Entry.carried_from_id.is_not(None)))


def test_the_front_page_points_to_what_is_offered(owner, open_as):
    page = text(owner.get("/"))
    assert "Satu hal menunggu Anda" in page and "Bawa JEMPUT GIZI ke periode 2027" in page
    assert "belum diusulkan" not in page
    assert "Bawa JEMPUT GIZI" not in text(open_as("stranger").get("/"))


def test_the_offer_names_the_last_proposal_and_how_often(owner):
    page = text(owner.get("/usulan/bawa"))
    assert "LR-26-001" in page and "1 kali" in page and "Satu inovasi dilaporkan paling banyak 2 kali." in page
    assert "Belum layak Diterapkan 4 Maret 2024, sebelum 1 Januari 2025." in page and "Lihat dan bawa" in page


def test_nobody_elses_is_offered(open_as, next_year):
    stranger = open_as("stranger")
    assert "Tidak ada yang perlu dibawa" in stranger.get("/usulan/bawa").text
    stranger.get(PAGE, expect=404)
    stranger.post(PAGE, expect=404)


def test_the_page_before_says_what_comes_what_stays_and_what_it_is_worth(owner):
    page = text(owner.get(PAGE))
    assert "Belum layak dinilai 2027. Diterapkan 4 Maret 2024, sebelum 1 Januari 2025." in page
    assert "Anda mulai dengan 40 poin berbukti 10 isian dan 10 lampiran bukti ikut: 44 poin diklaim. Dua baris perlu bukti baru:" in page
    assert "Dua lampiran tidak ikut" in page
    assert "Bukti 200 18 Dukungan anggaran berlaku untuk 2024; dibutuhkan 2025, 2026, atau 2027" in page
    assert "Bukti 210 22 Keterlibatan aktor inovasi berlaku untuk 2024; dibutuhkan 2025, 2026, atau 2027" in page
    assert "+2 Dukungan anggaran Baris 18 · level 2 → 3 · belum ada berkas untuk tahun 2027" in page
    assert "Baris, level, dan syarat buktinya sama." in page
    assert "17 Ketersediaan dan peran SDM terhadap inovasi daerah: diklaim 2, terbukti 1" in page


def test_it_says_what_the_later_instrument_changed(app, saved, open_as):
    with desk(app, saved) as cast:
        db.session.add(turn_the_year(cast, changed_data()))
    page = text(open_as("owner").get(PAGE))
    assert "20 Pelatihan inovasi Nama Bimtek inovasi → Pelatihan inovasi" in page
    assert "36 Keberlanjutan Baris baru, belum berisi apa-apa." in page
    assert "34 Monitoring dan evaluasi inovasi daerah Baris ini tidak ada lagi; klaimnya tidak ikut." in page
    assert "Jenis berkas pdf, jpg, jpeg, png → pdf" in page and "→ Lima perangkat daerah" in page and "Level 3" in page
    assert "Bukti 213 34 Monitoring dan evaluasi inovasi daerah barisnya tidak ada lagi" in page
    assert "24 Jejaring inovasi 2026 level 3; satuan ukur atau level itu tidak ada lagi" in page


def test_taking_on_makes_a_draft_and_says_whether_it_counts(app, owner):
    page = owner.follow(PAGE, {"development": STORY, "developed_on": "2026-05-04"})
    said = text(page)
    assert "JEMPUT GIZI dibawa dari usulan 2026 ke periode 2027. Layak dinilai 2027" in said
    assert "Dibawa dari 2026 LR-26-001" in said and STORY in said
    assert "Perbarui dulu +2 18 Dukungan anggaran belum ada berkas untuk tahun 2027 · “Bukti 200” hanya untuk 2024 +2 22 Keterlibatan" in said
    assert "Dua lampiran 2026 tidak ikut" in said
    entry = brought(app)
    assert (entry.status, entry.development, str(entry.claimed), str(entry.evidenced)) == ("draft", STORY, "44", "40")


def test_the_proposal_leads_to_what_is_still_to_be_told(app, owner):
    page = owner.follow(PAGE)
    id = brought(app).id
    assert "Belum ditulis apa yang dikembangkan sejak 2026; wajib sebelum diajukan." in text(page)
    assert f'href="/usulan/{id}/pengembangan"' in owner.get(f"/usulan/{id}/pengajuan").text
    address = f"/usulan/{id}/pengembangan"
    assert "Tulis apa yang dikembangkan sejak usulan sebelumnya." in owner.post(address, {"developed_on": "2026-05-04"}, expect=200).text
    refused = owner.post(address, {"development": STORY, "developed_on": "0204-05-04"}, expect=200)
    assert STORY in refused.text and "Periksa tahunnya" in refused.text
    assert "Pengembangan tersimpan. Layak dinilai 2027" in text(owner.follow(address, {"development": STORY, "developed_on": "2026-05-04"}))
    assert "belum dapat diajukan" not in text(owner.get(f"/usulan/{id}/pengajuan")).lower()


def test_a_wrong_day_keeps_what_was_typed_and_stores_nothing(app, owner):
    for day, sentence in (("1204-01-01", "Periksa tahunnya"), ("2023-01-01", "Tanggal pengembangan terakhir harus sesudah tanggal diterapkan.")):
        page = owner.post(PAGE, {"development": STORY, "developed_on": day}, expect=200)
        assert sentence in page.text and STORY in page.text
    assert brought(app) is None


def test_the_second_click_leads_to_the_one_there_is(app, owner):
    owner.post(PAGE)
    id = brought(app).id
    assert owner.get(PAGE, expect=303).location.endswith(f"/usulan/{id}")
    assert owner.post(PAGE, expect=303).location.endswith(f"/usulan/{id}")
    with app.app_context():
        assert db.session.scalar(select(func.count(Entry.id))) == 2
    assert "Tidak ada yang perlu dibawa" in owner.get("/usulan/bawa").text


def test_the_earlier_papers_and_documents_stay_as_they_were(app, owner, next_year):
    def kept() -> list:
        with app.app_context():
            rows = db.session.execute(select(Answer.claimed_level, Answer.evidenced_level, Answer.proven_level, Answer.version)
                                      .where(Answer.entry_id == next_year.entry)).all()
            events = db.session.scalar(select(func.count(Event.id)).where(Event.entry_id == next_year.entry))
            return [rows, events, db.session.scalar(select(func.count(Document.id)))]
    addresses = [f"/usulan/{next_year.entry}/{part}" for part in ("cetak", "indikator", "riwayat")]
    before, pages = kept(), [text(owner.get(address)) for address in addresses]
    owner.post(PAGE, {"development": STORY})
    assert kept() == before
    after = [text(owner.get(address)) for address in addresses]
    assert [page.partition("Usulan 2026")[2] for page in after] == [page.partition("Usulan 2026")[2] for page in pages]


def test_the_innovation_leads_there_too(owner):
    page = owner.get("/inovasi/1")
    assert 'href="/usulan/bawa/1"' in page.text and "Bawa dari usulan 2026" in text(page)


def test_reported_often_enough_it_is_shown_but_not_offered(app, owner, next_year):
    with app.app_context():
        db.session.scalar(select(Period).where(Period.year == 2027)).most_reports = 1
        db.session.commit()
    page = text(owner.get("/usulan/bawa"))
    assert "Batas tercapai" in page and "Lihat dan bawa" not in page
    sentence = "JEMPUT GIZI sudah 1 kali disetujui atau dikirim, sedangkan periode 2027 menerima satu inovasi paling banyak 1 kali."
    assert sentence in text(owner.get(PAGE)) and sentence in text(owner.post(PAGE, expect=200))
    assert "Bawa JEMPUT GIZI" not in text(owner.get("/"))
    assert sentence in text(owner.follow("/usulan/", {"innovation": next_year.innovation}))
    assert "Sudah satu kali dilaporkan" in text(owner.get("/inovasi/1")) and brought(app) is None


def test_a_closed_period_shows_and_takes_nothing(app, owner):
    with app.app_context():
        is_over(db.session.scalar(select(Period).where(Period.year == 2027)), days=3)
        db.session.commit()
    assert "Periode 2027 sedang tidak dibuka untuk pengisian." in owner.get("/usulan/bawa").text
    page = owner.get(PAGE)
    assert "sedang tidak dibuka" in page.text and "Bawa ke periode 2027</button>" not in page.text
    owner.post(PAGE, expect=200)
    assert brought(app) is None


def test_what_was_never_approved_has_nothing_to_bring(app, owner, saved):
    with desk(app, saved) as cast:
        db.session.add(Innovation.add("BARU", cast.units["dinas"], cast.owner))
    assert "BARU belum pernah disetujui atau dikirim sebelum 2027" in text(owner.get(owner.get("/usulan/bawa/2", expect=303).location))


def test_the_office_sees_it_per_unit(open_as, owner, next_year, app):
    coordinator = open_as("coordinator")
    with app.app_context():
        id = db.session.scalar(select(Period.id).where(Period.year == 2027))
    address = f"/kelola/periode/{id}/bawaan"
    assert "0 inovasi sudah dibawa dari tahun sebelumnya, 1 belum." in text(coordinator.get(address))
    owner.post(PAGE)
    page = coordinator.get(address)
    assert "Dinas Kesehatan 1 0 0" in text(page)
    assert list(xlsx(coordinator.get(f"{address}.xlsx").data).iter_rows(values_only=True))[2:] == [("Dinas Kesehatan", 1, 0, 0)]
    assert "1 inovasi sudah dibawa, 0 belum." in text(coordinator.get(f"/kelola/periode/{id}"))
    assert "Belum ada yang dapat dibawa" in coordinator.get(f"/kelola/periode/{next_year.period}/bawaan").text


def test_the_setting_stands_on_the_form_of_the_period(app, open_as, next_year):
    with app.app_context():
        period = db.session.scalar(select(Period).where(Period.year == 2027))
    days = {f"{name}_on": (getattr(period, f"{name}_at") + timedelta(hours=7)).date().isoformat() for name in ("opens", "closes", "repairs_close")}
    plan = {"year": 2027, "instrument": period.instrument_id, "minimum_maturity": 86, **days}
    admin = open_as("admin")
    assert "Berapa kali satu inovasi boleh dilaporkan" in admin.get(f"/kelola/periode/{period.id}").text
    page = text(admin.follow(f"/kelola/periode/{period.id}", plan | {"most_reports": "3"}))
    assert "Paling banyak dilaporkan (kali) diubah dari 2 menjadi 3." in page
    for wrong in ("21", "-1", "dua", ""):
        page = admin.post(f"/kelola/periode/{period.id}", plan | {"most_reports": wrong}, expect=200)
        assert "0 sampai 20" in page.text or "bilangan bulat" in page.text or "Isi" in page.text, wrong


def test_a_reviewer_reads_where_it_comes_from(app, open_as, owner):
    owner.post(PAGE, {"development": STORY, "developed_on": "2026-05-04"})
    id = brought(app).id
    owner.post(f"/usulan/{id}/pengajuan", {"agreed": "y"})
    page = text(open_as("reviewer").get(f"/usulan/{id}"))
    assert "Dibawa dari 2026" in page and STORY in page and "Ubah cerita pengembangan" not in page
    profile = text(open_as("reviewer").get(f"/verifikasi/{id}/profil"))
    assert f"Dikembangkan sejak usulan 2026 {STORY}" in profile
    assert f"Dikembangkan sejak usulan 2026 {STORY}" in text(owner.get(f"/usulan/{id}/cetak"))
    assert "Dibawa dari usulan 2026: 10 isian dan 10 lampiran bukti ikut, 2 lampiran tidak." in page


def test_as_many_selects_for_many_rows_and_offers_as_for_few(app, saved, open_as, next_year):
    owner, admin = open_as("owner"), open_as("admin")
    with app.app_context():
        id = db.session.scalar(select(Period.id).where(Period.year == 2027))
    addresses = {"/usulan/bawa": owner, PAGE: owner, "/": owner, f"/kelola/periode/{id}/bawaan": admin}
    few = [seen(browser, address) for address, browser in addresses.items()]
    with desk(app, saved) as cast:
        dates = [getattr(cast.period, name) for name in DATES]
        for name, days in zip(DATES, (-10, 1, 2), strict=True):
            setattr(cast.period, name, clock.now() + timedelta(days=days))
        for number in range(12):
            approve(cast, another(cast, f"INOVASI {number}", unit="dinas", submit_days_ago=None))
        copy_exhibits(cast)
        for name, day in zip(DATES, dates, strict=True):
            setattr(cast.period, name, day)
    assert [seen(browser, address) for address, browser in addresses.items()] == few
    assert max(few) <= 40


def copy_exhibits(cast) -> None:
    """Many documents on one row of the proposal that goes on."""
    answer = cast.entry.answer_on("16")
    for number in range(10):
        document = make_document(cast, 900 + number)
        answer.exhibits.append(Exhibit(document=document, version=document.current, pages="", set_number=1))


def seen(browser, address: str) -> int:
    browser.get(address)
    with Selects() as counted:
        browser.get(address)
    return counted.number


def test_the_doctor_finds_nothing(app, owner):
    owner.post(PAGE, {"development": STORY, "developed_on": "2026-05-04"})
    with app.app_context():
        assert faults("Nilai usulan", "Keutuhan basis data") == []


def test_the_day_in_the_profile_is_offered(app, owner, saved):
    with desk(app, saved) as cast:
        cast.entry.innovation.edit(cast.owner, developed_on=date(2026, 2, 1))
    page = owner.get(PAGE)
    assert 'value="2026-02-01"' in page.text and "Layak dinilai 2027." in text(page)
