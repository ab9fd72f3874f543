"""The reviewer's desk in Chromium, on the real server: two whole proposals judged with the keyboard alone, and all evidence read beside a
verdict half typed."""
import re
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Document, Entry, Innovation, Instrument, StoredFile
from app.storage import Storage
from tests.cast import PASSWORD_HASH, PROFILE, make_cast
from tests.journeys import evidence
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH as KNOWN
from tests.live import prepared, running

ROWS = ("16", "17", "19", "22", "23", "24", "25", "26", "28", "32", "33", "35")
LOWERED = {"17", "24", "33"}
REASON = "Peran tiap orang belum tercantum; lengkapi lampirannya."
SANE = 20  # verdicts a minute the machine must at least manage; a person is the slower part


class Papers:
    """Real files in the storage of this folder, each drawn once."""

    def __init__(self, storage: Storage, scratch: Path):
        self.storage, self.scratch, self.files = storage, scratch, {}

    def file(self, kind: str, mark: str) -> StoredFile:
        if (kind, mark) not in self.files:
            draw = {"pdf": evidence.decree, "jpg": evidence.photograph, "mp4": evidence.video}[kind]
            content = draw(self.scratch / f"{mark}.{kind}", mark).read_bytes()
            stored = self.storage.keep(content, kind, pages=2 if kind == "pdf" else None, seconds=4 if kind == "mp4" else None)
            self.files[kind, mark] = StoredFile(sha256=stored.sha256, size=stored.size, kind=kind, pages=stored.pages, seconds=stored.seconds,
                                                active=[])
        return self.files[kind, mark]


@pytest.fixture
def folder(tmp_path):
    """JEMPUT GIZI is nobody's and waits longest, SURAT TUNTAS was given to the reviewer."""
    with prepared(tmp_path / "data") as app:
        cast, papers = make_cast(db.session.scalars(select(Instrument)).first()), Papers(app.extensions["storage"], tmp_path)
        for user in cast.people.values():
            assert user.password_hash == PASSWORD_HASH
            user.change_password(KNOWN)
        first, second = whole(cast, papers, "ANTAR OBAT"), whole(cast, papers, "SURAT TUNTAS")
        db.session.add_all([*cast.people.values(), first, second])
        db.session.flush()
        for entry in (first, second):
            entry.submit(cast.owner)
        second.assign(cast.coordinator, cast.reviewer)
    return tmp_path / "data"


def whole(cast, papers: Papers, name: str) -> Entry:
    innovation = Innovation.add(name, cast.units["dinas"], cast.owner)
    innovation.edit(cast.owner, **PROFILE)
    entry = Entry.start(innovation, cast.period, cast.owner)
    for code in ROWS:
        answer = entry.answer_on(code)
        answer.claim(cast.owner, 2, basis=answer.indicator.bases[0] if answer.indicator.bases else None,
                     substances=[item["code"] for item in answer.indicator.substances][:3])
        kinds = [kind for kind in ("pdf", "jpg", "mp4") if kind in answer.file_types]
        for number, kind in enumerate([*kinds, *kinds[:1]]):
            mark = f"{name.split()[0].lower()}-{code}-{number}"
            answer.attach(cast.owner, Document.add(cast.units["dinas"], cast.owner, papers.file(kind, mark), f"{mark}.{kind}", title=f"Bukti {mark}",
                                                   doc_number=f"188/{mark}/2025", years=[2024, 2025, 2026]))
    return entry


def test_two_proposals_with_the_keyboard_alone(browser, shots, folder):
    with running(folder) as address:
        reviewer = Visitor(browser, address, shots).sign_in("reviewer")
        page = reviewer.page
        reviewer.open("/verifikasi/")
        reviewer.look("meja-antrean")
        began, judged, looking = time.perf_counter(), 0, 0.0
        page.keyboard.press("b")
        page.wait_for_url("**/putusan/16")
        for entry in (2, 3):
            assert re.search(rf"/verifikasi/{entry - 1}/putusan/16$", page.url), page.url
            while "/putusan/" in page.url:
                judge_row(page)
                judged += 1
                if judged in (2, 12):
                    paused = time.perf_counter()
                    reviewer.look(f"meja-baris-{judged}")
                    looking += time.perf_counter() - paused
            decide_row(page)
        spent = time.perf_counter() - began - looking
        assert page.url.endswith("/verifikasi/")
        assert "Hari ini 24 baris, 2 usulan selesai" in reviewer.text()
        faults = reviewer.faults
    print(f"{judged} putusan dalam {spent:.1f} detik: {60 * judged / spent:.0f} per menit")
    assert not faults, "\n".join(faults)
    assert judged == 2 * len(ROWS)
    assert 60 * judged / spent > SANE
    with prepared(folder):
        for entry in db.session.scalars(select(Entry).where(Entry.innovation.has(Innovation.name != "JEMPUT GIZI"))):
            lowered = {v.answer.indicator.code: v.reason for v in entry.rounds[0].verdicts if v.origin == "judged" and v.proven_level == 1}
            assert (entry.status, lowered, entry.reviewer.username) == ("returned", dict.fromkeys(LOWERED, REASON), "reviewer")


