"""The pages of instruments: read, compare, clone, edit by two, publish, files in and out."""
import io
import json

import html5lib
import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.extensions import db
from app.models import Event, Instrument, Period, User
from app.rules import Refused, instrument_file
from app.web.manage.instrument_files import taken_from
from tests.rules.instrument_cases import OF_2023, OF_2026, changed
from tests.web.reviewing import Selects, text
from tests.web.typing import hidden

AREA = "/kelola/instrumen"
LAW = "Surat Kepala BSKDN Nomor 1, 2 April 2027"


def stored(app, code="iid-2027"):
    with app.app_context():
        found = db.session.scalar(select(Instrument).where(Instrument.code == code))
        return found and (found.source, found.published_at, found.checksum)


def events(app):
    with app.app_context():
        return db.session.scalars(select(Event.what).where(Event.what.startswith("instrument_")).order_by(Event.id)).all()


@pytest.fixture
def coordinator(open_as):
    """Somebody who has just made a draft for 2027."""
    person = open_as("coordinator")
    assert person.post(f"{AREA}/iid-2026/salin", {"year": 2027}).location == f"{AREA}/iid-2027"
    return person


def fields(page) -> dict[str, list[str]]:
    """What a browser sends from the form of a page: every field as it stands."""
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    found: dict[str, list[str]] = {}
    for one in next(form for form in tree.iter("form") if form.get("id") == "isian").iter():
        if one.tag == "select":
            found[one.get("name")] = [option.get("value") for option in one.iter("option") if option.get("selected") is not None]
        elif one.tag == "textarea":
            found[one.get("name")] = [one.text or ""]
        elif one.tag == "input" and (one.get("type") != "checkbox" or one.get("checked") is not None):
            found.setdefault(one.get("name"), []).append(one.get("value") or "")
    return found


def test_the_list_and_the_reading_pages_are_for_the_office(open_as):
    page = open_as("reviewer").get(f"{AREA}/")
    assert "Indeks Inovasi Daerah 2026" in page.text and "Acuan, tidak lengkap" in page.text and "Impor" not in page.text
    page = open_as("reviewer").get(f"{AREA}/iid-2026")
    assert "Surat Kepala BSKDN" in page.text and "Salin ke tahun lain" not in page.text
    assert "satu bimtek dengan berkas sendiri untuk tiap level" in page.text  # evidence rules in words
    assert "2025; atau 2024" in page.text  # T-1 and T-2 as years
    for address in (f"{AREA}/iid-2023", f"{AREA}/iid-2026/cetak", f"{AREA}/iid-2023/cetak", f"{AREA}/banding"):
        open_as("reviewer").get(address)
    open_as("reviewer").get(f"{AREA}/iid-1999", expect=404)


def test_2023_and_2026_beside_each_other(open_as):
    page = text(open_as("reviewer").get(f"{AREA}/banding?dari=iid-2023&ke=iid-2026"))
    assert "6 berganti nama, 12 berubah, 2 sama." in page and "Tidak dibandingkan: indikator daerah (SPD) tidak ada" in page
    assert "dihapus: Penggunaan IT" in page and "ditambahkan: Alat kerja" in page


def test_a_page_sent_as_it_stands_changes_nothing(app, coordinator):
    """Every row and the rules: what the form shows is what is stored."""
    before = stored(app)
    for row in OF_2026["indicators"]:
        address = f"{AREA}/iid-2027/baris/{row['code']}"
        page = coordinator.post(address, fields(coordinator.get(address)), expect=200)
        assert "Tidak ada yang berubah." in page.text, row["code"]
    page = coordinator.post(f"{AREA}/iid-2027/aturan", fields(coordinator.get(f"{AREA}/iid-2027/aturan")), expect=200)
    assert "Tidak ada yang berubah." in page.text
    assert stored(app) == before and events(app) == ["instrument_cloned"]


