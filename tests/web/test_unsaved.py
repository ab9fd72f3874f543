"""A session may end while somebody writes: what they send is held for them, and finished when they have signed in again."""
from datetime import timedelta
from io import BytesIO

import pytest

from app import clock
from app.extensions import db
from app.models import Draft, Event, Innovation, User
from app.web.stamps import signed
from tests.browser import Browser
from tests.live import PASSWORD, PASSWORD_HASH
from tests.web.reviewing import desk, text
from tests.web.typing import JSON, drafts_of, end_sessions, held, hidden, stamp, type_in

WORDS = "Kader menjemput balita yang belum ditimbang ke posyandu setiap bulan, lalu mencatatnya."
PROFILE = "/inovasi/1/profil/hasil"
ROW = "/usulan/1/indikator/16"
SENT = {"purpose": WORDS, "benefit": "Ada.", "result": "Naik."}


@pytest.fixture
def tokens_matter(app):
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def passwords(app, saved):
    with app.app_context():
        db.session.execute(db.update(User).values(password_hash=PASSWORD_HASH))
        db.session.commit()


def sign_in(browser: Browser, who: str, **more) -> str:
    """Where that leads."""
    page = browser.get("/masuk")
    return browser.post("/masuk", {"csrf_token": hidden(page, "csrf_token"), "username": who, "password": PASSWORD} | more).location


def held_sending(page) -> dict[str, str]:
    """The form of the page that finishes a sending, as its button or its script sends it."""
    return {name: hidden(page, name) for name in ("csrf_token", "ketikan", "opened", "seen", *SENT)}


def purpose(app) -> str:
    with app.app_context():
        return db.session.get(Innovation, 1).purpose


def send_too_late(app, browser, how: str = "idle", **more):
    page = browser.get(PROFILE)
    end_sessions(app, how)
    sent = stamp(page) | {"csrf_token": hidden(page, "csrf_token"), "seen": hidden(page, "seen")} | SENT | more
    return browser.post(PROFILE, sent, expect=303, headers={"Referer": f"http://localhost{PROFILE}"})


@pytest.mark.parametrize("how", ["idle", "absolute"])
def test_signing_in_again_brings_it_back_and_finishes_the_save(app, saved, open_as, passwords, how):
    owner = open_as("owner")
    assert send_too_late(app, owner, how).location == f"/masuk?next={PROFILE}"
    assert purpose(app) == "Menekan stunting." and held(app) == [True]
    assert "Kiriman Anda dijaga: masuk lagi, lalu langsung diselesaikan." in text(owner.get("/masuk"))
    assert sign_in(owner, "owner") == "/ketikan/1"
    page = owner.get("/ketikan/1")
    assert WORDS in page.text and "data-send-now" in page.text and f'action="{PROFILE}"' in page.text
    assert owner.post(PROFILE, held_sending(page)).location == PROFILE
    assert purpose(app) == WORDS and drafts_of(app, 1) == {}


def test_a_session_that_was_ended_on_purpose_finishes_nothing_by_itself(app, saved, open_as, passwords):
    """Who holds a stolen computer must not be able to save in the owner's name."""
    owner = open_as("owner")
    send_too_late(app, owner, "revoked")
    assert held(app) == [False]
    assert sign_in(owner, "owner", next=PROFILE) == PROFILE
    assert WORDS in owner.get(PROFILE).text and purpose(app) == "Menekan stunting."


def test_what_waited_for_long_is_looked_at_first(app, saved, open_as, passwords):
    owner = open_as("owner")
    send_too_late(app, owner)
    with app.app_context():
        db.session.query(Draft).one().saved_at -= timedelta(hours=2)
        db.session.commit()
    sign_in(owner, "owner")
    page = owner.get("/ketikan/1")
    assert "data-send-now" not in page.text and "Simpan sekarang" in page.text


def test_somebody_else_signing_in_there_sees_nothing_of_it(app, saved, open_as, passwords):
    browser = open_as("owner")
    send_too_late(app, browser)
    assert sign_in(browser, "reviewer", next=PROFILE) == PROFILE
    assert WORDS not in browser.get(PROFILE).text and WORDS not in browser.get("/ketikan").text
    browser.get("/ketikan/1", expect=404)
    assert held(app) == [True]


