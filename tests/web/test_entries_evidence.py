"""Evidence for a row: real files in, documents picked, what is refused and what then stays."""
import io

from fpdf import FPDF
from PIL import Image
from sqlalchemy import event

from app.extensions import db
from app.models import Answer, Document, Entry
from tests.cast import make_document
from tests.ground import from_outside
from tests.web.reviewing import Selects, desk, judge, text

JSON = {"Accept": "application/json"}


def pdf(mark="Keputusan Bupati"):
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=14)
    document.cell(text=mark)
    return io.BytesIO(bytes(document.output()))


def png():
    picture = io.BytesIO()
    Image.new("RGB", (120, 80), "#9cc8bb").save(picture, "PNG")
    picture.seek(0)
    return picture


def address(saved, code, more=""):
    return f"/usulan/{saved.entry}/indikator/{code}{more}"


def titles(app, saved, code):
    with app.app_context():
        return [exhibit.version.title for exhibit in db.session.get(Entry, saved.entry).answer_on(code).exhibits]


def level(app, saved, code):
    with app.app_context():
        return db.session.get(Entry, saved.entry).answer_on(code).evidenced_level


def exhibit_on(app, saved, code):
    with app.app_context():
        answer: Answer = db.session.get(Entry, saved.entry).answer_on(code)
        return answer.exhibits[-1].id


def test_a_file_becomes_a_document_of_the_unit_and_proves_the_row(app, saved, open_as):
    owner = open_as("owner")
    owner.post(address(saved, "28"), {"level": "2"})
    page = owner.follow(address(saved, "28", "/bukti"), {
        "file": (pdf(), "SOP.pdf"), "title": "SOP Penjemputan", "doc_number": "440/88/2024", "dated_on": "2024-03-01", "years": ["2024", "2025"],
        "pages": "1"})
    assert titles(app, saved, "28") == ["SOP Penjemputan"] and level(app, saved, "28") == 2
    assert "440/88/2024 · 1 Maret 2024 · untuk 2024, 2025 · hlm. 1" in text(page)
    assert "Bukti yang ada mendukung level 2 yang diklaim." in text(page)


def test_several_files_at_once_and_a_bad_one_does_not_take_the_others_with_it(app, saved, open_as):
    files = [(pdf("satu"), "satu.pdf"), (png(), "foto.png"), (pdf("dua"), "dua.pdf")]
    page = text(open_as("owner").follow(address(saved, "28", "/bukti"), {"file": files}))
    assert titles(app, saved, "28") == ["satu", "dua"]
    assert "2 berkas dilampirkan pada baris 28." in page and "foto.png:" in page


def test_a_refused_file_keeps_what_was_typed(app, saved, open_as):
    typed = {"title": "SOP Penjemputan", "doc_number": "440/88"}
    page = open_as("owner").post(address(saved, "28", "/bukti"), {"file": (png(), "foto.png"), **typed}, expect=200)
    assert 'value="SOP Penjemputan"' in page.text and 'value="440/88"' in page.text and "foto.png:" in page.text
    assert titles(app, saved, "28") == []
    page = open_as("owner").post(address(saved, "28", "/bukti"), {"file": (pdf(), "a.pdf"), "title": "SOP", "dated_on": "kemarin"}, expect=200)
    assert 'value="SOP"' in page.text and titles(app, saved, "28") == []


def test_a_refusal_shows_the_stored_claim_untouched(app, saved, open_as):
    page = open_as("owner").post(address(saved, "35", "/bukti"), {"title": "Video"}, expect=200)
    assert "Pilih berkasnya dulu." in text(page)
    assert page.text.count("checked") == 4  # level 2 and three substances


def test_a_pdf_by_name_only_is_refused(app, saved, open_as):
    page = open_as("owner").post(address(saved, "28", "/bukti"), {"file": (io.BytesIO(b"bukan pdf"), "a.pdf")}, expect=200)
    assert "a.pdf:" in page.text and titles(app, saved, "28") == []


def test_the_script_is_answered_file_by_file(app, saved, open_as):
    owner = open_as("owner")
    good = owner.post(address(saved, "28", "/bukti"), {"file": (pdf(), "SOP.pdf")}, expect=200, headers=JSON)
    assert good.get_json() == {"ok": True}
    bad = owner.post(address(saved, "28", "/bukti"), {"file": (png(), "foto.png")}, expect=422, headers=JSON)
    assert set(bad.get_json()) == {"error"} and "foto.png" not in bad.get_json()["error"]  # the script names the file itself
    owner.post(address(saved, "28", "/bukti"), {"dated_on": "kemarin", "file": (pdf(), "a.pdf")}, expect=422, headers=JSON)
    assert titles(app, saved, "28") == ["SOP"]


