"""The coordinator's page: how much each reviewer has, and whose unit is whose."""
import re

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Entry, Unit
from app.rules.access import Role
from tests.web.reviewing import Selects, another, desk, judge, text

URL = "/verifikasi/pembagian"


@pytest.fixture
def full(app, saved):
    """SURAT TUNTAS (2) waits with the reviewer for eight days, two of its five rows judged; JEMPUT GIZI (1) and LAPAK BACA (3) are nobody's."""
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        held = another(cast, "SURAT TUNTAS", submit_days_ago=8)
        held.assign(cast.coordinator, cast.reviewer)
        another(cast, "LAPAK BACA", submit_days_ago=3)
        for code in ("16", "17"):
            held.judge(held.answer_on(code), cast.reviewer, 2)
    return saved


def loads(page):
    """Per person: waiting, rows left, oldest, today, five days, units."""
    table = page.text.split('id="h-beban"')[1].split("</table>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in table.split("<tr>")[2:]]
    return {cells[0].split("<")[0]: [re.sub(r"<[^>]+>", "", cell) for cell in cells[1:]] for cells in rows}


def holders(app):
    with app.app_context():
        return [entry.reviewer and entry.reviewer.username for entry in db.session.scalars(select(Entry).order_by(Entry.id))]


def test_the_load_of_each_is_seen(full, open_as):
    page = open_as("coordinator").get(URL)
    assert loads(page) == {"Coordinator": ["0", "0", "–", "0 baris", "0 baris", "0"], "Reviewer": ["1", "3", "8 hari", "2 baris", "2 baris", "0"]}
    assert "2 usulan menunggu dan belum dibagi." in text(page)


def test_a_figure_leads_to_the_list_that_holds_as_many(full, open_as):
    coordinator = open_as("coordinator")
    link = re.search(r'href="(/verifikasi/\?[^"]*verifikator=[^"]*)">1</a>', coordinator.get(URL).text)[1].replace("&amp;", "&")
    page = coordinator.get(link)
    assert re.findall(r'<th scope="row" class="full"><a href="[^"]*">(.*?)</a>', page.text) == ["SURAT TUNTAS"]


def test_who_is_no_reviewer_any_more_but_still_holds_something_is_pointed_out(app, full, open_as):
    with desk(app, full) as cast:
        cast.reviewer.deactivate(cast.admin)
    page = open_as("coordinator").get(URL)
    assert "Reviewer akun tidak aktif: bagikan ulang yang masih dipegang" in text(page)
    assert 'id="reviewer-unit"' in page.text and "Reviewer</option>" not in page.text.split('id="reviewer-unit"')[1].split("</select>")[0]


def test_what_nobody_has_is_given_from_here_and_one_stays_here(app, full, open_as):
    coordinator = open_as("coordinator")
    assert 'action="/verifikasi/bagikan?dari=pembagian&amp;q=dinas"' in coordinator.get(f"{URL}?q=dinas").text
    answer = coordinator.post("/verifikasi/bagikan?dari=pembagian&q=dinas", {"usulan": ["1", "3"], "reviewer": full.people["reviewer"]})
    assert answer.location == f"{URL}?q=dinas"
    assert holders(app) == ["reviewer"] * 3
    assert "Semua usulan yang menunggu sudah dibagi." in text(coordinator.get(answer.location))


def test_a_whole_unit_is_given_with_what_waits(app, full, open_as):
    page = open_as("coordinator").follow(URL, {"unit": [full.units["badan"], full.units["dinas"]], "reviewer": full.people["reviewer"], "also": "on"})
    assert "2 perangkat daerah sekarang dipegang Reviewer." in text(page)
    assert "2 usulan yang menunggu ikut dibagikan ke Reviewer." in text(page)
    assert holders(app) == ["reviewer"] * 3
    with app.app_context():
        assert {unit.name: unit.reviewer and unit.reviewer.username for unit in db.session.scalars(select(Unit))} == {
            "Dinas Kesehatan": "reviewer", "Badan Keuangan": "reviewer", "Bappelitbangda": None}


def test_a_unit_alone_leaves_what_waits(app, full, open_as):
    page = open_as("coordinator").follow(URL, {"unit": full.units["dinas"], "reviewer": full.people["reviewer"]})
    assert "Dinas Kesehatan sekarang dipegang Reviewer." in text(page)
    assert holders(app) == [None, "reviewer", None]


def test_what_is_handed_in_later_goes_to_the_reviewer_of_its_unit(app, full, open_as):
    open_as("coordinator").post(URL, {"unit": full.units["badan"], "reviewer": full.people["reviewer"]})
    with desk(app, full) as cast:
        assert another(cast, "TIRTA JEMPUT").reviewer is cast.reviewer


def test_one_unit_refused_does_not_stop_the_others(app, full, open_as):
    coordinator = open_as("coordinator")
    coordinator.post(URL, {"unit": full.units["dinas"], "reviewer": full.people["reviewer"]})
    page = text(coordinator.follow(URL, {"unit": [full.units["dinas"], full.units["badan"]], "reviewer": full.people["reviewer"]}))
    assert "Badan Keuangan sekarang dipegang Reviewer." in page
    assert "1 tidak diubah, Dinas Kesehatan: Dinas Kesehatan sudah dipegang Reviewer." in page


def test_nobody_gets_the_proposals_of_a_unit_of_their_own(app, full, open_as):
    with desk(app, full) as cast:
        cast.reviewer.give_role(Role.HEAD, cast.units["dinas"], None)
    page = text(open_as("coordinator").follow(URL, {"unit": full.units["dinas"], "reviewer": full.people["reviewer"], "also": "on"}))
    assert "1 tidak diubah, JEMPUT GIZI: Reviewer terdaftar di Dinas Kesehatan, jadi tidak memutus usulannya." in page
    assert holders(app)[0] is None


@pytest.mark.parametrize(("address", "units"), [
    ("", ["Badan Keuangan", "Bappelitbangda", "Dinas Kesehatan"]), ("?q=dinas", ["Dinas Kesehatan"]), ("?verifikator=4", ["Dinas Kesehatan"]),
    ("?verifikator=belum", ["Badan Keuangan", "Bappelitbangda"]), ("?verifikator=x", ["Badan Keuangan", "Bappelitbangda", "Dinas Kesehatan"]),
])
def test_the_units_are_filtered_in_the_address(full, open_as, address, units):
    coordinator = open_as("coordinator")
    coordinator.post(URL, {"unit": full.units["dinas"], "reviewer": "4"})
    assert re.findall(r'<th scope="row" class="full">([^<]*)<span class="sub">', coordinator.get(URL + address).text.split('id="h-opd"')[1]) == units


def test_nothing_ticked_is_asked_again(app, full, open_as):
    coordinator = open_as("coordinator")
    coordinator.post(URL, {"reviewer": full.people["reviewer"]})
    assert "Centang dulu perangkat daerah yang Anda maksud." in text(coordinator.get(URL))


def test_as_many_selects_to_give_five_units_as_to_give_one(app, full, open_as):
    with desk(app, full) as cast:
        for number in range(6):
            db.session.add(Unit.add(f"Kecamatan {number}", "Kecamatan", cast.admin))
    coordinator = open_as("coordinator")
    coordinator.get(URL)
    with Selects() as one:
        coordinator.post(URL, {"unit": ["4"], "reviewer": full.people["reviewer"], "also": "on"})
    with Selects() as five:
        coordinator.post(URL, {"unit": ["5", "6", "7", "8", "9"], "reviewer": full.people["reviewer"], "also": "on"})
    assert one.number == five.number


def test_a_judged_row_counts_for_who_judged_it(app, full, open_as):
    with desk(app, full) as cast:
        judge(cast, db.session.get(Entry, 2))
    assert loads(open_as("coordinator").get(URL))["Reviewer"] == ["1", "0", "8 hari", "5 baris", "5 baris", "0"]
