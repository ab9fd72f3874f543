"""The guard that keeps every test on this machine (tests/alone.py) does catch. Without any network at all: `python -m tests.offline`."""
import smtplib
import socket
import urllib.request

import pytest

from tests import alone


@pytest.mark.parametrize("ask", [
    lambda: socket.create_connection(("192.0.2.1", 443), timeout=1), lambda: socket.getaddrinfo("indeks.kemendagri.go.id", 443),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"?", ("192.0.2.1", 53)), lambda: socket.gethostbyname("pool.ntp.org"),
    lambda: urllib.request.urlopen("http://192.0.2.1/"), lambda: smtplib.SMTP("mail.example")])
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_who_asks_another_machine_is_caught(ask):
    with pytest.raises(alone.AskedOutside):
        ask()


@pytest.mark.parametrize("place", [("127.0.0.1", 80), ("::1", 80, 0, 0), "localhost", "/run/postgresql/.s.PGSQL.5432", ("127.0.0.9", 1)])
def test_this_machine_may_be_asked(place):
    assert alone.is_here(place)