def test_a_link_needs_a_dated_capture(app, saved, open_as):
    owner = open_as("owner")
    data = {"title": "Video di kanal resmi", "url": "https://contoh.go.id/v"}
    page = owner.post(address(saved, "35", "/bukti"), {**data, "file": (png(), "tangkapan.png")}, expect=200)
    assert "Isi tanggal tangkapan layar" in page.text and 'value="https://contoh.go.id/v"' in page.text
    owner.post(address(saved, "35", "/bukti"), {**data, "file": (png(), "tangkapan.png"), "captured_on": "2026-03-01"})
    assert "Video di kanal resmi" in titles(app, saved, "35")


def test_the_label_says_kinds_and_limit_before_choosing(saved, open_as):
    owner = open_as("owner")
    page = owner.get(address(saved, "28"))
    assert "PDF, paling besar 100 MB." in text(page) and "hanya menerima 2 MB" in page.text
    assert 'data-accept=".pdf"' in page.text and f'data-max-bytes="{100 * 1024 * 1024}"' in page.text
    page = owner.get(address(saved, "27"))
    assert "JPG atau PNG, paling besar 100 MB." in text(page) and "hanya menerima 2 MB" not in page.text
    assert "Video paling lama 5 menit." in text(owner.get(address(saved, "35")))


def test_documents_are_picked_from_the_library(app, saved, open_as):
    with desk(app, saved) as cast:
        db.session.add_all([make_document(cast, 700), make_document(cast, 701, "jpg"), make_document(cast, 702, unit="badan")])
    owner = open_as("owner")
    page = text(owner.get(address(saved, "16", "/pilih")))
    assert "Bukti 700" in page and "Bukti 701" not in page and "Bukti 702" not in page
    assert "Bukti 1 188/1/2025" in page and "baris 17" in page and "Bukti 0 " not in page  # already on this row
    assert "Bukti 700" not in text(owner.get(address(saved, "16", "/pilih?q=188/1/")))
    page = owner.follow(address(saved, "16", "/bukti"), {"document": ids(app, "Bukti 700", "Bukti 1")})
    assert titles(app, saved, "16") == ["Bukti 0", "Bukti 1", "Bukti 700"]
    assert "Juga membuktikan baris 17" in text(page)


def ids(app, *names):
    with app.app_context():
        return [document.id for document in db.session.query(Document) if document.current.title in names]


def test_documents_of_others_cannot_be_attached(app, saved, open_as):
    with desk(app, saved) as cast:
        db.session.add(make_document(cast, 702, unit="badan"))
    open_as("owner").post(address(saved, "16", "/bukti"), {"document": ids(app, "Bukti 702")}, expect=404)
    open_as("owner").post(address(saved, "16", "/bukti"), {"document": 99999}, expect=404)
    assert titles(app, saved, "16") == ["Bukti 0"]


def test_the_same_document_twice_is_refused(app, saved, open_as):
    owner = open_as("owner")
    owner.post(address(saved, "16", "/bukti"), {"document": ids(app, "Bukti 0")}, headers={"Referer": "http://localhost" + address(saved, "16")})
    assert "“Bukti 0” sudah dilampirkan pada baris ini." in text(owner.get(address(saved, "16")))


def test_pages_and_set_are_described_per_row(app, saved, open_as):
    owner, code = open_as("owner"), "31"
    owner.post(address(saved, code), {"level": "2"})
    for name in ("satu", "dua"):
        owner.post(address(saved, code, "/bukti"), {"file": (pdf(name), f"{name}.pdf"), "set_number": "1"})
    assert level(app, saved, code) == 1
    page = owner.follow(address(saved, code, f"/bukti/{exhibit_on(app, saved, code)}"), {"pages": "1", "set_number": "2"})
    assert level(app, saved, code) == 2 and "hlm. 1" in text(page) and "Daerah 2" in text(page)


def test_pages_beyond_the_end_of_the_document_are_refused(app, saved, open_as):
    owner, code = open_as("owner"), "28"
    page = owner.post(address(saved, code, "/bukti"), {"file": (pdf(), "SOP.pdf"), "pages": "3–99"}, expect=200)
    assert "hanya 1 halaman, jadi tidak ada halaman 99" in text(page) and titles(app, saved, code) == []


def test_documents_of_a_counted_row_are_the_next_sets_unless_said_otherwise(app, saved, open_as):
    owner, code = open_as("owner"), "31"
    owner.post(address(saved, code), {"level": "3"})
    owner.post(address(saved, code, "/bukti"), {"file": [(pdf(name), f"{name}.pdf") for name in ("satu", "dua", "tiga")]})
    assert level(app, saved, code) == 3


