"""The three tabs of the way out, their figures, their files, and the papers of a period."""
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from app.extensions import db
from app.models import Period, Sending
from app.models.choosing import Choice
from tests.exports.readers import docx_text, pdf_pages
from tests.web.outgoing import approve, approved, list_up, send, today
from tests.web.reviewing import Selects, another, desk, text


@pytest.fixture
def season(app, saved, open_as):
    """Sent: JEMPUT GIZI (dinas). In the list: LAPOR CEPAT. Approved and not chosen: SURAT TUNTAS; held: KAS DESA. A draft: RENCANA."""
    with desk(app, saved) as cast:
        entries = [approve(cast, cast.entry), *(approve(cast, another(cast, name)) for name in ("LAPOR CEPAT", "SURAT TUNTAS", "KAS DESA"))]
        another(cast, "RENCANA", submit_days_ago=None)
        list_up(cast, entries[1])
        entries[3].choose(cast.coordinator, Choice.HOLD, "Menunggu SK.")
    send(open_as("coordinator"), entries[0].id, "IID-1")
    return saved


def sheet(browser, query=""):
    with browser.client.get(f"/kirim/daftar.xlsx{query}") as response:
        return list(load_workbook(io.BytesIO(response.data)).active.iter_rows(values_only=True))


def download(browser, url):
    with browser.client.get(url) as response:
        assert response.status_code == 200, response.status_code
        return response.data


def test_enter_in_a_number_sends_and_does_not_pack(season, open_as):
    """The first submit button of a form is what Enter presses."""
    form = open_as("coordinator").get("/kirim/").text.split('<form method="post"')[1].split("</form>")[0]
    first = form[form.index("<button"):]
    assert first.startswith('<button type="submit" hidden>') and "formaction" not in first[:first.index(">")]


@pytest.mark.parametrize(("query", "names"), [
    ("", ["LAPOR CEPAT"]), ("tab=belum", ["KAS DESA", "SURAT TUNTAS"]), ("tab=terkirim", ["JEMPUT GIZI"]), ("tab=lain", ["LAPOR CEPAT"]),
    ("tab=belum&q=surat", ["SURAT TUNTAS"]), ("tab=terkirim&q=iid-1", ["JEMPUT GIZI"]), ("tab=terkirim&affair=Kesehatan", ["JEMPUT GIZI"]),
    ("tab=terkirim&affair=Sosial", []), ("tab=terkirim&year=2025", []), ("tab=belum&sort=-name", ["SURAT TUNTAS", "KAS DESA"]),
    ("q=%25", []), ("tab=terkirim&sort=-official", ["JEMPUT GIZI"])])
def test_each_tab_has_its_own_and_the_file_has_the_same(season, open_as, query, names):
    browser = open_as("leader")
    page = browser.get(f"/kirim/?{query}").text
    everything = ("JEMPUT GIZI", "LAPOR CEPAT", "SURAT TUNTAS", "KAS DESA", "RENCANA")

    assert sorted(names, key=lambda name: page.index(name)) == names
    assert [name for name in everything if name in page] == [name for name in everything if name in names]
    rows = sheet(browser, f"?{query}")
    assert [row[rows[1].index("Inovasi")] for row in rows[2:]] == names


def test_the_tabs_count_what_they_hold(season, open_as):
    page = text(open_as("leader").get("/kirim/"))
    assert "Daftar kirim 1 Disetujui, belum dipilih 2 Terkirim 1" in page


def test_a_leader_reads_and_does_nothing(season, open_as):
    for tab in ("", "belum", "terkirim"):
        page = open_as("leader").get(f"/kirim/?tab={tab}").text
        assert "nomor-" not in page and "Kirim yang bernomor" not in page and "Siap salin" not in page and "Paket" not in page


