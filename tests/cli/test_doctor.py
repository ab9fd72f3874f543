"""`doctor` finds what was changed behind the app's back, says where, changes nothing and exits 1."""
import sqlite3
from contextlib import closing
from copy import deepcopy
from functools import reduce
from operator import getitem

import pytest
from sqlalchemy import select, text, update

from app import clock
from app.checks.everything import DEEP
from app.extensions import db
from app.models import Instrument, Sending, StoredFile, instrument
from tests.backed import give_bytes
from tests.past import rewritten
from tests.web.reviewing import desk, judge


@pytest.fixture
def whole(app, saved):
    """The saved regency with real bytes behind every file."""
    give_bytes(app)
    return app


@pytest.fixture
def sent(whole, saved):
    """One proposal of it sent; nothing is wrong with it."""
    with desk(whole, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.reviewer)
        kept = whole.extensions["storage"].keep(b"%PDF-1.7 profil", "pdf")
        cast.entry.send(cast.coordinator, "IID-1", clock.now().date(), StoredFile(sha256=kept.sha256, size=kept.size, kind="pdf", active=[]))
    assert (result := examined(whole)).exit_code == 0, result.output
    return whole


def tamper(app, sql):
    """As somebody with a database tool would."""
    with app.app_context():
        with rewritten(db.session()):
            db.session.execute(text(sql))
        db.session.commit()


def alter(app, column, *path, value):
    """The same inside a JSON column: what stands at the end of the path is another."""
    with app.app_context():
        with rewritten(db.session()):
            content = deepcopy(db.session.scalar(select(column)))
            place = reduce(getitem, path[:-1], content)
            assert place[path[-1]] != value
            place[path[-1]] = value
            db.session.execute(update(column.class_).values({column.key: content}))
        db.session.commit()


def examined(app):
    """In a process of its own nothing is known of any instrument yet."""
    instrument._read.clear()
    try:
        return app.test_cli_runner().invoke(args=["doctor"])
    finally:
        instrument._read.clear()


def faults(result) -> list[str]:
    """What is wrong, without the advice."""
    return [line.strip() for line in result.output.splitlines() if line.startswith("    ") and "→" not in line]


def test_a_whole_regency_is_said_to_be_whole(whole):
    result = examined(whole)
    assert (result.exit_code, faults(result)) == (0, [])
    assert [line.split(":")[0] for line in result.output.splitlines()[:len(DEEP)]] == [f"✓ {name}" for name in DEEP]


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
    ("UPDATE entry SET round_number = 1", "Usulan {entry} (JEMPUT GIZI): hitungan putarannya tersimpan 1 / 0 / 0, seharusnya 0 / 0 / 0"),
    ("UPDATE entry SET decided_rounds = 2", "Usulan {entry} (JEMPUT GIZI): hitungan putarannya tersimpan 0 / 2 / 0, seharusnya 0 / 0 / 0"),
    ("UPDATE entry SET rows_left = 7", "Usulan {entry} (JEMPUT GIZI): hitungan putarannya tersimpan 0 / 0 / 7, seharusnya 0 / 0 / 0"),
    ("UPDATE answer SET position = 99 WHERE indicator_id = (SELECT id FROM indicator WHERE code = '16')",
     "Usulan {entry}: baris 16 tidak di tempatnya dalam instrumen"),
])
def test_a_changed_score_is_found(whole, saved, sql, found):
    tamper(whole, sql)
    result = examined(whole)
    assert (result.exit_code, faults(result), result.output.splitlines()[-1]) == (1, [found.format(entry=saved.entry)], "Error: 1 hal rusak.")


