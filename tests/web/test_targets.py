"""Targets: set on the period, and one rule on the board, the dashboard, the paper, the late page, the reminders, the chat and the file."""
import re
from datetime import UTC

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Entry, Period, Unit
from app.queries import board, reminders
from app.queries import figures as queries
from app.rules.lanes import Lane
from app.rules.targets import is_brought
from app.web.season import zone
from tests import figures, midseason
from tests.exports.readers import xlsx
from tests.web.reviewing import Selects, another, desk, judge, text
from tests.web.test_manage_periods import facts


@pytest.fixture
def season(app, saved):
    """Dinas and Badan are asked for two each. Dinas handed in one and has a draft, Badan Keuangan nothing; the office, also a Badan, handed in
    two; a village brings one unasked, another brings nothing."""
    with desk(app, saved) as cast:
        cast.period.entries_per_unit, cast.period.target_kinds = 2, ["Dinas", "Badan"]
        cast.units["desa"], cast.units["sepi"] = Unit.add("Desa Awal", "Desa", None), Unit.add("Desa Sepi", "Desa", None)
        db.session.add_all([cast.units["desa"], cast.units["sepi"]])
        db.session.flush()
        cast.entry.submit(cast.owner)
        another(cast, "MASIH DRAF", "dinas", submit_days_ago=None)
        for name in ("SATU", "DUA"):
            another(cast, name, "office")
        another(cast, "SUKARELA", "desa")
    return saved


def test_the_form_keeps_target_and_kinds_and_the_record_says_so(app, saved, open_as):
    url, coordinator = f"/kelola/periode/{saved.period}", open_as("coordinator")
    page = text(coordinator.follow(url, facts(app, saved, entries_per_unit="2", target_kinds=["Dinas", "Badan"])))
    with app.app_context():
        period = db.session.get(Period, saved.period)
        assert (period.entries_per_unit, period.target_kinds) == (2, ["Dinas", "Badan"])
    assert "Target usulan setiap perangkat daerah diubah dari 1 menjadi 2." in page
    assert "Jenis yang diminta mengusulkan diubah dari semua jenis menjadi Dinas, Badan." in page
    assert len(re.findall(r'name="target_kinds"[^>]*checked|checked[^>]*name="target_kinds"', coordinator.get(url).text)) == 2


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"entries_per_unit": "21"}, "Target usulan setiap perangkat daerah diisi 0 sampai 20; 0 berarti tanpa target."),
    ({"entries_per_unit": "-1"}, "Target usulan setiap perangkat daerah diisi 0 sampai 20; 0 berarti tanpa target."),
    ({"entries_per_unit": "dua"}, "Isi dengan bilangan bulat, misalnya 12."), ({"target_kinds": ["Planet"]}, "Diminta dari jenis")])
def test_what_makes_no_sense_is_refused(app, saved, open_as, typed, sentence):
    assert sentence in text(open_as("coordinator").post(f"/kelola/periode/{saved.period}", facts(app, saved, **typed), expect=200))
    with app.app_context():
        assert (db.session.get(Period, saved.period).entries_per_unit, db.session.get(Period, saved.period).target_kinds) == (1, [])


def test_the_board_counts_what_was_handed_in_and_keeps_who_is_not_asked_apart(season, open_as):
    leader = open_as("leader")
    page = text(leader.get("/papan/"))
    assert "0 dari 4 perangkat daerah sudah punya inovasi yang terverifikasi. Satu belum punya satu pun. " \
           "1 dari 3 perangkat daerah yang diminta sudah mengajukan paling sedikit dua usulan." in page
    assert "1 perangkat daerah tidak diminta mengusulkan pada periode ini, dan tidak mengusulkan." in page
    table = text(leader.get("/papan/?lane=berjalan"))
    for unit, target in (("Dinas Kesehatan", "2 1 dari 2"), ("Bappelitbangda", "2 2 dari 2"), ("Desa Awal", "1 tidak diminta")):
        assert re.search(rf"{unit} Menunggu verifikasi .*? {target} ", table), unit
    assert "Desa Sepi" in text(leader.get("/papan/?lane=bebas")) and "Desa Sepi" not in text(leader.get("/papan/?lane=belum"))
    assert figures.totals(leader.get("/papan/?target=kurang"))["data-total"] == 2
    for address in ("/papan/", "/papan/?lane=bebas", "/dasbor/", "/"):
        figures.check(leader, address, at_least=0)