def test_it_is_not_saved_twice(app, saved, open_as, passwords):
    owner = open_as("owner")
    send_too_late(app, owner)
    sign_in(owner, "owner")
    again = held_sending(owner.get("/ketikan/1"))
    owner.post(PROFILE, again)
    page = owner.follow(PROFILE, again)
    assert "Kiriman ini sudah disimpan atau dibuang sebelumnya, jadi tidak disimpan dua kali." in text(page)
    assert purpose(app) == WORDS and edits(app) == 2


def edits(app) -> int:
    with app.app_context():
        return db.session.query(Event).filter_by(what="profile_edited").count()


def test_rules_hold_when_it_is_finished_and_what_they_refuse_stays_typed(app, saved, open_as, passwords):
    owner = open_as("owner")
    send_too_late(app, owner)
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    sign_in(owner, "owner")
    page = owner.post(PROFILE, held_sending(owner.get("/ketikan/1")), expect=200)
    assert "Profil dikunci selama usulan diperiksa verifikator." in text(page) and WORDS in page.text
    assert purpose(app) == "Menekan stunting." and held(app) == [False]
    assert sign_in_again(app, owner) == "/"


def sign_in_again(app, browser) -> str:
    end_sessions(app, "idle")
    return sign_in(browser, "owner")


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(app, saved, open_as, passwords):
    owner = open_as("owner")
    send_too_late(app, owner)
    with desk(app, saved) as cast:
        cast.entry.innovation.edit(cast.head, purpose="Dari kepala.")
    sign_in(owner, "owner")
    page = owner.post(PROFILE, held_sending(owner.get("/ketikan/1")), expect=200)
    assert "Head menyimpan yang lain sesudah Anda mulai mengetik." in text(page)
    assert purpose(app) == "Dari kepala."


def test_several_that_wait_are_listed(app, saved, open_as, passwords):
    owner = open_as("owner")
    pages = {url: owner.get(url) for url in (PROFILE, ROW)}
    end_sessions(app, "idle")
    for url, page in pages.items():
        owner.post(url, stamp(page) | {"csrf_token": hidden(page, "csrf_token"), "purpose": WORDS, "level": "2"})
    assert sign_in(owner, "owner") == "/ketikan"
    page = text(owner.get("/ketikan"))
    assert "Profil inovasi" in page and "Isian baris 16" in page and page.count("terkirim sesudah sesi berakhir") == 2


def test_the_page_of_a_held_sending_may_be_gone(app, saved, open_as, passwords):
    owner = open_as("owner")
    send_too_late(app, owner)
    with app.app_context():
        db.session.query(Draft).one().address = "/inovasi/1/lama/hasil"
        db.session.commit()
    sign_in(owner, "owner")
    page = owner.get("/ketikan/1")
    assert "Halamannya sudah tidak ada. Salin yang masih diperlukan." in text(page)
    assert WORDS in page.text and "data-send-now" not in page.text
    assert owner.post("/ketikan/buang", {"alamat": "/inovasi/1/lama/hasil"}).location == "/"
    assert drafts_of(app, 1) == {}


def test_a_record_that_is_not_there_any_more_ends_the_waiting(app, saved, open_as, passwords):
    owner = open_as("owner")
    send_too_late(app, owner)
    with app.app_context():
        db.session.query(Draft).one().address = "/inovasi/999/profil/hasil"
        db.session.commit()
    sign_in(owner, "owner")
    owner.post("/inovasi/999/profil/hasil", held_sending(owner.get("/ketikan/1")), expect=404)
    assert held(app) == [False]


def test_a_file_cannot_be_held_and_this_is_said(app, saved, open_as, passwords):
    owner = open_as("owner")
    page = owner.get(ROW)
    end_sessions(app, "idle")
    owner.post(f"{ROW}/bukti", stamp(page) | {"csrf_token": hidden(page, "csrf_token"), "title": "Keputusan bupati tentang tim",
                                              "file": (BytesIO(b"%PDF-1.4"), "sk.pdf")})
    assert "Berkas tidak dapat dijaga: pilih berkasnya sekali lagi, lalu kirim." in text(owner.get("/masuk"))
    assert held(app) == [False]
    sign_in(owner, "owner")
    assert 'value="Keputusan bupati tentang tim"' in owner.get(ROW).text


def test_nothing_is_held_for_an_account_that_was_closed(app, saved, open_as):
    owner = open_as("owner")
    page = owner.get(PROFILE)
    with desk(app, saved) as cast:
        cast.owner.deactivate(cast.admin)
    said = owner.post(PROFILE, stamp(page) | SENT, expect=401, headers={"Referer": f"http://localhost{PROFILE}"})
    assert WORDS in said.text and held(app) == []


