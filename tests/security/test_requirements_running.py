"""Requirements 27 to 40 of docs/keamanan.md: how it is installed and run, what it writes down, and how it fails."""
import ast
import http.client
import io
import json
import os
import re
import socket
import ssl
import subprocess
import zipfile
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app import backups, checks, clock, create_app, journal, locks
from app.bundling import libraries, papers
from app.checks import State, Things
from app.config import ROOT, SettingError, Settings
from app.exports import listing
from app.exports.word import as_xml
from app.extensions import db
from app.models import Innovation, Session, User
from app.rules import Refused, access, instrument_file
from app.rules.access import ABILITIES
from app.server.tls import context_of
from app.storage import limits
from app.storage.child import SECONDS
from tests import alone
from tests.backed import give_bytes, manifest
from tests.live import PASSWORD, PASSWORD_HASH, Person, prepared, running

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in its own way")
APP = ROOT / "app"
REPLIES = re.compile(r"Traceback|File \"|sqlalchemy|werkzeug|waitress|Python/", re.I)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A real one on a folder of its own, where Ani (an admin) has signed in once and somebody was turned away."""
    folder = tmp_path_factory.mktemp("server") / "data"
    with prepared(folder):
        user = User.add("ani", "Ani Lestari", PASSWORD_HASH, None)
        user.change_password(PASSWORD_HASH)
        db.session.add(user)
    with running(folder) as address:
        Person(address, "ani")
        yield address, folder


def answer(address: str, method: str, path: str) -> tuple[int, dict[str, str], str]:
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    try:
        line.request(method, path)
        told = line.getresponse()
        return told.status, dict(told.getheaders()), told.read().decode()
    finally:
        line.close()


def notes(app) -> list[dict]:
    found = sorted((app.config["LUMBUNG"].data / journal.FOLDER).glob("*.jsonl"))
    return [json.loads(line) for path in found for line in path.read_text().splitlines()]


def imported(path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    return ({alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
            | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module})


def test_27_tls_12_or_later_and_then_the_browser_is_bound_to_it(tmp_path):
    """Against a real server and behind nginx and Caddy: tests/test_tls.py, tests/test_proxies.py."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "k.pem", "-out", "s.pem",
                    "-subj", "/CN=lumbung"], cwd=tmp_path, check=True, capture_output=True)
    settings = Settings.load({"LUMBUNG_DATA": str(tmp_path), "LUMBUNG_TLS_CERTIFICATE": str(tmp_path / "s.pem"),
                              "LUMBUNG_TLS_KEY": str(tmp_path / "k.pem")})
    assert context_of(settings).minimum_version == ssl.TLSVersion.TLSv1_2
    guarded = create_app(settings).test_client().get("/berkas/1").headers
    assert guarded["Strict-Transport-Security"] == "max-age=31536000" and guarded["Cross-Origin-Opener-Policy"] == "same-origin"


@POSIX
def test_28_a_secret_of_its_own_closed_to_others_and_renewed_by_a_command(app, saved, open_as, server, tmp_path):
    one, other = Settings(data=tmp_path / "a").secret(), Settings(data=tmp_path / "b").secret()
    assert one != other and re.fullmatch("[0-9a-f]{64}", one)
    folder = server[1]
    ours = [path for path in (folder, *folder.rglob("*")) if "statis" not in path.parts and path.name != "server.log"]  # those everybody may see
    assert [path for path in ours if path.lstat().st_mode & 0o077] == [] and len(ours) > 5
    open_as("owner")
    data = app.config["LUMBUNG"].data
    before = Settings(data=data).secret()
    done = app.test_cli_runner().invoke(args=["ganti-kunci", "--ya"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "Selesai. Jalankan lagi aplikasinya.")
    assert Settings(data=data).secret() != before and (data / "secret").stat().st_mode & 0o777 == 0o600
    with app.app_context():
        assert db.session.scalars(select(Session).where(Session.ended_at.is_(None))).all() == []
    with locks.take(data / locks.SERVER):
        told = app.test_cli_runner().invoke(args=["ganti-kunci", "--ya"])
        assert told.exit_code == 1 and "sedang berjalan dengan folder data ini" in told.output
    (data / "secret").write_text(before)


def test_29_no_banner_no_listing_no_trace_and_nothing_said_of_the_inside(app, server, open_as, monkeypatch):
    assert app.debug is False
    for method, path, code in (("GET", "/masuk", 200), ("GET", "/static/", 404), ("GET", "/files/", 404), ("TRACE", "/masuk", 405),
                               ("GET", "/static/../lumbung.sqlite", 404), ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404), ("GET", "/.git/config", 404),
                               ("GET", "/%00", 404), ("GET", "/masuk?next=%ff%fe", 200), ("PUT", "/masuk", 405), ("GET", "/wp-login.php", 404)):
        status, headers, page = answer(server[0], method, path)
        assert status == code and not {"Server", "X-Powered-By", "Via"} & set(headers), (path, status, headers)
        assert not REPLIES.search(page), path
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "account.show", lambda: 1 / 0)
    page = open_as("owner").get("/akun", expect=500).text
    assert not REPLIES.search(page) and "ZeroDivision" not in page


