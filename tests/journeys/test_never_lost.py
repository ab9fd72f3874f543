"""Text is never lost, in Chromium before the real server: killed while somebody types, cut off, signed out, out of time, overtaken."""
import os
import signal
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app import clock
from app.extensions import db
from app.models import Announcement, Draft, Entry, Innovation, Instrument, Period, Session, User
from app.rules.access import Role
from tests.cast import make_cast
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD, PASSWORD_HASH, await_answer, free_port, prepared
from tests.warm import serve

PROFILE = "/inovasi/1/profil/hasil"
ROW = "/usulan/1/indikator/16"
VERDICT = "/verifikasi/1/putusan/16"
WORDS = "Kader menjemput balita ke posyandu setiap pekan."
OFFLINE = "Belum tersimpan, sambungan terputus. Mencoba lagi …"


class Server:
    """The real server on one data folder and one port, that can be killed like a PC whose plug is pulled."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        env = {"LUMBUNG_DATA": str(self.folder), "LUMBUNG_HOST": "127.0.0.1", "LUMBUNG_PORT": str(self.port), "LUMBUNG_PROCESSES": "1",
               "PATH": "/usr/bin:/bin"}
        self.process = serve(env, self.folder / "server.log")
        await_answer(f"{self.address}/sehat", self.process)
        return self

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def folder(tmp_path):
    """The cast with a password each; the head is a second operator of the unit."""
    with prepared(tmp_path / "data"):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for person in cast.people.values():
            person.change_password(PASSWORD_HASH)
        cast.head.give_role(Role.OPERATOR, cast.units["dinas"], None)
        db.session.add_all([*cast.units.values(), *cast.people.values(), cast.period, cast.entry])
    return tmp_path / "data"


@pytest.fixture
def server(folder):
    server = Server(folder).start()
    yield server
    if server.process.poll() is None:
        server.kill()


@pytest.fixture
def visit(browser, server, shots):
    return lambda who: Visitor(browser, server.address, shots).sign_in(who)


def store(server, statement) -> None:
    with prepared(server.folder):
        db.session.execute(statement)


def stored(server, *names):
    with prepared(server.folder):
        return [getattr(db.session.get(Innovation, 1), name) for name in names]


def line(page, words: str):
    page.get_by_role("status").filter(has_text=words).first.wait_for(timeout=40_000)


def faults(*visitors) -> list[str]:
    """Without those the browser itself writes of requests that this journey lets fail."""
    return [fault for visitor in visitors for fault in visitor.faults if "Failed to load resource" not in fault and "net::ERR" not in fault]


def test_the_server_is_killed_while_somebody_types(server, visit):
    owner = visit("owner")
    page = owner.open(PROFILE)
    page.get_by_role("textbox", name="Manfaat").press_sequentially("Ibu tenang. ")
    line(page, "Ketikan aman")
    assert stored(server, "benefit") == ["Balita tertimbang setiap bulan."]
    server.kill()
    page.get_by_role("textbox", name="Manfaat").press_sequentially(WORDS)
    line(page, OFFLINE)
    owner.look("ketikan-terputus")
    server.start()
    line(page, "Ketikan aman")
    owner.look("ketikan-aman")
    page.context.close()

    again = visit("owner")
    page = again.open(PROFILE)
    assert f"Ibu tenang. {WORDS}" in page.get_by_role("textbox", name="Manfaat").input_value()
    assert "belum disimpan. Periksa isiannya di bawah" in again.text()
    again.look("ketikan-kembali")
    page.get_by_role("button", name="Simpan", exact=True).click()
    line(page, "Tersimpan.")
    assert WORDS in stored(server, "benefit")[0] and "belum disimpan" not in again.text()
    assert not faults(owner, again)


def test_the_connection_drops_and_comes_back(server, visit):
    owner = visit("owner")
    page = owner.open(ROW)
    page.context.set_offline(True)
    page.get_by_role("radio", name="Level 3").check()
    line(page, OFFLINE)
    page.get_by_role("button", name="Simpan", exact=True).click()
    line(page, "Belum disimpan: sambungan terputus. Biarkan halaman ini terbuka, lalu simpan lagi.")
    page.context.set_offline(False)
    line(page, "Ketikan aman")
    page.reload()
    assert page.get_by_role("radio", name="Level 3").is_checked()
    page.get_by_role("button", name="Buang ketikan").click()
    assert page.get_by_role("radio", name="Level 2").is_checked()
    assert not faults(owner)


def test_leaving_is_asked_only_while_something_is_nowhere_else(server, visit):
    owner = visit("owner")
    page, asked = owner.open(PROFILE), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route("**/ketikan*", lambda route: route.abort())
    page.get_by_role("textbox", name="Manfaat").fill(WORDS)
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.unroute("**/ketikan*")
    line(page, "Ketikan aman")
    page.get_by_role("link", name="Beranda").first.click()
    page.wait_for_url("**/")
    assert asked == ["beforeunload"]
    assert not faults(owner)


def test_a_link_at_once_after_typing_loses_nothing(server, visit):
    owner = visit("owner")
    page = owner.open(PROFILE)
    page.get_by_role("textbox", name="Manfaat").fill(WORDS)
    page.get_by_role("link", name="Beranda").first.click()
    page.wait_for_url("**/")
    owner.open(PROFILE)
    assert page.get_by_role("textbox", name="Manfaat").input_value() == WORDS
    assert not faults(owner)


def test_what_goes_on_after_a_save_neither_overtakes_it_nor_takes_its_place(server, visit):
    """While the server is slow: what was typed last is not kept beside the save that brings it, and a link pressed too early waits for ever."""
    owner = visit("owner")
    page, held, kept = owner.open(ROW), [], []
    page.on("request", lambda request: "/ketikan" in request.url and kept.append(request))
    page.route("**/ketikan*", lambda route: held.append(route))

    def save(*levels, then=()):
        """Press the button while what was typed first is still on its way."""
        held.clear()
        for level in levels:
            page.get_by_role("radio", name=f"Level {level}").check()
            while not held:
                page.wait_for_timeout(50)
        page.get_by_role("button", name="Simpan", exact=True).click()
        for name in then:
            page.get_by_role("link", name=name).first.click()
        with page.expect_navigation():
            held[0].continue_()
        line(page, "Tersimpan")

    save(3, 1)
    assert len(kept) == 1
    save(3, then=["Beranda"])
    assert page.url == server.address + ROW
    with prepared(server.folder):
        assert db.session.get(Entry, 1).answer_on("16").claimed_level == 3
        assert db.session.query(Draft).count() == 0
    assert not faults(owner)


def test_who_gives_up_what_cannot_be_kept_is_asked_once(server, visit):
    owner = visit("owner")
    page, asked = owner.open(ROW), []
    page.route("**/ketikan*", lambda route: route.fulfill(status=422, json={"error": "Terlalu panjang."}))
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept() if len(asked) < 3 else dialog.dismiss()))
    page.locator("form[data-upload] input[name=title]").evaluate("input => { input.value = 'Surat tugas'; }")
    page.get_by_role("radio", name="Level 3").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Simpan", exact=True).click()
    assert asked == ["confirm"]
    assert not faults(owner)


def test_a_page_that_stays_goes_on_keeping_what_is_typed(server, visit):
    """Because an announcement was put away on it, because a save was stopped, or because a file came: it is sent once more."""
    with prepared(server.folder):
        owner = db.session.scalar(select(User).where(User.username == "owner"))
        db.session.add(Announcement.add(owner, text="Klinik hari Rabu.", audience="semua", shows_from=clock.now() - timedelta(hours=1),
                                        shows_until=clock.now() + timedelta(days=1), at_door=False))
    owner = visit("owner")
    page, sent = owner.open(PROFILE), []
    page.get_by_role("textbox", name="Manfaat").fill("Ibu tenang.")
    page.get_by_role("button", name="Tutup").click()
    page.get_by_text("Klinik hari Rabu.").wait_for(state="detached")
    page.get_by_role("textbox", name="Tujuan").fill(WORDS)
    with page.expect_response("**/ketikan*"):
        page.get_by_role("textbox", name="Tujuan").blur()

    page.route(server.address + PROFILE, lambda route: sent.append(route))
    page.evaluate("navigation.addEventListener('navigate', () => setTimeout(stop, 100), {once: true})")
    page.get_by_role("button", name="Simpan", exact=True).click(no_wait_after=True)
    while not sent:
        page.wait_for_timeout(50)
    page.wait_for_function("!keepers.some(keeper => keeper.leaving)")
    assert page.get_by_role("button", name="Simpan", exact=True).is_enabled()
    page.unroute(server.address + PROFILE)
    with page.expect_download():
        page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<a id=ics href=/tenggat.ics>'), byId('ics').click()")
    page.get_by_role("textbox", name="Manfaat").fill("Ibu lebih tenang.")
    page.evaluate("document.querySelector('form[data-draft]').requestSubmit()")  # nobody is asked whether to leave
    line(page, "Tersimpan.")
    assert len(sent) == 1 and stored(server, "purpose", "benefit") == [WORDS, "Ibu lebih tenang."]
    assert not faults(owner)


def test_a_button_stays_where_it_is_while_it_is_pressed(server, visit):
    """On a quick network the words about what is typed arrive between press and release; the button gets its click all the same. Nor does a page
    that was scrolled, by the keyboard or to where one stood before, still glide away under the pointer."""
    return_rows(server, "16", "24", "33")
    owner = visit("owner")
    page = owner.open("/usulan/1/indikator/24")
    assert page.evaluate("scrollTo(0, 60), scrollY") == 60
    page.get_by_role("textbox", name="Jawaban untuk verifikator").fill(WORDS)
    page.get_by_role("button", name="Simpan", exact=True).hover()
    with page.expect_response("**/ketikan*"):
        page.mouse.down()
    page.wait_for_timeout(300)
    with page.expect_navigation():
        page.mouse.up()
    line(page, "Tersimpan")
    assert not faults(owner)


def test_another_button_of_the_row_keeps_the_level(server, visit):
    owner = visit("owner")
    page = owner.open(ROW)
    page.get_by_role("radio", name="Level 3").check()
    page.get_by_role("button", name="Lepas").click()
    line(page, "dilepas dari baris 16")
    assert page.get_by_role("radio", name="Level 3").is_checked()
    send(page)
    with prepared(server.folder):
        assert db.session.get(Entry, 1).answer_on("16").claimed_level == 3
        assert db.session.query(Draft).count() == 0
    assert not faults(owner)


def test_the_session_ends_and_signing_in_again_finishes_the_save(server, visit):
    owner = visit("owner")
    page = owner.open(PROFILE)
    page.get_by_role("textbox", name="Manfaat").fill(WORDS)
    line(page, "Ketikan aman")
    store(server, update(Session).values(seen_at=clock.now() - timedelta(hours=1)))
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("Kiriman Anda dijaga").wait_for()
    owner.look("sesi-berakhir")
    page.get_by_label("Nama pengguna").fill("owner")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    line(page, "Tersimpan.")
    assert page.url == server.address + PROFILE
    assert stored(server, "benefit") == [WORDS]
    assert not faults(owner)


def test_typing_goes_on_without_a_reload_when_one_signs_in_in_another_tab(server, visit):
    owner = visit("owner")
    page = owner.open(PROFILE)
    store(server, update(Session).values(seen_at=clock.now() - timedelta(hours=1)))
    page.get_by_role("textbox", name="Manfaat").fill(WORDS)
    line(page, "Sesi Anda sudah berakhir.")
    owner.look("ketikan-sesi-berakhir")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Masuk lagi").click()
    tab = opened.value
    tab.get_by_label("Nama pengguna").fill("owner")
    tab.get_by_label("Kata sandi").fill(PASSWORD)
    tab.get_by_role("button", name="Masuk").click()
    tab.wait_for_url(server.address + "/")
    line(page, "Ketikan aman")
    page.get_by_role("button", name="Simpan", exact=True).click()
    line(page, "Tersimpan.")
    assert stored(server, "benefit") == [WORDS]
    assert not faults(owner)


def test_a_page_from_before_signing_in_again_is_saved_at_once(server, visit):
    owner = visit("owner")
    page = owner.open(PROFILE)
    tab = page.context.new_page()
    tab.goto(server.address + "/akun")
    tab.get_by_role("button", name="Keluar").click()
    tab.get_by_label("Nama pengguna").fill("owner")
    tab.get_by_label("Kata sandi").fill(PASSWORD)
    tab.get_by_role("button", name="Masuk").click()
    tab.wait_for_url(server.address + "/")
    page.get_by_role("textbox", name="Manfaat").fill(WORDS)
    page.get_by_role("button", name="Simpan", exact=True).click()
    line(page, "Tersimpan.")
    assert page.url == server.address + PROFILE and stored(server, "benefit") == [WORDS]
    assert not faults(owner)


def test_without_a_script_one_button_finishes_it(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    def sign_in():
        page.get_by_label("Nama pengguna").fill("owner")
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()

    page.goto(server.address + "/masuk")
    sign_in()
    page.goto(server.address + PROFILE)
    page.get_by_role("textbox", name="Manfaat").fill(WORDS)
    store(server, update(Session).values(seen_at=clock.now() - timedelta(hours=1)))
    page.get_by_role("button", name="Simpan", exact=True).click()
    sign_in()
    page.get_by_role("button", name="Simpan sekarang").click()
    assert "Tersimpan." in page.locator("main").inner_text()
    assert stored(server, "benefit") == [WORDS]


def test_the_closing_passes_while_a_page_is_open(server, visit):
    owner = visit("owner")
    store(server, update(Period).values(closes_at=clock.now() + timedelta(seconds=4)))
    page = owner.open(ROW)
    page.get_by_role("radio", name="Level 3").check()
    page.get_by_text("Pengisian sudah ditutup.").wait_for(state="visible")
    owner.look("tenggang")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("sudah ditutup. Isian yang tersimpan tetap dapat dibaca").first.wait_for()
    with prepared(server.folder):
        assert db.session.get(Entry, 1).answer_on("16").claimed_level == 3


def test_after_the_grace_there_is_a_sentence_and_the_text_stays(server, visit):
    return_rows(server, "16")
    owner = visit("owner")
    page = owner.open(ROW)
    page.get_by_label("Jawaban untuk verifikator").fill(WORDS)
    line(page, "Ketikan aman")
    past = clock.now() - timedelta(minutes=16)
    store(server, update(Period).values(closes_at=past - timedelta(days=1), repairs_close_at=past))
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_text("Masa perbaikan periode 2026 sudah ditutup.").first.wait_for()
    assert page.get_by_label("Jawaban yang Anda ketik").input_value() == WORDS
    owner.look("sesudah-tenggang")
    assert not faults(owner)


def test_two_people_in_a_row_and_in_the_profile(server, visit):
    owner, head = visit("owner"), visit("head")
    for visitor in (owner, head):
        visitor.open(PROFILE)
    save(head, "Manfaat", "Ibu balita di desa lebih tenang.")
    owner.page.get_by_role("textbox", name="Manfaat").fill("Ibu balita di kota lebih tenang.")
    owner.page.get_by_role("button", name="Simpan", exact=True).click()
    versions = owner.page.get_by_role("group", name="Manfaat")
    versions.wait_for()
    assert [mark.inner_text().strip() for mark in versions.locator("mark").all()] == ["desa", "kota"]
    owner.look("dua-orang-profil")
    versions.get_by_label("Pakai yang tersimpan").check()
    owner.page.get_by_role("button", name="Simpan pilihan ini").click()
    line(owner.page, "Tersimpan.")
    assert stored(server, "benefit") == ["Ibu balita di desa lebih tenang."]

    for visitor in (owner, head):
        visitor.open(ROW)
    head.page.get_by_role("radio", name="Level 1").check()
    send(head.page)
    owner.page.get_by_role("radio", name="Level 3").check()
    owner.page.get_by_role("button", name="Simpan", exact=True).click()
    owner.page.get_by_text("Head menyimpan yang lain").wait_for()
    owner.look("dua-orang-baris")
    send(owner.page, "Simpan pilihan ini")
    with prepared(server.folder):
        assert db.session.get(Entry, 1).answer_on("16").claimed_level == 3
    assert not faults(owner, head)


def test_two_reviewers_on_one_row(server, visit):
    with prepared(server.folder):
        db.session.get(Entry, 1).submit(db.session.scalar(select(User).where(User.username == "owner")))
    reviewer, coordinator = visit("reviewer"), visit("coordinator")
    for visitor in (reviewer, coordinator):
        visitor.open(VERDICT)
    judge(coordinator.page, 1, "Tanggal keputusan belum ada.")
    coordinator.page.wait_for_url(lambda url: not url.endswith("/16"))
    judge(reviewer.page, 0, "Nomor keputusan belum ada.")
    reviewer.page.get_by_text("Coordinator menyimpan yang lain").wait_for()
    reviewer.look("dua-orang-putusan")
    reviewer.page.get_by_label("Alasan untuk OPD").and_(reviewer.page.locator("textarea")).fill("Nomor dan tanggal keputusan belum ada.")
    reviewer.page.get_by_role("button", name="Simpan pilihan ini").click()
    reviewer.page.wait_for_url(lambda url: not url.endswith("/16"))
    with prepared(server.folder):
        verdict = db.session.get(Entry, 1).rounds[0].verdict_on(db.session.get(Entry, 1).answer_on("16"))
        assert (verdict.proven_level, verdict.reason) == (0, "Nomor dan tanggal keputusan belum ada.")
    assert not faults(reviewer, coordinator)


def return_rows(server, *codes: str) -> None:
    with prepared(server.folder):
        entry = db.session.get(Entry, 1)
        people = {user.username: user for user in db.session.query(User)}
        entry.submit(people["owner"])
        for code in codes:
            entry.judge(entry.answer_on(code), people["reviewer"], 0, "Belum cukup.")
        entry.return_(people["reviewer"], codes)


def save(visitor, label: str, words: str) -> None:
    visitor.page.get_by_role("textbox", name=label).fill(words)
    visitor.page.get_by_role("button", name="Simpan", exact=True).click()
    line(visitor.page, "Tersimpan.")


def send(page, button: str = "Simpan") -> None:
    """And see it on the page that answers: the one before says of an earlier saving that it is there."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    line(page, "Tersimpan")


def judge(page, level: int, reason: str) -> None:
    page.locator(f"form[data-verdict] input[name=level][value='{level}']").check()
    page.locator("#reason").fill(reason)
    page.get_by_role("button", name="Simpan, lanjut").click()
