"""Requirements 13 to 26 of docs/keamanan.md: what a request may ask, send, and get."""
import re
import sys
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from app import clock
from app.config import ROOT, Settings
from app.extensions import csrf, db
from app.models import DocumentVersion, Entry, Event, Innovation, StoredFile, User
from app.rules import Refused
from app.rules.access import Role
from app.rules.workflow import MOVES, Status
from app.storage import Rejected, Scanner, Storage
from app.storage.scanning import FOUND, UNSURE
from tests.cast import submitted
from tests.storage import samples
from tests.storage.hostile import TABLE
from tests.web.reviewing import desk
from tests.web.typing import hidden

PUBLIC = {"account.login", "account.code", "health.show", "look.style", "look.logo"}
TEMPLATES = ROOT / "app" / "templates"


@pytest.fixture
def kept(app, saved, open_as):
    """`kept(bytes, name)` puts a file into the unit's library and gives the id of its version."""
    def keep(content: bytes, name: str) -> int:
        open_as("owner").post("/dokumen/baru", {"upload": (BytesIO(content), name), "title": name})
        with app.app_context():
            return db.session.scalars(select(DocumentVersion.id).order_by(DocumentVersion.id.desc())).first()
    return keep


def count(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Event.id)))


def edits(saved):
    return select(func.count(Event.id)).where(Event.innovation_id == saved.innovation, Event.what == "profile_edited")


def test_13_cookie_flags(app, open_as, tmp_path):
    cookie = open_as().get("/masuk").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; ")) and "Domain" not in cookie and "Expires" not in cookie
    flags = Settings(data=tmp_path, https=True).flask()
    assert (flags["SESSION_COOKIE_NAME"], flags["SESSION_COOKIE_SECURE"], flags["SESSION_COOKIE_HTTPONLY"]) == ("__Host-lumbung", True, True)


def test_14_closed_unless_opened(app):
    """Every address there is, by somebody who is not signed in; the whole table of who may what is tests/test_access.py."""
    opened = {name for name, view in app.view_functions.items() if getattr(view, "is_public", False)}
    assert opened == PUBLIC
    nobody, routes = app.test_client(), app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC:
            continue
        url = routes.build(rule.endpoint, dict.fromkeys(rule.arguments, 1), "GET" if "GET" in rule.methods else "POST")
        answer = nobody.get(url) if "GET" in rule.methods else nobody.post(url)
        assert answer.status_code in (302, 303) and answer.location.startswith("/masuk"), f"{rule.endpoint}: {answer.status_code}"


def test_15_what_another_unit_has_is_not_there(saved, kept, open_as):
    version, stranger = kept(samples.pdf(), "sk.pdf"), open_as("stranger")
    for url in (f"/usulan/{saved.entry}", f"/usulan/{saved.entry}/indikator/16", f"/inovasi/{saved.innovation}", f"/dokumen/{saved.document}",
                f"/berkas/{version}", f"/berkas/{version}/unduh", f"/usulan/{saved.entry}/riwayat.xlsx"):
        stranger.get(url, expect=404)
    for url in (f"/usulan/{saved.entry}/indikator/16", f"/usulan/{saved.entry}/ajukan", f"/dokumen/{saved.document}/arsip"):
        stranger.post(url, {"level": 1}, expect=404)


def test_16_nobody_posts_a_score_or_a_status(app, saved, open_as):
    def facts():
        with app.app_context():
            entry = db.session.get(Entry, saved.entry)
            return entry.status, entry.claimed, entry.evidenced, entry.verified, entry.number, entry.reviewer_id, entry.answer_on("16").claimed_level

    before, owner = facts(), open_as("owner")
    profile = f"/inovasi/{saved.innovation}/profil/hasil"
    owner.post(profile, {"seen": hidden(owner.get(profile), "seen"), "purpose": "Baru.", "benefit": "Ada.", "result": "Naik.", "status": "approved",
                         "claimed": "111", "verified": "111", "unit_id": saved.units["office"], "number": "1"})
    owner.post(f"/usulan/{saved.entry}/indikator/16", {"level": "9", "verified_level": "3", "verified": "111"}, expect=200)
    assert facts() == before
    open_as("leader").post(profile, {"purpose": "Pimpinan."}, expect=403)
    with app.app_context():
        innovation = db.session.get(Innovation, saved.innovation)
        assert (innovation.purpose, innovation.unit_id) == ("Baru.", saved.units["dinas"])