def judge_row(page) -> None:
    code, keys = page.url.rsplit("/", 1)[1], page.keyboard
    assert page.evaluate("document.activeElement.matches('form[data-verdict] *')"), page.url
    if code in LOWERED:
        keys.press("1")
        keys.press("r")
        keys.type(REASON)
    else:
        keys.press("2")
    before = page.url
    with page.expect_navigation():
        keys.press("Control+Enter")
    assert page.url != before, page.locator(".verdict").inner_text()


def decide_row(page) -> None:
    """Send back what was lowered, by Tab and Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value === 'return' || document.activeElement.innerText.startsWith('Kembalikan yang')"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_all_evidence_beside_a_verdict_half_typed(browser, shots, folder):
    with running(folder) as address:
        reviewer = Visitor(browser, address, shots).sign_in("reviewer")
        page = reviewer.page
        row = next(code for code in ROWS if code == "16")
        reviewer.open(f"/verifikasi/1/putusan/{row}")
        page.keyboard.press("1")
        page.keyboard.press("r")
        page.keyboard.type("Setengah jadi")
        shows(page, "halaman 1 dari 2")
        page.keyboard.press("Alt+PageDown")
        shows(page, "halaman 2 dari 2")
        assert "hlm=2" in page.url
        page.keyboard.type(" dan berlanjut")
        page.keyboard.press("Escape")
        page.keyboard.press("o")
        shows(page, "halaman 1 dari 2")
        page.keyboard.press("d")
        shows(page, "Dokumen 2 dari")
        page.get_by_role("link", name="Lihat Bukti antar-16-0").click()
        shows(page, "Dokumen 1 dari")
        page.keyboard.press("z")
        assert page.locator(".viewer-large").count() == 1
        reviewer.look("meja-ukuran-asli")
        page.keyboard.press("z")
        assert (page.locator("#reason").input_value(), page.locator("[name=level]:checked").get_attribute("value")) == (
            "Setengah jadi dan berlanjut", "1")
        page.keyboard.press("?")
        assert page.locator("details:has(summary[data-keys='?'])").get_attribute("open") is not None
        reviewer.look("meja-pintasan")
        film(reviewer)
        without_the_server(reviewer)
        faults = [fault for fault in reviewer.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
    assert not faults, "\n".join(faults)


def shows(page, words: str) -> None:
    page.locator("[data-pane]", has_text=words).wait_for(timeout=5000)
    page.locator("[data-pane]:not([aria-busy])").wait_for(timeout=5000)


def film(reviewer) -> None:
    """The video runs in the pane and can be wound: the server answers with parts."""
    page = reviewer.page
    parts = []
    page.on("response", lambda answer: parts.append(answer.status) if "/berkas/" in answer.url and answer.request.resource_type == "media" else None)
    reviewer.open("/verifikasi/1/putusan/35")
    if not page.locator("[data-pane] video").count():  # the cover picture comes first
        page.keyboard.press("d")
    page.locator("[data-pane] video").wait_for()
    where = page.evaluate("""async () => {
        const film = document.querySelector('video');
        if (film.readyState < 1) await new Promise(done => film.addEventListener('loadedmetadata', done));
        film.currentTime = film.duration / 2;
        await new Promise(done => film.addEventListener('seeked', done));
        return film.currentTime / film.duration; }""")
    assert where == pytest.approx(0.5, abs=0.1)
    assert set(parts) == {206}
    reviewer.look("meja-video")


def without_the_server(reviewer) -> None:
    """The connection is gone: what is typed stays, and a sentence says what happened."""
    page = reviewer.page
    reviewer.open("/verifikasi/1/putusan/17")
    page.keyboard.press("r")
    page.keyboard.type("Belum tersimpan")
    reviewer.context.set_offline(True)
    page.keyboard.press("Alt+PageDown")
    page.get_by_text("Sambungan terputus, jadi halaman itu belum tampil.").wait_for()
    reviewer.context.set_offline(False)
    page.keyboard.press("Alt+PageDown")
    shows(page, "halaman 2 dari 2")
    assert page.locator("#reason").input_value() == "Belum tersimpan"


def test_the_coordinator_shares_out_what_waits(browser, shots, folder):
    with running(folder) as address:
        coordinator = Visitor(browser, address, shots).sign_in("coordinator")
        page = coordinator.page
        coordinator.open("/verifikasi/?q=obat")
        page.get_by_label("Centang semua di halaman ini").check()
        page.get_by_text("1 dicentang").wait_for()
        page.get_by_label("Bagikan ke").select_option(label="Reviewer")
        page.get_by_role("button", name="Bagikan", exact=True).click()
        page.get_by_text("1 usulan dibagikan ke Reviewer.").wait_for()
        assert page.url.endswith("/verifikasi/?q=obat")
        coordinator.look("meja-dibagikan")
        page.get_by_role("link", name="Pembagian").click()
        page.get_by_label("Dinas Kesehatan").check()
        page.get_by_label("Jadikan verifikator tetap").select_option(label="Coordinator")
        page.get_by_role("button", name="Tetapkan").click()
        page.get_by_text("Dinas Kesehatan sekarang dipegang Coordinator.").wait_for()
        coordinator.look("meja-pembagian")
        page.get_by_role("row", name="Reviewer").get_by_role("link", name="2").click()
        coordinator.look("meja-di-rekan")
        assert page.locator("tbody tr").count() == 2
        faults = coordinator.faults
    assert not faults, "\n".join(faults)
