"""`python -m tests.security.scan [folder]`: two scanners over the code and over the app as it runs. Not part of the suite: half an hour.

Needs `bandit` and `wapiti` on the path, or named by BANDIT and WAPITI; each from an environment of its own, since they bring hundreds of
libraries (`python3 -m venv /tmp/w && /tmp/w/bin/pip install bandit wapiti3`). Needs openssl too. The training regency it attacks is made
anew in `folder` (else a temporary one) and is worth nothing afterwards: the scanner presses every button it finds.
Ends with 1 when a scanner says something nobody has answered (tests/security/answered.py).
"""
import csv
import json
import os
import re
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path

from app.config import ROOT
from tests.live import free_port
from tests.security.answered import BANDIT, WAPITI

WHO = {"operator": "operator", "verifikator": "reviewer"}
MODULES = ("backup", "buster", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess", "http_headers", "https_redirect", "ldap",
           "methods", "permanentxss", "redirect", "shellshock", "sql", "timesql", "upload", "xss")
# Left out: what asks a machine of the maker of wapiti (ssrf, xxe, log4shell, spring4shell), downloads lists (nikto, wapp, cms), or is about others.
CRAWL, ATTACK = 200, 75  # seconds for looking around, and for each module
ENDING = ("/keluar", "/akun/sesi/lain", "/akun/sesi/*", "/akun/langkah-kedua*")  # pressed, they would end the scanner's own session


def main() -> int:
    with tempfile.TemporaryDirectory() as spare:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else spare)
        folder.mkdir(parents=True, exist_ok=True)
        open_ = [*bandit(folder), *wapiti(folder)]
    for finding in open_:
        print("BELUM DIJAWAB:", finding)
    return 1 if open_ else 0


def bandit(folder: Path) -> list[str]:
    report = folder / "bandit.json"
    words = ["-q", "-r", "app", "lumbung.py", "wsgi.py", "-f", "json", "-o", str(report)]
    subprocess.run([os.environ.get("BANDIT", "bandit"), *words], cwd=ROOT, check=False)
    told = json.loads(report.read_text())
    found = {(one["test_id"], one["filename"].removeprefix("./")): f"{one['issue_text']} (baris {one['line_number']})" for one in told["results"]}
    print(f"bandit: {told['metrics']['_totals']['loc']} baris, {len(told['results'])} temuan, {len(found.keys() - BANDIT.keys())} belum dijawab")
    return [f"bandit {test} {file}: {text}" for (test, file), text in found.items() if (test, file) not in BANDIT]


def wapiti(folder: Path) -> list[str]:
    with running(folder) as (address, data):
        jars = {name: signed_in(address, *account(data, role)) for name, role in WHO.items()}
        with ThreadPoolExecutor(len(jars)) as pool:
            told = dict(zip(jars, pool.map(lambda name: attack(folder, address, name, jars[name]), jars), strict=True))
        log = (folder / "server.log").read_text()
    open_ = [f"server: {line}" for line in log.splitlines() if line.startswith(("Traceback", "ERROR"))]
    for name, (pages, stopped, found) in told.items():
        stands = [one for one in found if one not in WAPITI]
        print(f"wapiti sebagai {name}: {pages} halaman dan formulir, {len(found)} temuan, {len(stands)} belum dijawab; "
              f"{stopped} dari {len(MODULES)} modul berhenti karena batas waktunya")
        open_ += [f"wapiti {name} {kind}: {found[kind, path]}" for kind, path in stands]
    return open_


@contextmanager
def running(folder: Path):
    """The real server over TLS on a new training regency."""
    data, port = folder / "data", free_port()
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "kunci.pem", "-out", "sertifikat.pem", "-days", "30",
                    "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], cwd=folder, check=True, capture_output=True)
    env = os.environ | {"LUMBUNG_DATA": str(data), "LUMBUNG_TRAINING": "1", "LUMBUNG_HOST": "127.0.0.1", "LUMBUNG_PORT": str(port),
                        "LUMBUNG_PROCESSES": "2"}
    subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "siapkan", "--demo"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    env |= {"LUMBUNG_TLS_CERTIFICATE": str(folder / "sertifikat.pem"), "LUMBUNG_TLS_KEY": str(folder / "kunci.pem")}
    with open(folder / "server.log", "wb") as log, subprocess.Popen(
            [sys.executable, "-m", "app.server"], cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT) as server:
        try:
            until_it_answers(f"https://127.0.0.1:{port}/sehat", server)
            yield f"https://127.0.0.1:{port}", data
        finally:
            server.terminate()


def until_it_answers(url: str, server: subprocess.Popen) -> None:
    until = time.monotonic() + 120
    while server.poll() is None and time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(url, context=any_certificate(), timeout=5):
            return
        time.sleep(0.5)
    raise AssertionError("the server did not answer")


def account(data: Path, role: str) -> tuple[str, str]:
    with open(data / "akun.csv", newline="", encoding="utf-8") as file:
        return next((line["nama_pengguna"], line["kata_sandi"]) for line in csv.DictReader(file) if line["peran"] == role)


def signed_in(address: str, username: str, password: str) -> CookieJar:
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), urllib.request.HTTPSHandler(context=any_certificate()))
    browser.addheaders = [("Referer", f"{address}/masuk")]  # over HTTPS a form without one is refused
    page = browser.open(f"{address}/masuk").read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    answer = browser.open(f"{address}/masuk", urllib.parse.urlencode({"csrf_token": token, "username": username, "password": password}).encode())
    assert 'name="password"' not in answer.read().decode(), f"{username} did not come in"
    browser.open(f"{address}/akun/sandi").read()  # the first form puts its token into the cookie, so that what wapiti sends is taken
    return jar


def any_certificate() -> ssl.SSLContext:
    """Of this machine alone: made a moment ago by ourselves."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def attack(folder: Path, address: str, name: str, jar: CookieJar) -> tuple[int, int, dict[tuple[str, str], str]]:
    """How many pages and forms were found, how many modules had no time for all of them, and what each kind found where, ids left out."""
    report = folder / f"wapiti-{name}.json"
    cookie = ";".join(f"{one.name}={one.value}" for one in jar)
    words = ["-u", f"{address}/", "-m", ",".join(MODULES), "-H", f"Referer: {address}/", "-C", cookie,
             "--verify-ssl", "0", "--max-scan-time", str(CRAWL), "--max-attack-time", str(ATTACK), "--max-links-per-page", "60", "-d", "8",
             "--tasks", "6", "--flush-session", "--store-session", str(folder / f"sesi-{name}"), "--store-config", str(folder / "wapiti"),
             "--no-bugreport", "-v", "1", "-f", "json", "-o", str(report)]
    for path in ENDING:
        words += ["-x", f"{address}{path}"]
    with open(folder / f"wapiti-{name}.log", "wb") as log:
        subprocess.run([os.environ.get("WAPITI", "wapiti"), *words], check=True, stdout=log, stderr=subprocess.STDOUT)
    told = json.loads(report.read_text())
    found = {}
    for kinds in (told["vulnerabilities"], told["anomalies"]):
        for kind, ones in kinds.items():
            for one in ones:
                where = re.sub(r"\d+", "N", one["path"])
                found.setdefault((kind, where), f"{one['method']} {one['path']} {one.get('parameter') or ''}: {one['info']}"[:300])
    stopped = (folder / f"wapiti-{name}.log").read_text(errors="replace").count("Max attack time was reached")
    return told["infos"].get("crawled_pages_nbr", 0), stopped, found


if __name__ == "__main__":
    sys.exit(main())
