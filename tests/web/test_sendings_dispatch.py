"""Sending by the coordinator: one with everything that is frozen before their eyes, or many of the list; nothing goes by mistake."""
import re
from datetime import timedelta

import pytest

from app import clock
from app.extensions import db
from app.models import Entry, Event, Sending
from app.models.choosing import Choice
from tests.exports.readers import pdf_pages
from tests.web.outgoing import approve, approved, list_up, send, today
from tests.web.reviewing import Selects, another, desk, judge, text


@pytest.fixture
def ready(app, saved):
    approved(app, saved)
    return saved


@pytest.fixture
def three(app, saved):
    """In the list to be sent: JEMPUT GIZI, LAPOR CEPAT, SURAT TUNTAS."""
    return approved(app, saved, "LAPOR CEPAT", "SURAT TUNTAS", listed=True)


def sendings(app):
    with app.app_context():
        return [(one.number, one.name, one.entry.status) for one in db.session.query(Sending).order_by(Sending.id)]


def kept(app):
    with app.app_context():
        return db.session.query(Event).where(Event.what == "sent").count()


def many(browser, ids, **changed):
    """The fields of the list as the page made them, with a number and a day each."""
    page = browser.get("/kirim/").text
    fields = dict(re.findall(r'name="(keadaan-\d+)" value="([^"]+)"', page))
    for place, id in enumerate(ids, 1):
        fields |= {f"nomor-{id}": f"IID-{place}", f"tanggal-{id}": today()}
    return fields | changed


# One

def test_it_is_sent_with_its_number_and_the_page_says_so(app, ready, open_as):
    browser = open_as("coordinator")
    page = browser.get(send(browser, ready.entry, " IID-2026-0001 ").location)

    assert "JEMPUT GIZI terkirim dengan nomor registrasi IID-2026-0001. Yang terkirim tidak berubah lagi." in page.text
    assert sendings(app) == [("IID-2026-0001", "JEMPUT GIZI", "sent")]


def test_the_page_names_what_speaks_against_it_and_what_is_frozen(ready, open_as):
    page = text(open_as("coordinator").get(f"/usulan/{ready.entry}/pengiriman"))
    for said in ("24 dari 24 butir belum ditandai disalin.", "Usulan ini tidak ada dalam daftar kirim.", "di bawah batas layak kirim 86.",
                 "Pengiriman tidak dapat ditarik.", "nilai 28 poin dibekukan"):
        assert said in page, said


def test_the_paper_is_kept_with_number_day_and_all_rows(app, ready, open_as):
    browser = open_as("coordinator")
    send(browser, ready.entry, "IID-7")
    with browser.client.get("/kirim/1.pdf") as response:
        pages = " ".join(pdf_pages(response.data))
    for said in ("PROFIL DAN ISIAN INOVASI DAERAH 2026", "JEMPUT GIZI", "IID-7", "LR-26-001", "28 terverifikasi", "188/0/2025", "Menekan stunting."):
        assert said in pages, said
    with app.app_context():
        assert db.session.get(Sending, 1).pdf.size == len(response.data)


@pytest.mark.parametrize(("changed", "said"), [
    ({"number": " "}, "Isi nomor registrasi dari situs kementerian."), ({"number": "X" * 61}, "Paling banyak 60 huruf; sekarang 61."),
    ({"sent_on": ""}, "Isi tanggal kirim."), ({"sent_on": "kemarin"}, "Tanggal ini tidak dapat dibaca."),
    ({"sent_on": "0026-07-01"}, "Tanggal kirim tahun 26 tidak mungkin untuk periode 2026."),
    ({"sent_on": (clock.now() + timedelta(days=2)).date().isoformat()}, "tidak boleh sesudah hari ini"),
    ({"agreed": ""}, "Centang dulu pernyataan ini."), ({"seen": "0" * 64}, "Usulan ini berubah sejak halaman dibuka."),
])
def test_bad_input_is_said_what_was_typed_stays_and_nothing_is_sent(app, ready, open_as, changed, said):
    answer = send(open_as("coordinator"), ready.entry, **({"number": "IID-5"} | changed))
    assert answer.status_code == 200 and said in answer.text
    assert f'value="{changed.get("number", "IID-5").strip()}"' in answer.text
    assert sendings(app) == [] and kept(app) == 0


@pytest.mark.parametrize("number", ["IID-É1", "iid-É1", " IID-É1 ", "IID-\u200bÉ1\ufeff"])
def test_a_number_has_one_innovation_in_its_period(app, saved, open_as, number):
    first, second = approved(app, saved, "LAPOR CEPAT")
    browser = open_as("coordinator")
    send(browser, first, "IID-É1")
    answer = send(browser, second, number)

    assert "Nomor registrasi IID-É1 sudah dipakai JEMPUT GIZI." in answer.text
    assert sendings(app) == [("IID-É1", "JEMPUT GIZI", "sent")]