def test_from_clone_to_published(app, coordinator):
    page = coordinator.get(f"{AREA}/iid-2027")
    assert "1 hal perlu diperbaiki sebelum terbit" in page.text
    page = coordinator.get(f"{AREA}/iid-2027/terbit")
    assert "Belum dapat terbit" in page.text and 'name="seen"' not in page.text
    typed = fields(coordinator.get(f"{AREA}/iid-2027/aturan"))
    coordinator.post(f"{AREA}/iid-2027/aturan", typed | {"legal_basis": LAW, "minimum_divisor": "15"})
    typed = fields(coordinator.get(f"{AREA}/iid-2027/baris/5a"))
    assert (typed["low_2"], typed["high_2"]) == (["0,01"], ["0,36"])
    coordinator.post(f"{AREA}/iid-2027/baris/5a", typed | {"high_2": "0,50", "low_3": "0,50", "level_3": "≥ 0,50", "lanjut": "1"})
    source, _, _ = stored(app)
    assert source["scoring"]["minimum_divisor"] == 15 and source["legal_basis"] == LAW
    row = next(row for row in source["indicators"] if row["code"] == "5a")
    assert row["formula"]["levels"] == {"1": [None, "0.00"], "2": ["0.01", "0.50"], "3": ["0.50", None]} and row["levels"][2]["label"] == "≥ 0,50"
    page = coordinator.get(f"{AREA}/iid-2027/terbit")
    coordinator.post(f"{AREA}/iid-2027/terbit", {"seen": hidden(page, "seen")})
    assert stored(app)[1] and events(app) == ["instrument_cloned", "instrument_edited", "instrument_edited", "instrument_published"]
    for address in ("aturan", "baris/16", "terbit"):
        coordinator.get(f"{AREA}/iid-2027/{address}", expect=404)
        page = coordinator.follow(f"{AREA}/iid-2027/{address}", typed | {"name": "Lain"}) if address == "terbit" else None
    assert page and "Instrumen yang sudah terbit tidak dapat diubah." in page.text
    assert "dari “≥ 0,36” menjadi “≥ 0,50”" in text(coordinator.get(f"{AREA}/iid-2027"))


def test_what_was_typed_stays_when_it_is_wrong(app, coordinator):
    before, typed = stored(app), fields(coordinator.get(f"{AREA}/iid-2027/baris/5a"))
    page = coordinator.post(f"{AREA}/iid-2027/baris/5a", typed | {"weight": "tiga", "high_2": "banyak", "name": "Nama baru"}, expect=200)
    assert all(words in page.text for words in ("“tiga” bukan bilangan", "“banyak” bukan bilangan", 'value="tiga"', 'value="Nama baru"'))
    assert stored(app) == before


def test_the_second_of_two_sees_both(app, coordinator, open_as):
    admin, address = open_as("admin"), f"{AREA}/iid-2027/baris/16"
    mine, other = fields(coordinator.get(address)), fields(admin.get(address))
    elsewhere = fields(admin.get(f"{AREA}/iid-2027/baris/17"))
    coordinator.post(address, mine | {"name": "Dasar hukum"})
    page = admin.post(address, other | {"name": "Regulasi"}, expect=200)
    assert "Coordinator menyimpan yang lain sesudah Anda mulai mengetik." in text(page) and "Dasar hukum" in page.text
    assert stored(app)[0]["indicators"][20]["name"] == "Dasar hukum"
    admin.post(address, fields(page) | {"pakai-name": "ketikan"})
    assert stored(app)[0]["indicators"][20]["name"] == "Regulasi"
    admin.post(f"{AREA}/iid-2027/baris/17", elsewhere | {"name": "Baris lain"})  # another row is another thing


def test_nobody_publishes_or_deletes_what_they_have_not_seen(app, coordinator, open_as):
    coordinator.post(f"{AREA}/iid-2027/aturan", fields(coordinator.get(f"{AREA}/iid-2027/aturan")) | {"legal_basis": LAW})
    seen = {"seen": hidden(coordinator.get(f"{AREA}/iid-2027/terbit"), "seen")}
    admin = open_as("admin")
    admin.post(f"{AREA}/iid-2027/baris/16", fields(admin.get(f"{AREA}/iid-2027/baris/16")) | {"name": "Dasar hukum"})
    for address in ("terbit", "hapus"):
        assert "Draf ini diubah sesudah halaman ini dibuka" in coordinator.follow(f"{AREA}/iid-2027/{address}", seen).text
    assert stored(app)[1] is None
    page = coordinator.follow(f"{AREA}/iid-2027/hapus", {"seen": stored(app)[2]})
    assert "Draf Indeks Inovasi Daerah 2027 dihapus." in page.text and stored(app) is None


def send(person, content: bytes, name: str, expect=303):
    return person.post(f"{AREA}/impor", {"file": (io.BytesIO(content), name)}, expect, content_type="multipart/form-data")


