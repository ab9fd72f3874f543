"""The register: who sees what, how it is narrowed and ordered, how a new innovation begins."""
from datetime import date

import pytest
from sqlalchemy import Engine, event, select

from app.extensions import db
from app.models import Innovation, Membership, PastReport, Period, Unit, User
from app.queries.innovations import InnovationFilter
from app.rules.access import Role


@pytest.fixture
def selects():
    seen = []

    def listen(connection, cursor, sql, *rest):
        if sql.startswith("SELECT"):
            seen.append(sql)
    event.listen(Engine, "before_cursor_execute", listen)
    yield seen
    event.remove(Engine, "before_cursor_execute", listen)


def record(app, saved, *names, unit="dinas", **profile):
    with app.app_context():
        by = db.session.get(User, saved.people["owner"])
        for name in names:
            innovation = Innovation.add(name, db.session.get(Unit, saved.units[unit]), by)
            innovation.edit(by, **profile)
            db.session.add(innovation)
        db.session.commit()


def names_on(page) -> list[str]:
    return [line.split("</a>")[0].split(">")[-1] for line in page.text.split('<th scope="row"')[1:]]


def test_a_unit_sees_its_own_and_the_office_sees_all(app, saved, open_as):
    record(app, saved, "PAJAK MUDAH", unit="badan")
    assert names_on(open_as("owner").get("/inovasi/")) == ["JEMPUT GIZI"]
    assert names_on(open_as("head").get("/inovasi/")) == ["JEMPUT GIZI"]
    assert names_on(open_as("stranger").get("/inovasi/")) == ["PAJAK MUDAH"]
    for who in ("reviewer", "coordinator", "leader", "admin"):
        assert names_on(open_as(who).get("/inovasi/")) == ["JEMPUT GIZI", "PAJAK MUDAH"]


def test_the_address_narrows_and_orders(app, saved, open_as):
    record(app, saved, "ALUN", "BUKU KELILING", stage="Uji Coba", main_affair="Perpustakaan")
    office = open_as("reviewer")
    assert names_on(office.get("/inovasi/?q=buku")) == ["BUKU KELILING"]
    assert names_on(office.get("/inovasi/?affair=Perpustakaan&sort=-name")) == ["BUKU KELILING", "ALUN"]
    assert names_on(office.get("/inovasi/?stage=Penerapan")) == ["JEMPUT GIZI"]
    assert names_on(office.get(f"/inovasi/?unit={saved.units['badan']}")) == []
    assert names_on(office.get("/inovasi/?sort=affair")) == ["JEMPUT GIZI", "ALUN", "BUKU KELILING"]


def test_by_year_by_word_by_eligibility_and_from_the_archive(app, saved, open_as):
    old = {"stage": "Penerapan", "applied_on": date(2020, 1, 6)}
    record(app, saved, "ALUN", **old)
    record(app, saved, "BUKU KELILING", **old, developed_on=date(2025, 3, 4))
    record(app, saved, "COBA DULU", stage="Uji Coba", applied_on=date(2025, 3, 4))
    record(app, saved, "DRAF", "EMBUN")
    with app.app_context():
        one = {innovation.name: innovation for innovation in db.session.scalars(select(Innovation))}
        owner = db.session.get(User, saved.people["owner"])
        one["ALUN"].describe(owner, "", ["Buku", "taman"], False)
        one["ALUN"].past_reports.append(PastReport(year=2021, number=""))
        one["EMBUN"].archive(owner, "Tercatat dua kali.")
        db.session.commit()
    office = open_as("reviewer")
    assert names_on(office.get("/inovasi/?year=2021")) == ["ALUN"]
    assert names_on(office.get("/inovasi/?year=2026")) == ["JEMPUT GIZI"]
    assert names_on(office.get("/inovasi/?tag=Buku")) == ["ALUN"]
    assert names_on(office.get("/inovasi/?eligible=layak")) == ["BUKU KELILING", "JEMPUT GIZI"]
    assert names_on(office.get("/inovasi/?eligible=tidak")) == ["ALUN", "COBA DULU"]
    assert names_on(office.get("/inovasi/?eligible=belum")) == ["DRAF"]
    assert names_on(office.get("/inovasi/?state=arsip")) == ["EMBUN"]
    assert "EMBUN" in names_on(office.get("/inovasi/?state=semua")) and "EMBUN" not in names_on(office.get("/inovasi/"))


