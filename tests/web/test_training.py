"""A whole life in a training period, from its making to the letter: nothing of the season moves, and everything about it says that it is practice."""
import io
import re
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Document, Entry, Instrument, Letter, Period, Reason, Unit, User
from app.queries import (
    board,
    carrying,
    entries,
    figures,
    home,
    late,
    letters,
    log,
    periods,
    readiness,
    reasons,
    region,
    reminders,
    review,
    sendings,
    sharing,
    standing,
    turnaround,
    twins,
)
from app.web.season import zone
from tests import figures as leading
from tests.cast import fill, make_document
from tests.examined import faults
from tests.exports.readers import docx_text
from tests.web.outgoing import approve, lay_bytes, list_up
from tests.web.reviewing import another, desk, file_numbers, judge, text
from tests.web.sent import send

PLAN = {"year": "2026", "minimum_maturity": "0", "is_training": "y"}
BANNER = "Latihan. Tidak dihitung dan tidak dikirim."
PAGES = {  # who reads what of the season
    "leader": ("/", "/dasbor/", "/dasbor/ringkas", "/dasbor/indeks", "/dasbor/klaim", "/dasbor/waktu", "/dasbor/tahun", "/papan/", "/hasil/",
               "/hasil/selisih", "/spd/"),
    "coordinator": ("/", "/papan/teks", "/papan-terlambat/", "/papan-terlambat/teks", "/dasbor/kirim-atau-tahan", "/kirim/", "/kirim/?tab=belum",
                    "/kirim/?tab=terkirim", "/kirim/paket", "/verifikasi/", "/verifikasi/?tab=opd", "/verifikasi/?tab=selesai",
                    "/verifikasi/pembagian", "/verifikasi/alasan", "/verifikasi/agenda", "/surat", "/usulan/"),
    "owner": ("/", "/usulan/", "/usulan/bawa"),
}
OWN = re.compile(r'name="csrf_token"[^>]*|class="filters[^"]*"|<div><label class="form-label" for="latihan">.*?</div>')  # the filter for it
FILES = ("/dasbor/kirim-atau-tahan.xlsx", "/dasbor/tahun.xlsx", "/hasil/daftar.xlsx", "/kirim/daftar.xlsx", "/kirim/register.pdf",
         "/kirim/lampiran.docx", "/kirim/pakta.docx", "/papan-terlambat/daftar.xlsx", "/usulan/daftar.xlsx", "/verifikasi/daftar.xlsx", "/surat.xlsx")


@pytest.fixture
def season(app, saved):
    """2025 with something to bring along; 2026 with a proposal in each state, one of them in the list and one sent; a paper that is a twin of
    another and proves nothing yet. Where its clock stands."""
    lay_bytes(app)
    with desk(app, saved) as cast:
        real, cast.period = cast.period, Period.add(2025, cast.entry.period.instrument, cast.admin, opens_at=cast.period.opens_at,
                                                    closes_at=cast.period.closes_at, repairs_close_at=cast.period.repairs_close_at,
                                                    minimum_maturity=0)
        approve(cast, another(cast, "LAMA", unit="dinas", submit_days_ago=None))
        cast.period = real
        list_up(cast, approve(cast, cast.entry))
        another(cast, "DRAF", submit_days_ago=None)
        another(cast, "TIRTA")
        back = another(cast, "KEMBALI")
        judge(cast, back, r16=1)
        back.return_(cast.reviewer, ["16"])
        send(cast, another(cast, "SUDAH", submit_days_ago=None), "IID-1")
        twin = make_document(cast, next(file_numbers))
        twin.current.file = cast.entry.answer_on("16").exhibits[0].version.file
        db.session.add_all([twin, Reason.add("16", "nama", "Namanya tidak tercantum.", cast.coordinator)])
        db.session.flush()
        saved.twin = twin.id
    lay_bytes(app)
    return clock.now()


