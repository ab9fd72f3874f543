"""The list of proposals: who sees what, finding one, and how one begins."""
import re

from app.extensions import db
from app.models import Entry, Innovation, Period
from app.rules.workflow import Status
from tests.portfolios import Brought, bring
from tests.web.reviewing import Selects, another, desk, judge, text


def names(page):
    return re.findall(r'href="/usulan/\d+">([^<]+)</a>', page.text)


def begin(app, saved, number, unit="dinas"):
    with desk(app, saved) as cast:
        who = cast.owner if unit == "dinas" else cast.stranger
        for n in range(number):
            innovation = Innovation.add(f"INOVASI {unit} {n:02d}", cast.units[unit], who)
            db.session.add(Entry.start(innovation, db.session.get(Period, saved.period), who))
            db.session.flush()


def test_a_unit_sees_its_own_and_the_office_sees_all(app, saved, open_as):
    begin(app, saved, 1, "badan")
    assert names(open_as("owner").get("/usulan/")) == ["JEMPUT GIZI"]
    assert names(open_as("stranger").get("/usulan/")) == ["INOVASI badan 00"]
    assert names(open_as("leader").get("/usulan/")) == ["INOVASI badan 00", "JEMPUT GIZI"]


def test_found_by_part_of_the_name_and_by_its_number(app, saved, open_as):
    begin(app, saved, 2)
    owner = open_as("owner")
    assert names(owner.get("/usulan/?q=gizi")) == ["JEMPUT GIZI"]
    assert names(owner.get("/usulan/?q=LR-26-002")) == ["INOVASI dinas 00"]
    assert names(owner.get("/usulan/?q=LR-25-002")) == []
    assert "Tidak ada yang cocok dengan saringan ini" in owner.get("/usulan/?q=LR-26-999").text


def test_the_tabs_count_under_the_filter_and_keep_it(app, saved, open_as):
    with desk(app, saved) as cast:
        another(cast, "KAWAN", "badan", submit_days_ago=1)
    page = open_as("leader").get("/usulan/?year=2026")
    assert "Semua 2 Draf 1 Menunggu pengesahan 0 Menunggu verifikasi 1 Menunggu persetujuan 0 Dikembalikan 0 Disetujui 0" in text(page)
    assert names(open_as("leader").get("/usulan/?year=2026&status=submitted")) == ["KAWAN"]
    assert 'href="/usulan/?status=draft&amp;year=2026"' in page.text or 'href="/usulan/?year=2026&amp;status=draft"' in page.text


def test_sorted_by_the_heads_of_the_columns(app, saved, open_as):
    begin(app, saved, 2)
    owner = open_as("owner")
    assert names(owner.get("/usulan/?sort=name")) == ["INOVASI dinas 00", "INOVASI dinas 01", "JEMPUT GIZI"]
    assert names(owner.get("/usulan/?sort=-maturity"))[0] == "JEMPUT GIZI"
    assert names(owner.get("/usulan/?sort=nonsense&page=99&unit=999999999999"))[-1] == "JEMPUT GIZI"


def test_below_what_the_period_calls_fit_to_send_are_the_approved_with_fewer_points(app, saved, open_as):
    with app.app_context():
        bring(saved, [Brought("85.99", name="KURANG"), Brought(86, name="CUKUP"), Brought(20, name="TERKIRIM", status=Status.SENT),
                      Brought(0, name="DIPERIKSA", status=Status.SUBMITTED)])
        db.session.commit()
    page = text(open_as("leader").get("/usulan/?below=1"))
    assert [name for name in ("KURANG", "CUKUP", "TERKIRIM", "DIPERIKSA") if name in page] == ["KURANG", "TERKIRIM"]


def test_the_third_number_appears_with_the_first_decision(app, saved, open_as):
    assert "28 · 28 · –" in open_as("owner").get("/usulan/").text
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=0)
        cast.entry.return_(cast.reviewer, ["16"])
    assert "28 · 28 · 22" in open_as("owner").get("/usulan/").text


def test_thirty_proposals_cost_as_many_selects_as_three(app, saved, open_as):
    seen = []
    for unit, number in (("dinas", 2), ("badan", 27)):
        begin(app, saved, number, unit)
        with Selects() as counted:
            assert len(names(open_as("leader").get("/usulan/"))) == min(25, 1 + 2 + (number if unit == "badan" else 0))
        seen.append(counted.number)
    assert seen[0] == seen[1]


def test_an_empty_list_says_where_proposals_come_from(saved, open_as):
    assert "Pilih inovasi yang diusulkan" in text(open_as("stranger").get("/usulan/"))


def test_a_proposal_begins_from_an_innovation(app, saved, open_as):
    with desk(app, saved) as cast:
        innovation = Innovation.add("ANTAR OBAT", cast.units["dinas"], cast.owner)
        db.session.add(innovation)
        db.session.flush()
        id = innovation.id
    owner = open_as("owner")
    page = owner.follow("/usulan/", {"innovation": id})
    assert "Usulan ANTAR OBAT untuk periode 2026 dibuat." in text(page)
    assert owner.post("/usulan/", {"innovation": id}, headers={"Referer": f"http://localhost/inovasi/{id}"}).location == f"/inovasi/{id}"
    assert "ANTAR OBAT sudah diusulkan pada periode 2026." in text(owner.get("/usulan/"))


def test_nobody_begins_a_proposal_for_another_unit(saved, open_as):
    open_as("stranger").post("/usulan/", {"innovation": saved.innovation}, expect=404)
    open_as("head").post("/usulan/", {"innovation": saved.innovation}, expect=403)
    open_as("owner").post("/usulan/", {"innovation": "bukan angka"}, expect=404)
