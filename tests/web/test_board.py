"""The board on the screen, as an annex, as text and as XLSX: the same units, lanes and filters."""
import re

from app.extensions import db
from app.models import Unit
from tests import figures, midseason
from tests.exports.readers import xlsx
from tests.past import happened
from tests.web.reviewing import Selects, another, days_ago, desk, judge, text


def lane(page, name):
    return re.search(rf'<section class="lane[^"]*" aria-labelledby="h-{name}">(.*?)</section>', page.text, re.S)[1]


def test_every_lane_says_what_is_to_be_known(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.coordinator)
        stuck = another(cast, "DIAM LAMA", "badan", submit_days_ago=None)
        happened([*stuck.events, *stuck.innovation.events], days_ago(19))
        stuck.moved_at = days_ago(19)
    page = open_as("leader").get("/papan/")
    assert "1 dari 3 perangkat daerah sudah punya inovasi yang terverifikasi. Satu belum punya satu pun." in text(page)
    assert "Bappelitbangda" in lane(page, "belum") and "belum punya operator" in lane(page, "belum")
    assert "DIAM LAMA" in lane(page, "macet") and "draf, di Stranger" in lane(page, "macet") and "19 hari" in lane(page, "macet")
    assert "Tidak ada." in lane(page, "berjalan")
    assert "Dinas Kesehatan" in lane(page, "terverifikasi") and "28" in lane(page, "terverifikasi")


def test_one_lane_is_a_table_with_the_minimum_and_the_number_of_proposals(app, saved, open_as):
    with desk(app, saved) as cast:
        another(cast, "KEDUA", "dinas", submit_days_ago=None)
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.coordinator)
    page = open_as("reviewer").get("/papan/?lane=terverifikasi")
    assert "Dinas Kesehatan Disetujui JEMPUT GIZI ada di Bappelitbangda – 2 1 dari 1 28 kurang 58 dari 86" in text(page)
    assert "1 perangkat daerah · Unduh XLSX" in text(page)


def test_filtered_by_kind_by_name_and_by_what_is_below(app, saved, open_as):
    with desk(app, saved):
        kecamatan = Unit.add("Kecamatan Kota", "Kecamatan", None)
        db.session.add(Unit.add("Desa Awal", "Desa", None, parent=kecamatan))
        db.session.flush()
        id = kecamatan.id
    leader = open_as("leader")

    def names(query):
        return re.findall(r"<b>([^<]+)</b><p>", lane(leader.get(f"/papan/?{query}"), "belum"))

    assert names("") == ["Badan Keuangan", "Bappelitbangda", "Kecamatan Kota", "Desa Awal"]
    assert names("kind=Desa") == ["Desa Awal"]
    assert names(f"parent={id}") == ["Kecamatan Kota", "Desa Awal"]
    assert names("q=keu") == ["Badan Keuangan"]
    assert "Tidak ada yang cocok dengan saringan ini" in leader.get("/papan/?q=xyz").text


def test_the_annex_has_every_unit_in_the_order_of_the_tree(app, saved, open_as):
    with desk(app, saved) as cast:
        db.session.add(Unit.add("Puskesmas Satu", "Puskesmas", None, parent=cast.units["dinas"]))
    page = open_as("leader").get("/papan/cetak")
    assert re.findall(r'<th scope="row" class="full (in-\d)">([^<]+)</th>', page.text) == [
        ("in-0", "Dinas Kesehatan"), ("in-1", "Puskesmas Satu"), ("in-0", "Badan Keuangan"), ("in-0", "Bappelitbangda")]
    assert "Keadaan " in text(page) and "Batas layak kirim periode ini 86 dari 111 poin." in text(page)
    assert "Dinas: 0 dari 1 perangkat daerah" in text(open_as("leader").get("/papan/cetak?kind=Dinas"))


def test_the_text_is_short_and_follows_the_filter(saved, open_as):
    page = open_as("coordinator").get("/papan/teks")
    written = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.S)[1]
    assert written.startswith("*Satu OPD satu inovasi 2026*\nKeadaan ")
    assert "0 dari 3 perangkat daerah sudah punya inovasi yang terverifikasi." in written
    assert "*Belum ada usulan (2)*\n1. Badan Keuangan\n2. Bappelitbangda\n" in written
    assert "*Berjalan (1)*\n1. Dinas Kesehatan: JEMPUT GIZI (draf)\n" in written
    assert "\n\n\n" not in written
    assert "*Berjalan" not in open_as("coordinator").get("/papan/teks?lane=belum").text


def test_the_file_is_the_board(app, saved, open_as):
    with desk(app, saved) as cast:
        midseason.lay_down(cast)
    leader = open_as("leader")
    for query in ("", "lane=macet", "kind=Desa"):
        rows = list(xlsx(leader.get(f"/papan/daftar.xlsx?{query}").data).iter_rows(values_only=True))[2:]
        assert len(rows) == figures.totals(leader.get(f"/papan/?{query}"))["data-total"] > 0
    assert {row[3] for row in rows} <= {"Belum ada", "Macet", "Berjalan", "Terverifikasi"}
    assert {row[1] for row in rows} == {"Desa"}


def test_another_year_is_another_board(saved, open_as):
    open_as("leader").get("/papan/?tahun=2019", expect=404)
    open_as("owner").get("/papan/", expect=403)
    assert "JEMPUT GIZI" in open_as("leader").get("/papan/?tahun=2026").text


def test_without_a_period_there_is_nothing_to_show(app, open_as, saved):
    with desk(app, saved) as cast:
        cast.period.opens_at = days_ago(-1)
        cast.period.closes_at = days_ago(-2)
        cast.period.repairs_close_at = days_ago(-3)
    for address in ("/papan/", "/papan/cetak", "/papan/teks", "/papan/daftar.xlsx"):
        open_as("leader").get(address)


def test_every_figure_is_its_list(app, saved, open_as):
    with desk(app, saved) as cast:
        midseason.lay_down(cast)
    leader = open_as("leader")
    assert len(figures.check(leader, "/papan/")) == 4
    for name in ("macet", "berjalan", "terverifikasi"):
        figures.check(leader, f"/papan/?lane={name}", at_least=5)


def test_many_units_cost_as_many_selects_as_few(app, saved, open_as):
    leader, seen = open_as("leader"), []
    addresses = ("/papan/", "/papan/?lane=macet", "/papan/cetak", "/papan/teks", "/papan/daftar.xlsx")
    for _ in range(2):
        for address in addresses:
            leader.get(address)
            with Selects() as counted:
                leader.get(address)
            seen.append(counted.number)
        if len(seen) == len(addresses):
            with desk(app, saved) as cast:
                midseason.lay_down(cast, units=120, entries=300)
    assert seen[:len(addresses)] == seen[len(addresses):]