def test_a_score_that_a_decision_left_is_right_and_one_above_the_verdicts_is_not(whole, saved):
    with desk(whole, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.approve(cast.reviewer)
    assert (result := examined(whole)).exit_code == 0, result.output
    tamper(whole, "UPDATE answer SET proven_level = 2 WHERE proven_level = 1")
    tamper(whole, "UPDATE entry SET verified = 2800")
    assert faults(examined(whole)) == [f"Usulan {saved.entry} (JEMPUT GIZI): tersimpan 28 / 28 / 28, seharusnya 28 / 28 / 25; baris 16 berbeda"]


@pytest.mark.parametrize("column", [Instrument.source, Instrument.rules], ids=lambda column: column.key)
def test_an_instrument_whose_rules_were_changed_is_found(whole, column):
    alter(whole, column, "scoring", "minimum_divisor", value=10)
    result = examined(whole)
    assert (result.exit_code, faults(result)[-1]) == (1, "Instrumen iid-2026 berubah sesudah terbit")


@pytest.mark.parametrize("sql", [
    "UPDATE indicator SET mandatory = false WHERE code = '16'",
    "UPDATE level SET label = 'Cukup' WHERE id = 1",
    "UPDATE indicator SET evidence = '{}' WHERE code = '31'",
])
def test_a_changed_instrument_is_found(whole, sql):
    tamper(whole, sql)
    result = examined(whole)
    assert (result.exit_code, faults(result)[-1]) == (1, "Instrumen iid-2026 berubah sesudah terbit")


def test_a_changed_weight_is_found_twice_in_the_instrument_and_in_the_scores(whole, saved):
    tamper(whole, "UPDATE indicator SET weight = 500 WHERE code = '16'")
    lines = faults(examined(whole))
    assert lines[0].startswith(f"Usulan {saved.entry} (JEMPUT GIZI)") and lines[-1] == "Instrumen iid-2026 berubah sesudah terbit"


def stored(app):
    with app.app_context():
        sha256 = db.session.scalar(text("SELECT sha256 FROM stored_file ORDER BY id"))
    return sha256, app.extensions["storage"].path(sha256)


def test_a_missing_file_is_found(whole):
    sha256, path = stored(whole)
    path.chmod(0o600)
    path.unlink()
    assert faults(examined(whole)) == [f"Berkas {sha256[:12]} hilang dari folder files: “Bukti 0” (Dinas Kesehatan)"]


def test_a_changed_file_is_found_even_at_the_same_size(whole):
    sha256, path = stored(whole)
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(content[::-1])
    result = examined(whole)
    assert (result.exit_code, faults(result)) == (1, [f"Berkas {sha256[:12]} berubah isinya: “Bukti 0” (Dinas Kesehatan)"])


@pytest.mark.sqlite("PostgreSQL lets nobody break one")
def test_a_broken_reference_is_found(whole):
    with closing(sqlite3.connect(whole.config["LUMBUNG"].data / "lumbung.sqlite")) as connection, connection:
        connection.execute("UPDATE notification SET user_id = 9999 WHERE id = 1")
    result = examined(whole)
    assert (result.exit_code, faults(result)) == (1, ["Rujukan putus di tabel notification, baris 1"])


def test_nothing_is_mended(whole, saved):
    tamper(whole, "UPDATE entry SET claimed = 5000")
    examined(whole)
    with whole.app_context():
        assert db.session.scalar(text("SELECT claimed FROM entry")) == 5000
        assert db.session.scalar(select(Instrument.source))["id"] == "iid-2026"


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
    assert (examined(whole).exit_code, faults(examined(whole))) == (0, [])


@pytest.mark.parametrize(("sql", "found"), [
    ("UPDATE period SET region_verified = 450", "Indikator daerah 2026: tersimpan 0 / 0 / 4.5, seharusnya 0 / 0 / 0"),
    ("UPDATE entry SET main_affair = 'Sosial'", "Usulan 1 (JEMPUT GIZI): urusan utama tersimpan berbeda dari profilnya"),
])
def test_what_the_index_is_made_of_is_recomputed_too(whole, sql, found):
    tamper(whole, sql)
    result = examined(whole)
    assert (result.exit_code, faults(result)) == (1, [found])


@pytest.mark.parametrize(("place", "value"), [(("profile", "purpose"), "Lain."), (("rows", "16", "proven"), 3)])
def test_what_was_frozen_and_changed_afterwards_is_found(sent, place, value):
    alter(sent, Sending.snapshot, *place, value=value)
    assert faults(examined(sent)) == ["Yang terkirim dengan nomor IID-1 berubah sesudah dikirim"]


@pytest.mark.parametrize("sql", [
    "UPDATE sending SET checksum = '" + "0" * 64 + "'",
    "UPDATE sending SET maturity = maturity + 100",
    "UPDATE sending SET name = 'NAMA LAIN'",
    "UPDATE sending SET unit_name = 'Dinas Lain'",
    "UPDATE sending SET main_affair = 'Sosial'",
    "UPDATE sending SET pdf_id = (SELECT min(id) FROM stored_file)",
])
def test_what_was_sent_and_changed_afterwards_is_found(sent, sql):
    tamper(sent, sql)
    assert faults(examined(sent)) == ["Yang terkirim dengan nomor IID-1 berubah sesudah dikirim"]


@pytest.mark.parametrize(("sql", "found"), [
    ("UPDATE entry SET status = 'sent'", "Usulan nomor 1 berstatus Terkirim, tidak cocok dengan catatan pengirimannya"),
])
def test_a_proposal_that_calls_itself_sent_and_never_was_is_found(whole, saved, sql, found):
    with desk(whole, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.reviewer)
    assert (result := examined(whole)).exit_code == 0, result.output
    tamper(whole, sql)
    assert faults(examined(whole)) == [found]