def test_a_held_one_shows_why_and_has_no_button(app, ready, open_as):
    with desk(app, ready) as cast:
        cast.entry.choose(cast.coordinator, Choice.HOLD, "Menunggu sertifikat.")
    page = open_as("coordinator").get(f"/usulan/{ready.entry}/pengiriman").text
    assert "Usulan ini ditahan." in page and "Menunggu sertifikat." in page and "name=\"number\"" not in page
    open_as("coordinator").post(f"/usulan/{ready.entry}/pengiriman", {"number": "IID-1", "sent_on": today(), "agreed": "y"}, expect=200)
    assert sendings(app) == []


def test_what_was_reopened_meanwhile_is_not_sent(app, ready, open_as):
    browser = open_as("coordinator")
    page = browser.get(f"/usulan/{ready.entry}/pengiriman").text
    seen = page.split('name="seen" type="hidden" value="')[1].split('"')[0]
    with desk(app, ready) as cast:
        cast.entry.reopen(cast.coordinator, ["16"], "Levelnya salah.")
    fields = {"number": "IID-1", "sent_on": today(), "agreed": "y", "seen": seen}
    assert "berstatus “Dikembalikan”" in browser.post(f"/usulan/{ready.entry}/pengiriman", fields, expect=200).text

    with desk(app, ready) as cast:
        cast.entry.answer_on("16").reply(cast.owner, "Sudah.")
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.approve(cast.reviewer)
    assert "Usulan ini berubah sejak halaman dibuka." in browser.post(f"/usulan/{ready.entry}/pengiriman", fields, expect=200).text
    assert sendings(app) == []


def test_sent_twice_is_sent_once(app, ready, open_as):
    browser = open_as("coordinator")
    send(browser, ready.entry, "IID-1")
    page = browser.post(f"/usulan/{ready.entry}/pengiriman", {"number": "IID-2", "sent_on": today(), "agreed": "y"}, expect=200)
    assert "Usulan ini sudah terkirim" in page.text and len(sendings(app)) == 1


# Many

def test_the_numbered_ones_are_shown_once_more_before_they_go(app, three, open_as):
    browser = open_as("coordinator")
    page = browser.post("/kirim/", many(browser, three[:2]), expect=200)

    assert "Kirim 2 inovasi" in page.text and "SURAT TUNTAS" not in page.text
    assert "IID-2" in page.text and sendings(app) == []


def test_with_the_statement_ticked_each_goes_and_the_others_stay(app, three, open_as):
    browser = open_as("coordinator")
    page = browser.follow("/kirim/", many(browser, three[:2], agreed="1", kirim="1"))

    assert "2 terkirim: JEMPUT GIZI dan LAPOR CEPAT." in page.text
    assert sendings(app) == [("IID-1", "JEMPUT GIZI", "sent"), ("IID-2", "LAPOR CEPAT", "sent")]


def test_what_is_refused_is_named_with_its_reason_and_keeps_what_was_typed(app, three, open_as):
    browser = open_as("coordinator")
    first, second, third = three
    page = browser.post("/kirim/", many(browser, three, agreed="1", kirim="1", **{f"nomor-{second}": "IID-1", f"tanggal-{third}": "2126-01-01"}),
                        expect=200)

    assert "1 terkirim: JEMPUT GIZI." in page.text
    assert "LAPOR CEPAT: Nomor registrasi IID-1 sudah dipakai JEMPUT GIZI." in page.text
    assert "SURAT TUNTAS: Isi tanggal kirim; tidak boleh sesudah hari ini." in page.text
    assert f'name="nomor-{second}" value="IID-1"' in page.text and 'value="2126-01-01"' in page.text
    assert sendings(app) == [("IID-1", "JEMPUT GIZI", "sent")]


def test_without_a_number_or_a_tick_nothing_goes(app, three, open_as):
    browser = open_as("coordinator")
    nothing = many(browser, three, agreed="1", **{f"nomor-{id}": " " for id in three})
    assert "Isi nomor registrasi paling sedikit satu usulan." in browser.post("/kirim/", nothing, expect=200).text
    assert "Centang dulu pernyataannya. Belum ada yang dikirim." in browser.post("/kirim/", many(browser, three, kirim="1"), expect=200).text
    back = browser.post("/kirim/", many(browser, three, agreed="1", kembali="1"), expect=200)
    assert f'name="nomor-{three[0]}" value="IID-1"' in back.text
    assert sendings(app) == []