def test_the_filter_and_the_rule_agree_on_who_may_be_scored(app, saved):
    """Every edge of the window, both ways."""
    days = [None, date(2023, 12, 31), date(2024, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
    for stage in (None, "Penerapan", "Uji Coba"):
        for applied in days:
            developed = [day for day in days if not day or not applied or day >= applied]
            record(app, saved, *[f"{stage} {applied} {day}" for day in developed], stage=stage, applied_on=applied)
    with app.app_context():
        window = db.session.get(Period, saved.period).instrument.window
        for innovation in db.session.scalars(select(Innovation).where(Innovation.name != "JEMPUT GIZI")):
            day = innovation.name.split()[-1]
            innovation.developed_on = None if day == "None" else date.fromisoformat(day)
        db.session.flush()
        asked = select(Innovation).join(Unit, Unit.id == Innovation.unit_id)
        found = {word: set(db.session.scalars(InnovationFilter(eligible=word).narrow(asked, window))) for word in ("layak", "tidak", "belum")}
        for innovation in db.session.scalars(select(Innovation)):
            known = innovation.stage and innovation.applied_on
            expected = "belum" if not known else "layak" if innovation.eligibility(window).ok else "tidak"
            assert [word for word, some in found.items() if innovation in some] == [expected], innovation.name


def test_percent_and_nonsense_in_the_address_are_harmless(app, saved, open_as):
    office = open_as("reviewer")
    assert names_on(office.get("/inovasi/?q=%25")) == []
    assert names_on(office.get("/inovasi/?sort=drop&page=99999999999&unit=²")) == ["JEMPUT GIZI"]


def test_a_filter_without_hits_offers_to_clear_it(saved, open_as):
    page = open_as("owner").get("/inovasi/?q=zzz").text
    assert "Tidak ada yang cocok" in page and "Belum ada inovasi" not in page


def test_an_empty_register_says_what_to_do(saved, open_as):
    page = open_as("stranger").get("/inovasi/").text
    assert "Catat inovasi pertama" in page and "<table" not in page


def test_each_line_says_whether_it_may_be_scored_and_how_far_it_is(app, saved, open_as):
    record(app, saved, "BARU DICATAT")
    record(app, saved, "MASIH IDE", stage="Inisiatif", applied_on=None)
    page = open_as("owner").get("/inovasi/").text.split("<tbody>")[1]
    assert page.count("Layak 2026") == 1 and page.count("Belum dapat dinilai") == 2 and page.count("belum diusulkan") == 2


def test_a_longer_register_costs_no_more_queries(app, saved, open_as, selects):
    office, costs = open_as("reviewer"), []
    for count in (2, 12):
        record(app, saved, *[f"INOVASI {count} {n}" for n in range(count)])
        selects.clear()
        office.get("/inovasi/")
        costs.append(len(selects))
    assert costs[0] == costs[1]


def test_pages_keep_the_filter(app, saved, open_as):
    record(app, saved, *[f"KEBUN {n:02d}" for n in range(30)])
    page = open_as("owner").get("/inovasi/?q=kebun&page=2")
    assert names_on(page) == [f"KEBUN {n:02d}" for n in range(25, 30)]
    assert "/inovasi/?q=kebun" in page.text


def test_filter_round_trip():
    chosen = InnovationFilter.read({"q": " posyandu ", "stage": "Penerapan", "unit": "7", "sort": "-unit", "page": "3"})
    assert chosen == InnovationFilter(q="posyandu", stage="Penerapan", unit=7, sort="-unit", page=3)
    assert chosen.args(page=1) == {"q": "posyandu", "stage": "Penerapan", "unit": 7, "sort": "-unit"}
    assert chosen.turned("unit")["sort"] == "unit" and chosen.turned("name")["sort"] == "name"


# A new one

def test_a_name_is_enough(app, saved, open_as):
    page = open_as("owner").follow("/inovasi/baru", {"name": "  SIAGA BUMIL "})
    assert "SIAGA BUMIL dicatat." in page.text and "Profil 1 dari 22 butir terisi" in page.text
    with app.app_context():
        innovation = db.session.scalars(select(Innovation).where(Innovation.name == "SIAGA BUMIL")).one()
        assert (innovation.unit_id, innovation.events[0].what) == (saved.units["dinas"], "innovation_added")


def test_without_a_name_it_is_not_recorded_and_the_reason_stands_there(saved, open_as):
    assert "Isi nama inovasi." in open_as("owner").post("/inovasi/baru", {"name": "   "}, expect=200).text


def test_a_name_too_long_stays_on_the_page(saved, open_as):
    page = open_as("owner").post("/inovasi/baru", {"name": "N" * 201}, expect=200).text
    assert "Paling banyak 200 huruf; sekarang 201." in page and "N" * 201 in page


def test_who_serves_several_units_chooses_one(app, saved, open_as):
    with app.app_context():
        db.session.add(Membership(user_id=saved.people["owner"], unit_id=saved.units["badan"], role=Role.OPERATOR))
        db.session.commit()
    owner = open_as("owner")
    assert "Badan Keuangan" in owner.get("/inovasi/baru").text
    owner.post("/inovasi/baru", {"name": "PAJAK MUDAH", "unit": saved.units["badan"]})
    owner.post("/inovasi/baru", {"name": "X", "unit": saved.units["office"]}, expect=200)
    with app.app_context():
        assert db.session.scalars(select(Innovation.unit_id).where(Innovation.name == "PAJAK MUDAH")).all() == [saved.units["badan"]]


def test_only_operators_record(saved, open_as):
    for who in ("head", "reviewer", "coordinator", "leader", "admin"):
        open_as(who).get("/inovasi/baru", expect=403)
        open_as(who).post("/inovasi/baru", {"name": "X"}, expect=403)
