"""The catalogue: what is in it, how it is found, what a stranger reads, and who would like it too."""
from datetime import date
from decimal import Decimal

import pytest

from app.extensions import db
from app.models import Innovation, Interest, Membership, PastReport
from app.queries import catalogue
from app.queries.catalogue import CatalogueFilter
from app.rules.access import Role
from tests.exports.readers import xlsx
from tests.web.reviewing import another, desk, judge, second_round, text


def rows_of(answer) -> list[tuple]:
    """Below the line that names the list and the heads."""
    return list(xlsx(answer.data).iter_rows(values_only=True))[2:]


def names_on(page) -> list[str]:
    return [part.split("</a>")[0].split(">")[-1] for part in page.text.split('<h2 class="fs-5 mb-1">')[1:]]


@pytest.fixture
def shelf(app, saved):
    """JEMPUT GIZI approved, PAJAK MUDAH reported in 2023, ALUN shown as an idea, RAHASIA a draft, ARSIP archived."""
    with desk(app, saved) as cast:
        entry = second_round(cast)
        judge(cast, entry)
        entry.approve(cast.coordinator)
        entry.innovation.describe(cast.owner, "Kader menjemput balita ke posyandu.", ["gizi", "jemput bola"], False)
        made = {name: Innovation.add(name, cast.units["badan"], cast.stranger) for name in ("PAJAK MUDAH", "ALUN", "ARSIP")}
        db.session.add_all(made.values())
        db.session.flush()
        made["PAJAK MUDAH"].edit(cast.stranger, stage="Penerapan", main_affair="Keuangan", applied_on=date(2022, 3, 4))
        made["PAJAK MUDAH"].past_reports.append(PastReport(year=2023, number="IID-7", maturity=Decimal("71.5")))
        made["ALUN"].edit(cast.stranger, stage="Inisiatif")
        made["ALUN"].describe(cast.stranger, "Taman kota untuk lansia.", ["taman"], True)
        made["ARSIP"].describe(cast.stranger, "", ["taman"], True)
        made["ARSIP"].archive(cast.stranger, "Keliru.")
        another(cast, "RAHASIA")
        return {name: one.id for name, one in made.items()} | {"JEMPUT GIZI": entry.innovation_id}


def test_everybody_sees_what_was_approved_reported_or_shown(shelf, open_as):
    for who in ("owner", "head", "stranger", "reviewer", "coordinator", "leader", "admin"):
        assert names_on(open_as(who).get("/katalog/")) == ["ALUN", "JEMPUT GIZI", "PAJAK MUDAH"]


def test_the_list_and_the_rule_agree(app, shelf):
    with app.app_context():
        listed = {row.name for row in db.session.execute(catalogue.rows())}
        assert listed == {one.name for one in db.session.query(Innovation) if one.is_in_catalogue}


@pytest.mark.parametrize(("asked", "found"), [
    ("q=posyandu", ["JEMPUT GIZI"]), ("q=balita+KADER", ["JEMPUT GIZI"]), ("q=balita+pajak", []), ("q=jem", ["JEMPUT GIZI"]),
    ("q=tam", ["ALUN"]), ("q=aman", ["ALUN"]), ("q=bola", []), ("q=%25", []), ("tag=Jemput bola", ["JEMPUT GIZI"]), ("tag=jemput", []),
    ("year=2023", ["PAJAK MUDAH"]), ("year=2026", ["JEMPUT GIZI"]), ("stage=Inisiatif", ["ALUN"]), ("affair=Keuangan", ["PAJAK MUDAH"]),
    ("sort=unit", ["ALUN", "PAJAK MUDAH", "JEMPUT GIZI"]), ("sort=-new", ["JEMPUT GIZI", "PAJAK MUDAH", "ALUN"]),
    ("sort=drop&page=99&unit=%C2%B2", ["ALUN", "JEMPUT GIZI", "PAJAK MUDAH"])])
def test_it_is_searched_narrowed_and_ordered(shelf, open_as, asked, found):
    assert names_on(open_as("stranger").get(f"/katalog/?{asked}")) == found


def test_a_filter_round_trip_keeps_the_address():
    chosen = CatalogueFilter.read({"q": " gizi ", "tag": "taman", "year": "2023", "sort": "-new"})
    assert chosen.args(page=2) == {"q": "gizi", "tag": "taman", "year": 2023, "sort": "-new", "page": 2}


def test_empty_and_nothing_found_say_what_to_do(saved, open_as):
    assert "Katalog masih kosong" in text(open_as("stranger").get("/katalog/"))
    assert "Tidak ada yang cocok" in text(open_as("stranger").get("/katalog/?q=zzz"))


def test_the_words_offered_are_those_of_the_catalogue(app, saved, shelf, open_as):
    with desk(app, saved) as cast:
        hidden = db.session.query(Innovation).filter_by(name="RAHASIA").one()
        hidden.describe(cast.owner, "Belum untuk umum.", ["lelang jabatan"], False)
    with app.app_context():
        assert db.session.scalars(catalogue.tags()).all() == ["gizi", "jemput bola", "taman"]
    assert "lelang jabatan" not in open_as("stranger").get("/katalog/").text


def test_as_workbook_and_on_paper(shelf, open_as):
    lines = rows_of(open_as("stranger").get("/katalog/daftar.xlsx?tag=taman"))
    assert [line[0] for line in lines] == ["ALUN"] and "taman" in lines[0]
    page = text(open_as("stranger").get("/katalog/cetak?year=2023"))
    assert "1 inovasi: tahun 2023." in page and "PAJAK MUDAH" in page and "ALUN" not in page


