"""The leadership's screen, the page of paper and the comparison of claims: every figure is its list."""
import re
from decimal import Decimal
from types import SimpleNamespace

import pytest

from app import clock
from app.extensions import db
from app.models import Unit, YearResult
from app.queries.figures import Claims
from app.rules.lanes import Lane
from app.web.dashboard.brief import fitting, lines_of
from app.web.dashboard.deciding import decisions
from app.web.dashboard.pages import alone
from app.web.standing_now import standing_of
from tests import figures, midseason
from tests.exports.readers import xlsx
from tests.past import happened
from tests.web.reviewing import Selects, another, days_ago, desk, judge, text

NO_LANES = dict.fromkeys(Lane, 0)


@pytest.fixture
def regency(app, saved, once):
    def build():
        with desk(app, saved) as cast:
            midseason.lay_down(cast)
        return saved
    return once("midseason", build)


class TestFiguresAreLists:
    def test_on_the_cast(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
            judge(cast, cast.entry, r16=1)
            cast.entry.approve(cast.coordinator)
        for address in ("/dasbor/", "/dasbor/klaim", "/dasbor/klaim?semua=1", "/dasbor/waktu"):
            figures.check(open_as("leader"), address)

    @pytest.mark.parametrize(("address", "at_least"), [
        ("/dasbor/", 22), ("/dasbor/klaim", 26), ("/dasbor/klaim?semua=1&page=2", 20), ("/dasbor/klaim?sort=unit", 26), ("/dasbor/waktu", 31),
        ("/dasbor/waktu?page=2&sort=unit", 20)])
    def test_on_a_regency_in_mid_season(self, regency, open_as, address, at_least):
        figures.check(open_as("leader"), address, at_least)

    def test_of_another_year(self, regency, open_as):
        assert all("2026" in figure.href for figure in figures.figures(open_as("leader").get("/dasbor/?tahun=2026")))

    def test_a_wrong_figure_is_found(self, saved, open_as):
        """The walk itself: it reads what the list says, and does not take the page's word."""
        browser = open_as("leader")
        right = browser.get("/dasbor/waktu")
        lying = SimpleNamespace(get=lambda address: right_with(right, "9") if address == "lie" else browser.get(address))
        with pytest.raises(AssertionError, match="says"):
            figures.check(lying, "lie")


def right_with(page, number):
    return SimpleNamespace(text=re.sub(r'data-figure="\d+"', f'data-figure="{number}"', page.text))


class TestEntriesList:
    def test_the_sums_follow_the_filter(self, app, saved, open_as):
        with desk(app, saved) as cast:
            kawan = another(cast, "KAWAN", "badan")
            judge(cast, kawan, r16=1)
            kawan.return_(cast.reviewer, ["16"])
        leader = open_as("leader")
        assert "2 usulan · jumlah poin 56 diklaim · 56 berbukti · 25 terverifikasi" in text(leader.get("/usulan/"))
        assert "1 usulan · jumlah poin 28 diklaim · 28 berbukti · 25 terverifikasi" in text(leader.get("/usulan/?judged=1"))
        assert figures.totals(leader.get("/usulan/?status=selesai"))["data-total"] == 0
        assert figures.totals(leader.get("/usulan/?status=unit"))["data-total"] == 2

    def test_what_the_form_does_not_say_is_said_and_can_be_taken_away(self, saved, open_as):
        page = open_as("leader").get(f"/usulan/?status=proses&reviewer={saved.people['reviewer']}&judged=1&affair=Kesehatan")
        assert "Disaring: Di verifikator atau koordinator · hapus" in text(page)
        assert "Disaring: Dipegang Reviewer · hapus" in text(page)
        assert "Disaring: Sudah pernah diputus · hapus" in text(page)
        assert '<option selected>Kesehatan</option>' in page.text

    def test_a_unit_does_not_learn_names_by_asking_for_ids(self, saved, open_as):
        assert "Dipegang" not in open_as("owner").get(f"/usulan/?reviewer={saved.people['reviewer']}").text


class TestShow:
    def test_before_anything_is_verified_it_says_so(self, saved, open_as):
        page = text(open_as("leader").get("/dasbor/"))
        assert "Belum ada yang terverifikasi." in page and "belum diverifikasi" in page
        assert "Belum lolos: 0 dari 6 paling sedikit 5" in page
        assert "Belum ada inovasi yang disetujui, jadi belum ada yang dapat dipilih." in page
        assert "0 dari 3 terverifikasi" in page

    def test_index_difference_to_last_year_and_worst_claims(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
            judge(cast, cast.entry, r16=1)
            cast.entry.approve(cast.coordinator)
            db.session.add(YearResult.add(cast.coordinator, 2025, index=Decimal("49.87"), band="Inovatif", rank=None, participants=None, count=None,
                                          spd=None, note=""))
            expected = standing_of(cast.period).best_index
        page = text(open_as("leader").get("/dasbor/"))
        assert f"{expected.index}".replace(".", ",") in page and expected.band in page
        assert "dari tahun lalu" in page
        assert "Dinas Kesehatan 1 28 25 −3" in page

    def test_without_a_period(self, app, saved, open_as):
        with desk(app, saved) as cast:
            cast.period.opens_at, cast.period.closes_at, cast.period.repairs_close_at = days_ago(-1), days_ago(-2), days_ago(-3)
        for address in ("/dasbor/", "/dasbor/ringkas", "/dasbor/klaim", "/dasbor/waktu"):
            assert "Belum ada" in text(open_as("leader").get(address))
        for address in ("/dasbor/klaim.xlsx", "/dasbor/waktu.xlsx"):
            open_as("leader").get(address)

    def test_many_cost_as_many_selects_as_few(self, app, saved, open_as):
        leader, seen = open_as("leader"), []
        for units in (12, 90):
            with desk(app, saved) as cast:
                if units == 12:
                    midseason.lay_down(cast, units=60, entries=80)
                else:
                    db.session.add_all(Unit.add(f"Desa Baru {n}", "Desa", None) for n in range(40))
            for address in ("/dasbor/", "/dasbor/ringkas", "/dasbor/klaim", "/dasbor/waktu", "/dasbor/klaim.xlsx", "/dasbor/waktu.xlsx"):
                leader.get(address)
                with Selects() as counted:
                    leader.get(address)
                seen.append((address, counted.number))
        assert seen[:6] == seen[6:]


class TestDecisions:
    """What has to be decided, and that it is never more than three things."""

    def named(self, period, standing, **lanes):
        counted = NO_LANES | {Lane(lane): number for lane, number in lanes.items()}
        return [one.what for one in decisions(period, standing, alone(period, standing), counted, clock.now())]

    def test_nothing_to_decide_before_anything_came_in(self, app, saved):
        with desk(app, saved) as cast:
            assert self.named(cast.period, standing_of(cast.period)) == []
            assert self.named(cast.period, standing_of(cast.period), belum=2) == ["start"]

    def test_a_shut_gate_comes_first(self, app, saved):
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
            judge(cast, cast.entry)
            cast.entry.approve(cast.coordinator)
            another(cast, "MENUNGGU")
            found = decisions(cast.period, standing_of(cast.period), [], NO_LANES | {Lane.NONE: 1}, clock.now())
            assert [one.what for one in found] == ["gate", "start", "judge"]
            assert (found[0].facts["covered"], found[0].facts["needed"]) == (1, 5)

    def test_what_hangs_on_one_innovation_and_what_to_hold(self, app, regency):
        with desk(app, regency) as cast:
            standing = standing_of(cast.period)
            found = {one.what: one.facts for one in decisions(cast.period, standing, [], NO_LANES, clock.now())}
            assert found["choose"]["send"] == standing.best.number and found["choose"]["hold"] == standing.held > 0
            assert len(found) <= 3


class TestClaims:
    def test_the_largest_gap_first_and_what_was_never_judged_left_out(self, app, saved, open_as):
        with desk(app, saved) as cast:
            entry = another(cast, "KAWAN", "badan")
            judge(cast, entry, r16=0)
            entry.return_(cast.reviewer, ["16"])
        page = text(open_as("leader").get("/dasbor/klaim"))
        assert "Badan Keuangan 1 28 28 22 −6" in page and "Dinas Kesehatan" not in page
        every = text(open_as("leader").get("/dasbor/klaim?semua=1"))
        assert "Dinas Kesehatan 1 28 28 0 −28" in every and every.index("Dinas Kesehatan") < every.index("Badan Keuangan")

    def test_the_file_is_the_list(self, regency, open_as):
        for name, who in (("klaim", 4), ("waktu", 1)):
            rows = list(xlsx(open_as("leader").get(f"/dasbor/{name}.xlsx").data).iter_rows(values_only=True))[2:]
            page = open_as("leader").get(f"/dasbor/{name}")
            total = [int(one) for one in re.findall(r'data-total="(\d+)"', page.text)][-1]
            assert len(rows) == total and all(row[who] is not None for row in rows)

    def test_means_and_gap(self):
        claims = Claims(1, "Dinas", 2, Decimal(180), Decimal(170), Decimal(150))
        assert (claims.means, claims.gap) == ((Decimal(90), Decimal(85), Decimal(75)), Decimal(-15))
        assert Claims(0, "Kosong", 0, Decimal(0), Decimal(0), Decimal(0)).gap == 0


class TestBrief:
    def test_says_what_it_is_who_signs_and_when(self, app, saved, open_as):
        page = text(open_as("leader").get("/dasbor/ringkas"))
        assert "Ringkasan Indeks Inovasi Daerah 2026 Keadaan " in page and "belum diverifikasi" in page
        assert "Kepala Bappelitbangda," in page and "BAPPELITBANGDA" in page
        assert "Belum ada: Badan Keuangan, Bappelitbangda." in page

    def test_what_does_not_fit_is_counted(self, regency, open_as):
        page = open_as("leader").get("/dasbor/ringkas")
        shown = len(re.findall(r'<th scope="row" class="ps-0 fw-normal">INOVASI', page.text))
        number = int(re.search(r"Diusulkan untuk dikirim: (\d+) inovasi", page.text)[1])
        left = int((re.search(r"dan (\d+) lainnya; daftar lengkapnya", page.text) or [0, 0])[1])
        assert shown > 0 and shown + left == number

    def test_fitting(self):
        assert fitting(["aa", "bbb", "c"], 5, len) == ["aa", "bbb"]
        assert fitting(["aaaaaa"], 5, len) == []
        assert (lines_of("", 10), lines_of("x" * 10, 10), lines_of("x" * 11, 10)) == (1, 1, 2)


class TestTurnaround:
    def test_says_where_it_is_stuck_and_who_is_slow(self, app, saved, open_as):
        with desk(app, saved) as cast:
            began = days_ago(20)
            happened(cast.entry.events[:1], began)
            with clock.at(days_ago(12)):
                cast.entry.submit(cast.owner)
            with clock.at(days_ago(5)):
                judge(cast, cast.entry, r16=1)
                cast.entry.return_(cast.reviewer, ["16"])
        page = text(open_as("leader").get("/dasbor/waktu"))
        assert "Dikembalikan 1 JEMPUT GIZI Dinas Kesehatan 5 hari" in page
        assert "Reviewer 1 7 hari 7 hari 0 –" in page
        assert "0 dari 1 usulan yang sudah diputus disetujui pada putaran pertama." in page
        assert "Dinas Kesehatan 1 13 hari – 7 hari 1,0 0 dari 1" in page
