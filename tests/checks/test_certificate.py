"""The certificate of HTTPS: said a month before it is over, and nothing where the app keeps none."""
import subprocess
from datetime import timedelta

import pytest

from app import clock
from app.checks import State
from app.checks.certificate import certificate, ends_at
from app.config import Settings


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Of 90 days, with names, so that not every length fits into one byte; another certificate stands behind it, as chains do."""
    folder = tmp_path_factory.mktemp("sertifikat")
    for name, days in (("sertifikat", 90), ("ca", 9000)):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key",
                        "-out", f"{name}.pem", "-days", str(days), "-subj", f"/C=ID/O=Pemerintah Kabupaten/OU=Dinas Komunikasi/CN={name}.go.id"],
                       cwd=folder, check=True, capture_output=True)
    (folder / "rantai.pem").write_text("Nama: lumbung\n" + (folder / "sertifikat.pem").read_text() + (folder / "ca.pem").read_text())
    return folder / "rantai.pem"


def check(path):
    [found] = certificate(Settings.load({"LUMBUNG_TLS_CERTIFICATE": str(path), "LUMBUNG_TLS_KEY": str(path)}))
    return found


@pytest.mark.parametrize(("later", "state", "says"), [
    (59, State.GOOD, "Sertifikat HTTPS masih berlaku 30 hari."),
    (61, State.LOOK, "Sertifikat HTTPS berakhir 28 hari lagi; lalu peramban memperingatkan setiap orang."),
    (93, State.BAD, "Sertifikat HTTPS sudah 4 hari lewat: peramban memperingatkan setiap orang."),
])
def test_by_how_long_it_still_counts(path, later, state, says):
    with clock.at(clock.now() + timedelta(days=later)):
        assert check(path)[1:3] == (state, says)


def test_the_end_is_read_to_the_second_also_beyond_2050(path):
    for name in ("rantai.pem", "ca.pem"):
        said = subprocess.run(["openssl", "x509", "-enddate", "-noout", "-dateopt", "iso_8601", "-in", path.with_name(name)], check=True,
                              capture_output=True, text=True)
        if not said.stdout.strip():
            pytest.skip("this openssl says no ISO dates")
        assert ends_at(path.with_name(name)).strftime("notAfter=%Y-%m-%d %H:%M:%SZ") == said.stdout.strip()


@pytest.mark.parametrize("written", ["", "bukan sertifikat", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", None])
def test_what_cannot_be_read_is_said(tmp_path, written):
    path = tmp_path / "sertifikat.pem"
    if written is not None:
        path.write_text(written)
    assert check(path)[1:3] == (State.LOOK, f"Berkas sertifikat {path} tidak dapat dibaca.")


def test_without_one_there_is_nothing_to_say():
    assert certificate(Settings.load({})) == []