@pytest.mark.parametrize("opened", ["", "palsu", "WzEsMCwxXQ.palsu"])
def test_nothing_is_held_without_the_stamp_of_our_page(app, saved, open_as, opened):
    owner = open_as("owner")
    end_sessions(app, "idle")
    page = owner.post(PROFILE, {"opened": opened} | SENT, expect=401, headers={"Referer": f"http://localhost{PROFILE}"})
    assert WORDS in text(page) and "Ada." not in page.text and held(app) == []
    assert f'href="/masuk?next={PROFILE}"' in page.text
    assert edits(app) == 1


def test_nothing_is_held_on_a_page_made_for_somebody_else(app, saved, open_as):
    owner = open_as("owner")
    with app.app_context():
        theirs = signed(saved.people["head"], 0, clock.now())
    end_sessions(app, "idle")
    owner.post(PROFILE, {"opened": theirs} | SENT, expect=401, headers={"Referer": f"http://localhost{PROFILE}"})
    assert held(app) == []


def test_signing_in_leads_nowhere_else(app, saved, open_as, passwords):
    browser = open_as("owner")
    send_too_late(app, browser, next="https://jahat.example/")
    assert sign_in(browser, "owner", next="https://jahat.example/") == "/ketikan/1"
    assert sign_in_elsewhere(browser) == "/"


def sign_in_elsewhere(browser) -> str:
    browser.post("/ketikan/buang", {"alamat": PROFILE})
    browser.post("/keluar")
    return sign_in(browser, "owner", next="//jahat.example/")


def test_a_password_is_never_kept(app, saved, open_as):
    owner = open_as("owner")
    page = owner.get("/akun/sandi")
    end_sessions(app, "idle")
    owner.post("/akun/sandi", stamp(page) | {"current": WORDS, "password": WORDS, "again": WORDS}, expect=302)
    assert held(app) == []


def test_a_script_is_told_that_the_session_is_over(app, saved, open_as):
    owner = open_as("owner")
    page = owner.get(PROFILE)
    end_sessions(app, "idle")
    said = owner.post(f"/ketikan?alamat={PROFILE}", stamp(page) | SENT, expect=401, headers=JSON)
    assert said.json == {"error": "Sesi Anda sudah berakhir. Masuk lagi di tab lain; halaman ini boleh tetap terbuka.", "login": "/masuk"}
    assert owner.post(f"{ROW}/bukti", SENT, expect=401, headers=JSON).json == said.json


# A page from before the present session

def test_a_page_from_before_signing_in_again_is_saved_all_the_same(app, saved, open_as, tokens_matter):
    owner = open_as("owner")
    page = owner.get(PROFILE)
    sent = stamp(page) | {"csrf_token": "lama", "seen": hidden(page, "seen")} | SENT
    assert owner.post(PROFILE, sent).location == "/ketikan/1"
    owner.post(PROFILE, held_sending(owner.get("/ketikan/1")))
    assert purpose(app) == WORDS and drafts_of(app, 1) == {}


def test_a_script_gets_a_fresh_token_and_goes_on(app, saved, open_as, tokens_matter):
    owner = open_as("owner")
    page = owner.get(PROFILE)
    said = owner.post(f"/ketikan?alamat={PROFILE}", stamp(page) | {"csrf_token": "lama"} | SENT, expect=400, headers=JSON)
    assert set(said.json) == {"error", "token"}
    owner.post(f"/ketikan?alamat={PROFILE}", stamp(page) | {"csrf_token": said.json["token"]} | SENT, expect=200, headers=JSON)
    assert list(drafts_of(app, 1)) == [PROFILE]


def test_without_our_stamp_there_is_no_token_to_be_had(app, saved, open_as, tokens_matter):
    owner = open_as("owner")
    owner.get(PROFILE)
    assert set(owner.post(f"/ketikan?alamat={PROFILE}", {"csrf_token": "lama"} | SENT, expect=400, headers=JSON).json) == {"error"}
    page = owner.post(PROFILE, {"csrf_token": "lama"} | SENT, expect=400, headers={"Referer": f"http://localhost{PROFILE}"})
    assert WORDS in text(page) and f'href="{PROFILE}"' in page.text and drafts_of(app, 1) == {}


