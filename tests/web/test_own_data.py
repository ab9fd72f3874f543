"""What is kept about a person: told to them, given to them, and taken away when they left. The log stays linked, and names nobody anew."""
import io
import json
import re
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import func, select

from app import checks, clock
from app.checks import State, Things
from app.extensions import db
from app.models import Draft, Event, FailedSignIn, Session, User
from tests.exports.readers import xlsx
from tests.web.reviewing import Selects, desk, judge, text

FORMULA = '=HYPERLINK("http://jahat.example","klik")'
PAGE = "/akun/data-saya"


@pytest.fixture
def lived(app, saved):
    """The reviewer judged, typed, mistyped a password; the coordinator shared out and arranged nothing."""
    with desk(app, saved) as cast:
        cast.reviewer.edit(cast.admin, "Ratna Wulandari", "199003052015032004", FORMULA)
        cast.entry.submit(cast.owner)
        cast.entry.assign(cast.coordinator, cast.reviewer)
        judge(cast, cast.entry)
        cast.units["dinas"].give_reviewer(cast.coordinator, cast.reviewer)
        draft = Draft.begin(cast.reviewer, "/verifikasi/1/catatan")
        draft.keep({"note": [FORMULA]})
        now = clock.now()
        db.session.add_all([draft, Session.start(cast.reviewer, "a" * 64, "10.1.2.3", "Firefox Windows"),
                            FailedSignIn(username="reviewer", address="10.9.9.9", at=now),
                            FailedSignIn(username="owner", address="10.9.9.8", at=now)])
    return saved


def taken(browser) -> zipfile.ZipFile:
    answer = browser.post(PAGE, expect=200)
    assert (answer.headers["Content-Disposition"], answer.headers["Cache-Control"]) == ("attachment; filename=data-saya.zip", "private, no-store")
    return zipfile.ZipFile(io.BytesIO(answer.data))


def close(app, saved, who="reviewer") -> str:
    """Their account, and the address of the page that makes them nameless."""
    with app.app_context():
        db.session.get(User, saved.people[who]).deactivate(db.session.get(User, saved.people["admin"]))
        db.session.commit()
    return f"/kelola/orang/{saved.people[who]}/samarkan"


class TestOwn:
    def test_the_page_says_what_there_is(self, lived, open_as):
        said = text(open_as("reviewer").get(PAGE))
        for words in ("Ratna Wulandari", "199003052015032004", "2 sesi, dengan alamat", "1 kali, dengan alamat", "1 halaman", "365 hari", "90 hari"):
            assert words in said

    def test_it_costs_the_same_however_much_there_is(self, app, lived, open_as):
        browser = open_as("reviewer")
        with Selects() as few:
            browser.get(PAGE)
        with desk(app, lived) as cast:
            for _ in range(20):
                cast.entry.annotate(cast.reviewer, "Catatan.")
        with Selects() as many:
            browser.get(PAGE)
        assert few.number == many.number <= 3

    def test_the_button_works_again_since_a_file_leaves_the_page_open(self, lived, open_as):
        assert f'action="{PAGE}" data-download>' in open_as("reviewer").get(PAGE).text

    def test_all_of_it_can_be_taken_along_and_nothing_is_a_formula(self, lived, open_as):
        packed = taken(open_as("reviewer"))
        told = json.loads(packed.read("data-saya.json"))
        assert {line["Hal"]: line["Isi"] for line in told["Data diri"]}["NIP"] == "199003052015032004"
        assert [line["Alamat"] for line in told["Gagal masuk"]] == ["10.9.9.9"]
        assert {line["Alamat"] for line in told["Masuk dan keluar"]} == {"10.1.2.3", "127.0.0.1"}
        assert [line["Isi"] for line in told["Ketikan"]] == [f"note: {FORMULA}"]
        assert {line["Oleh"] for line in told["Kegiatan"]} == {"Ratna Wulandari", "Admin", "Sistem"}
        book = openpyxl.load_workbook(io.BytesIO(packed.read("data-saya.xlsx")))
        assert {sheet.title for sheet in book} == set(told) - {"keadaan"}
        assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "d", "n"}

    def test_taking_it_is_written_down_once(self, app, lived, open_as):
        taken(open_as("reviewer"))
        with app.app_context():
            last = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
            assert (last.what, last.by_id, last.person_id, last.details) == (
                "data_taken", lived.people["reviewer"], lived.people["reviewer"], {})

    def test_the_same_data_gives_the_same_bytes(self, lived, open_as):
        browser, moment = open_as("owner"), clock.now() + timedelta(minutes=1)
        with clock.at(moment):
            first, second = (taken(browser) for _ in range(2))
        names = ("data-saya.xlsx", "data-saya.json")
        assert first.namelist() == second.namelist() == list(names)
        assert json.loads(second.read(names[1]))["Kegiatan"][0]["Kejadian"] == "Data pribadi di aplikasi ini diunduh pemiliknya."