def test_17_legal_moves_the_servers_clock_and_no_judging_of_ones_own(app, saved, open_as):
    assert {move for move, (origins, _) in MOVES.items() if Status.DRAFT in origins} == {"prepare", "submit"}
    with desk(app, saved) as cast, pytest.raises(Refused):
        cast.entry.approve(cast.coordinator)  # of a draft
    with desk(app, saved) as cast, clock.at(cast.period.closes_at + timedelta(seconds=1)), pytest.raises(Refused):
        cast.entry.submit(cast.owner)
    with desk(app, saved) as cast:
        submitted(cast)
        cast.reviewer.give_role(Role.HEAD, cast.units["dinas"], None)
    open_as("reviewer").post(f"/verifikasi/{saved.entry}/putusan/16", {"level": "2"}, expect=403)


def test_18_a_page_from_before_anothers_change_changes_nothing(app, saved, open_as):
    """Many at once, over HTTP: tests/web/test_concurrency.py, and killed at any moment: tests/faults."""
    profile, owner = f"/inovasi/{saved.innovation}/profil/hasil", open_as("owner")
    seen = hidden(owner.get(profile), "seen")
    words = {"seen": seen, "benefit": "Ada.", "result": "Naik."}
    owner.post(profile, words | {"purpose": "Yang pertama."})
    both = owner.post(profile, words | {"purpose": "Yang kedua."}, expect=200).text
    assert "Anda sendiri, di jendela lain," in both and "pertama" in both and "kedua" in both
    with app.app_context():
        assert db.session.get(Innovation, saved.innovation).purpose == "Yang pertama."
        events = db.session.scalar(edits(saved))
    with desk(app, saved) as cast:  # what refuses half-way leaves nothing
        innovation = db.session.get(Innovation, saved.innovation)
        innovation.edit(cast.owner, purpose="Setengah.")
        db.session.flush()
        db.session.rollback()
    with app.app_context():
        assert db.session.get(Innovation, saved.innovation).purpose == "Yang pertama."
        assert db.session.scalar(edits(saved)) == events


@pytest.mark.parametrize(("address", "field", "value", "sentence"), [
    ("/inovasi/1/profil/hasil", "purpose", "x" * 200_000, "Paling banyak"),
    ("/inovasi/baru", "name", "x" * 5000, "Paling banyak"),
])
def test_19_every_field_is_checked_on_the_server(saved, open_as, address, field, value, sentence):
    owner = open_as("owner")
    page = owner.post(address, {"seen": hidden(owner.get(address), "seen") if "profil" in address else "", field: value}, expect=200)
    assert sentence in page.text


def test_20_words_are_never_sql_nor_html(app, saved, open_as):
    owner, bad = open_as("owner"), "<script>alert(1)</script>' OR 1=1 --"
    assert "JEMPUT GIZI" not in owner.get("/inovasi/", query_string={"q": "tidak ada' OR '1'='1"}).text
    with app.app_context():
        db.session.get(User, saved.people["owner"]).name = bad
        innovation = db.session.get(Innovation, saved.innovation)
        innovation.name = bad
        db.session.commit()
    page = owner.get(f"/inovasi/{saved.innovation}").text
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
    assert app.jinja_env.autoescape is True or app.jinja_env.autoescape("x.html") is True
    unescaped = [path.name for path in TEMPLATES.rglob("*.html") if re.search(r"\|\s*safe\b|autoescape false", path.read_text())]
    assert unescaped == []


@pytest.mark.parametrize("elsewhere", ["https://jahat.example/", "//jahat.example", "/\\jahat.example", "http:jahat.example", "javascript:alert(1)"])
def test_21_nobody_is_sent_to_another_site(app, saved, open_as, elsewhere):
    from tests.live import PASSWORD, PASSWORD_HASH
    with app.app_context():
        db.session.get(User, saved.people["owner"]).change_password(PASSWORD_HASH)
        db.session.commit()
    sent = {"username": "owner", "password": PASSWORD, "next": elsewhere}
    assert open_as().post("/masuk", sent).location == "/"


