"""Notices: newest first, each naming what it is about and leading there; read only when said so."""
import re
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models import Notification, User
from app.rules.access import Role
from tests.web.reviewing import Selects, another, days_ago, desk, judge, text

ZONE = ZoneInfo("Asia/Jakarta")
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
    open_as("owner").post("/pemberitahuan/dibaca")
    page = open_as("owner").get("/pemberitahuan")
    assert re.findall(r'<h2[^>]*><a href="([^"]*)"', page.text) == [f"/usulan/{saved.entry}", "/akun", f"/usulan/{saved.entry}"]


def test_who_follows_a_notice_has_read_that_one(open_as, decided, saved):
    owner = open_as("owner")
    first, *others = re.findall(r'formaction="(/pemberitahuan/\d+/buka)"', owner.get("/pemberitahuan").text)
    assert owner.post(first).location == f"/usulan/{saved.entry}"
    assert re.findall(r'formaction="(/pemberitahuan/\d+/buka)"', owner.get("/pemberitahuan").text) == others
    open_as("head").post(others[0], expect=404)


def test_a_reviewer_is_led_to_the_desk(open_as, decided, saved):
    open_as("reviewer").post("/pemberitahuan/dibaca")
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


def test_twenty_verdicts_tell_nobody_and_a_decision_tells_each_once(app, saved):
    def told() -> dict[int, int]:
        return dict(db.session.execute(select(Notification.user_id, func.count()).group_by(Notification.user_id)).all())

    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        db.session.flush()
        before = told()
        judge(cast, cast.entry, r16=1)
        cast.entry.note_profile(cast.reviewer, "Manfaat belum terukur.")
        cast.entry.annotate(cast.reviewer, "Tanya Agus.")
        db.session.flush()
        assert told() == before
        cast.entry.return_(cast.reviewer, ["16"])
        db.session.flush()
        assert told() == {**before, saved.people["owner"]: before[saved.people["owner"]] + 1, saved.people["head"]: before[saved.people["head"]] + 1}


class TestDay:
    """A day at a time: one group per proposal, one for what was told of many, the rest only counted."""

    def groups(self, page) -> list[str]:
        return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", group)).strip()
                for group in re.findall(r"<li><div>(.*?)</div></li>", page.text, re.S)]

    def day(self, days: float = 0) -> str:
        return f"/pemberitahuan/hari/{days_ago(days).astimezone(ZONE).date()}"

    def test_today_is_where_it_begins(self, open_as, decided):
        assert open_as("owner").get("/pemberitahuan/hari", expect=302).location == self.day()

    def test_a_proposal_stands_once_with_what_happened_in_order(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
            judge(cast, cast.entry, r16=1)
            cast.entry.return_(cast.reviewer, ["16"])
            cast.entry.answer_on("16").reply(cast.owner, "Sudah.")
            cast.entry.submit(cast.owner)
            judge(cast, cast.entry, r16=1)
            cast.entry.approve(cast.reviewer)
        found = self.groups(open_as("owner").get(self.day()))
        assert len(found) == 2 and found[0].startswith("JEMPUT GIZI Belum dibaca Dikembalikan, 1 baris (16).")
        assert "Disetujui, 25 poin." in found[0]
        assert found[0].endswith("5 bukti dilampirkan, 5 isian baris disimpan, 1 jawaban untuk verifikator.")

    def test_verdicts_are_counted_for_the_reviewer_and_kept_from_the_unit(self, app, saved, open_as):
        with desk(app, saved) as cast:
            with clock.at(days_ago(1)):
                cast.entry.submit(cast.owner)
                cast.entry.assign(cast.coordinator, cast.reviewer)
            judge(cast, cast.entry)
        assert any("5 putusan baris dicatat" in group for group in self.groups(open_as("reviewer").get(self.day())))
        assert "putusan baris dicatat" not in open_as("owner").get(self.day()).text

    def test_what_was_done_to_many_at_once_is_one_piece_of_news(self, app, saved, open_as):
        with desk(app, saved) as cast:
            for n in range(5):
                another(cast, f"INOVASI {n}").assign(cast.coordinator, cast.reviewer)
        first = self.groups(open_as("reviewer").get(self.day()))[0]
        assert first.startswith("5 usulan Belum dibaca Dibagikan kepada Reviewer. Coordinator INOVASI 4 , INOVASI 3")

    def test_days_with_news_are_turned(self, open_as, decided):
        owner = open_as("owner")
        today = owner.get(self.day())
        assert f'href="{self.day(2)}"' in today.text
        before = owner.get(self.day(2))
        assert f'href="{self.day()}"' in before.text and "Tinggal satu baris." in before.text and "Disetujui" not in before.text

    def test_the_news_of_a_day_are_read_together(self, open_as, decided):
        owner = open_as("owner")
        day = self.day(2).rpartition("/")[2]
        page = owner.follow("/pemberitahuan/dibaca", {"hari": day})
        assert "Satu pemberitahuan." in text(page) and "Pemberitahuan hari itu ditandai sudah dibaca." in page.text
        assert "Pemberitahuan, 2 belum dibaca" in page.text

    def test_a_quiet_day_says_when_there_was_news(self, open_as, decided):
        page = open_as("owner").get(self.day(1))
        assert "Tidak ada kabar tentang usulan atau akun Anda pada hari ini. Kabar terakhir sebelumnya ada pada" in text(page)

    @pytest.mark.parametrize("words", ["kemarin", "2026-02-30", "0001-01-01", "9999-12-31"])
    def test_what_is_no_day_is_no_page(self, open_as, words):
        open_as("owner").get(f"/pemberitahuan/hari/{words}", expect=404)
        open_as("owner").post("/pemberitahuan/dibaca", {"hari": words}, expect=404)

    def test_a_day_asks_the_same_for_few_and_many(self, app, saved, open_as, decided):
        owner = open_as("owner")
        with Selects() as few:
            owner.get(self.day())
        with desk(app, saved) as cast:
            for n in range(6):
                entry = another(cast, f"INOVASI {n}", unit="dinas")
                judge(cast, entry)
                entry.approve(cast.coordinator)
        with Selects() as many:
            owner.get(self.day())
        assert many.number == few.number
