"""`users`: the way back in when nobody can sign in."""
import re

import pytest
from sqlalchemy import select

from app import passwords
from app.extensions import db
from app.models import Session, User


@pytest.fixture
def users(app, saved):
    return lambda *args: app.test_cli_runner().invoke(args=["users", *args])


def test_a_slip_replaces_the_password_and_ends_the_sessions(app, saved, open_as, users):
    admin = open_as("admin")
    result = users("slip", "ADMIN")
    password = re.fullmatch(r"Kata sandi sementara admin: (\S+)\nBerlaku tiga hari, diganti saat masuk\.\n", result.output)[1]
    with app.app_context():
        user = db.session.get(User, saved.people["admin"])
        assert passwords.verify(user.password_hash, password) and user.must_change_password
        assert [event.what for event in user.events][-1] == "slip_given"
        assert all(s.ended_at for s in db.session.scalars(select(Session)))
    admin.get("/", expect=302)


def test_an_unknown_name_is_said_so(users):
    result = users("slip", "siapa")
    assert (result.exit_code, result.output) == (1, "Error: Tidak ada akun bernama siapa. Lihat daftarnya: python3 lumbung.py users daftar\n")


def test_a_closed_account_is_opened_first(app, saved, users):
    with app.app_context():
        db.session.get(User, saved.people["head"]).deactivate(None)
        db.session.commit()
    result = users("slip", "head")
    assert result.exit_code == 1 and "Akun head dinonaktifkan" in result.output


def test_the_list_names_every_account_with_its_role(app, saved, users):
    with app.app_context():
        db.session.get(User, saved.people["leader"]).deactivate(None)
        db.session.commit()
    lines = [re.sub(r" +", " ", line) for line in users("daftar").output.splitlines()]
    assert lines == [
        "admin Admin Admin · Bappelitbangda", "coordinator Coordinator Koordinator · Bappelitbangda", "head Head Kepala OPD · Dinas Kesehatan",
        "leader Leader Pimpinan · Bappelitbangda (nonaktif)", "owner Owner Operator OPD · Dinas Kesehatan",
        "reviewer Reviewer Verifikator · Bappelitbangda", "stranger Stranger Operator OPD · Badan Keuangan"]


def test_the_list_never_shows_a_password(users):
    assert "argon2" not in users("daftar").output
