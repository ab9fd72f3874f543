"""A newer version works on a copy first; whatever fails there or after the switch, the office has its old database again."""
import shutil
import sqlite3
from contextlib import closing
from zoneinfo import ZoneInfo

import pytest
from flask_migrate import downgrade
from sqlalchemy import text

from app import backups, create_app
from app.backups import proving, revisions
from app.backups.switching import DYING, KEPT, WORK
from app.cli.setup import MIGRATIONS
from app.cli.upgrade import dress
from app.config import Settings
from app.extensions import db
from app.rules import Refused
from tests.backed import another, ask, give_bytes, is_sound

WIB = ZoneInfo("Asia/Jakarta")
pytestmark = pytest.mark.sqlite("backups of its file")
SAME = "Pembaruan dibatalkan; basis data lama tetap dipakai dan tidak berubah."
SCRIPT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = '9001', '{head}'
{says}
def upgrade():
    op.create_table('uji', sa.Column('id', sa.Integer(), primary_key=True))
    op.execute('INSERT INTO uji (id) VALUES (1)')
    {then}
def downgrade():
    op.drop_table('uji')
"""


@pytest.fixture
def data(app, saved, tmp_path):
    return another(give_bytes(app), tmp_path / "data")


@pytest.fixture
def scripts(tmp_path):
    """`scripts("...")` are the migrations of a next version, the last of which ends with these words."""
    def written(then="pass", says=""):
        shutil.copytree(revisions.SCRIPTS, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
        (tmp_path / "migrations" / "versions" / "9001_uji.py").write_text(SCRIPT.format(head=revisions.known()[0], then=then, says=says))
        return tmp_path / "migrations"
    return written


def upgrade(data, scripts):
    return backups.upgrade(data, data / "cadangan", WIB, dress, scripts=scripts)


def refusal(data, scripts) -> str:
    with pytest.raises(Refused) as refused:
        upgrade(data, scripts)
    assert not any((data / left).exists() for left in (WORK, DYING, KEPT)), "something half stayed"
    return str(refused.value)


def test_a_backup_comes_first_and_the_log_says_from_which_version_to_which(data, scripts):
    head = revisions.known()[0]
    done = upgrade(data, scripts())
    assert (done.before, done.after, done.backup) == (head, "9001", backups.latest(data / "cadangan"))
    assert (ask(data, "SELECT version_num FROM alembic_version"), ask(data, "SELECT count(*) FROM uji"), is_sound(data)) == ("9001", 1, True)
    assert ask(data, "SELECT what || details FROM event ORDER BY id DESC") == f'version_changed{{"before": "{head}", "after": "9001"}}'
    assert not any((data / left).exists() for left in (WORK, DYING, KEPT))


def test_a_database_of_this_version_is_left_alone(data):
    before = (data / "lumbung.sqlite").read_bytes()
    assert (upgrade(data, revisions.SCRIPTS), (data / "lumbung.sqlite").read_bytes(), backups.latest(data / "cadangan")) == (None, before, None)


def test_a_script_that_fails_half_way_leaves_every_byte_as_it_was(data, scripts):
    before = (data / "lumbung.sqlite").read_bytes()
    assert refusal(data, scripts("raise RuntimeError('kolom tidak ada')")) == (
        f"Pembaruan basis data gagal pada salinannya: kolom tidak ada. {SAME}")
    assert (data / "lumbung.sqlite").read_bytes() == before


def test_what_the_database_said_is_told_and_not_a_scrap_of_the_statement(data, scripts):
    assert refusal(data, scripts("op.drop_index('ix_hilang')")) == (
        f"Pembaruan basis data gagal pada salinannya: no such index: ix_hilang. {SAME}")


def test_a_script_that_loses_rows_is_noticed(data, scripts):
    before, events = (data / "lumbung.sqlite").read_bytes(), ask(data, "SELECT count(*) FROM notification")
    assert refusal(data, scripts("op.execute('DELETE FROM notification')")) == (
        f"Salinan yang dimigrasikan tidak cocok: tabel notification berisi 0 baris, seharusnya {events}. {SAME}")
    assert (data / "lumbung.sqlite").read_bytes() == before


def test_a_script_that_lays_the_index_of_words_down_anew_loses_nothing(data):
    database = data / "lumbung.sqlite"
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for number in range(9):
            connection.execute("UPDATE innovation SET name = 'PELAYANAN ' || ?", [number])
        before = proving.counts(database)
        connection.execute("INSERT INTO innovation_search (innovation_search) VALUES ('rebuild')")
    assert before["innovation"] > 0 and proving.fault_in(database, before, exactly=False) == ""


@pytest.mark.parametrize(("then", "left"), [("op.execute('DELETE FROM notification')", 0),
                                            ("op.execute('DELETE FROM notification WHERE id > 1')", 1)])
def test_a_script_may_take_away_what_it_says_it_takes_away(data, scripts, then, left):
    assert upgrade(data, scripts(then, 'SHRINKS = {"notification"}')).after == "9001"
    assert (ask(data, "SELECT count(*) FROM notification"), is_sound(data)) == (left, True)


def test_and_nothing_else(data, scripts):
    lost = "op.execute('DELETE FROM notification'); op.execute('DELETE FROM session')"
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as connection, connection:
        connection.execute("INSERT INTO session (token_hash, user_id, started_at, seen_at, address, agent) VALUES "
                           "('a', 1, '2026-11-22', '2026-11-22', '', '')")
    assert refusal(data, scripts(lost, 'SHRINKS = {"notification"}')) == (
        f"Salinan yang dimigrasikan tidak cocok: tabel session berisi 0 baris, seharusnya 1. {SAME}")


def test_what_an_older_script_took_away_is_no_leave_for_a_newer_one(data, scripts):
    """Only the migrations on the way count: those this database has behind it said what they said."""
    written = scripts("op.execute('DELETE FROM notification')")
    oldest = min((written / "versions").glob("0*.py"))
    oldest.write_text(oldest.read_text("utf-8") + '\nSHRINKS = {"notification"}\n', "utf-8")
    assert "tabel notification berisi 0 baris" in refusal(data, written)


def test_a_script_that_spoils_a_score_is_noticed(data, scripts):
    assert "skor tersimpan berbeda dari hitungan ulang" in refusal(data, scripts("op.execute('UPDATE entry SET claimed = claimed + 1')"))


def test_a_version_that_does_not_answer_is_taken_back(data, scripts):
    assert refusal(data, scripts("op.rename_table('regency', 'daerah')")) == (
        f"Versi baru tidak dapat dibuka: halaman /masuk menjawab 500. {SAME}")
    assert (ask(data, "SELECT version_num FROM alembic_version"), is_sound(data)) == (revisions.known()[0], True)
    assert ask(data, "SELECT count(*) FROM event WHERE what = 'version_changed'") == 0


def test_a_newer_database_is_refused(data):
    with closing(sqlite3.connect(data / "lumbung.sqlite")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert refusal(data, revisions.SCRIPTS) == ("Basis data ini dibuat oleh versi Lumbung Inovasi yang lebih baru (revisi 9999). Pasang versi itu "
                                                "dulu, lalu ulangi. Data Anda tidak berubah.")


def test_serving_an_old_database_goes_the_same_safe_way(data):
    app = create_app(Settings.load({"LUMBUNG_DATA": str(data)}))
    with app.app_context():
        downgrade(directory=MIGRATIONS, revision="0006")
        db.session.remove()
        db.engine.dispose()
    result = app.test_cli_runner().invoke(args=["siapkan"])
    made = backups.latest(data / "cadangan")
    assert (result.exit_code, result.output.splitlines()[0]) == (
        0, f"Basis data diperbarui dari revisi 0006 ke {revisions.known()[0]}. Cadangan sebelum pembaruan: {made.path}")
    assert (made.revision, ask(data, "SELECT count(*) FROM event WHERE what = 'version_changed'"), is_sound(data)) == ("0006", 1, True)
    with app.app_context():
        assert db.session.scalar(text("SELECT version_num FROM alembic_version")) == revisions.known()[0]
        db.session.remove()
        db.engine.dispose()


def test_the_command_says_when_there_is_nothing_to_do(app, saved):
    result = app.test_cli_runner().invoke(args=["upgrade"])
    assert (result.exit_code, result.output) == (0, "Basis data sudah sesuai dengan versi ini. Tidak ada yang diubah.\n")
