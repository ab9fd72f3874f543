"""What the office tells: to whom, since when and until when; read, put away, changed, ended."""
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Announcement, Event
from app.rules.audience import Audience
from tests.exports.readers import xlsx
from tests.web.reviewing import Selects, desk, text

ROOM = "/kelola/pengumuman/"
WORDS = "Klinik hari Rabu.\nBawa SK."
READERS = {"semua": {"owner", "head", "stranger", "reviewer", "coordinator", "leader", "admin"}, "opd": {"owner", "head", "stranger"},
           "kantor": {"reviewer", "coordinator", "admin"}, "pimpinan": {"leader"}}


@pytest.fixture
def coordinator(open_as):
    return open_as("coordinator")


def day(days: int) -> str:
    return (clock.now() + timedelta(hours=7, days=days)).date().isoformat()


def typed(**changes) -> dict:
    return {"text": WORDS, "audience": "semua", "first_on": day(0), "last_on": day(3)} | changes


def write(app, saved, audience="semua", first=-1, last=1, at_door=False, words=WORDS) -> int:
    with desk(app, saved) as cast:
        with clock.at(clock.now() - timedelta(days=30)):
            one = Announcement.add(cast.admin, text=words, audience=audience, at_door=at_door,
                                   shows_from=clock.now() + timedelta(days=30 + first), shows_until=clock.now() + timedelta(days=30 + last))
        db.session.add(one)
        db.session.flush()
        return one.id


def facts(app, id=1) -> Announcement:
    with app.app_context():
        return db.session.get(Announcement, id)


def told(app) -> list[tuple]:
    with app.app_context():
        return [(one.what, one.details) for one in db.session.scalars(select(Event).where(Event.announcement_id.is_not(None)).order_by(Event.id))]


def bar(page) -> str:
    found = re.search(r'<section class="told.*?</section>', page.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


@pytest.mark.parametrize("audience", list(Audience))
def test_it_is_shown_to_its_audience_and_to_nobody_else(app, saved, open_as, audience):
    write(app, saved, audience)
    assert {who for who in READERS["semua"] if bar(open_as(who).get("/"))} == READERS[audience]


@pytest.mark.parametrize(("first", "last", "shows"), [(-2, -1, False), (-1, 1, True), (1, 2, False)])
def test_it_is_shown_on_its_days(app, saved, open_as, first, last, shows):
    write(app, saved, first=first, last=last)
    assert bool(bar(open_as("owner").get("/usulan/"))) is shows


def test_a_line_is_a_paragraph_and_nothing_becomes_markup(app, saved, open_as):
    write(app, saved, words="Satu <b>tebal</b>\n\n  http://x.example/a  \r\nTiga")
    page = open_as("owner").get("/")
    assert "<p>Satu &lt;b&gt;tebal&lt;/b&gt;</p><p>http://x.example/a</p><p>Tiga</p>" in page.text


def test_written_for_whole_days_of_the_regency(app, coordinator):
    page = coordinator.follow(f"{ROOM}baru", typed())
    assert "Pengumuman disimpan dan tampil sekarang." in text(page)
    one = facts(app)
    local = [(at + timedelta(hours=7)).strftime("%Y-%m-%d %H.%M.%S") for at in (one.shows_from, one.shows_until)]
    assert local == [f"{day(0)} 00.00.00", f"{day(3)} 23.59.59"]
    assert told(app) == [("announcement_added", {"text": WORDS, "audience": "semua"})]


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"text": " \n "}, "Tulis pengumumannya."), ({"text": "a" * 601}, "Paling banyak 600 huruf; sekarang 601."),
    ({"audience": ""}, "Pilih untuk siapa pengumuman ini."), ({"audience": "dewa"}, "Pilih salah satu dari daftar."),
    ({"first_on": ""}, "Isi hari pertama pengumuman ini tampil."), ({"last_on": "besok"}, "Tanggal ini tidak dapat dibaca."),
    ({"first_on": day(5)}, "Hari terakhir tidak boleh sebelum hari pertama."),
    ({"first_on": day(-5), "last_on": day(-2)}, "Pengumuman ini sudah berakhir sebelum tampil."),
    ({"audience": "opd", "at_door": "y"}, "hanya pengumuman untuk semua orang yang dapat tampil di sana."),
])
def test_a_refused_one_keeps_what_was_typed(app, coordinator, wrong, sentence):
    page = coordinator.post(f"{ROOM}baru", typed(**wrong), expect=200)
    assert sentence in text(page) and (facts(app), told(app)) == (None, [])
    if "text" not in wrong:
        assert WORDS in page.text


