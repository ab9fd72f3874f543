"""The files behind documents: the right bytes, the right headers, only for those who may see the document."""
from io import BytesIO

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Document, DocumentVersion
from tests.storage import samples


@pytest.fixture
def kept(app, saved, open_as):
    """`kept(bytes, name)` puts a file into the unit's library and gives the id of its version."""
    def keep(content: bytes, name: str) -> int:
        open_as("owner").post("/dokumen/baru", {"upload": (BytesIO(content), name), "title": name})
        with app.app_context():
            return db.session.scalars(select(DocumentVersion.id).order_by(DocumentVersion.id.desc())).first()
    return keep


def test_a_pdf_opens_in_the_browser_and_downloads_under_its_name(kept, open_as):
    version, reviewer = kept(samples.pdf(2), "SK Bupati – “JEMPUT GIZI” é.pdf"), open_as("reviewer")
    shown = reviewer.get(f"/berkas/{version}", buffered=True)
    assert (shown.data, shown.mimetype) == (samples.pdf(2), "application/pdf")
    assert shown.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert shown.headers["X-Content-Type-Options"] == "nosniff" and shown.headers["Cache-Control"] == "private, no-store"
    assert shown.headers["Content-Disposition"].startswith("inline")
    saved_as = reviewer.get(f"/berkas/{version}/unduh", buffered=True)
    assert saved_as.headers["Content-Disposition"].startswith("attachment")
    assert "filename*=UTF-8''SK%20Bupati%20%E2%80%93%20%E2%80%9CJEMPUT%20GIZI%E2%80%9D%20%C3%A9.pdf" in saved_as.headers["Content-Disposition"]


def test_pages_are_pictures_and_end_where_the_document_ends(kept, open_as):
    version, owner = kept(samples.pdf(2), "dua.pdf"), open_as("owner")
    picture = owner.get(f"/berkas/{version}/halaman/2", buffered=True)
    assert (picture.mimetype, picture.data[:4], picture.data[8:12]) == ("image/webp", b"RIFF", b"WEBP")
    assert "sandbox" in picture.headers["Content-Security-Policy"] and picture.headers["Cache-Control"] == "private, no-store"
    for beyond in (0, 3, 999999999999):
        owner.get(f"/berkas/{version}/halaman/{beyond}", expect=404)
    owner.get(f"/berkas/{version}/pratinjau", expect=404)


def test_pictures_are_shown_re_encoded(kept, open_as):
    version, owner = kept(samples.jpg(size=(80, 60)), "foto.JPG"), open_as("owner")
    assert owner.get(f"/berkas/{version}/pratinjau", buffered=True).mimetype == "image/webp"
    original = owner.get(f"/berkas/{version}", buffered=True)
    assert original.mimetype == "image/jpeg" and "sandbox" in original.headers["Content-Security-Policy"]
    owner.get(f"/berkas/{version}/halaman/1", expect=404)


def test_a_video_can_be_asked_for_in_parts(app, kept, open_as):
    film = samples.mp4(seconds=3)
    version, owner = kept(film, "video.mp4"), open_as("reviewer")
    part = owner.get(f"/berkas/{version}", expect=206, headers={"Range": "bytes=4-7"}, buffered=True)
    assert (part.data, part.headers["Content-Range"]) == (film[4:8], f"bytes 4-7/{len(film)}")
    page = owner.get(f"/dokumen/{document_of(app, version)}").text
    assert "<video controls" in page and "MP4 3 detik 1 kB" in page


def document_of(app, version: int) -> int:
    with app.app_context():
        return db.session.get(DocumentVersion, version).document_id


def test_a_video_longer_than_the_instrument_allows_is_refused(open_as):
    page = open_as("owner").post("/dokumen/baru", {"upload": (BytesIO(samples.mp4(seconds=301)), "panjang.mp4")}, expect=200).text
    assert "paling lama 5 menit" in page


def test_earlier_versions_stay_reachable_for_who_sees_the_document(app, saved, open_as):
    owner = open_as("owner")
    owner.post("/dokumen/baru", {"upload": (BytesIO(samples.pdf(1)), "satu.pdf"), "title": "SK"})
    with app.app_context():
        document = db.session.scalars(select(Document).order_by(Document.id.desc())).first()
        id, first = document.id, document.current.id
    owner.post(f"/dokumen/{id}/ubah", {"upload": (BytesIO(samples.pdf(3)), "tiga.pdf"), "title": "SK"})
    assert open_as("head").get(f"/berkas/{first}", buffered=True).data == samples.pdf(1)
    assert "SK" in owner.get(f"/dokumen/{id}").text


def test_strangers_get_nothing(kept, open_as):
    version = kept(samples.pdf(), "sk.pdf")
    for path in ("", "/unduh", "/halaman/1", "/pratinjau"):
        open_as("stranger").get(f"/berkas/{version}{path}", expect=404)
        assert "/masuk" in open_as(None).get(f"/berkas/{version}{path}", expect=302).location


def test_lost_bytes_are_a_plain_answer_and_leave_no_message_behind(app, saved, open_as):
    owner = open_as("owner")  # the cast's documents have no bytes on disk
    with app.app_context():
        version = db.session.get(Document, saved.document).current.id
    owner.get(f"/berkas/{version}", expect=404)
    answer = owner.get(f"/berkas/{version}/halaman/1", expect=422)
    assert (answer.mimetype, answer.text) == ("text/plain", "Berkas aslinya tidak ada di penyimpanan. Beri tahu admin.")
    assert "role=\"alert\"" not in owner.get("/dokumen/").text


def test_line_breaks_in_a_name_reach_no_header(app, kept, open_as):
    version = kept(samples.pdf(), "sk.pdf")
    with app.app_context():
        db.session.get(DocumentVersion, version).file_name = "sk\r\nSet-Cookie: x=1.pdf"
        db.session.commit()
    answer = open_as("owner").get(f"/berkas/{version}/unduh", buffered=True)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="skSet-Cookie: x=1.pdf"'
