"""The four files of a profile: kept as they came, warned about when large, closed with the profile."""
from io import BytesIO

import pytest
from fpdf import FPDF
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.extensions import db
from app.models import Entry, User


@pytest.fixture
def place(saved):
    return f"/inovasi/{saved.innovation}"


@pytest.fixture
def submit(app, saved):
    def run():
        with app.app_context():
            db.session.get(Entry, saved.entry).submit(db.session.get(User, saved.people["owner"]))
            db.session.commit()
    return run


def pdf(pages: int = 1, padding: int = 0) -> BytesIO:
    paper = FPDF()
    paper.set_compression(False)
    paper.set_font("helvetica", size=12)
    for number in range(pages):
        paper.add_page()
        paper.multi_cell(0, text=f"Halaman {number + 1}")
    paper.set_author("x" * padding)
    return BytesIO(bytes(paper.output()))


def test_a_profile_file_comes_back_as_it_went(place, open_as):
    owner, content = open_as("owner"), pdf()
    page = owner.follow(f"{place}/berkas/budget", {"file": (content, "DPA Dinas Kesehatan – 2026.pdf")})
    assert "Berkas anggaran diterima." in page.text and "DPA Dinas Kesehatan – 2026.pdf" in page.text
    answer = open_as("reviewer").get(f"{place}/berkas/budget", buffered=True)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert answer.data.startswith(b"%PDF")
    open_as("stranger").get(f"{place}/berkas/budget", expect=404)
    owner.get(f"{place}/berkas/award", expect=404)
    owner.post(f"{place}/berkas/lain", {"file": (pdf(), "a.pdf")}, expect=404)


def test_a_file_above_what_the_ministry_takes_is_kept_with_a_warning(place, open_as):
    boundary, body = encode_multipart({"file": FileStorage(pdf(padding=2_200_000), "profil.pdf")})
    owner = open_as("owner")
    page = owner.get(owner.post(f"{place}/berkas/business", body, content_type=f"multipart/form-data; boundary={boundary}").location)
    assert "Profil bisnis diterima." in page.text and "situs Kemendagri hanya menerima 2 MB" in page.text


def test_scripts_get_an_answer_in_json(place, open_as):
    owner, json = open_as("owner"), {"Accept": "application/json"}
    answer = owner.post(f"{place}/berkas/budget", {"file": (pdf(), "a.pdf")}, expect=200, headers=json)
    assert answer.json == {"ok": True}
    answer = owner.post(f"{place}/berkas/budget", {"file": (BytesIO(b"MZ"), "a.exe")}, expect=422, headers=json)
    assert "tidak dapat diterima" in answer.json["error"]


def test_a_locked_profile_takes_no_file(place, open_as, submit):
    submit()
    page = open_as("owner").follow(f"{place}/berkas/budget", {"file": (pdf(), "a.pdf")})
    assert "Profil dikunci" in page.text
    open_as("reviewer").post(f"{place}/berkas/budget", {"file": (pdf(), "a.pdf")}, expect=403)