class TestChanged:
    @pytest.fixture
    def one(self, app, coordinator):
        coordinator.post(f"{ROOM}baru", typed())
        return lambda: re.search(r'name="seen"[^>]*value="(\d+)"', coordinator.get(f"{ROOM}1").text)[1]

    def test_before_and_after_are_on_record(self, app, coordinator, one):
        coordinator.post(f"{ROOM}1", typed(text="Klinik hari Kamis.", audience="opd", last_on=day(5), seen=one()))
        what, details = told(app)[-1]
        assert what == "announcement_edited" and sorted(details["changed"]) == ["audience", "shows_until", "text"]
        assert details["changed"]["audience"] == ["Semua orang", "Operator dan kepala OPD"]
        assert ("Pengumuman diubah: teksnya dari “Klinik hari Rabu. Bawa SK.” menjadi “Klinik hari Kamis.”; untuk siapa"
                in text(coordinator.get(f"{ROOM}1")))

    def test_not_over_a_colleagues_change(self, app, coordinator, one, open_as):
        seen = one()
        open_as("admin").post(f"{ROOM}1", typed(text="Klinik hari Jumat.", seen=seen))
        page = coordinator.post(f"{ROOM}1", typed(text="Klinik hari Senin.", seen=seen), expect=200)
        assert "Teks ini diubah sesudah halaman ini dibuka" in text(page) and "Klinik hari Senin." in page.text
        assert facts(app).text == "Klinik hari Jumat."

    def test_the_same_again_is_no_change(self, app, coordinator, one):
        assert "Tidak ada yang berubah." in text(coordinator.post(f"{ROOM}1", typed(seen=one()), expect=200))
        assert len(told(app)) == 1

    def test_ended_it_is_gone_everywhere_and_stays_as_it_was(self, app, coordinator, one, open_as):
        seen = one()
        coordinator.post(f"{ROOM}1/akhiri")
        assert bar(open_as("owner").get("/")) == "" == bar(open_as("owner").get("/pemberitahuan"))
        for address, data in ((f"{ROOM}1", typed(text="Lain.", seen=seen)), (f"{ROOM}1/akhiri", {})):
            coordinator.client.post(address, data=data)
        assert (facts(app).text, [what for what, _ in told(app)]) == (WORDS, ["announcement_added", "announcement_ended"])
        page = text(coordinator.get(f"{ROOM}1"))
        assert "Pengumuman yang sudah berakhir tidak berubah lagi." in page and "Akhiri pengumuman ini" not in page


class TestPutAway:
    def test_until_the_next_sign_in_and_never_from_the_notices(self, app, saved, open_as):
        write(app, saved)
        owner = open_as("owner")
        assert bar(owner.get("/usulan/?status=draft")) == "Pengumuman Bappelitbangda Klinik hari Rabu. Bawa SK. Tutup pengumuman 1"
        assert owner.post("/pengumuman/1/tutup", {"next": "/usulan/?status=draft"}).location == "/usulan/?status=draft"
        assert bar(owner.get("/")) == ""
        assert bar(owner.get("/pemberitahuan")) == "Pengumuman Bappelitbangda Klinik hari Rabu. Bawa SK."
        assert bar(open_as("owner").get("/")) and bar(open_as("head").get("/"))  # a new session, somebody else

    def test_changed_it_comes_back(self, app, saved, open_as):
        write(app, saved)
        owner = open_as("owner")
        owner.post("/pengumuman/1/tutup")
        with desk(app, saved) as cast:
            one = db.session.get(Announcement, 1)
            one.edit(cast.admin, text="Klinik batal.", audience="semua", at_door=False, shows_from=one.shows_from, shows_until=one.shows_until)
        assert "Klinik batal." in bar(owner.get("/"))

    def test_what_is_not_for_me_is_not_there(self, app, saved, open_as):
        write(app, saved, "kantor")
        open_as("owner").post("/pengumuman/1/tutup", expect=404)

    @pytest.mark.parametrize("target", ["https://x.example/", "//x.example", "/\\x.example"])
    def test_it_leads_nowhere_else(self, app, saved, open_as, target):
        write(app, saved)
        assert open_as("owner").post("/pengumuman/1/tutup", {"next": target}).location == "/"

    def test_the_cookie_keeps_only_what_still_runs(self, app, saved, open_as):
        owner = open_as("owner")
        for id in (1, 2):
            write(app, saved)
            owner.post(f"/pengumuman/{id}/tutup")
            with desk(app, saved) as cast:
                db.session.get(Announcement, id).end(cast.admin)
        with owner.client.session_transaction() as cookie:
            assert [key.split("-")[0] for key in cookie["put_away"]] == ["2"]


class TestAtTheDoor:
    def test_only_what_is_marked(self, app, saved, open_as):
        write(app, saved, words="Untuk yang sudah masuk.")
        write(app, saved, words="Server padam Sabtu.", at_door=True)
        assert bar(open_as(None).get("/masuk")) == "Pengumuman Bappelitbangda Server padam Sabtu."

    def test_not_before_the_one_time_password_is_replaced(self, app, saved, open_as):
        write(app, saved)
        with desk(app, saved) as cast:
            cast.owner.must_change_password = True
        assert bar(open_as("owner").get("/akun/sandi")) == ""


def test_pages_that_refuse_show_it_too(app, saved, open_as):
    write(app, saved)
    assert bar(open_as("owner").get("/tidak-ada", expect=404)) and bar(open_as("owner").get("/kelola/log/", expect=403))


def test_one_select_more_a_page_however_many_there_are(app, saved, open_as):
    owner, counted = open_as("owner"), []
    for many in (0, 1, 6):
        for _ in range(many):
            write(app, saved)
        with Selects() as seen:
            owner.get("/usulan/")
        counted.append((seen.number, sum("FROM announcement" in sql for sql in seen.all)))
    assert [asked for _, asked in counted] == [1, 2, 2]  # whether there is any, in the first of the page; then which
    assert [number - counted[0][0] for number, _ in counted] == [0, 1, 1]


def test_the_file_is_the_list(app, saved, coordinator):
    for number in range(28):
        write(app, saved, words=f"Pengumuman {number:02d}", first=-number - 1)
    listed = [name for n in (1, 2) for name in re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)', coordinator.get(f"{ROOM}?page={n}").text)]
    rows = [tuple(cell.value for cell in row) for row in xlsx(coordinator.get(f"{ROOM}daftar.xlsx").data).iter_rows()][2:]
    assert [row[0] for row in rows] == listed == [f"Pengumuman {number:02d}" for number in range(28)]


def test_the_list_asks_the_same_for_few_and_many(app, saved, coordinator):
    counted = []
    for _ in range(2):
        for _ in range(5):
            write(app, saved)
        with Selects() as seen:
            coordinator.get(ROOM)
        counted.append(seen.number)
    assert counted[0] == counted[1]
