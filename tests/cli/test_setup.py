"""`siapkan`: from an empty folder to a server that can start; twice does no more than once."""
import re

import pytest
from sqlalchemy import func, select, text

from app import create_app, instruments, passwords
from app.config import Settings
from app.extensions import db
from app.models import Instrument, Reason, Unit, User


@pytest.fixture
def fresh(tmp_path):
    app = create_app(Settings.load({"LUMBUNG_DATA": str(tmp_path / "data"), "LUMBUNG_OFFICE": "Bapperida", "LUMBUNG_REGION": "Kabupaten Contoh"}))
    yield app
    with app.app_context():
        db.engine.dispose()


def prepare(app):
    return app.test_cli_runner().invoke(args=["siapkan"])


def counts(app) -> tuple[int, int, int]:
    with app.app_context():
        return tuple(db.session.scalar(select(func.count(noun.id))) for noun in (User, Unit, Instrument))


def test_an_empty_folder_gets_tables_the_instrument_and_one_administrator(fresh):
    result = prepare(fresh)
    assert result.exit_code == 0, result.output
    assert "Instrumen Indeks Inovasi Daerah 2026 dipasang." in result.output
    password = re.search(r"nama pengguna   admin\n  kata sandi      (\S+)\n", result.output)[1]
    with fresh.app_context():
        admin = db.session.scalars(select(User)).one()
        assert admin.role_line == "Admin · Bapperida Kabupaten Contoh" and admin.must_change_password
        assert passwords.verify(admin.password_hash, password)
        assert [unit.is_office for unit in db.session.scalars(select(Unit))] == [True]


def test_twice_does_no_more_than_once(fresh):
    prepare(fresh)
    before = counts(fresh)
    again = prepare(fresh)
    assert (again.exit_code, again.output) == (0, "") and counts(fresh) == before == (1, 1, 1)


def test_the_bank_of_reasons_is_shipped_once_and_then_the_offices_own(fresh):
    prepare(fresh)
    with fresh.app_context():
        shipped = [(row, cause, words) for row, each in instruments.reasons().items() for cause, words in each]
        assert [(one.row, one.cause, one.text) for one in db.session.scalars(select(Reason).order_by(Reason.id))] == shipped
        one = db.session.get(Reason, 1)
        one.edit(None, one.cause, "SK belum memuat nama inovasi.")
        one.archive(None)
        db.session.commit()
    prepare(fresh)
    with fresh.app_context():
        assert db.session.scalar(select(func.count(Reason.id))) == len(shipped)
        assert (db.session.get(Reason, 1).text, bool(db.session.get(Reason, 1).archived_at)) == ("SK belum memuat nama inovasi.", True)


def test_an_incomplete_instrument_carries_no_period(fresh):
    prepare(fresh)
    with fresh.app_context():
        assert db.session.scalars(select(Instrument.code)).all() == ["iid-2026"]


def test_a_database_of_a_newer_version_is_left_alone(fresh):
    prepare(fresh)
    with fresh.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        db.session.commit()
    result = prepare(fresh)
    assert result.exit_code == 1
    assert result.output == ("Error: Basis data ini dibuat oleh versi Lumbung Inovasi yang lebih baru (revisi 9999). "
                             "Pasang versi yang sama atau lebih baru; basis data tidak diubah.\n")
    assert counts(fresh) == (1, 1, 1)


@pytest.mark.parametrize("command", [["doctor"], ["upgrade"], ["users", "daftar"], ["users", "slip", "admin"]])
def test_other_commands_say_that_an_empty_folder_is_not_ready_and_leave_it_empty(fresh, command):
    result = fresh.test_cli_runner().invoke(args=command)
    folder = fresh.config["LUMBUNG"].data
    assert (result.exit_code, result.output) == (
        1, f"Error: Folder data {folder} belum disiapkan untuk versi ini. Jalankan dulu: python3 lumbung.py serve\n")
    assert not (folder / "lumbung.sqlite").exists()


def test_the_training_regency_is_never_served_as_an_office(fresh):
    """Its passwords are on paper: without the mark and on all networks nobody would know."""
    (fresh.config["LUMBUNG"].data / "akun.csv").touch()
    result = prepare(fresh)
    assert (result.exit_code, result.output) == (1, "Error: Folder ini berisi data latihan. Jalankan dengan --demo, atau pilih folder lain.\n")
