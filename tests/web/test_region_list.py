"""The regional indicators together: state, sums, next steps, the lock, history, paper and file."""
from decimal import Decimal

import pytest

from app import clock
from app.extensions import db
from app.models import Document, Period
from tests.cast import make_file
from tests.exports.readers import xlsx
from tests.web.reviewing import Selects, desk, text

WORDS = ("Terbukti sebagian", "Terbukti", "Berbukti", "Bukti kurang", "Ditolak", "Kosong")
ALL = ["1", "2a", "2b", "3", "4", "5a", "5b", "6", "7", "8", "9", "10a", "10b", "11a", "11b", "12", "13a", "13b", "14", "15"]


def fill(cast, code="1", level=2, by=None, prove=True, figures=None, reason="Ditetapkan tim.", number=900):
    """Claimed by the coordinator, with one document of the office."""
    row, by = cast.period.region_row(code), by or cast.coordinator
    row.claim(by, level, figures, reason if row.formula else "")
    if prove:
        row.attach(by, Document.add(cast.units["office"], by, make_file(number), f"spd-{number}.pdf", title=f"SPD {number}", years=[2025]))
    return row


@pytest.fixture
def some(app, saved):
    """Row 1 proven, 8 half proven, 9 refused, 2a evidenced, 12 short."""
    with desk(app, saved) as cast:
        for number, code in enumerate(("1", "8", "9", "2a"), 900):
            fill(cast, code, number=number)
        fill(cast, "12", prove=False)
        cast.period.region_row("1").judge(cast.reviewer, 2)
        cast.period.region_row("8").judge(cast.reviewer, 1, "Opini WDP.")
        cast.period.region_row("9").judge(cast.reviewer, 0, "Bukan LAKIP tahun ini.")


def rows_of(content):
    return list(xlsx(content).iter_rows(values_only=True))


def states(page):
    """By code: the word of its state."""
    found = {}
    for line in page.text.split("<tr>")[1:]:
        cells = text(type("Page", (), {"text": line})).split()
        if cells and cells[0] in ALL:
            found[cells[0]] = next(word for word in WORDS if word in line)
    return found


def test_the_heading_says_the_state(some, open_as):
    page = text(open_as("leader").get("/spd/"))
    assert "Indikator daerah 2026: 5 dari 20 baris terisi, 3 terverifikasi" in page


def test_each_row_has_its_state(some, open_as):
    expected = dict.fromkeys(ALL, "Kosong") | {"1": "Terbukti", "8": "Terbukti sebagian", "9": "Ditolak", "2a": "Berbukti", "12": "Bukti kurang"}
    assert states(open_as("leader").get("/spd/")) == expected


def test_the_sums_are_those_of_the_rows(app, saved, some, open_as):
    page = text(open_as("admin").get("/spd/"))
    assert "Jumlah, dari 63 13 9 3,5" in page  # 2 + 3 + 2 + 2 + 4; without row 12; 2 of row 1 and 1,5 of row 8
    with app.app_context():
        period = db.session.get(Period, saved.period)
        assert (period.region_claimed, period.region_evidenced, period.region_verified) == (Decimal(13), Decimal(9), Decimal("3.5"))


def test_nothing_verified_is_said_and_is_no_zero(app, saved, open_as):
    with desk(app, saved) as cast:
        fill(cast)
    page = text(open_as("leader").get("/spd/"))
    assert "belum diverifikasi" in page and "Jumlah, dari 63 2 2 –" in page


def test_what_to_do_next_depends_on_who_looks(some, open_as):
    assert "Lengkapi bukti baris 12 Isi baris 2b dan 14 baris lain" in text(open_as("coordinator").get("/spd/"))
    assert "Isi baris 2b dan 14 baris lain Periksa baris 2a" in text(open_as("reviewer").get("/spd/"))
    for reader in ("leader", "admin"):
        page = text(open_as(reader).get("/spd/"))
        assert "Langkah berikut" not in page and "Kunci" not in page