def test_board_dashboard_home_late_and_reminders_mean_the_same(app, season, open_as):
    leader, coordinator = open_as("leader"), open_as("coordinator")
    assert "Satu OPD satu inovasi 0 dari 4 terverifikasi" in text(leader.get("/dasbor/"))
    assert "1 dari 3 yang diminta sudah mengajukan paling sedikit dua usulan; 2 belum ." in text(leader.get("/dasbor/"))
    paper = text(leader.get("/dasbor/ringkas"))
    assert "Sudah mengajukan paling sedikit dua 1 dari 3" in paper and "Belum ada: Badan Keuangan." in paper
    assert "1 dari 4 perangkat daerah belum mengusulkan inovasi" in text(leader.get("/"))
    assert [name for name in re.findall(r"<a href=[^>]*>([^<]*)</a>", coordinator.get("/papan-terlambat/?state=belum").text) if "Desa" in name] == []
    assert figures_of(app, season) == {0: 1, 1: 0, 2: 3, 3: 0}
    with app.test_request_context():
        period = db.session.get(Period, season.period)
        missing = reminders._missing(db.session(), period, reminders.Crowd(db.session(), period), zone())
        assert [one.unit for one in missing] == ["Badan Keuangan"]
    asked = "Perangkat daerah ini diminta mengusulkan paling sedikit dua."
    assert asked in text(coordinator.get(f"/papan-terlambat/teks?unit={season.units['badan']}"))


def figures_of(app, season) -> dict:
    with app.app_context():
        return dict(queries.counted(db.session.execute(queries.units_by_stage(db.session.get(Period, season.period))).all()))


def test_the_chat_the_annex_and_the_file_say_it_too(season, open_as):
    leader = open_as("leader")
    chat, annex = leader.get("/papan/teks").text, text(leader.get("/papan/cetak"))
    assert "1 dari 3 yang diminta sudah mengajukan paling sedikit dua usulan." in chat
    assert "1 perangkat daerah lain tidak diminta mengusulkan pada periode ini." in chat and "Desa Sepi" not in chat
    assert "1 perangkat daerah tidak diminta dan tidak mengusulkan." in annex and "Desa Sepi" not in annex and "1 dari 2" in annex
    rows = {row[0]: row[3:] for row in list(xlsx(leader.get("/papan/daftar.xlsx").data).iter_rows(values_only=True))[2:]}
    asked = {unit: (row[0], row[6], row[7], row[8]) for unit, row in rows.items()}
    assert asked == {"Dinas Kesehatan": ("Berjalan", 2, 2, 1), "Badan Keuangan": ("Belum ada", 0, 2, 0), "Bappelitbangda": ("Berjalan", 2, 2, 2),
                     "Desa Awal": ("Berjalan", 1, 0, 1), "Desa Sepi": ("Tidak diminta", 0, 0, 0)}


def test_the_unit_reads_its_target_at_home(app, season, open_as):
    page = text(open_as("owner").get("/"))
    assert "Target dua usulan Belum terpenuhi Satu dari dua usulan sudah diajukan. JEMPUT GIZI sudah diajukan." in page
    assert "Usulkan paling sedikit dua inovasi pada periode 2026." in text(open_as("stranger").get("/"))
    with desk(app, season) as cast:
        judge(cast, cast.entry, r16=1)
        cast.entry.return_(cast.reviewer, ["16"])
        cast.period.entries_per_unit = 1
    assert "Satu OPD satu inovasi Terpenuhi JEMPUT GIZI perlu diperbaiki." in text(open_as("owner").get("/"))
    with desk(app, season) as cast:
        cast.period.target_kinds = ["Desa"]
    assert "Tidak diminta JEMPUT GIZI perlu diperbaiki." in text(open_as("owner").get("/"))
    assert "Periode 2026 tidak meminta usulan dari perangkat daerah ini; mengusulkan tetap boleh." in text(open_as("stranger").get("/"))


def test_without_a_target_nobody_is_missing(app, season, open_as):
    with desk(app, season) as cast:
        cast.period.entries_per_unit = 0
    leader = open_as("leader")
    page = text(leader.get("/papan/"))
    assert "0 dari 3 perangkat daerah sudah punya inovasi yang terverifikasi. Semuanya sudah mengusulkan." in page and "yang diminta" not in page
    assert figures_of(app, season) == {0: 0, 1: 0, 2: 3, 3: 0}
    assert "Semua 3 perangkat daerah sudah mengusulkan inovasi" in text(leader.get("/"))


def test_the_two_ways_of_counting_agree_in_a_whole_regency(app, saved):
    """The rule in Python, over every proposal, and the same in SQL."""
    with desk(app, saved) as cast:
        midseason.lay_down(cast)
        cast.period.entries_per_unit, cast.period.target_kinds = 3, ["Dinas", "Badan", "Kecamatan"]
        db.session.flush()
        with Selects() as seen:
            lines = board.lines(db.session.execute(board.units(cast.period)), db.session.execute(board.furthest(cast.period)), clock.now(), UTC)
        assert seen.number == 2
        for line in lines:
            mine = db.session.scalars(select(Entry).where(Entry.unit_id == line.id)).all()
            brought = sum(is_brought(entry.status, any(round.decision for round in entry.rounds)) for entry in mine)
            assert (line.brought, line.wanted) == (brought, cast.period.target_of(line.kind)), line.name
        counts = board.counted(lines)
        stages = queries.counted(db.session.execute(queries.units_by_stage(cast.period)).all())
        assert counts[Lane.NONE] == stages[0] and sum(stages.values()) == sum(counts.values()) - counts[Lane.UNASKED] and counts[Lane.UNASKED]