class TestNameless:
    @pytest.fixture
    def forgotten(self, app, lived, open_as):
        page = close(app, lived)
        open_as("admin").post(page, {"username": "reviewer", "reason": "Permintaan tertulis 20 November."})
        return lived

    def test_no_table_knows_the_person_any_more_but_the_log(self, app, forgotten):
        with app.app_context():
            rows = {table.name: str(db.session.execute(select(table)).all()) for table in db.metadata.sorted_tables}
        assert [name for name, said in rows.items() if re.search("Ratna|199003052015032004|10.1.2.3|10.9.9.9", said)] == []
        assert "10.9.9.8" in rows["failed_sign_in"]  # somebody else's

    def test_the_log_is_whole_and_says_the_new_name(self, app, forgotten, open_as):
        with app.app_context():
            found = checks.deep("Log", Things(db.session(), app.config["LUMBUNG"], app.extensions["storage"]))
        assert found.state is State.GOOD
        said = text(open_as("admin").get("/kelola/log/"))
        name = f"Orang {forgotten.people['reviewer']}"
        assert f"Dibagikan kepada {name}." in said and f"Dinas Kesehatan dipegang {name}:" in said and "Ratna" not in said

    def test_the_log_about_them_its_file_and_what_others_take_along_know_only_the_new_name(self, forgotten, open_as):
        id, admin = forgotten.people["reviewer"], open_as("admin")
        page, file = admin.get(f"/kelola/log/?person={id}").text, admin.get(f"/kelola/log/daftar.xlsx?person={id}")
        cells = " ".join(str(cell.value) for row in xlsx(file.data) for cell in row)
        others = [str(json.loads(taken(open_as(who)).read("data-saya.json"))) for who in ("coordinator", "admin", "owner")]
        assert [f"Orang {id}" in said for said in (page, cells, others[0])] == [True] * 3
        assert not [said for said in (page, cells, *others) if re.search("Ratna|199003052015032004", said)]

    def test_the_work_stays(self, forgotten, open_as):
        said = text(open_as("coordinator").get(f"/verifikasi/{forgotten.entry}"))
        assert "JEMPUT GIZI" in said and f"Orang {forgotten.people['reviewer']}" in said

    def test_nobody_gets_in_and_nothing_brings_it_back(self, app, forgotten, open_as):
        id, admin = forgotten.people["reviewer"], open_as("admin")
        page = text(admin.get(f"/kelola/orang/{id}"))
        assert "tidak dapat dikembalikan" in page and "Aktifkan kembali" not in page and "Ubah data" not in page
        admin.post(f"/kelola/orang/{id}/aktif")
        with app.app_context():
            assert db.session.get(User, id).deactivated_at is not None
            assert db.session.scalar(select(func.count(Event.id)).where(Event.what == "person_anonymised")) == 1

    def test_what_was_mistyped_stays_on_the_page(self, app, lived, open_as):
        page = open_as("admin").post(close(app, lived), {"username": "ratna", "reason": "Diminta pemiliknya."}, expect=200)
        assert "Ketik nama pengguna reviewer persis" in page.text and "Diminta pemiliknya." in page.text
        with app.app_context():
            assert db.session.get(User, lived.people["reviewer"]).name == "Ratna Wulandari"

    def test_an_account_in_use_has_no_form(self, lived, open_as):
        assert 'name="reason"' not in open_as("admin").get(f"/kelola/orang/{lived.people['owner']}/samarkan").text


def test_an_event_of_before_still_says_the_name_it_holds(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.record("assigned", cast.coordinator, private=True, reviewer="Bambang Lama")
    assert "Dibagikan kepada Bambang Lama." in text(open_as("admin").get("/kelola/log/"))


def test_the_number_of_an_official_is_masked_on_the_page_of_their_account(saved, open_as):
    page = text(open_as("admin").get(f"/kelola/orang/{saved.people['owner']}"))
    assert "•••• 1001" in page and "198001012005011001" not in page


def test_no_list_no_file_and_no_log_holds_the_number_of_an_official(app, lived, open_as):
    """Requirement 32. Letters need it, and the sheet in which the administrator corrects it."""
    admin, numbers = open_as("admin"), ("198001012005011001", "199003052015032004")
    for address in ("/kelola/orang/", "/kelola/orang/slip-massal", "/kelola/unit/", "/kelola/log/", "/kelola/log/masuk", "/kelola/log/gagal",
                    "/verifikasi/", "/papan/", "/usulan/", "/pemberitahuan"):
        assert not [number for number in numbers if number in admin.get(address).text], address
    for address in ("/kelola/orang/daftar.xlsx", "/kelola/log/daftar.xlsx", "/usulan/daftar.xlsx"):
        said = str(list(xlsx(admin.get(address).data).iter_rows(values_only=True)))
        assert not [number for number in numbers if number in said], address
    written = "".join(path.read_text() for path in (app.config["LUMBUNG"].data / "catatan").glob("*.jsonl"))
    assert "unduh" in written and not [word for word in (*numbers, "Ratna") if word in written]