def test_the_register_has_real_dates_and_points(season, open_as):
    rows = sheet(open_as("leader"), "?tab=terkirim")
    assert rows[1] == ("No", "Nomor registrasi", "Tanggal kirim", "Inovasi", "Perangkat daerah", "Urusan utama", "Kematangan", "Nomor usulan",
                       "Dikirim oleh", "Menurut kementerian")
    assert [(*row[:2], row[2].date(), *row[3:]) for row in rows[2:]] == [
        (1, "IID-1", date.fromisoformat(today()), "JEMPUT GIZI", "Dinas Kesehatan", "Kesehatan", 28, "LR-26-001", "Coordinator", None)]


def test_the_register_is_a_paper_to_sign(season, open_as):
    pages = " ".join(pdf_pages(download(open_as("leader"), "/kirim/register.pdf?year=2026")))
    for said in ("REGISTER INOVASI DAERAH YANG DIKIRIM 2026", "IID-1", "JEMPUT GIZI", "Dinas Kesehatan", "1 inovasi", "Kepala Bappelitbangda"):
        assert said in pages, said
    assert "LAPOR CEPAT" not in pages


def test_the_annex_names_what_goes_by_unit(season, open_as):
    word = docx_text(download(open_as("leader"), "/kirim/lampiran.docx?year=2026"))
    for said in ("JEMPUT GIZI", "LAPOR CEPAT", "Dinas Kesehatan", "Badan Keuangan", "dr. Hendra Gunawan", "2 inovasi dari 2 perangkat daerah"):
        assert said in word, said
    assert "SURAT TUNTAS" not in word and "KAS DESA" not in word


def test_the_integrity_form_counts_them(season, open_as):
    assert "2 (dua) inovasi daerah" in docx_text(download(open_as("leader"), "/kirim/pakta.docx?year=2026"))


def test_papers_of_a_year_without_any_are_refused_in_words(season, open_as):
    for paper in ("lampiran.docx", "pakta.docx"):
        page = open_as("leader").get(open_as("leader").client.get(f"/kirim/{paper}?year=2020").location)
        assert page.status_code == 200


def test_an_empty_list_says_what_to_do(app, saved, open_as):
    browser = open_as("coordinator")
    assert "Daftar kirim masih kosong" in browser.get("/kirim/").text
    assert "Belum ada yang terkirim" in browser.get("/kirim/?tab=terkirim").text
    assert "Tidak ada yang menunggu dipilih" in browser.get("/kirim/?tab=belum").text
    with app.app_context():
        assert db.session.query(Sending).count() == 0 and db.session.query(Period).count() == 1


def test_without_a_period_the_page_says_so(app, saved, open_as):
    with app.app_context():
        period = db.session.get(Period, saved.period)
        period.opens_at = period.closes_at.replace(year=2099)
        period.closes_at = period.repairs_close_at = period.closes_at.replace(year=2100)
        db.session.commit()
    assert "Belum ada periode" in open_as("coordinator").get("/kirim/").text


def test_the_register_asks_as_often_for_many_as_for_few(app, season, saved, open_as):
    browser = open_as("coordinator")
    with Selects() as few:
        browser.get("/kirim/?tab=terkirim")
    for place, id in enumerate(approved_ids(app, saved), 10):
        send(browser, id, f"IID-{place}")
    with Selects() as many:
        assert "11 usulan" in browser.get("/kirim/?tab=terkirim").text
    assert many.number == few.number


def approved_ids(app, saved):
    with desk(app, saved) as cast:
        return [approve(cast, another(cast, f"INOVASI {place}")).id for place in range(10)]


def test_the_profile_as_pdf_says_when_nobody_verified(app, saved, open_as):
    pages = " ".join(pdf_pages(download(open_as("owner"), f"/usulan/{saved.entry}/profil.pdf")))
    assert "belum diverifikasi" in pages and "JEMPUT GIZI" in pages and "Draf sejak" in pages
    approved(app, saved)
    pages = " ".join(pdf_pages(download(open_as("leader"), f"/usulan/{saved.entry}/profil.pdf")))
    assert "belum diverifikasi" not in pages and "28 terverifikasi" in pages and "Disetujui" in pages