def test_30_who_came_in_was_refused_or_took_what_is_written_down(app, saved, open_as):
    """Roles, resets, settings: in the chained log of the database (requirement 31); sign-ins and wrong tries also in tables of their own."""
    before = len(notes(app))
    with app.app_context():
        db.session.get(User, saved.people["owner"]).change_password(PASSWORD_HASH)
        db.session.commit()
    door, stranger = open_as(), open_as("stranger")
    door.post("/masuk", {"username": "owner\nadmin", "password": "bukan"}, expect=200)
    door.post("/masuk", {"username": "owner", "password": PASSWORD})
    door.get("/usulan/daftar.xlsx?q=Nama+Orang")
    door.post("/keluar")
    stranger.get(f"/usulan/{saved.entry}", expect=404)
    stranger.get("/kelola/orang/%0Abaris", expect=404)
    stranger.get("/kelola/orang/", expect=403)
    told = notes(app)[before:]
    owner, other = saved.people["owner"], saved.people["stranger"]
    assert [(one["apa"], one.get("orang"), one["jalan"], one["kode"]) for one in told] == [
        ("gagal masuk", None, "/masuk", 200), ("masuk", owner, "/masuk", 303), ("unduh", owner, "/usulan/daftar.xlsx", 200),
        ("keluar", owner, "/keluar", 303), ("tidak terlihat", other, f"/usulan/{saved.entry}", 404), ("ditolak", other, "/kelola/orang/", 403)]
    assert {*told[0]} == {"waktu", "apa", "dari", "cara", "jalan", "kode"}  # no name, no password, no search
    data = app.config["LUMBUNG"].data
    journal.note(data, "x", jalan="/a\n{\"apa\": \"palsu\"}" + "x" * 500)
    assert notes(app)[-1]["jalan"].startswith("/a\n{") and len(notes(app)[-1]["jalan"]) == journal.LONGEST
    with clock.at(clock.now() + journal.KEPT_FOR + timedelta(days=1)):
        journal.note(data, "y")
        assert [one["apa"] for one in notes(app)] == ["y"]
    with app.app_context():
        role = next(m for m in db.session.get(User, other).memberships)
        admin = db.session.get(User, saved.people["admin"])
        db.session.get(User, other).take_role(role, admin)
        assert db.session.get(User, other).events[-1].what == "role_taken" and db.session.get(User, other).events[-1].by is admin


def test_31_the_log_is_append_only_chained_and_checked(app, saved):
    """What a database tool could still do to it, and that it is found: tests/checks/test_log.py; its head in each backup: test_34."""
    give_bytes(app)
    with app.app_context():
        for sql in ("UPDATE event SET details = '{}' WHERE id = 1", "DELETE FROM event"):
            with pytest.raises(DBAPIError, match="yang sudah dicatat tidak diubah atau dihapus"):
                db.session.execute(text(sql))
            db.session.rollback()
        assert checks.deep("Log", Things(db.session(), app.config["LUMBUNG"], app.extensions["storage"])).state is State.GOOD