@pytest.mark.parametrize("changed", [{"nomor-999": "IID-9"}, {"nomor-x": "IID-9"}, {"nomor-99999999999999": "IID-9"}])
def test_what_the_page_never_sends_sends_nothing(app, three, open_as, changed):
    open_as("coordinator").client.post("/kirim/", data=changed | {"agreed": "1", "kirim": "1"})
    assert sendings(app) == []


def test_a_row_that_changed_since_is_not_sent(app, three, saved, open_as):
    browser = open_as("coordinator")
    fields = many(browser, three[:1], agreed="1", kirim="1")
    with desk(app, saved) as cast:
        cast.entry.reopen(cast.coordinator, ["16"], "Levelnya salah.")
        with clock.at(clock.now() + timedelta(minutes=1)):
            cast.entry.answer_on("16").reply(cast.owner, "Sudah.")
            cast.entry.submit(cast.owner)
            judge(cast, cast.entry, r16=1)
            cast.entry.approve(cast.reviewer)
    assert "Usulan ini berubah sejak halaman dibuka." in browser.post("/kirim/", fields, expect=200).text
    assert sendings(app) == []


def test_a_refused_row_leaves_no_paper_behind(app, three, saved, open_as):
    browser = open_as("coordinator")
    fields = many(browser, three[:2], agreed="1", kirim="1", **{f"nomor-{three[1]}": "X" * 61})
    files = sum(1 for _ in (app.extensions["storage"].root / "files").rglob("*"))
    with desk(app, saved) as cast:
        cast.entry.choose(cast.coordinator, Choice.HOLD, "Menunggu SK.")
    page = browser.post("/kirim/", fields, expect=200)
    assert "JEMPUT GIZI ditahan." in page.text and "paling banyak 60 huruf" in page.text
    assert sum(1 for _ in (app.extensions["storage"].root / "files").rglob("*")) == files


# Afterwards

def test_a_number_is_corrected_with_a_reason_and_the_snapshot_stays(app, ready, open_as):
    browser = open_as("coordinator")
    send(browser, ready.entry, "IID-1")
    with app.app_context():
        before = db.session.get(Sending, 1).checksum
    page = browser.follow("/kirim/1/pembetulan", {"number": "IID-10", "sent_on": today(), "reason": "Salah ketik."})

    assert "Nomor registrasi JEMPUT GIZI sekarang IID-10. Isi yang terkirim tetap sama." in page.text
    with app.app_context():
        one = db.session.get(Sending, 1)
        assert (one.number, one.checksum, one.is_whole) == ("IID-10", before, True)


@pytest.mark.parametrize(("changed", "said"), [
    ({"reason": ""}, "Tulis mengapa nomor atau tanggalnya dibetulkan."), ({"number": ""}, "Isi nomor registrasi dari situs kementerian."),
    ({"number": "IID-1"}, "Nomor dan tanggalnya masih sama."), ({"number": "IID-2"}, "Nomor registrasi IID-2 sudah dipakai LAPOR CEPAT."),
])
def test_a_correction_that_makes_no_sense_changes_nothing(app, saved, open_as, changed, said):
    first, second = approved(app, saved, "LAPOR CEPAT")
    browser = open_as("coordinator")
    send(browser, first, "IID-1")
    send(browser, second, "IID-2")
    fields = {"number": "IID-3", "sent_on": today(), "reason": "Salah ketik."} | changed
    page = browser.post("/kirim/1/pembetulan", fields, expect=200)

    assert said in page.text and f'value="{fields["number"]}"' in page.text
    assert [number for number, *_ in sendings(app)] == ["IID-1", "IID-2"]


def test_the_list_asks_as_often_for_many_as_for_few(app, saved, open_as):
    browser = open_as("coordinator")
    approved(app, saved, listed=True)
    with Selects() as few:
        browser.get("/kirim/")
    with desk(app, saved) as cast:
        entries = [cast.entry]
        entries += [approve(cast, another(cast, f"INOVASI {place}")) for place in range(12)]
        list_up(cast, *entries)
    with Selects() as more:
        assert "13 usulan" in browser.get("/kirim/").text
    assert more.number == few.number


def test_the_entry_is_told_to_its_unit(app, ready, open_as):
    send(open_as("coordinator"), ready.entry, "IID-1")
    page = open_as("owner").get(f"/usulan/{ready.entry}")
    assert "Terkirim ke kementerian" in page.text and "/kirim/1" in page.text
    assert "nomor IID-1" in open_as("owner").get(f"/inovasi/{ready.innovation}").text
    with app.app_context():
        assert db.session.get(Entry, ready.entry).status == "sent"
