"""`doctor` finds what was changed behind the app's back, says where, changes nothing and exits 1."""
import hashlib
import json
import sqlite3

import pytest
from sqlalchemy import text

from app import clock
from app.extensions import db
from app.models import StoredFile
from tests.web.reviewing import desk, judge


@pytest.fixture
def whole(app, saved):
    """The saved regency with real bytes behind every file."""
    with app.app_context():
        for id in db.session.scalars(text("SELECT id FROM stored_file")).all():
            content = f"berkas {id}".encode()
            sha256 = hashlib.sha256(content).hexdigest()
            db.session.execute(text("UPDATE stored_file SET sha256 = :sha256, size = :size WHERE id = :id"),
                               {"sha256": sha256, "size": len(content), "id": id})
            path = app.extensions["storage"].path(sha256)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        db.session.commit()
    return app


def tamper(app, sql):
    """As somebody with a database tool would."""
    with sqlite3.connect(app.config["LUMBUNG"].data / "lumbung.sqlite") as connection:
        connection.execute(sql)
    connection.close()


def examined(app):
    return app.test_cli_runner().invoke(args=["doctor"])


def test_a_whole_regency_is_said_to_be_whole(whole):
    result = examined(whole)
    assert (result.exit_code, result.output) == (0, "Semua cocok: basis data, skor, instrumen, dan berkas.\n")


@pytest.mark.parametrize(("sql", "found"), [
    ("UPDATE entry SET claimed = claimed + 100", "Usulan {entry} (JEMPUT GIZI): tersimpan 29 / 28 / 0, seharusnya 28 / 28 / 0"),
    ("UPDATE entry SET evidenced = 11100", "Usulan {entry} (JEMPUT GIZI): tersimpan 28 / 111 / 0, seharusnya 28 / 28 / 0"),
    ("UPDATE entry SET verified = 100", "Usulan {entry} (JEMPUT GIZI): tersimpan 28 / 28 / 1, seharusnya 28 / 28 / 0"),
    ("UPDATE answer SET evidenced_level = 1 WHERE evidenced_level = 2 AND indicator_id = (SELECT id FROM indicator WHERE code = '16')",
     "Usulan {entry} (JEMPUT GIZI): tersimpan 28 / 28 / 0, seharusnya 28 / 28 / 0; baris 16 berbeda"),
    ("DELETE FROM exhibit", "Usulan {entry} (JEMPUT GIZI): tersimpan 28 / 28 / 0, seharusnya 28 / 0 / 0; baris 16, 17, 32, 33, dan 35 berbeda"),
    ("UPDATE answer SET claimed_level = 3 WHERE indicator_id = (SELECT id FROM indicator WHERE code = '16')",
     "Usulan {entry} (JEMPUT GIZI): tersimpan 28 / 28 / 0, seharusnya 31 / 31 / 0; baris 16 berbeda"),
    ("UPDATE answer SET proven_level = 3 WHERE indicator_id = (SELECT id FROM indicator WHERE code = '16')",
     "Usulan {entry} (JEMPUT GIZI): tersimpan 28 / 28 / 0, seharusnya 28 / 28 / 0; baris 16 berbeda"),
])
def test_a_changed_score_is_found(whole, saved, sql, found):
    tamper(whole, sql)
    result = examined(whole)
    assert result.exit_code == 1
    assert result.output.splitlines() == [f"✗ {found.format(entry=saved.entry)}", "Error: 1 hal perlu diperiksa."]