def test_a_page_somebody_left_open_is_kept_for_them_and_not_shown_to_the_next(app, saved, open_as, tokens_matter):
    reviewer = open_as("reviewer")
    with app.app_context():
        theirs = signed(saved.people["owner"], 0, clock.now())
    page = reviewer.follow(PROFILE, {"csrf_token": "lama", "opened": theirs} | SENT)
    assert "Halaman itu dibuka oleh orang lain di komputer ini" in text(page) and WORDS not in page.text
    assert purpose(app) == "Menekan stunting." and held(app) == [False]
    said = reviewer.post(f"/ketikan?alamat={PROFILE}", {"csrf_token": "lama", "opened": theirs} | SENT, expect=409, headers=JSON)
    assert "token" not in said.json
    assert WORDS in open_as("owner").get(PROFILE).text


def test_what_is_too_short_to_keep_is_said_to_be_lost(app, saved, open_as):
    owner = open_as("owner")
    end_sessions(app, "revoked")
    said = owner.post(PROFILE, {"purpose": "Sedikit"}, expect=302, headers={"Referer": f"http://localhost{PROFILE}"})
    assert said.location == f"/masuk?next={PROFILE}"
    assert "Yang baru Anda kirim belum disimpan: masuk lagi, lalu ulangi di halamannya." in text(owner.get("/masuk"))


def test_words_of_another_site_are_never_shown(saved, open_as):
    nobody = open_as(None)
    assert nobody.post(PROFILE, SENT, expect=302, headers={"Referer": "https://jahat.example/"}).location == "/masuk"


def test_old_typing_is_swept_when_somebody_signs_in(app, saved, open_as, passwords):
    owner = open_as("owner")
    type_in(owner, PROFILE, purpose=WORDS)
    type_in(owner, ROW, level="3")
    with app.app_context():
        db.session.query(Draft).filter_by(address=ROW).one().saved_at -= timedelta(days=31)
        db.session.commit()
    sign_in(open_as(None), "reviewer")
    assert list(drafts_of(app, 1)) == [PROFILE]


def test_what_is_held_is_finished_at_its_whole_address(app, saved, open_as, passwords):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    reviewer, place = open_as("reviewer"), "/verifikasi/1/catatan?baris=16"
    page = reviewer.get(place)
    end_sessions(app, "idle")
    reviewer.post(place, stamp(page) | {"csrf_token": hidden(page, "csrf_token"), "note": WORDS})
    sign_in(reviewer, "reviewer")
    page = reviewer.get("/ketikan/1")
    assert f'action="{place}"' in page.text
    reviewer.post(place, {name: hidden(page, name) for name in ("csrf_token", "ketikan", "opened", "note")})
    with desk(app, saved) as cast:
        assert [(note.row, note.text) for note in cast.entry.notes] == [("16", WORDS)]
    assert held(app) == []


def test_a_note_that_is_held_pushes_no_other_note_out(app, saved, open_as, passwords):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    reviewer, whole, row = open_as("reviewer"), "/verifikasi/1/catatan", "/verifikasi/1/catatan?baris=16"
    type_in(reviewer, whole, note="Catatan tentang semuanya.")
    page = reviewer.get(row)
    end_sessions(app, "idle")
    reviewer.post(row, stamp(page) | {"csrf_token": hidden(page, "csrf_token"), "note": WORDS})
    assert drafts_of(app, saved.people["reviewer"]) == {whole: {"note": ["Catatan tentang semuanya."]}, row: {"note": [WORDS], "?": ["baris=16"]}}


def test_typing_elsewhere_does_not_push_out_what_is_held(app, saved, open_as, passwords):
    owner = open_as("owner")
    other = stamp(owner.get(PROFILE))
    send_too_late(app, owner)
    sign_in(owner, "owner")
    owner.post(f"/ketikan?alamat={PROFILE}", other | {"purpose": "Lain."}, expect=422, headers=JSON)
    assert held(app) == [True]


@pytest.mark.parametrize("which", ["2026-06-01", "2026-06-01T09:30:00", "kapan"])
def test_which_sending_is_finished_is_a_whole_instant_or_nothing(app, saved, open_as, which):
    open_as("owner").post(PROFILE, SENT | {"ketikan": which})
    assert purpose(app) == WORDS


def test_too_much_of_somebody_else_is_not_said_to_be_kept(app, saved, open_as, tokens_matter):
    with app.app_context():
        theirs = signed(saved.people["owner"], 0, clock.now())
    page = open_as("reviewer").follow(PROFILE, {"csrf_token": "lama", "opened": theirs, "purpose": "x" * 300_000})
    assert "tidak ada yang disimpan" in text(page) and "dijaga untuk pemiliknya" not in text(page) and held(app) == []