def test_32_personal_data_is_shown_to_its_owner_and_kept_from_others(app, saved, open_as):
    """Copy of one's own data and making a person nameless: tests of /akun/data-saya and /kelola/orang/<id>/samarkan."""
    with app.app_context():
        nip = db.session.get(User, saved.people["owner"]).nip
    assert nip in open_as("owner").get("/akun/data-saya").text
    for who, pages in {"reviewer": (f"/usulan/{saved.entry}", f"/verifikasi/{saved.entry}", "/verifikasi/"), "stranger": ("/katalog/", "/"),
                       "leader": ("/dasbor/", "/usulan/")}.items():
        for page in pages:
            shown = open_as(who).client.get(page, follow_redirects=True)
            assert shown.status_code == 200 and nip not in shown.text, page
    for who in ("owner", "head", "reviewer", "coordinator", "leader"):
        open_as(who).get(f"/kelola/orang/{saved.people['owner']}", expect=403)


def test_33_nothing_stays_in_the_browser(app, saved, open_as):
    for address in ("/", f"/usulan/{saved.entry}", "/akun", "/usulan/daftar.xlsx", "/masuk", "/tidak-ada"):
        answered = open_as("owner").client.get(address)
        assert answered.headers["Cache-Control"] == "private, no-store", address
    scripts = {path.name: path.read_text() for path in (APP / "static").glob("*.js")}
    kept = sorted({word for script in scripts.values() for word in re.findall(r"(?:session|local)Storage\.setItem\(\"(\w+)\"", script)})
    assert kept == ["scroll", "zoom"]  # how far down a page, and how large: no word anybody typed
    assert not re.search(r"localStorage|indexedDB|serviceWorker|document\.cookie", "".join(scripts.values()))
    words = {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    assert not words & {"nama", "name", "username", "nip", "email", "token", "password", "sandi"}


@pytest.mark.sqlite("backups of its file")
def test_34_backups_are_closed_without_the_secret_and_rehearsed(app, saved):
    """Restore, its undoing, the second place, the drill each week: tests/test_restoring.py, test_second_place.py, test_drill.py."""
    settings = Settings(data=give_bytes(app))
    made = backups.make(settings.data, settings.backups, ZoneInfo(settings.timezone))
    told = manifest(backups.latest(settings.backups))
    assert not [path for path in made.path.rglob("*") if path.name == "secret"]
    with app.app_context():
        assert tuple(told["events"].values()) == tuple(db.session.execute(text("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1")).one())
    assert os.name == "nt" or made.path.parent.stat().st_mode & 0o077 == 0
    assert backups.rehearse(settings).ok


def test_35_every_library_is_pinned_with_its_hashes_and_listed():
    """The bundle that carries them: tests/bundling; their licences: docs/pustaka.md."""
    pins = libraries.pins()
    assert len(pins) > 40 and all(pin.hashes and re.fullmatch(r"[\w.]+", pin.version) for pin in pins)
    assert [pin.name for pin in pins if f"| {pin.name} |" not in (ROOT / "docs" / "pustaka.md").read_text()] == []
    told = papers.sbom("1", pins, map(libraries.library, pins))
    assert [one["name"] for one in told["components"]] == [pin.name for pin in pins]
    assert '"--require-hashes"' in (ROOT / "lumbung.py").read_text()


def test_36_only_what_production_needs():
    plain = {pin.name for pin in libraries.pins(libraries.RUNTIME)}
    assert not plain & {"pytest", "ruff", "mypy", "djlint", "playwright", "hypothesis", "time-machine", "html5lib", "bandit", "wapiti3", "psycopg"}
    from app.bundling.archive import PARTS
    assert not {"tests", "benchmarks", "requirements-dev.txt", ".ci"} & set(PARTS)
    asked = set().union(*map(imported, APP.rglob("*.py")))
    assert not {name.partition(".")[0] for name in asked} & {"pytest", "tests", "pdb", "flask_debugtoolbar"}
    assert 'if not name.startswith("FLASK_")' in (ROOT / "lumbung.py").read_text()  # nothing outside turns on debugging


def test_37_heavy_work_is_bounded(app, saved, open_as):
    """Bombs and hangs in files: tests/storage/test_child.py, test_refuses.py; in workbooks: tests/exports/test_plainness.py."""
    config = app.config
    assert (config["MAX_CONTENT_LENGTH"], config["MAX_FORM_MEMORY_SIZE"], config["MAX_FORM_PARTS"]) == (302 * 1024**2, 4 * 1024**2, 2000)
    assert (limits.MEMORY, limits.CPU_SECONDS, SECONDS) == (1536 * 1024**2, 20, 20)
    door = open_as()
    door.client.post("/masuk", data={"username": "owner", "password": "x" * 1_000_000})
    with app.app_context():
        assert db.session.execute(text("SELECT count(*) FROM failed_sign_in")).scalar() == 0  # refused before it was hashed
    parts = {f"f{n}": "x" for n in range(2001)}
    assert door.client.post("/masuk", data=parts, content_type="multipart/form-data").status_code == 413
    with pytest.raises(Refused):
        instrument_file.read(b"[" * 1_000_000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<a/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * 50_000_000)
    with pytest.raises(Refused):
        listing.read(bomb.getvalue(), ("Nama",))


def test_38_no_connection_to_the_outside(app, open_as):
    """The whole suite runs behind this guard (tests/alone.py); installed and run without any network: `python -m tests.offline`."""
    assert socket.socket.connect.__wrapped__ and not alone.is_here(("192.0.2.1", 443))
    clients = {"requests", "httpx", "urllib3", "aiohttp", "smtplib", "ftplib", "http.client", "urllib.request", "telnetlib", "xmlrpc"}
    assert {path.name for path in APP.rglob("*.py") if imported(path) & clients} == set()
    talks = {path.relative_to(APP).parts[0] for path in APP.rglob("*.py") if "socket" in imported(path)}
    assert talks <= {"server", "cli", "checks", "storage"}
    assert "connect" not in (APP / "storage" / "nursery.py").read_text().replace("ConnectionError", "")  # a pair of its own, to its own child
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", open_as("owner").get("/").text)


def test_39_no_formula_leaves_and_no_template_runs_what_people_typed(app, saved, open_as):
    with app.app_context():
        db.session.get(Innovation, saved.innovation).name = '=HYPERLINK("http://jahat.example";"klik")'
        db.session.commit()
    book = openpyxl.load_workbook(io.BytesIO(open_as("owner").get("/inovasi/daftar.xlsx").data))
    cells = [cell for row in book.active.iter_rows() for cell in row if str(cell.value).startswith("=HYPERLINK")]
    assert [(cell.data_type, cell.hyperlink) for cell in cells] == [("s", None)]
    letters = SandboxedEnvironment(finalize=as_xml)
    assert letters.from_string("{{ said }}").render(said="{{ 7 * 7 }}") == "&#123;&#123; 7 * 7 &#125;&#125;"
    with pytest.raises(SecurityError):
        letters.from_string("{{ said.__class__.__mro__ }}").render(said="x")
    assert "SandboxedEnvironment" in (APP / "exports" / "word.py").read_text()


def test_40_what_fails_fails_closed(app, saved, open_as, monkeypatch, tmp_path):
    with app.app_context():
        owner = db.session.get(User, saved.people["owner"])
        with pytest.raises(KeyError):
            access.can(owner, "entry.unknown", None)
        owner.memberships[0].role = "unknown"
        with pytest.raises(DBAPIError):
            db.session.commit()
        db.session.rollback()
        nobody = User.add("baru", "Baru", PASSWORD_HASH, None)
        assert [name for name in ABILITIES if name not in ("catalogue.view", "innovation.list", "entry.list") and needs_no_thing(nobody, name)] == []
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    owner = open_as("owner")
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE session RENAME TO session_gone")
    page = owner.client.get(f"/usulan/{saved.entry}")
    assert page.status_code in (500, 503) and "JEMPUT GIZI" not in page.text and "Owner" not in page.text
    (tmp_path / "secret").write_text("rusak")
    with pytest.raises(SettingError):
        create_app(Settings(data=tmp_path))


def needs_no_thing(user: User, ability: str) -> bool:
    try:
        return bool(access.can(user, ability))
    except AttributeError:  # asks what it is about
        return False
