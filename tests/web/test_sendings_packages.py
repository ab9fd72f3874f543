"""Packages: complete or refused with what is missing, named by row, verified against their manifest, and never whole in memory."""
import io
import json
import time
import tracemalloc
import zipfile
from urllib.parse import unquote

import pytest
from sqlalchemy import text as sql

from app.exports import packing
from app.extensions import db
from app.models import Document, Sending
from app.web.sendings import parcels
from tests.cast import MANDATORY
from tests.web.outgoing import approve, approved, lay_bytes, list_up, send
from tests.web.reviewing import Selects, another, desk, text

FOLDER = "LR-26-001_JEMPUT-GIZI/"


@pytest.fixture
def ready(app, saved):
    """JEMPUT GIZI and LAPOR CEPAT approved and in the list, all files on disk."""
    lay_bytes(app)
    ids = approved(app, saved, "LAPOR CEPAT", listed=True)
    lay_bytes(app)
    saved.both = ids
    return saved


def download(browser, url):
    """The package as a browser saves it, and what the server said of it."""
    with browser.client.get(url) as response:
        assert response.status_code == 200, response.location
        assert int(response.headers["Content-Length"]) == len(response.data)
        return response.data


def names(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return package.namelist()


def test_one_proposal_in_a_folder_with_its_evidence_named_by_row(ready, open_as):
    browser = open_as("owner")
    assert "Paket siap diunduh" in browser.get(f"/usulan/{ready.entry}/paket").text
    content = download(browser, f"/usulan/{ready.entry}/paket.zip")

    assert packing.check(content) == []
    assert names(content) == ["MANIFES.txt", "manifes.json", f"{FOLDER}Profil-dan-isian.pdf", *(
        f"{FOLDER}{code}_188-{place}-2025_Bukti-{place}.{'mp4' if code == '35' else 'pdf'}"
        for place, code in enumerate(MANDATORY))]


def test_the_manifest_names_everything_and_whose_it_is(ready, open_as):
    browser = open_as("coordinator")
    browser.get("/kirim/paket")
    with zipfile.ZipFile(io.BytesIO(download(browser, "/kirim/paket.zip"))) as package:
        told, read = json.loads(package.read("manifes.json")), package.read("MANIFES.txt").decode()
    row = next(one for one in told["files"] if one["about"].get("row") == "16")

    assert (told["title"], told["by"], told["count"]) == ("Profil dan bukti 2 inovasi", "Coordinator", 13)
    assert row["about"] == {"entry": "LR-26-001", "innovation": "JEMPUT GIZI", "unit": "Dinas Kesehatan", "row": "16", "number": "188/0/2025",
                            "title": "Bukti 0", "pages": "", "url": ""}
    assert "LR-26-001 JEMPUT GIZI (Dinas Kesehatan)" in read and "bukti baris 16, 17, 32, 33, dan 35" in read


def test_a_selection_is_what_was_ticked(ready, open_as):
    browser = open_as("reviewer")
    page = browser.get(browser.post("/kirim/paket", {"usulan": ready.both[1]}).location)
    assert "LAPOR CEPAT" not in page.text or "1 inovasi" in page.text
    assert {name.split("/")[0] for name in names(download(browser, f"/kirim/paket.zip?usulan={ready.both[1]}")) if "/" in name} == {
        "LR-26-002_LAPOR-CEPAT"}


def test_what_was_sent_goes_with_the_paper_that_was_sent(app, ready, open_as):
    coordinator = open_as("coordinator")
    send(coordinator, ready.entry, "IID-1")
    with app.app_context():
        kept = db.session.get(Sending, 1).pdf.sha256
    with zipfile.ZipFile(io.BytesIO(download(open_as("owner"), f"/usulan/{ready.entry}/paket.zip"))) as package:
        listed = {one["path"]: one["sha256"] for one in json.loads(package.read("manifes.json"))["files"]}
    assert listed[f"{FOLDER}Profil-dan-isian.pdf"] == kept
    assert packing.check(download(coordinator, "/kirim/paket.zip?tab=terkirim")) == []


def test_it_is_refused_with_everything_that_is_missing(app, ready, saved, open_as):
    with desk(app, saved) as cast:
        draft = another(cast, "RENCANA", submit_days_ago=None)
        draft.innovation.edit(cast.owner, purpose="", design="pendek sekali")
        draft.answer_on("16").detach(cast.owner, draft.answer_on("16").exhibits[0])
        id = draft.id
    browser = open_as("admin")
    page = browser.get(f"/usulan/{id}/paket")

    for said in ("1 dari 1 inovasi belum lengkap", "Profil: Tujuan belum diisi.", "Rancang bangun baru 2 kata",
                 "Baris 16 wajib, dan belum berisi bukti.", "tidak ada di penyimpanan, atau berubah."):
        assert said in text(page), said
    assert "Refresh" not in page.headers
    assert browser.client.get(f"/usulan/{id}/paket.zip").location == f"/usulan/{id}/paket"


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_a_file_that_is_not_what_it_was_stops_the_package(app, ready, open_as, harm):
    with app.app_context():
        path = app.extensions["storage"].path(db.session.get(Document, ready.document).current.file.sha256)
    whole = path.read_bytes()
    try:
        path.unlink() if harm == "gone" else path.write_bytes(whole[:-1])
        page = open_as("owner").get(f"/usulan/{ready.entry}/paket").text
    finally:
        path.write_bytes(whole)
    assert "Berkas “16_188-0-2025_Bukti-0.pdf” tidak ada di penyimpanan, atau berubah." in page


def test_the_complete_ones_can_go_without_the_others(app, ready, saved, open_as):
    with desk(app, saved) as cast:
        list_up(cast, approve(cast, another(cast, "TANPA BERKAS")))
    page = open_as("coordinator").get("/kirim/paket?usulan=1&usulan=2&usulan=3")
    assert "1 dari 3 inovasi belum lengkap" in page.text and "Siapkan 2 yang lengkap saja" in page.text
    assert "/kirim/paket?usulan=1&amp;usulan=2" in page.text


def test_profiles_are_written_in_steps_and_the_page_asks_again_by_itself(app, ready, open_as, monkeypatch):
    monkeypatch.setattr(parcels, "PATIENCE", -1)
    monkeypatch.setattr(parcels, "LAYOUT", time.monotonic())  # nothing is written yet
    browser = open_as("coordinator")
    first = browser.get("/kirim/paket")
    assert ("1 dari 2" in first.text, first.headers["Refresh"]) == (True, "1")
    assert browser.client.get("/kirim/paket.zip").status_code == 303
    second = browser.get("/kirim/paket")
    assert "Paket siap diunduh" in second.text and "Refresh" not in second.headers
    assert packing.check(download(browser, "/kirim/paket.zip")) == []


def test_nothing_chosen_is_said(ready, open_as):
    assert "Tidak ada inovasi dalam pilihan ini." in open_as("reviewer").get("/kirim/paket?usulan=999").text
    assert "Centang dulu inovasi yang hendak dipaketkan." in open_as("reviewer").follow("/kirim/paket").text


def test_other_units_get_no_package(ready, open_as):
    for url in (f"/usulan/{ready.entry}/paket", f"/usulan/{ready.entry}/paket.zip"):
        open_as("stranger").get(url, expect=404)
    open_as("owner").get("/kirim/paket", expect=403)


def test_the_address_cannot_lead_elsewhere(ready, open_as):
    page = open_as("reviewer").get("/kirim/paket?_external=1&_scheme=javascript&_anchor=x&usulan=1")
    assert "javascript" not in page.text


def test_a_file_changed_while_it_is_sent_breaks_the_download(app, ready, open_as):
    browser = open_as("owner")
    browser.get(f"/usulan/{ready.entry}/paket")
    with app.app_context():
        path = app.extensions["storage"].path(db.session.get(Document, ready.document).current.file.sha256)
    whole = path.read_bytes()
    response = browser.client.get(f"/usulan/{ready.entry}/paket.zip", buffered=False)
    try:
        path.write_bytes(whole.replace(b"berkas", b"BERKAS"))
        with pytest.raises(packing.Broken):
            for _ in response.response:
                pass
    finally:
        path.write_bytes(whole)
        response.close()


def test_the_database_is_let_go_of_while_bytes_are_sent(app, ready, open_as):
    browser = open_as("owner")
    browser.get(f"/usulan/{ready.entry}/paket")
    response = browser.client.get(f"/usulan/{ready.entry}/paket.zip", buffered=False)
    with app.app_context(), Selects() as asked:
        assert db.engine.pool.checkedout() == 0
        assert sum(map(len, response.response)) == int(response.headers["Content-Length"])
    assert asked.number == 0
    response.close()


def test_the_package_asks_as_often_for_many_as_for_few(app, ready, saved, open_as):
    browser = open_as("coordinator")
    with Selects() as few:
        browser.get("/kirim/paket")
    with desk(app, saved) as cast:
        list_up(cast, *(approve(cast, another(cast, f"INOVASI {place}")) for place in range(12)))
    with Selects() as many:
        browser.get("/kirim/paket")
    assert many.number == few.number


def test_a_name_with_letters_no_header_holds_reaches_the_browser(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.innovation.edit(cast.owner, name="JEMPUT “GIZI” – Café\u202e 日本: ../x")
    lay_bytes(app)
    approved(app, saved)
    browser = open_as("owner")
    browser.get(f"/usulan/{saved.entry}/paket")
    for url, names in ((f"/usulan/{saved.entry}/paket.zip", "Paket JEMPUT “GIZI” – Café 日本-.-x.zip"),
                       (f"/usulan/{saved.entry}/profil.pdf", "LR-26-001 JEMPUT “GIZI” – Café 日本-.-x.pdf")):
        with browser.client.get(url) as response:
            header = response.headers["Content-Disposition"]
            assert header.isascii() and unquote(header.partition("filename*=UTF-8''")[2]) == names


def test_a_third_download_at_once_waits_and_is_told_so(ready, open_as):
    browser, url = open_as("owner"), f"/usulan/{ready.entry}/paket"
    browser.get(url)
    under_way = [browser.client.get(f"{url}.zip", buffered=False) for _ in range(2)]
    third = browser.client.get(f"{url}.zip")
    assert (third.status_code, third.location) == (303, url)
    assert "Dua paket lain sedang diunduh dari server ini." in browser.get(url).text
    for response in under_way:
        response.close()
    assert packing.check(download(browser, f"{url}.zip")) == []


@pytest.fixture
def hundred(app, saved):
    """A hundred proposals in the list, their evidence of 400 kB each."""
    lay_bytes(app)
    with desk(app, saved) as cast:
        entries = [approve(cast, cast.entry), *(approve(cast, another(cast, f"INOVASI {place:03d}")) for place in range(99))]
        list_up(cast, *entries)
    with app.app_context():
        place = app.extensions["storage"]
        for id in db.session.scalars(sql("SELECT id FROM stored_file")).all():
            kept = place.keep(f"%PDF-1.7 {id} ".encode() + id.to_bytes(4) * 100_000, "pdf")
            db.session.execute(sql("UPDATE stored_file SET sha256 = :sha256, size = :size WHERE id = :id"),
                               {"sha256": kept.sha256, "size": kept.size, "id": id})
        db.session.commit()
    return saved


def test_a_hundred_proposals(app, hundred, open_as, record_property, tmp_path):
    browser = open_as("coordinator")
    began, steps = time.perf_counter(), 1
    while "Refresh" in browser.get("/kirim/paket").headers:
        steps += 1
    prepared, began = time.perf_counter() - began, time.perf_counter()
    tracemalloc.start()
    response = browser.client.get("/kirim/paket.zip", buffered=False)
    collected = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    with open(tmp_path / "paket.zip", "wb") as file:
        for chunk in response.response:
            file.write(chunk)
    streamed = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    response.close()
    took, size = time.perf_counter() - began, (tmp_path / "paket.zip").stat().st_size

    record_property("package", f"{steps} steps, {prepared:.1f} s; ZIP {size / 1e6:.0f} MB in {took:.1f} s; "
                               f"peak {collected / 1e6:.1f} MB collecting, {streamed / 1e6:.2f} MB streaming")
    print(f"\n100 proposals: {steps} steps in {prepared:.1f} s; {size / 1e6:.0f} MB in {took:.1f} s (traced); "
          f"peak {collected / 1e6:.1f} MB collecting, {streamed / 1e6:.2f} MB streaming")
    assert packing.check(tmp_path / "paket.zip") == []
    assert size == int(response.headers["Content-Length"]) and size > 200_000_000
    assert streamed < 5_000_000 and collected < 100_000_000
