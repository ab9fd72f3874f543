"""New documents, new versions, the archive: what is typed survives a refusal, judged rows keep what was judged."""
from io import BytesIO

from sqlalchemy import event, select

from app.extensions import db
from app.models import Document, Entry, Unit, User
from app.rules.access import Role
from tests.cast import make_file
from tests.ground import from_outside
from tests.storage import samples

JSON = {"Accept": "application/json"}


def upload(title: str = "", content: bytes = b"", name: str = "sk-tim.pdf", **facts) -> dict:
    return {"upload": (BytesIO(content or samples.pdf()), name), "title": title, **facts}


def newest(app) -> Document:
    return db.session.scalars(select(Document).order_by(Document.id.desc())).first()


# A new one

def test_a_new_document_keeps_its_facts(app, saved, open_as):
    page = open_as("owner").follow("/dokumen/baru", upload(
        "Tim pelaksana", doc_number=" 188/214/2025 ", dated_on="2025-02-12", years=["2025", "2026"]))
    assert "“Tim pelaksana” tersimpan di pustaka." in page.text and "12 Februari 2025" in page.text
    with app.app_context():
        current = newest(app).current
        assert (current.doc_number, current.years, current.file.pages, current.file_name) == ("188/214/2025", [2025, 2026], 1, "sk-tim.pdf")
        assert newest(app).unit_id == saved.units["dinas"]


def test_without_a_title_the_files_name_is_the_title(app, saved, open_as):
    open_as("owner").post("/dokumen/baru", upload(name="Laporan Monev 2025.pdf"))
    with app.app_context():
        assert newest(app).current.title == "Laporan Monev 2025"


def test_a_link_needs_a_dated_capture_and_the_rest_stays_typed(app, saved, open_as):
    typed = upload("Berita daring", url="https://warta.example/jemput-gizi", doc_number="7")
    page = open_as("owner").post("/dokumen/baru", typed, expect=200).text
    assert "Isi tanggal tangkapan layar" in page and 'value="Berita daring"' in page and "Berkas perlu dipilih lagi" in page
    with app.app_context():
        assert newest(app).current.title != "Berita daring"


def test_no_file_or_a_wrong_one_is_refused_in_words(saved, open_as):
    owner = open_as("owner")
    assert "Pilih berkasnya dulu." in owner.post("/dokumen/baru", {"title": "SK"}, expect=200).text
    page = owner.post("/dokumen/baru", upload("SK", b"MZ....", "sk.exe"), expect=200).text
    assert "Berkas .exe tidak dapat diterima di sini." in page and 'value="SK"' in page


def test_who_lost_the_role_while_the_file_travelled_adds_nothing(app, saved, open_as):
    def take_the_role(_session):
        from_outside(app, "DELETE FROM membership WHERE user_id = ?", saved.people["owner"])

    owner = open_as("owner")
    event.listen(db.session, "after_rollback", take_the_role)
    try:
        owner.post("/dokumen/baru", upload("SK"), expect=403)
    finally:
        event.remove(db.session, "after_rollback", take_the_role)
    with app.app_context():
        assert newest(app).current.title != "SK"


def test_scripts_get_an_answer_in_json(saved, open_as):
    owner = open_as("owner")
    assert owner.post("/dokumen/baru", upload("SK"), expect=200, headers=JSON).json == {"ok": True}
    assert "tidak utuh" in owner.post("/dokumen/baru", upload("SK", b"%PDF-1.7 tidak utuh"), expect=422, headers=JSON).json["error"]
    answer = owner.post("/dokumen/baru", upload("SK", dated_on="kemarin"), expect=422, headers=JSON)
    assert answer.json["error"].startswith("Tanggal dokumen: Tanggal ini tidak dapat dibaca.")
    assert "“SK” tersimpan di pustaka." in owner.get("/dokumen/baru").text


def test_a_full_quota_is_said_before_anything_is_kept(app, saved, open_as):
    with app.app_context():
        unit, owner = db.session.get(Unit, saved.units["dinas"]), db.session.get(User, saved.people["owner"])
        huge = make_file(900)
        huge.size = 2000 * 1024 * 1024
        db.session.add(Document.add(unit, owner, huge, "besar.pdf"))
        db.session.commit()
    assert "Ruang Dinas Kesehatan (2000 MB) sudah penuh." in open_as("owner").post("/dokumen/baru", upload("SK"), expect=200).text