def test_22_a_token_for_every_change_and_no_change_by_a_link(app, saved, open_as):
    """What was typed is kept when a token does not fit: tests/web/test_unsaved.py. That no GET writes, every test watches: tests/guards.py."""
    assert csrf._exempt_views == csrf._exempt_blueprints == set() and app.config["WTF_CSRF_TIME_LIMIT"] is None
    owner, row = open_as("owner"), f"/usulan/{saved.entry}/indikator/16"
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        for token in ("", "x.y.z", hidden(open_as("stranger").get("/akun/sandi"), "csrf_token")):
            answer = owner.client.post(row, data={"level": "1", "csrf_token": token})
            assert answer.status_code in (303, 400)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        assert db.session.get(Entry, saved.entry).answer_on("16").claimed_level == 2
    routes, before = app.url_map.bind("localhost"), count(app)
    buttons = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods and "GET" not in rule.methods]
    assert len(buttons) > 50
    for rule in buttons:
        owner.client.get(routes.build(rule.endpoint, dict.fromkeys(rule.arguments, 1), "POST"))
    assert count(app) == before


def test_23_what_an_upload_must_be(tmp_path):
    """All hostile files there are: tests/storage/test_refuses.py, test_active.py, test_random.py."""
    storage = Storage(tmp_path, 1_000_000)
    for name, content, _ in [*TABLE[:12], ("besar.pdf", samples.pdf() + bytes(1_000_001), ""), ("makro.docm", samples.archive(), "")]:
        with pytest.raises(Rejected):
            storage.take(BytesIO(content), name, ("pdf", "jpg", "png", "mp4"))
    assert storage.take(BytesIO(samples.pdf()), "sk.pdf", ("pdf",)).kind == "pdf"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_24_files_lie_outside_static_under_names_of_ours(app, saved, kept, open_as):
    version, owner = kept(samples.pdf(), "../../etc/passwd.pdf"), open_as("owner")
    with app.app_context():
        sha256 = db.session.get(DocumentVersion, version).file.sha256
    path = app.extensions["storage"].path(sha256)
    assert path.is_file() and ROOT / "app" / "static" not in path.parents and path.name == sha256
    shown = owner.get(f"/berkas/{version}/unduh", buffered=True)
    assert shown.headers["X-Content-Type-Options"] == "nosniff" and shown.headers["Content-Disposition"].startswith("attachment")
    assert shown.headers["Cache-Control"] == "private, no-store" and "sandbox" in shown.headers["Content-Security-Policy"]
    for guess in (f"/files/{sha256[:2]}/{sha256}", f"/static/{sha256}", "/static/../lumbung.sqlite", "/secret", "/lumbung.toml"):
        owner.get(guess, expect=404)


def test_25_room_for_each_unit_and_innovation_and_a_virus_scanner(app, saved, open_as, monkeypatch, tmp_path):
    def attached() -> str:
        sent = {"file": (BytesIO(samples.pdf()), "sk.pdf")}
        return open_as("owner").client.post(f"/usulan/{saved.entry}/indikator/16/bukti", data=sent).text

    for quota, whose in (("unit_quota_mb", "Dinas Kesehatan"), ("innovation_quota_mb", "inovasi ini")):
        with app.app_context():
            db.session.scalars(select(StoredFile)).first().size = 1024 * 1024
            db.session.commit()
        with monkeypatch.context() as patch:
            patch.setitem(app.config, "LUMBUNG", replace(app.config["LUMBUNG"], **{quota: 1}))
            assert f"Ruang {whose} (1 MB) sudah penuh." in attached()

    def scanned(code: str, seconds: float = 30) -> None:
        scanner = Scanner(f'"{sys.executable}" -I -c "{code}"', seconds)
        Storage(tmp_path, 1_000_000, scanner=scanner).take(BytesIO(samples.pdf()), "sk.pdf", ("pdf",))

    scanned("import sys; sys.exit(not open(sys.argv[1], 'rb').read().startswith(b'%PDF'))")
    for code, sentence in (("raise SystemExit(1)", FOUND), ("raise SystemExit(2)", UNSURE), ("import time; time.sleep(9)", UNSURE)):
        with pytest.raises(Rejected, match=re.escape(sentence)):
            scanned(code, 30 if "Exit" in code else 0.2)
    with pytest.raises(Rejected, match=re.escape(UNSURE)):
        Storage(tmp_path, 1_000_000, scanner=Scanner("/tidak/ada")).take(BytesIO(samples.pdf(2)), "sk.pdf", ("pdf",))
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_26_a_policy_without_anything_inline(open_as):
    """That no page has inline script or style, the browser of every test checks (tests/browser.py)."""
    headers = open_as("owner").get("/").headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'")
    inline = [path.name for path in TEMPLATES.rglob("*.html") if re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", path.read_text())]
    assert inline == []
    scripts = "".join(path.read_text() for path in (ROOT / "app" / "static").glob("*.js"))
    assert not re.search(r"\beval\(|new Function|document\.write", scripts)
