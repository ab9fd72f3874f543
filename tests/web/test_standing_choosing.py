"""Send or hold: what the sums say, what it would take, what a hand may choose, and the list to send."""
import html
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.extensions import db
from app.models import Entry, Event
from app.rules.workflow import Status
from tests.figures import check
from tests.portfolios import EDUCATION, HEALTH, ORDER, SOCIAL, WORKS, Brought, bring, region, worked_example
from tests.web.reviewing import Selects, desk, judge, text
from tests.web.test_standing import total

URL, TAKE = "/dasbor/kirim-atau-tahan", "/dasbor/kirim-atau-tahan/susunan"


@pytest.fixture
def lay(app, saved):
    """`lay(portfolio)` brings it into the period with 45 points of the region; the ids."""
    def laid(portfolio):
        with app.app_context():
            region("45", "45", "45")
            ids = bring(saved, portfolio)
            db.session.commit()
        return ids
    return laid


@pytest.fixture
def entry(app):
    """`entry(id)` as it is stored."""
    def loaded(id):
        with app.app_context():
            found = db.session.get(Entry, id)
            return found.status, found.choice, found.choice_note, found.chosen_at is not None
    return loaded


def names(page) -> list[str]:
    return re.findall(r'<th scope="row" class="full"><a href="[^"]+">([^<]+)</a>', page.text)


def test_the_page_says_how_many_go_and_what_sending_all_would_give(lay, open_as):
    lay(worked_example())
    said = text(open_as("leader").get(URL))
    assert "Kirim 16, tahan 16 Indeks menjadi 60,43 (Inovatif). Mengirim semua 32 memberi 50,86 ." in said
    assert "Daftar kirim belum ditetapkan." in said
    assert "Semua 32 Kirim 16 Tahan 16 Pilihan tangan 0 Terkirim 0" in said


def test_the_parts_are_the_lists_they_name(lay, open_as):
    lay([*worked_example(), Brought(90, choice="send"), Brought(99, choice="hold"), Brought(50, status=Status.SENT)])
    leader = open_as("leader")
    tabs = re.findall(r'<a href="([^"]+)"(?: aria-current="page")?>(Semua|Kirim|Tahan|Pilihan tangan|Terkirim) (\d+)</a>', leader.get(URL).text)
    assert [(label, int(count)) for _, label, count in tabs] == [
        (label, total(leader.get(html.unescape(href)))) for href, label, _ in tabs]
    assert [count for *_, count in tabs][3:] == ["2", "1"]


def test_every_figure_is_the_total_of_its_list(lay, open_as):
    lay([*worked_example(), Brought(50, status=Status.SENT)])
    coordinator = open_as("coordinator")
    coordinator.post(TAKE, {"susunan": mark(coordinator)})
    assert [figure.said["data-total"] for figure in check(coordinator, URL)] == [16, 1, 1]


def test_it_is_filtered_and_sorted_in_the_address(lay, open_as):
    lay([Brought(80, HEALTH, name="JEMPUT SEHAT"), Brought(70, HEALTH, name="KLINIK AIR"), Brought(95, ORDER, name="RONDA")])
    leader = open_as("leader")
    assert names(leader.get(URL)) == ["RONDA", "JEMPUT SEHAT", "KLINIK AIR"]
    assert names(leader.get(URL + "?sort=name")) == ["JEMPUT SEHAT", "KLINIK AIR", "RONDA"]
    assert names(leader.get(f"{URL}?affair={HEALTH}&sort=maturity")) == ["KLINIK AIR", "JEMPUT SEHAT"]
    assert names(leader.get(URL + "?q=ronda")) == ["RONDA"]
    assert "Tidak ada yang cocok" in text(leader.get(URL + "?q=tidak-ada"))