def counted(app, saved, now) -> dict[str, str]:
    """What every query of the season finds."""
    def rows(query) -> str:
        return repr([tuple(row) for row in db.session.execute(query)])

    with app.test_request_context():
        period, old = (db.session.scalar(periods.of_year(year)) for year in (2026, 2025))
        people = {who: db.session.get(User, id) for who, id in saved.people.items()}
        office, dinas, midnight = people["coordinator"], db.session.get(Unit, saved.units["dinas"]), now - timedelta(hours=6)
        document, chosen = db.session.get(Document, saved.document), reasons.AgendaFilter()
        found = {
            "periods": rows(periods.newest_first().with_only_columns(Period.id)), "begun": rows(periods.begun(now)),
            "now": rows(periods.current(now).with_only_columns(Period.id)), "ahead": rows(periods.not_over(now).with_only_columns(Period.id)),
            "years": rows(region.years()) + rows(sendings.years()) + rows(letters.years()),
            "stages": rows(figures.units_by_stage(period)), "totals": rows(figures.totals(period)), "claims": rows(figures.claims(period)),
            "standing": rows(standing.sums(period)) + rows(standing.affairs(period)) + rows(standing.groups(period)),
            "board": rows(board.furthest(period)),
            "late": rows(late.rows(period).order_by(Unit.id, Entry.id)), "turns": rows(turnaround.turns(period)),
            "offers": rows(carrying.offers([dinas.id], period)), "brought": rows(carrying.totals(period)) + rows(carrying.by_unit(old)),
            "unshared": rows(home.unshared()) + rows(sharing.unshared()), "loads": rows(sharing.loads(midnight, midnight)),
            "shared": rows(sharing.units()), "today": rows(sharing.today(people["reviewer"], midnight)),
            "queue": rows(review.counts(office, review.QueueFilter(), midnight)), "next": rows(review.following(people["reviewer"])),
            "lists": rows(entries.counts(office, entries.EntryFilter())), "news": repr([one.id for one in db.session.scalars(home.news())]),
            "reasons": rows(reasons.rows(period)), "agenda": rows(reasons.groups(chosen, period)) + rows(reasons.totals(chosen, period)),
            "letters": rows(letters.rows()) + rows(letters.last_number(now.year)), "twins": repr(twins.twins(
                office, dinas.id, document.current, db.session.execute(twins.alike(dinas.id, document.versions)).all())),
            "uses": rows(twins.uses([one.id for one in document.versions])), "ready": rows(readiness.readiness(people["admin"], now)),
            "sendings": rows(sendings.counts(office, sendings.SendingFilter(year=2026))) + rows(sendings.leaving(office, 2026)),
            "reminders": repr([(who.id, kind, items) for who, kind, items in reminders.for_today(db.session, now, zone())]),
            "log": repr(sorted(db.session.scalars(log.LogFilter(kind="usulan").narrow(log.seen_by(people["admin"]), (None, None))))),
        }
        db.session.rollback()
        return found


def shown(open_as) -> dict[str, bytes | str]:
    """What people read of it, page by page and file by file; without what only belongs to the request."""
    found: dict[str, bytes | str] = {}
    for who, addresses in PAGES.items():
        browser = open_as(who)
        for address in addresses:
            main: Any = re.search(r"<main.*</main>", browser.get(address).text, re.DOTALL)
            found[f"{who} {address}"] = OWN.sub("", main[0])
        if who == "coordinator":
            found |= {address: browser.get(address).data for address in FILES}
    return found


def opened(browser, **changes) -> int:
    """A training period of 2026 made by the form; its id."""
    with browser.app.app_context():
        instrument = db.session.scalar(select(Instrument.id).where(Instrument.code == "iid-2026"))
    today = clock.now().date()
    days = {"opens_on": today - timedelta(days=2), "closes_on": today + timedelta(days=20), "repairs_close_on": today + timedelta(days=25)}
    page = browser.post("/kelola/periode/baru", PLAN | {"instrument": instrument} | {name: day.isoformat() for name, day in days.items()} | changes)
    return int(page.location.rsplit("/", 1)[-1])


def begun(browser, innovation: int, period: int) -> int:
    """A proposal in that period, by the button on the innovation's page; its id."""
    return int(browser.post("/usulan/", {"innovation": innovation, "periode": period}).location.rsplit("/", 1)[-1])


@pytest.fixture
def practised(app, saved, open_as) -> int:
    return practise(app, saved, open_as)


