"""One-time passwords for many: forty at a time, in the PDF and nowhere else, never twice from one page."""
import re
import time

import pytest
from sqlalchemy import select

from app import passwords
from app.extensions import db
from app.models import Session, User
from tests.cast import PASSWORD_HASH
from tests.exports.readers import pdf_pages
from tests.web.reviewing import Selects, text

PAGE = "/kelola/orang/slip-massal"


@pytest.fixture
def admin(open_as):
    return open_as("admin")


@pytest.fixture
def enrolled(app, saved):
    """Three accounts nobody made a slip for."""
    enrol(app, 3)


def enrol(app, number: int, first: int = 0) -> None:
    with app.app_context():
        db.session.add_all([User.enrol(f"orang.{n:03}", f"Orang {n:03}", PASSWORD_HASH, None) for n in range(first, first + number)])
        db.session.commit()


def ticked(page) -> list[str]:
    return re.findall(r'name="akun" value="([\d:]+)"[^>]* checked', page.text)


def offered(page) -> list[str]:
    return re.findall(r'name="akun" value="([\d:]+)"', page.text)


def person(app, username) -> User:
    with app.app_context():
        return db.session.scalar(select(User).where(User.username == username))


def refused(admin, asked) -> str:
    admin.post(PAGE, {"akun": asked}, headers={"Referer": f"http://localhost{PAGE}?state=baru"})
    return text(admin.get(f"{PAGE}?state=baru"))


def test_those_without_a_slip_get_one_that_lets_them_in(admin, app, enrolled):
    page = admin.get(f"{PAGE}?state=baru")
    assert len(ticked(page)) == 3
    assert f'action="{PAGE}" data-download>' in page.text  # its button works again: the page stays
    answer = admin.post(PAGE, {"akun": ticked(page)}, expect=200)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "private, no-store")
    (sheet,) = pdf_pages(answer.data)
    for user in (person(app, f"orang.{n:03}") for n in range(3)):
        password = re.search(rf"{user.username} Kata sandi ([a-z]{{4}}-[a-z]{{4}}-[a-z]{{4}}-[a-z]{{4}}-\d\d)", sheet)[1]
        assert passwords.verify(user.password_hash, password) and user.must_change_password and user.slip_expires_at
    assert "Semua akun sudah pernah dibuatkan slip." in text(admin.get(f"{PAGE}?state=baru"))


def test_nothing_keeps_the_password(admin, app, enrolled):
    (sheet,) = pdf_pages(admin.post(PAGE, {"akun": ticked(admin.get(f"{PAGE}?state=baru"))}, expect=200).data)
    password = re.search(r"[a-z]{4}-[a-z]{4}-[a-z]{4}-[a-z]{4}-\d\d", sheet)[0].encode()
    kept = [path for path in app.config["LUMBUNG"].data.rglob("*") if path.is_file() and password in path.read_bytes()]
    assert kept == []


def test_one_page_makes_one_set(admin, enrolled):
    asked = ticked(admin.get(f"{PAGE}?state=baru"))
    admin.post(PAGE, {"akun": asked}, expect=200)
    assert "Akun Orang 000, Orang 001, dan Orang 002 berubah sejak halaman ini dibuka" in refused(admin, asked)


def test_a_running_slip_is_said_and_left_alone_unless_ticked(admin, enrolled):
    admin.post(PAGE, {"akun": ticked(admin.get(f"{PAGE}?state=baru"))}, expect=200)
    page = admin.get(f"{PAGE}?state=belum&q=orang.")
    assert "3 orang di bawah masih punya slip yang berlaku. Bila ikut dicentang, slip lamanya tidak berlaku lagi." in text(page)
    running = [one for one in offered(page) if one not in ticked(page)]
    assert len(running) == 3
    admin.post(PAGE, {"akun": running}, expect=200)


def test_an_own_password_is_replaced_only_when_ticked_and_the_session_ends(admin, open_as, app, saved):
    open_as("owner").get("/")
    page = admin.get(f"{PAGE}?q=owner")
    assert ticked(page) == [] and "slip menggantikannya dan mengakhiri sesinya" in text(page)
    admin.post(PAGE, {"akun": offered(page)}, expect=200)
    with app.app_context():
        sessions = db.session.scalars(select(Session).where(Session.user_id == saved.people["owner"])).all()
        assert sessions and all(session.ended_at for session in sessions)
    assert person(app, "owner").must_change_password


def test_nobody_makes_a_slip_for_oneself(admin, saved):
    assert offered(admin.get(f"{PAGE}?q=admin")) == []
    assert "Admin berubah sejak halaman ini dibuka" in refused(admin, [f"{saved.people['admin']}:1"])


@pytest.mark.parametrize(("asked", "sentence"), [
    ([], "Pilih paling sedikit satu orang."), (["x", "1", ":", "99999999999999999999:1"], "Pilih paling sedikit satu orang."),
    (["999999:1"], "Pilih paling sedikit satu orang."), ([f"{n}:1" for n in range(1, 42)], "Sekali buat paling banyak 40 slip."),
])
def test_a_choice_that_makes_no_sense_is_refused(admin, app, enrolled, asked, sentence):
    before = person(app, "orang.000").password_hash
    assert sentence in refused(admin, asked) and person(app, "orang.000").password_hash == before


def test_four_hundred_in_ten_parts(admin, app, capsys):
    """Each part in one request; the list shrinks until nobody is without."""
    enrol(app, 400)
    took = []
    for part in range(10):
        page = admin.get(f"{PAGE}?state=baru")
        assert f"{400 - 40 * part} akun cocok" in text(page) and len(ticked(page)) == 40
        begun = time.perf_counter()
        sheets = pdf_pages(admin.post(PAGE, {"akun": ticked(page)}, expect=200).data)
        took.append(time.perf_counter() - begun)
        assert len(sheets) == 5
    with capsys.disabled():
        print(f"400 slip dalam 10 bagian: {sum(took):.1f} s, bagian terlama {max(took):.1f} s")
    assert offered(admin.get(f"{PAGE}?state=baru")) == [] and max(took) < 15


def test_the_page_asks_the_same_for_few_and_many(admin, app):
    enrol(app, 2)
    with Selects() as few:
        admin.get(f"{PAGE}?state=baru")
    enrol(app, 30, first=10)
    with Selects() as many:
        admin.get(f"{PAGE}?state=baru")
    assert many.number == few.number