def test_without_a_period_it_says_what_is_missing(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.period.opens_at = clock.now().replace(year=2027)
        cast.period.closes_at = cast.period.repairs_close_at = clock.now().replace(year=2028)
    assert "Belum ada periode penilaian" in text(open_as("coordinator").get("/spd/"))
    open_as("coordinator").get("/spd/3", expect=404)


def test_other_years_are_reached_by_the_address(app, saved, some, open_as):
    reader = open_as("leader")
    reader.get("/spd/?tahun=2024", expect=404)
    reader.get("/spd/2024/1", expect=404)
    reader.get("/spd/2026/99", expect=404)
    assert reader.get("/spd/8", expect=302).location == "/spd/2026/8"


def test_the_lock_asks_once_and_is_opened_with_a_reason(app, saved, some, open_as):
    coordinator = open_as("coordinator")
    page = text(coordinator.get("/spd/2026/kunci"))
    assert "15 baris masih kosong" in page and "2 baris belum diputus : 2a, 12" in page
    page = text(coordinator.follow("/spd/2026/kunci"))
    assert "Indikator daerah 2026 dikunci." in page and "Langkah berikut" not in page and "Buka kunci" in page
    assert coordinator.get("/spd/2026/kunci", expect=302).location == "/spd/?tahun=2026"
    refused = text(coordinator.post("/spd/2026/buka-kunci", {"reason": " "}, expect=200))
    assert "Tulis mengapa kuncinya dibuka." in refused
    page = text(coordinator.follow("/spd/2026/buka-kunci", {"reason": "LHP BPK baru terbit."}))
    assert "Kunci indikator daerah dibuka. “LHP BPK baru terbit.”" in page
    with app.app_context():
        assert db.session.get(Period, saved.period).region_closed_at is None


def test_locking_twice_is_refused(some, open_as):
    coordinator = open_as("coordinator")
    coordinator.post("/spd/2026/kunci")
    assert "sudah dikunci" in text(coordinator.follow("/spd/2026/kunci"))


def test_opening_what_is_open_is_refused_and_what_was_typed_stays(some, open_as):
    page = open_as("coordinator").post("/spd/2026/buka-kunci", {"reason": "LHP BPK."}, expect=200)
    assert "tidak sedang dikunci" in text(page) and "LHP BPK.</textarea>" in page.text


def test_the_newest_of_what_was_done_stands_below_and_all_of_it_apart(app, saved, some, open_as):
    reader = open_as("leader")
    assert "Indikator daerah 9 diputus, terbukti level 0. “Bukan LAKIP tahun ini.”" in text(reader.get("/spd/"))
    page = text(reader.get("/spd/2026/riwayat"))
    assert "12 kejadian" in page and "Indikator daerah 1: level 2." in page
    rows = rows_of(reader.get("/spd/2026/riwayat.xlsx").data)
    assert len(rows) == 12 + 2 and rows[2][2] == "Indikator daerah 9 diputus, terbukti level 0. “Bukan LAKIP tahun ini.”"


def test_the_file_has_every_row_with_its_figures(app, saved, some, open_as):
    with desk(app, saved) as cast:
        fill(cast, "3", 3, figures={"T-2": "1000", "T-1": "1090"}, reason="", number=950)
    rows = rows_of(open_as("leader").get("/spd/daftar.xlsx").data)
    assert [row[0] for row in rows[2:]] == ALL
    third = dict(zip(rows[1], rows[2:][ALL.index("3")], strict=True))
    assert third["Angka"] == "Jumlah izin terbit 2024: 1.000 izin\nJumlah izin terbit 2025: 1.090 izin"
    assert (third["Level diklaim"], third["Poin berbukti"], third["Level terverifikasi"], third["Diisi oleh"]) == (3, 3, None, "Coordinator")
    assert sum(row[8] or 0 for row in rows[2:]) == 16


def test_the_printed_page_has_the_same_sums(some, open_as):
    page = text(open_as("leader").get("/spd/2026/cetak"))
    assert "5 dari 20 baris terisi, 3 terverifikasi. 13 diklaim · 9 berbukti · 3,5 terverifikasi, dari 63 poin." in page
    assert "Reviewer: “Opini WDP.”" in page


def test_full_rows_cost_as_many_selects_as_empty_ones(app, saved, open_as):
    seen = []
    for codes in (("1",), ("8", "9", "12", "13a", "14", "15")):
        with desk(app, saved) as cast:
            for number, code in enumerate(codes):
                fill(cast, code, number=1000 + 100 * len(codes) + number)
        reader = open_as("leader")
        reader.get("/spd/")
        with Selects() as counted:
            reader.get("/spd/")
        seen.append(counted.number)
    assert seen[0] == seen[1]