# One of them

def test_a_stranger_reads_what_it_is_whom_to_ask_and_its_years(shelf, open_as):
    page = text(open_as("stranger").get(f"/katalog/{shelf['JEMPUT GIZI']}"))
    for words in ("Kader menjemput balita ke posyandu.", "Menekan stunting.", "Dinas Kesehatan", "Owner", "Head", "dikembalikan satu kali",
                  "Mulai diusulkan", "Disetujui"):
        assert words in page, words
    for words in ("Nama inovasi tidak tercantum", "Bukti 1", "Buka di register", "/usulan/"):
        assert words not in page, words
    page = text(open_as("owner").get(f"/katalog/{shelf['PAJAK MUDAH']}"))
    assert "2023 Dilaporkan sebelum aplikasi ini, nomor registrasi IID-7, kematangan 71,5 menurut daftarnya. – –" in page


def test_the_same_years_stand_in_the_register(shelf, open_as):
    page = open_as("owner").get(f"/inovasi/{shelf['JEMPUT GIZI']}")
    assert "dikembalikan satu kali" in text(page) and "Perjalanan per tahun" in text(page)


def test_what_is_not_in_it_is_not_there(saved, shelf, open_as):
    open_as("owner").get(f"/katalog/{shelf['ARSIP']}", expect=404)
    open_as("stranger").post(f"/katalog/{shelf['ARSIP']}/minat", expect=404)
    open_as("admin").get("/katalog/999999", expect=404)


# Interest

def test_interest_is_noted_told_and_taken_back(shelf, open_as):
    stranger, address = open_as("stranger"), f"/katalog/{shelf['JEMPUT GIZI']}"
    page = stranger.follow(f"{address}/minat", {"note": "Untuk wajib pajak lansia."})
    assert "Minat dicatat. Operator dan kepala Dinas Kesehatan diberi tahu." in text(page)
    assert "Kami berminat mereplikasi" not in page.text and "Untuk wajib pajak lansia." in text(page)
    assert "Badan Keuangan berminat mereplikasi inovasi ini: “Untuk wajib pajak lansia.”" in text(open_as("head").get("/pemberitahuan"))
    assert "Untuk wajib pajak lansia." in text(open_as("owner").get(f"/inovasi/{shelf['JEMPUT GIZI']}"))
    office = open_as("leader").get("/katalog/minat")
    assert "Badan Keuangan" in text(office) and "JEMPUT GIZI" in text(office)
    assert [line[:4] for line in rows_of(open_as("leader").get("/katalog/minat.xlsx"))] == [
        ("JEMPUT GIZI", "Dinas Kesehatan", "Badan Keuangan", "Untuk wajib pajak lansia.")]
    id = interest_id(stranger)
    open_as("owner").post(f"/katalog/minat/{id}/akhiri", expect=403)
    assert "Minat Badan Keuangan ditarik." in text(stranger.follow(f"/katalog/minat/{id}/akhiri"))
    assert "Tidak ada yang cocok" in text(open_as("leader").get("/katalog/minat?q=gizi"))
    assert "Ditarik" in text(open_as("leader").get("/katalog/minat?state=ditarik"))


def interest_id(person) -> int:
    with person.app.app_context():
        return db.session.query(Interest).one().id


def test_the_own_unit_and_the_office_are_not_asked(shelf, open_as):
    for who in ("owner", "head", "reviewer", "admin"):
        assert "Kami berminat mereplikasi" not in open_as(who).get(f"/katalog/{shelf['JEMPUT GIZI']}").text
    page = open_as("owner").post(f"/katalog/{shelf['JEMPUT GIZI']}/minat", {"note": "Ketikan saya"}, expect=200)
    assert "Tidak ada perangkat daerah Anda yang dapat mencatat minat di sini." in text(page) and "Ketikan saya" in page.text


def test_who_serves_several_units_chooses_one(app, saved, shelf, open_as):
    with app.app_context():
        db.session.add(Membership(user_id=saved.people["stranger"], unit_id=saved.units["office"], role=Role.HEAD))
        db.session.commit()
    stranger, address = open_as("stranger"), f"/katalog/{shelf['JEMPUT GIZI']}/minat"
    stranger.post(address, {"unit": saved.units["office"]})
    stranger.post(address, {"unit": saved.units["dinas"]}, expect=303)  # one is left, so nothing is asked
    with app.app_context():
        assert [one.unit_id for one in db.session.query(Interest).order_by(Interest.id)] == [saved.units["office"], saved.units["badan"]]


def test_what_was_written_is_for_the_owner_the_office_and_its_own_people(app, saved, shelf, open_as):
    with desk(app, saved) as cast:
        third = cast.units["office"]
        cast.reviewer.give_role(Role.OPERATOR, third, None)
        db.session.get(Innovation, shelf["PAJAK MUDAH"]).note_interest(cast.reviewer, third, "Rahasia kecil.")
    assert "Rahasia kecil." in text(open_as("stranger").get(f"/katalog/{shelf['PAJAK MUDAH']}"))
    page = text(open_as("owner").get(f"/katalog/{shelf['PAJAK MUDAH']}"))
    assert "Rahasia kecil." not in page and "Bappelitbangda sejak" in page
