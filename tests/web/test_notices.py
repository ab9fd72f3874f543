"""Notices: newest first, each naming what it is about and leading there; read only when said so."""
import re

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Notification, User
from app.rules.access import Role
from tests.web.reviewing import Selects, another, days_ago, desk, judge, text

HEARD_OF_ROLES = 1  # everyone of the cast was told of the role they got


@pytest.fixture
def decided(app, saved):
    """JEMPUT GIZI came back two days ago and was approved today; PAJAK MUDAH was handed in."""
    with desk(app, saved) as cast:
        with clock.at(days_ago(3)):
            cast.entry.submit(cast.owner, tell=[cast.reviewer])
        with clock.at(days_ago(2)):
            judge(cast, cast.entry, r16=1)
            cast.entry.return_(cast.reviewer, ["16"], note="Tinggal satu baris.")
        cast.entry.answer_on("16").reply(cast.owner, "Sudah.")
        cast.entry.submit(cast.owner, tell=[cast.reviewer])
        judge(cast, cast.entry, r16=1)
        cast.entry.approve(cast.reviewer)


def lines(page) -> list[str]:
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)).strip() for line in re.findall(r'<li><div><h2.*?</div>', page.text, re.S)]


def test_each_names_its_innovation_and_leads_there_newest_first(open_as, decided, saved):
    page = open_as("owner").get("/pemberitahuan")
    assert [line.split(" Belum dibaca ")[0] for line in lines(page)] == ["JEMPUT GIZI", "Akun Anda", "JEMPUT GIZI"]
    assert "Disetujui, 25 poin." in lines(page)[0] and "Dikembalikan, 1 baris (16). “Tinggal satu baris.”" in lines(page)[2]
    assert re.findall(r'<h2[^>]*><a href="([^"]*)"', page.text) == [f"/usulan/{saved.entry}", "/akun", f"/usulan/{saved.entry}"]


def test_a_reviewer_is_led_to_the_desk(open_as, decided, saved):
    page = open_as("reviewer").get("/pemberitahuan")
    assert re.findall(r'<h2[^>]*><a href="(/v[^"]*)"', page.text) == [f"/verifikasi/{saved.entry}"] * 2


def test_reading_is_said_by_a_button(app, open_as, decided, saved):
    owner = open_as("owner")
    owner.get(f"/usulan/{saved.entry}")
    assert "Pemberitahuan, 3 belum dibaca" in owner.get("/pemberitahuan").text
    page = owner.follow("/pemberitahuan/dibaca")
    assert "Semua sudah dibaca." in page.text and "Belum dibaca" not in "".join(lines(page)) and len(lines(page)) == 3
    assert 'aria-label="Pemberitahuan"' in page.text


def test_only_ones_own_are_read(app, open_as, decided, saved):
    open_as("owner").post("/pemberitahuan/dibaca")
    with app.app_context():
        unread = set(db.session.scalars(select(Notification.user_id).where(Notification.read_at.is_(None))))
    assert saved.people["owner"] not in unread and {saved.people["head"], saved.people["reviewer"]} <= unread


def test_the_unread_alone(open_as, decided):
    owner = open_as("owner")
    owner.post("/pemberitahuan/dibaca")
    assert "Tidak ada yang belum dibaca." in owner.get("/pemberitahuan?unread=1").text


def test_who_heard_of_nothing_is_told_what_will_come(app, saved, open_as):
    with app.app_context():
        for notice in db.session.scalars(select(Notification)):
            db.session.delete(notice)
        db.session.commit()
    assert "Belum ada pemberitahuan." in open_as("owner").get("/pemberitahuan").text


def test_more_than_a_page_is_turned(app, saved, open_as):
    with app.app_context():
        owner = db.session.get(User, saved.people["owner"])
        for _ in range(30):
            owner.give_slip("x", None)
        owner.change_password("x")
        db.session.commit()
    owner = open_as("owner")
    assert len(lines(owner.get("/pemberitahuan"))) == 25 and len(lines(owner.get("/pemberitahuan?page=2"))) == 5 + HEARD_OF_ROLES
    assert "halaman 2 dari 2" in text(owner.get("/pemberitahuan?page=2"))


def test_the_list_asks_the_same_for_few_and_many(app, saved, open_as, decided):
    owner = open_as("owner")
    with Selects() as few:
        owner.get("/pemberitahuan")
    with desk(app, saved) as cast:
        for n in range(5):
            entry = another(cast, f"INOVASI {n}", unit="dinas")
            judge(cast, entry)
            entry.approve(cast.coordinator)
        cast.owner.give_role(Role.HEAD, cast.units["badan"], cast.admin)
    with Selects() as many:
        owner.get("/pemberitahuan")
    assert many.number == few.number