@pytest.mark.parametrize("ending", ["json", "xlsx"])
@pytest.mark.parametrize("data", [OF_2023, OF_2026], ids=["2023", "2026"])
def test_a_file_that_went_out_comes_in_as_the_same_draft(app, open_as, ending, data):
    admin, code = open_as("admin"), data["id"]
    content = admin.get(f"{AREA}/{code}/instrumen.{ending}").data
    expected = {"iid-2026": "iid-2026-2"}.get(code, code)
    assert send(admin, content, f"{code}.{ending}").location == f"{AREA}/{expected}"
    source, published_at, _ = stored(app, expected)
    assert (source, published_at) == ({**data, "id": expected}, None)
    assert stored(app, "iid-2026")[0] == OF_2026 and stored(app, "iid-2026")[1]
    admin.get(f"{AREA}/{expected}")


@pytest.mark.parametrize(("content", "name", "sentence"), [
    (b"", "kosong.json", "Berkas ini bukan JSON yang utuh."),
    (b"halo", "surat.pdf", "Berkas ini bukan JSON yang utuh."),
    (b"{}", "x.json", "Berkas ini bukan instrumen."),
    (b"PK\x03\x04rusak", "x.xlsx", "Berkas ini tidak dapat dipakai sebagai instrumen"),
    (b"\xd0\xcf\x11\xe0lama", "x.xls", "Berkas ini tidak dapat dipakai sebagai instrumen"),
    (instrument_file.written(changed("levels.1.level", 5, "18")), "x.json", "Baris 18, level: harus tepat level 1, 2, dan 3, berurutan."),
    (instrument_file.written(changed("title", "<script>alert(1)</script>\ud800".encode("utf-8", "replace").decode())), "x.json", ""),
    (json.dumps({**OF_2026, "ra\ud800hasia": 1}).encode(), "x.json", "ra?hasia: isian ini tidak dikenal."),
    (json.dumps(changed("name", "\ud83d", "18")).encode(), "x.json", "Baris 18, nama: memuat huruf atau ganti baris yang tidak dapat disimpan."),
], ids=["empty", "no-json", "object", "no-zip", "old-office", "level", "markup", "surrogate-key", "surrogate"])
def test_a_bad_file_is_named_and_stores_nothing(app, open_as, content, name, sentence):
    page = send(open_as("admin"), content, name, expect=200 if sentence else 303)
    if sentence:
        assert sentence in text(page).replace(" ,", ",")
        assert events(app) == []
    else:
        assert "<script>alert" not in open_as("admin").get(page.location).text


def test_a_large_file_is_not_read_to_its_end():
    file = FileStorage(io.BytesIO(b" " * (instrument_file.MOST_BYTES + 1)), "besar.json")
    with pytest.raises(Refused, match="Berkas ini lebih besar dari 1 MB."):
        taken_from(file)


def test_an_upload_without_a_file_asks_for_one(open_as):
    assert "Pilih berkasnya dulu." in open_as("admin").post(f"{AREA}/impor", {}, expect=200).text


def test_a_draft_is_not_offered_to_a_period_and_a_published_one_is(app, coordinator):
    coordinator.get(f"{AREA}/iid-2027")  # where its making is confirmed
    assert "Indeks Inovasi Daerah 2027" not in coordinator.get("/kelola/periode/baru").text
    with app.app_context():
        draft, by = db.session.scalar(select(Instrument).where(Instrument.code == "iid-2027")), db.session.scalar(select(User))
        draft.edit_rules(by, {"legal_basis": LAW})
        draft.issue(by, draft.checksum)
        db.session.commit()
    assert "Indeks Inovasi Daerah 2027" in coordinator.get("/kelola/periode/baru").text


def test_more_instruments_ask_the_database_no_more(app, coordinator, open_as):
    reviewer = open_as("reviewer")
    reviewer.get(f"{AREA}/")
    with Selects() as few:
        reviewer.get(f"{AREA}/")
    for year in (2028, 2029, 2030):
        coordinator.post(f"{AREA}/iid-2026/salin", {"year": year})
    with Selects() as many:
        reviewer.get(f"{AREA}/")
    assert many.number == few.number
    with app.app_context():
        assert db.session.scalar(select(Period)).instrument.code == "iid-2026"