def practise(app, saved, open_as) -> int:
    """JEMPUT GIZI once more, in a training period: filled, and handed in."""
    id = begun(open_as("owner"), saved.innovation, opened(open_as("coordinator")))
    with desk(app, saved) as cast:
        fill_in(cast, db.session.get(Entry, id))
    open_as("owner").post(f"/usulan/{id}/pengajuan", {"agreed": "y"})
    return id


def fill_in(cast, entry: Entry) -> None:
    real, cast.entry = cast.entry, entry
    for code in ("16", "17", "32", "33", "35"):
        fill(cast, code, 2, next(file_numbers))
    cast.entry = real


def live(app, saved, open_as, id: int) -> None:
    """Returned with a reason of the bank, answered, handed in again, approved, with a letter of each kind."""
    with desk(app, saved) as cast:
        entry = db.session.get(Entry, id)
        entry.take(cast.reviewer)
        reason = db.session.scalars(select(Reason).where(Reason.row == "16")).first()
        entry.judge(entry.answer_on("16"), cast.reviewer, 1, reason.text, cited=[reason])
        judge(cast, entry)
        entry.return_(cast.reviewer, ["16"], note="Tinggal satu baris.")
        entry.answer_on("16").attach(cast.owner, db.session.get(Document, saved.twin))
        entry.submit(cast.owner)
        judge(cast, entry)
        entry.approve(cast.coordinator)
    for kind in ("decision", "minutes"):
        open_as("reviewer").post(f"/verifikasi/{id}/surat", {"jenis": kind, "putaran": "2"})
    lay_bytes(app)


def test_a_life_in_training_moves_nothing_of_the_season(app, saved, season, open_as):
    now = season + timedelta(minutes=1)
    with clock.at(now):
        for who in saved.people:
            open_as(who)  # everybody has signed in before
        before = counted(app, saved, now), shown(open_as)
        id = practise(app, saved, open_as)
        live(app, saved, open_as, id)
        after = counted(app, saved, now), shown(open_as)
        for was, is_ in zip(before, after, strict=True):
            assert {name: is_[name] for name in was if was[name] != is_[name]} == {}
        with app.app_context():
            assert db.session.get(Entry, id).status == "approved"
        leading.check(open_as("leader"), "/dasbor/")
        with app.app_context():
            assert faults("Nilai usulan", "Indikator daerah") == []


class TestThePeriod:
    def test_it_stands_beside_the_real_one_and_is_listed_apart(self, app, saved, open_as):
        id = opened(open_as("coordinator"))
        with app.app_context():
            training = db.session.get(Period, id)
            assert (training.year, training.is_training, db.session.scalar(periods.of_year(2026)).id) == (2026, True, saved.period)
        listed, page = text(open_as("coordinator").get("/kelola/periode/")), text(open_as("coordinator").get(f"/kelola/periode/{id}"))
        assert "Periode latihan 2026" in listed and "Latihan Sedang dibuka" in listed
        assert "Periode latihan. OPD mengisi dan mengajukan" in page and "Dibawa dari tahun sebelumnya" not in page

    def test_one_a_year(self, open_as, saved, app):
        opened(open_as("coordinator"))
        with app.app_context():
            instrument = db.session.scalar(select(Period.instrument_id))
        again = PLAN | {"instrument": instrument, "opens_on": "2026-01-01", "closes_on": "2026-02-01", "repairs_close_on": "2026-02-01"}
        assert "Periode latihan 2026 sudah ada." in open_as("coordinator").post("/kelola/periode/baru", again, expect=200).text

    def test_what_it_is_never_changes(self, app, open_as, saved):
        address = f"/kelola/periode/{saved.period}"
        page = open_as("coordinator").get(address).text
        assert 'name="is_training"' not in page
        seen = re.search(r'name="seen"[^>]*value="(\d+)"', page)[1]
        with app.app_context():
            instrument = db.session.get(Period, saved.period).instrument_id
        open_as("coordinator").post(address, PLAN | {"instrument": instrument, "seen": seen, "opens_on": "2026-01-01", "closes_on": "2030-01-01",
                                                     "repairs_close_on": "2030-01-01"})
        with app.app_context():
            assert (db.session.get(Period, saved.period).closes_at.year, db.session.get(Period, saved.period).is_training) == (2030, False)