def test_a_description_that_is_refused_stays(app, saved, open_as):
    id = exhibit_on(app, saved, "16")
    page = open_as("owner").post(address(saved, "16", f"/bukti/{id}"), {"pages": "x" * 61, "set_number": "1"}, expect=200)
    assert "x" * 61 in page.text and "Paling banyak 60 huruf" in page.text and "<details class=\"mb-3\" open>" in page.text


def test_letting_go_keeps_the_document(app, saved, open_as):
    owner = open_as("owner")
    page = text(owner.follow(address(saved, "16", f"/bukti/{exhibit_on(app, saved, '16')}/lepas")))
    assert titles(app, saved, "16") == [] and len(ids(app, "Bukti 0")) == 1
    assert "“Bukti 0” dilepas dari baris 16. Dokumennya tetap ada di dokumen bukti." in page


def test_exhibits_of_other_rows_are_not_there(app, saved, open_as):
    other = exhibit_on(app, saved, "17")
    owner = open_as("owner")
    owner.post(address(saved, "16", f"/bukti/{other}"), {"pages": "1"}, expect=404)
    owner.post(address(saved, "16", f"/bukti/{other}/lepas"), expect=404)
    open_as("head").post(address(saved, "16", "/bukti"), {"file": (pdf(), "a.pdf")}, expect=403)
    open_as("stranger").post(address(saved, "16", "/bukti"), {"file": (pdf(), "a.pdf")}, expect=404)


def test_years_are_covered_each_by_a_file_of_its_own(app, saved, open_as):
    owner = open_as("owner")
    owner.post(address(saved, "21"), {"level": "3"})
    owner.post(address(saved, "21", "/bukti"), {"file": (pdf("RKPD"), "rkpd.pdf"), "years": ["2024", "2025"]})
    page = text(owner.get(address(saved, "21")))
    assert "2024 Ada bukti 2025 Perlu berkas sendiri 2026 Belum ada" in page
    assert "Bukti yang ada mendukung level 1; untuk level 3: belum ada berkas untuk tahun 2025 dan 2026." in page


def test_while_it_is_judged_nothing_is_attached(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    owner = open_as("owner")
    assert owner.get(address(saved, "16", "/pilih"), expect=302).location == address(saved, "16")
    refused = owner.post(address(saved, "16", "/bukti"), {"file": (pdf(), "a.pdf")}, expect=422, headers=JSON)
    assert "hanya dapat dibaca" in refused.get_json()["error"]


def test_many_documents_to_pick_cost_as_many_selects_as_few(app, saved, open_as):
    seen = []
    for number in (2, 14):
        with desk(app, saved) as cast:
            db.session.add_all([make_document(cast, 700 + 100 * number + n) for n in range(number)])
        with Selects() as counted:
            open_as("owner").get(address(saved, "16", "/pilih"))
        seen.append(counted.number)
    assert seen[0] == seen[1]


def test_a_row_that_closes_between_two_files_takes_only_the_first(app, saved, open_as):
    """Each file is a transaction of its own, and each asks again how things stand."""
    def close(_session):
        if not closed:
            closed.append(True)
            from_outside(app, "UPDATE answer SET is_open = false")

    owner, closed = open_as("owner"), []
    event.listen(db.session, "after_commit", close)
    try:
        owner.post(address(saved, "28", "/bukti"), {"file": [(pdf("satu"), "satu.pdf"), (pdf("dua"), "dua.pdf")], "years": ["2024", "2025"]})
    finally:
        event.remove(db.session, "after_commit", close)
    assert titles(app, saved, "28") == ["satu"]


def test_a_newer_version_of_an_attached_document_is_offered_and_taken(app, saved, open_as):
    """It came while the row was being judged, so the row did not follow it then."""
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        document = cast.entry.answer_on("16").exhibits[0].document
        document.revise(cast.owner, title="SK lengkap")
        cast.entry.return_(cast.reviewer, ["16"])
        cast.entry.answer_on("16").attach(cast.owner, make_document(cast, 4321))
    owner = open_as("owner")
    page = text(owner.get(address(saved, "16", "/pilih")))
    assert "SK lengkap" in page and "Bukti 4321" not in page
    owner.post(address(saved, "16", "/bukti"), {"document": [str(saved.document)]})
    assert titles(app, saved, "16") == ["SK lengkap", "Bukti 4321"]


def test_picking_nothing_stays_on_the_list_and_says_so(saved, open_as):
    owner, here = open_as("owner"), address(saved, "23", "/pilih")
    answer = owner.post(address(saved, "23", "/bukti"), {"pick": "1"}, headers={"Referer": f"http://localhost{here}"})
    assert answer.location == here and "Centang dulu dokumen yang dilampirkan." in owner.get(here).text