def test_only_operators_add(saved, open_as):
    for who in ("head", "reviewer", "coordinator", "leader", "admin"):
        open_as(who).get("/dokumen/baru", expect=403)
        open_as(who).post("/dokumen/baru", upload("SK"), expect=403)


def test_who_serves_several_units_says_which(app, saved, open_as):
    with app.app_context():
        db.session.get(User, saved.people["owner"]).give_role(Role.OPERATOR, db.session.get(Unit, saved.units["badan"]), None)
        db.session.commit()
    open_as("owner").post("/dokumen/baru", upload("Neraca", unit=saved.units["badan"]))
    with app.app_context():
        assert newest(app).unit_id == saved.units["badan"]


# Versions

def facts(app, saved, **changes) -> dict:
    with app.app_context():
        was = db.session.get(Document, saved.document).current
        return {"title": was.title, "doc_number": was.doc_number, "dated_on": was.dated_on.isoformat(),
                "years": [str(year) for year in was.years], "url": "", "captured_on": "", **changes}


def test_open_rows_follow_a_new_file(app, saved, open_as):
    owner = open_as("owner")
    assert "Baris yang ikut memakai versi baru" in owner.get(f"/dokumen/{saved.document}/ubah").text
    page = owner.follow(f"/dokumen/{saved.document}/ubah", facts(app, saved, upload=(BytesIO(samples.pdf(2)), "sk-baru.pdf")))
    assert "Versi 2 disimpan. Baris 16 ikut memakainya." in page.text and "Versi 1" in page.text
    with app.app_context():
        document = db.session.get(Document, saved.document)
        assert [v.number for v in document.versions] == [1, 2] and document.exhibits[0].version is document.current


def test_judged_rows_keep_the_version_that_was_judged(app, saved, open_as):
    with app.app_context():
        db.session.get(Entry, saved.entry).submit(db.session.get(User, saved.people["owner"]))
        db.session.commit()
    owner = open_as("owner")
    assert "Baris yang tetap memakai versi sekarang" in owner.get(f"/dokumen/{saved.document}/ubah").text
    page = owner.follow(f"/dokumen/{saved.document}/ubah", facts(app, saved, doc_number="188/9/2025")).text
    assert "Baris 16 tetap memakai versi yang sudah diperiksa." in page and "versi 1, yang diperiksa" in page
    with app.app_context():
        assert db.session.get(Document, saved.document).exhibits[0].version.number == 1


def test_no_change_is_no_version(app, saved, open_as):
    page = open_as("owner").post(f"/dokumen/{saved.document}/ubah", facts(app, saved), expect=200).text
    assert "Tidak ada yang berubah pada dokumen ini." in page
    with app.app_context():
        assert len(db.session.get(Document, saved.document).versions) == 1


def test_years_may_all_be_unticked(app, saved, open_as):
    open_as("owner").post(f"/dokumen/{saved.document}/ubah", facts(app, saved, years=[]))
    with app.app_context():
        assert db.session.get(Document, saved.document).current.years == []


def test_a_refused_file_leaves_the_facts_typed(app, saved, open_as):
    typed = facts(app, saved, title="Judul baru", upload=(BytesIO(b"bukan pdf"), "sk.pdf"))
    page = open_as("owner").post(f"/dokumen/{saved.document}/ubah", typed, expect=200).text
    assert 'value="Judul baru"' in page and "isian perlu diperbaiki" not in page
    open_as("head").post(f"/dokumen/{saved.document}/ubah", facts(app, saved, title="X"), expect=403)
    open_as("stranger").post(f"/dokumen/{saved.document}/ubah", facts(app, saved, title="X"), expect=404)


# The archive

def test_only_what_proves_nothing_can_be_archived(app, saved, open_as):
    owner = open_as("owner")
    owner.post("/dokumen/baru", upload("Lepas"))
    with app.app_context():
        loose = newest(app).id
    page = owner.get(owner.post(f"/dokumen/{saved.document}/arsip", headers={"Referer": f"http://localhost/dokumen/{saved.document}"}).location)
    assert "masih melampiri 1 baris" in page.text and "Arsipkan dokumen" not in page.text
    assert "“Lepas” diarsipkan." in owner.follow(f"/dokumen/{loose}/arsip").text
    assert ">Lepas</a>" not in owner.get("/dokumen/").text
    assert "Dokumen ini diarsipkan" in owner.get(f"/dokumen/{loose}").text
    owner.get(f"/dokumen/{loose}/ubah", expect=303)
    open_as("head").post(f"/dokumen/{loose}/arsip", expect=403)