class TestTheWayIn:
    def test_the_innovation_offers_it_once(self, open_as, saved):
        id = opened(open_as("coordinator"))
        address = f"/inovasi/{saved.innovation}"
        assert "Coba di periode latihan 2026" in open_as("owner").get(address).text
        assert "Coba di periode latihan 2026" not in open_as("reviewer").get(address).text
        entry = begun(open_as("owner"), saved.innovation, id)
        page = open_as("owner").get(address)
        assert "Coba di periode" not in page.text and "Usulan latihan 2026 Latihan" in text(page)
        assert "LATIHAN-26-001" in open_as("owner").get(f"/usulan/{entry}").text

    def test_a_closed_one_makes_no_real_proposal_instead(self, app, open_as, saved):
        id = opened(open_as("coordinator"), closes_on=(clock.now().date() - timedelta(days=1)).isoformat())
        owner = open_as("owner")
        page = owner.follow("/usulan/", {"innovation": saved.innovation, "periode": id})
        assert "Periode latihan 2026 sedang tidak dibuka untuk pengisian." in page.text
        assert "Coba di periode" not in owner.get(f"/inovasi/{saved.innovation}").text
        with app.app_context():
            assert db.session.scalars(select(Entry.id)).all() == [saved.entry]

    @pytest.mark.parametrize("said", ["", "abc", "999999"])
    def test_any_other_word_means_the_current_period(self, open_as, saved, said):
        page = open_as("owner").follow("/usulan/", {"innovation": saved.innovation, "periode": said})
        assert "JEMPUT GIZI sudah diusulkan pada periode 2026." in page.text


class TestEveryPageSaysSo:
    def test_of_both_sides_and_on_paper(self, app, saved, practised, open_as):
        pages = {"owner": ("", "/indikator", "/indikator/16", "/riwayat", "/penarikan", "/tanda-terima?putaran=1", "/cetak", "/paket"),
                 "reviewer": ("", "/putusan/16", "/keputusan", "/profil")}
        roots = {"owner": f"/usulan/{practised}", "reviewer": f"/verifikasi/{practised}"}
        for who, addresses in pages.items():
            for address in addresses:
                assert BANNER in text(open_as(who).get(f"{roots[who]}{address}")), (who, address)
        assert BANNER not in text(open_as("owner").get(f"/usulan/{saved.entry}"))
        assert "Tanda terima LATIHAN-26-001/1" in open_as("owner").get(f"/usulan/{practised}/tanda-terima?putaran=1").text

    def test_its_letters_are_marked_and_take_no_number_of_the_office(self, app, saved, season, practised, open_as):
        live(app, saved, open_as, practised)
        open_as("reviewer").post(f"/verifikasi/{saved.entry}/surat", {"jenis": "decision", "putaran": "1"})
        year = clock.now().year
        with app.app_context():
            labels = [letter.label for letter in db.session.scalars(select(Letter).order_by(Letter.id))]
            paper = app.extensions["storage"].path(db.session.get(Letter, 1).docx.sha256).read_bytes()
        assert labels == [f"LATIHAN-001/{year}", f"LATIHAN-002/{year}", f"400.10.11/001/LI/{year}"]
        assert "CONTOH UNTUK LATIHAN, BUKAN SURAT RESMI" in docx_text(paper) and f"LATIHAN-001/{year}" in docx_text(paper)
        register = open_as("reviewer").get("/surat").text
        assert ("LATIHAN-" in register, f"400.10.11/001/LI/{year}" in register) == (False, True)

    def test_its_package_is_named_after_it(self, app, saved, practised, open_as):
        lay_bytes(app)
        with open_as("owner").client.get(f"/usulan/{practised}/paket"):
            pass
        with open_as("owner").client.get(f"/usulan/{practised}/paket.zip") as response:
            names = zipfile.ZipFile(io.BytesIO(response.data)).namelist()
        assert {name.split("/")[0] for name in names if "/" in name} == {"LATIHAN-26-001_JEMPUT-GIZI"}