def test_a_score_that_a_decision_left_is_right_and_one_above_the_verdicts_is_not(whole, saved):
    with desk(whole, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.approve(cast.reviewer)
    assert examined(whole).exit_code == 0
    tamper(whole, "UPDATE answer SET proven_level = 2 WHERE proven_level = 1")
    tamper(whole, "UPDATE entry SET verified = 2800")
    assert (f"✗ Usulan {saved.entry} (JEMPUT GIZI): tersimpan 28 / 28 / 28, seharusnya 28 / 28 / 25; baris 16 berbeda"
            in examined(whole).output.splitlines())


@pytest.mark.parametrize("sql", [
    "UPDATE instrument SET source = json_set(source, '$.scoring.minimum_divisor', 10)",
    "UPDATE instrument SET rules = json_set(rules, '$.scoring.minimum_divisor', 10)",
    "UPDATE indicator SET mandatory = 0 WHERE code = '16'",
    "UPDATE level SET label = 'Cukup' WHERE id = 1",
    "UPDATE indicator SET evidence = '{}' WHERE code = '31'",
])
def test_a_changed_instrument_is_found(whole, sql):
    tamper(whole, sql)
    result = examined(whole)
    assert result.exit_code == 1 and "✗ Instrumen iid-2026 berubah sesudah terbit" in result.output


def test_a_changed_weight_is_found_twice_in_the_instrument_and_in_the_scores(whole, saved):
    tamper(whole, "UPDATE indicator SET weight = 500 WHERE code = '16'")
    lines = examined(whole).output.splitlines()
    assert lines[0].startswith(f"✗ Usulan {saved.entry} (JEMPUT GIZI)") and lines[1] == "✗ Instrumen iid-2026 berubah sesudah terbit"


def stored(app):
    with app.app_context():
        sha256 = db.session.scalar(text("SELECT sha256 FROM stored_file ORDER BY id"))
    return sha256, app.extensions["storage"].path(sha256)


def test_a_missing_file_is_found(whole):
    sha256, path = stored(whole)
    path.chmod(0o600)
    path.unlink()
    assert f"✗ Berkas {sha256[:12]} hilang dari folder files" in examined(whole).output


def test_a_changed_file_is_found_even_at_the_same_size(whole):
    sha256, path = stored(whole)
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(content[::-1])
    result = examined(whole)
    assert result.exit_code == 1 and f"✗ Berkas {sha256[:12]} berubah isinya" in result.output


def test_a_broken_reference_is_found(whole):
    tamper(whole, "UPDATE notification SET user_id = 9999 WHERE id = 1")
    result = examined(whole)
    assert result.exit_code == 1 and "✗ Rujukan putus di tabel notification, baris 1" in result.output


def test_nothing_is_mended(whole, saved):
    tamper(whole, "UPDATE entry SET claimed = 5000")
    examined(whole)
    with whole.app_context():
        assert db.session.scalar(text("SELECT claimed FROM entry")) == 5000
        assert json.loads(db.session.scalar(text("SELECT source FROM instrument")))["id"] == "iid-2026"


def test_a_row_the_last_decision_left_unjudged_is_no_fault(whole, saved):
    with desk(whole, saved) as cast:
        entry = cast.entry
        entry.submit(cast.owner)
        judge(cast, entry, r16=1, r33=1)
        entry.return_(cast.reviewer, ["16", "33"])
        for code in ("16", "33"):
            entry.answer_on(code).reply(cast.owner, "Sudah dilampirkan.")
        entry.submit(cast.owner)
        entry.judge(entry.answer_on("16"), cast.reviewer, 1, "Masih sama.")
        entry.return_(cast.reviewer, ["16"])
    assert (examined(whole).exit_code, examined(whole).output) == (0, "Semua cocok: basis data, skor, instrumen, dan berkas.\n")


@pytest.mark.parametrize(("sql", "found"), [
    ("UPDATE period SET region_verified = 450", "Indikator daerah 2026: tersimpan 0 / 0 / 4.5, seharusnya 0 / 0 / 0"),
    ("UPDATE entry SET main_affair = 'Sosial'", "Usulan 1 (JEMPUT GIZI): urusan utama tersimpan berbeda dari profilnya"),
])
def test_what_the_index_is_made_of_is_recomputed_too(whole, sql, found):
    tamper(whole, sql)
    result = examined(whole)
    assert (result.exit_code, result.output.splitlines()[0]) == (1, f"✗ {found}")


@pytest.mark.parametrize("sql", [
    "UPDATE sending SET snapshot = json_set(snapshot, '$.profile.purpose', 'Lain.')",
    "UPDATE sending SET snapshot = json_set(snapshot, '$.rows.16.proven', 3)",
    "UPDATE sending SET checksum = '" + "0" * 64 + "'",
    "UPDATE sending SET maturity = maturity + 100",
    "UPDATE sending SET name = 'NAMA LAIN'",
    "UPDATE sending SET unit_name = 'Dinas Lain'",
    "UPDATE sending SET main_affair = 'Sosial'",
    "UPDATE sending SET pdf_id = (SELECT min(id) FROM stored_file)",
])
def test_what_was_sent_and_changed_afterwards_is_found(whole, saved, sql):
    with desk(whole, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.reviewer)
        kept = whole.extensions["storage"].keep(b"%PDF-1.7 profil", "pdf")
        cast.entry.send(cast.coordinator, "IID-1", clock.now().date(), StoredFile(sha256=kept.sha256, size=kept.size, kind="pdf", active=[]))
    assert examined(whole).exit_code == 0
    tamper(whole, sql)
    assert "✗ Yang terkirim dengan nomor IID-1 berubah sesudah dikirim" in examined(whole).output.splitlines()


@pytest.mark.parametrize(("sql", "found"), [
    ("UPDATE entry SET status = 'sent'", "Usulan nomor 1 berstatus Terkirim, tidak cocok dengan catatan pengirimannya"),
])
def test_a_proposal_that_calls_itself_sent_and_never_was_is_found(whole, saved, sql, found):
    with desk(whole, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.reviewer)
    assert examined(whole).exit_code == 0
    tamper(whole, sql)
    assert f"✗ {found}" in examined(whole).output.splitlines()
