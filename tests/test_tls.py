"""HTTPS by the server itself: pages, long bodies both ways, slow lines, and nobody who keeps the others waiting."""
import http.client
import os
import socket
import ssl
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.config import SettingError, Settings
from app.server.tls import context_of
from tests.test_server import Served

pytestmark = pytest.mark.skipif(os.name == "nt", reason="several processes share a port on Linux only")


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """(certificate, key) of 127.0.0.1, made by openssl as docs/https.md says."""
    folder = tmp_path_factory.mktemp("sertifikat")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "kunci.pem", "-out", "sertifikat.pem", "-days", "30",
                    "-subj", "/CN=lumbung", "-addext", "subjectAltName=IP:127.0.0.1"], cwd=folder, check=True, capture_output=True)
    return folder / "sertifikat.pem", folder / "kunci.pem"


@pytest.fixture(scope="module")
def server(tmp_path_factory, papers):
    served = Served(tmp_path_factory.mktemp("tls"))
    served.start(tls_certificate=papers[0], tls_key=papers[1])
    until_it_answers(served, papers)
    yield served
    served.process.terminate()
    assert served.process.wait(10) == 0


def connected(server, papers) -> http.client.HTTPSConnection:
    trusting = ssl.create_default_context(cafile=papers[0])
    return http.client.HTTPSConnection("127.0.0.1", server.port, timeout=20, context=trusting)


def ask(server, papers, path, body=None) -> bytes:
    line = connected(server, papers)
    try:
        line.request("POST" if body is not None else "GET", path, body)
        return line.getresponse().read()
    finally:
        line.close()


def until_it_answers(server, papers) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            ask(server, papers, "/")
            return
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_long_answers_and_long_bodies_arrive_whole(server, papers):
    assert ask(server, papers, "/big") == b"x" * 6_000_000
    assert ask(server, papers, "/length", b"y" * 20_000_000) == b"20000000"


def test_many_requests_on_one_connection(server, papers):
    line = connected(server, papers)
    for _ in range(30):
        line.request("POST", "/length", b"z" * 40_000)
        assert line.getresponse().read() == b"40000"
    line.close()


def test_fifty_at_once(server, papers):
    with ThreadPoolExecutor(50) as pool:
        assert set(pool.map(lambda _: len(ask(server, papers, "/big")), range(50))) == {6_000_000}


def test_a_handshake_that_never_ends_keeps_nobody_waiting(server, papers):
    silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
    for line in silent[:10]:
        line.sendall(b"\x16\x03\x01")
    began = time.monotonic()
    for _ in range(4):
        assert ask(server, papers, "/").isdigit()
    assert time.monotonic() - began < 3
    for line in silent:
        line.close()


def test_a_body_in_drops(server, papers):
    with ssl.create_default_context(cafile=papers[0]).wrap_socket(
            socket.create_connection(("127.0.0.1", server.port)), server_hostname="127.0.0.1") as line:
        line.sendall(b"POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\nConnection: close\r\n\r\n")
        for _ in range(10):
            line.sendall(b"abc")
            time.sleep(0.03)
        assert line.recv(4000).partition(b" ")[2].startswith(b"200 OK")


def test_who_types_http_is_led_to_https(server):
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    line.request("GET", "/masuk?next=/usulan/")
    answer = line.getresponse()
    assert (answer.status, answer.getheader("Location")) == (308, f"https://127.0.0.1:{server.port}/masuk?next=/usulan/")


@pytest.mark.parametrize("typed", [b"GET /masuk HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET /masuk HTTP/1.1\r\nHost: x@evil\r\n\r\n",
                                   b"GET http://jahat.example/ HTTP/1.1\r\nHost: x\r\n\r\n", b"halo\r\n\r\n", b"\x00\x00"])
def test_what_is_neither_is_refused(server, typed):
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        line.sendall(typed)
        assert line.recv(400).startswith(b"HTTP/1.1 400")


def test_old_tls_is_refused(server):
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line, pytest.raises((ssl.SSLError, ConnectionError)):
        old.wrap_socket(line)


def test_stopping_finishes_what_was_begun(tmp_path, papers):
    served = Served(tmp_path)
    served.start(tls_certificate=papers[0], tls_key=papers[1])
    until_it_answers(served, papers)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(ask, served, papers, "/slow?1.5") for _ in range(4)]
        while len(list((served.folder / "begun").iterdir())) < 4:
            time.sleep(0.05)
        served.process.terminate()
        assert all(one.result().isdigit() for one in waiting)
    assert served.process.wait(10) == 0


def test_a_certificate_that_cannot_be_used_is_a_sentence(tmp_path, papers):
    other = tmp_path / "lain.pem"
    subprocess.run(["openssl", "genrsa", "-out", other, "2048"], check=True, capture_output=True)
    (tmp_path / "bukan.pem").write_text("bukan sertifikat")
    for certificate, key, words in ((papers[0], other, "bukan pasangan"), (tmp_path / "bukan.pem", papers[1], "bukan berkas PEM"),
                                    (tmp_path / "tidak-ada.pem", papers[1], "tidak dapat dibaca")):
        with pytest.raises(SettingError, match=words):
            context_of(Settings.load({"LUMBUNG_TLS_CERTIFICATE": str(certificate), "LUMBUNG_TLS_KEY": str(key)}))


def test_both_or_neither_and_https_follows(papers):
    with pytest.raises(SettingError, match="bersama-sama"):
        Settings.load({"LUMBUNG_TLS_CERTIFICATE": str(papers[0])})
    assert Settings.load({"LUMBUNG_TLS_CERTIFICATE": str(papers[0]), "LUMBUNG_TLS_KEY": str(papers[1])}).https
    assert not Settings.load({}).https