class TestLists:
    @pytest.mark.parametrize(("address", "who"), [("/usulan/", "coordinator"), ("/verifikasi/", "reviewer"), ("/usulan/daftar.xlsx", "owner"),
                                                  ("/kelola/log/", "admin")])
    def test_it_is_hidden_until_it_is_asked_for(self, practised, open_as, address, who):
        browser = open_as(who)
        seen = {word: "LATIHAN-26-001" in read(browser.get(f"{address}{word}")) for word in ("", "?latihan=juga", "?latihan=saja", "?latihan=x")}
        assert seen == {"": False, "?latihan=juga": True, "?latihan=saja": True, "?latihan=x": False}

    def test_beside_the_real_one_it_carries_a_chip(self, practised, open_as):
        page = text(open_as("coordinator").get("/usulan/?latihan=juga"))
        assert "LR-26-001 " in page and "LATIHAN-26-001 Latihan" in page and "2 usulan" in page
        assert "1 usulan" in text(open_as("coordinator").get("/usulan/?latihan=saja&q=LATIHAN-26-001"))

    def test_a_number_finds_its_own(self, practised, open_as):
        found = [text(open_as("coordinator").get(f"/usulan/?latihan=juga&q={number}")) for number in ("LR-26-001", "LATIHAN-26-001", "26-001")]
        assert ["1 usulan" in found[0], "1 usulan" in found[1], "2 usulan" in found[2]] == [True] * 3

    def test_the_filter_is_offered_where_there_is_something_to_show(self, open_as, saved):
        assert 'name="latihan"' not in open_as("coordinator").get("/usulan/").text
        begun(open_as("owner"), saved.innovation, opened(open_as("coordinator")))
        assert 'name="latihan"' in open_as("coordinator").get("/usulan/").text

    def test_the_figures_of_the_list_of_periods_lead_to_it(self, practised, open_as):
        href = re.search(r'href="([^"]*latihan=saja)"', open_as("coordinator").get("/kelola/periode/").text)[1].replace("&amp;", "&")
        assert leading.totals(open_as("coordinator").get(href))["data-total"] == 1


class TestHome:
    def test_it_waits_below_the_real_work(self, app, saved, practised, open_as):
        page = text(open_as("reviewer").get("/"))
        assert "Tidak ada usulan yang menunggu putusan Anda" in page and "Satu usulan latihan menunggu Anda." in page
        with desk(app, saved) as cast:
            cast.entry.submit(cast.owner)
        page = text(open_as("reviewer").get("/"))
        assert page.index("1 usulan menunggu putusan Anda") < page.index("Satu usulan latihan menunggu Anda.")

    def test_its_unit_goes_on_from_there_while_the_period_takes_it(self, app, saved, open_as):
        id = begun(open_as("owner"), saved.innovation, opened(open_as("coordinator")))
        assert "Satu usulan latihan menunggu Anda." in text(open_as("owner").get("/"))
        assert "usulan latihan" not in text(open_as("stranger").get("/"))
        with clock.at(clock.now() + timedelta(days=23)):
            later = open_as("owner")
            assert "usulan latihan" not in text(later.get("/"))
            assert "Pengisian periode latihan 2026 sudah ditutup." in text(later.get(f"/usulan/{id}"))


@pytest.mark.parametrize("address", ["/usulan/{id}/salin", "/usulan/{id}/pengiriman", "/usulan/{id}/pilihan"])
def test_the_way_to_the_ministry_is_shut(app, saved, season, practised, open_as, address):
    live(app, saved, open_as, practised)
    coordinator = open_as("coordinator")
    shut = address.format(id=practised)
    assert shut not in coordinator.get(f"/usulan/{practised}").text
    coordinator.get(shut, expect=303)
    assert "Ini usulan latihan: tidak dikirim ke kementerian." in coordinator.get("/").text
    coordinator.post(shut, {"number": "IID-9", "sent_on": date.today().isoformat(), "agreed": "y", "choice": "send", "reason": "Ya."})
    with app.app_context():
        entry = db.session.get(Entry, practised)
        assert (entry.status, entry.choice, entry.chosen_at, entry.sending) == ("approved", None, None, None)


def read(answer) -> str:
    if answer.mimetype == "text/html":
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