def test_a_held_one_says_at_which_maturity_it_would_go_and_which_rows_would_bring_it_there(app, saved, lay, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.approve(cast.reviewer)
        points = cast.entry.verified
    with app.app_context():
        stored = [(points, "Kesehatan")]
        region("45", "45", "45")
        bring(saved, [Brought(100) for _ in range(16)])
        db.session.execute(db.text("UPDATE entry SET verified = :points, main_affair = :affair WHERE id = :id"),
                           {"points": int(stored[0][0] * 100), "affair": "Kesehatan", "id": saved.entry})
        db.session.commit()
    said = text(open_as("leader").get(URL + "?putusan=tahan"))
    found = re.search(r"mulai ([\d,]+) poin \+([\d,]+) (baris .*)", said)
    assert found, said
    assert float(found[1].replace(",", ".")) == pytest.approx(float(points) + float(found[2].replace(",", ".")))
    assert re.match(r"baris \d\d dari level \d ke \d", found[3])


def test_what_can_never_help_says_so(lay, open_as):
    lay([Brought(111) for _ in range(60)] + [Brought(10, name="KECIL")])
    said = text(open_as("leader").get(URL + "?q=kecil"))
    assert "Tahan" in said and ("Tidak menaikkan indeks" in said or "mulai" in said)


def test_hand_choices_that_close_the_gate_are_said_plainly(lay, open_as):
    lay([Brought(80, affair) for affair in (EDUCATION, HEALTH, WORKS, SOCIAL)] + [Brought(80, ORDER, choice="hold")])
    said = text(open_as("coordinator").get(URL))
    assert "Pilihan tangan menutup gerbang urusan pelayanan dasar." in said
    assert "karena pilihan tangan" in text(open_as("coordinator").get(TAKE))


def test_what_hand_choices_cost_is_said_where_the_index_is(lay, open_as):
    *_, weak = lay(worked_example())
    open_as("coordinator").post(f"/usulan/{weak}/pilihan", {"choice": "send", "reason": "Janji Bupati."})
    for url in (URL, "/dasbor/indeks"):
        assert "Pilihan tangan menurunkannya 1,26 : tanpa itu 60,43 ." in text(open_as("leader").get(url))


def test_what_goes_with_less_than_the_period_calls_fit_is_told_and_listed(lay, open_as):
    lay([Brought(100), Brought("85.99", name="KURANG"), Brought(86), Brought(20, choice="hold")])
    leader = open_as("leader")
    page = leader.get(URL)
    assert "1 dari yang dikirim di bawah batas layak kirim 86 poin; hitungan tidak memakai batas itu." in text(page)
    assert "85,99 kurang 0,01 dari 86" in text(page)
    assert names(leader.get(URL + "?putusan=kirim&below=1")) == ["KURANG"]
    assert "Semua 2 Kirim 1 Tahan 1 Pilihan tangan 1 Terkirim 0" in text(leader.get(URL + "?below=1"))
    assert "1 dari yang dikirim di bawah batas layak kirim 86 poin" in text(open_as("coordinator").get(TAKE))


def test_nothing_approved_yet_says_where_to_look(lay, open_as):
    lay([Brought(0, status=Status.SUBMITTED)])
    assert "Belum ada yang dapat dikirim" in text(open_as("leader").get(URL))
    assert "belum ada susunan" in text(open_as("coordinator").get(TAKE))


def test_who_only_reads_sees_no_button(lay, open_as):
    lay(worked_example())
    assert "Pakai susunan ini" not in open_as("leader").get(URL).text
    assert "Pakai susunan ini" in open_as("coordinator").get(URL).text


# Taking the set

def mark(browser) -> str:
    return re.search(r'name="susunan" value="([0-9a-f]{64})"', browser.get(TAKE).text)[1]


def test_the_set_is_confirmed_and_then_on_the_list(lay, open_as, entry, app):
    ids = lay(worked_example())
    coordinator = open_as("coordinator")
    said = text(coordinator.get(TAKE))
    assert "Pakai susunan ini: kirim 16, tahan 16" in said
    assert "16 inovasi masuk daftar kirim, 16 ditahan. Perkiraan indeks 60,43 , Inovatif." in said
    page = coordinator.follow(TAKE, {"susunan": mark(coordinator)})
    assert "16 inovasi masuk daftar kirim, 16 ditahan. Perkiraan indeksnya 60,43." in text(page)
    assert "Daftar kirim berisi 16 inovasi , sama dengan susunan ini." in text(page)
    assert [entry(id)[3] for id in ids] == [True] * 16 + [False] * 16
    with app.app_context():
        assert [one.details for one in db.session.query(Event).filter_by(what="set_taken")] == [{"chosen": 16, "held": 16}]


def test_a_set_that_changed_meanwhile_is_not_taken_but_shown_anew(lay, open_as, entry):
    lay(worked_example())
    coordinator = open_as("coordinator")
    seen = mark(coordinator)
    [new] = lay([Brought(111)])
    page = coordinator.follow(TAKE, {"susunan": seen})
    assert "Keadaan berubah sesudah halaman itu dibuka" in text(page)
    assert "Pakai susunan ini: kirim 17, tahan 16" in text(page)
    assert entry(new)[3] is False
    coordinator.post(TAKE, {"susunan": mark(coordinator)})
    assert entry(new)[3] is True


def test_a_new_set_replaces_the_list_and_says_how_it_differs(lay, open_as, entry):
    ids = lay(worked_example())
    coordinator = open_as("coordinator")
    coordinator.post(TAKE, {"susunan": mark(coordinator)})
    coordinator.post(f"/usulan/{ids[15]}/pilihan", {"choice": "hold", "reason": "Sedang disengketakan."})
    lay([Brought(105), Brought(106)])
    said = text(coordinator.get(URL))
    assert "Daftar kirim berisi 15 inovasi ; susunan ini berbeda: 2 masuk." in said


def test_what_is_sent_stays_and_is_counted_apart(lay, open_as, entry):
    ids = lay([Brought(20, status=Status.SENT), Brought(100), Brought(101)])
    coordinator = open_as("coordinator")
    said = text(coordinator.get(TAKE))
    assert "2 inovasi masuk daftar kirim, 0 ditahan" in said
    assert "1 inovasi sudah terkirim dan tetap terkirim." in said
    coordinator.post(TAKE, {"susunan": mark(coordinator)})
    assert [entry(id)[3] for id in ids] == [False, True, True]


def test_when_all_is_sent_there_is_nothing_to_take(lay, open_as):
    lay([Brought(90, status=Status.SENT)])
    coordinator = open_as("coordinator")
    said = text(coordinator.get(URL))
    assert "Semua yang disetujui sudah terkirim." in said and "Pakai susunan ini" not in said
    assert "Tidak ada yang dapat masuk daftar kirim" in text(coordinator.get(TAKE))


# As a file, and quickly

def test_the_file_holds_the_filtered_list_with_what_each_needs(lay, open_as):
    lay([*worked_example(), Brought(99, choice="hold", name="DITAHAN TANGAN")])
    file = load_workbook(BytesIO(open_as("leader").get("/dasbor/kirim-atau-tahan.xlsx?putusan=tahan").data)).active
    rows = list(file.iter_rows(min_row=3, values_only=True))
    assert len(rows) == 17
    assert rows[0][1:7] == ("DITAHAN TANGAN", "Badan Keuangan", "Pangan", 99, "Tahan, pilihan tangan", "Alasan.")
    assert {row[5] for row in rows[1:]} == {"Tahan"}
    assert all(row[8] > row[4] and row[9] > 0 for row in rows[1:])


@pytest.mark.parametrize("url", [URL + "?sort=maturity", URL + "?putusan=tahan", TAKE])
def test_as_many_selects_with_many(lay, open_as, url):
    browser, counted = open_as("coordinator"), []
    for times in (1, 20):
        lay(worked_example() * times)
        browser.get(url)
        with Selects() as seen:
            browser.get(url)
        counted.append(seen.number)
    assert counted[0] == counted[1]
