"""The leadership's boards in Chromium: read in both widths, printed to PDF, and the pages looked at as pictures."""
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from sqlalchemy import select, update

from app import clock
from app.extensions import db
from app.models import Entry, Innovation, Instrument, Unit, YearResult
from app.rules.workflow import DONE
from tests import midseason
from tests.cast import make_cast
from tests.journeys.visitor import Visitor
from tests.live import PASSWORD_HASH, prepared, running

LONG = "PELAYANAN ADMINISTRASI KEPENDUDUKAN TERPADU SATU HARI SELESAI DI BALAI DESA DENGAN JEMPUT BOLA"
SCREENS = ("/dasbor/", "/dasbor/klaim", "/dasbor/klaim?semua=1", "/dasbor/waktu", "/papan/", "/papan/?lane=macet", "/papan/?lane=belum",
           "/papan/teks", "/usulan/?judged=1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A regency in mid-season that has much to send, with names as long as real ones get."""
    folder = tmp_path_factory.mktemp("boards") / "data"
    with prepared(folder):
        cast = make_cast(db.session.scalars(select(Instrument)).first())
        for user in cast.people.values():
            user.change_password(PASSWORD_HASH)
        db.session.add_all([*cast.people.values(), *cast.units.values(), cast.period, cast.entry])
        db.session.flush()
        midseason.lay_down(SimpleNamespace(period=cast.period, reviewer=cast.reviewer, coordinator=cast.coordinator), units=60, entries=240)
        db.session.execute(update(Unit).where(Unit.id % 2 == 0, Unit.is_office.is_(False)).values(
            name=Unit.name + " Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana"))
        db.session.execute(update(Innovation).where(Innovation.id % 3 == 0).values(name=Innovation.name + " " + LONG))
        db.session.execute(update(Entry).where(Entry.status.in_(DONE)).values(verified=Entry.evidenced))
        db.session.add(YearResult.add(cast.coordinator, 2025, index=Decimal("49.87"), band="Inovatif", rank=12, participants=415, count=30, spd=None,
                                      note=""))
    return folder


def printed(visitor: Visitor, address: str, place: Path):
    """The PDF of a page, as texts by page; its pictures go beside the screenshots."""
    visitor.open(address).pdf(path=place, prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(place)
    for number, page in enumerate(document, start=1):
        assert [round(side) for side in page.get_size()] == [595, 842], "A4"
        if visitor.shots:
            page.render(scale=1.5).to_pil().save(visitor.shots / f"{place.stem}-{number}.png")
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_every_board_in_both_widths(browser, shots, folder):
    with running(folder) as address:
        leader = Visitor(browser, address, shots).sign_in("leader")
        for place in SCREENS:
            leader.open(place)
            leader.look(f"papan{place.replace('/', '-').replace('?', '-')}")
        assert not leader.faults, "\n".join(leader.faults)


def test_the_meeting_page_is_one_page_however_much_there_is(browser, shots, folder, tmp_path):
    with running(folder) as address:
        leader = Visitor(browser, address, shots).sign_in("leader")
        pages = printed(leader, "/dasbor/ringkas", tmp_path / "ringkas.pdf")
        assert len(pages) == 1
        said = pages[0]
        assert "Ringkasan Indeks Inovasi Daerah 2026" in said and "Keadaan " in said and "WIB" in said
        assert "Yang perlu diputuskan" in said and "belum diverifikasi" in said and "lainnya; daftar lengkapnya" in said
        assert said.rindex("NIP") > said.rindex("lainnya"), "who signs stands last"
        assert f"Lumbung Kota, {clock.now().astimezone(ZoneInfo('Asia/Jakarta')).day} " in said
        leader.open("/dasbor/ringkas")
        leader.look("ringkas")
        assert not leader.faults, "\n".join(leader.faults)


def test_the_annex_repeats_its_head_and_loses_no_unit(browser, shots, folder, tmp_path):
    with prepared(folder):
        names = db.session.scalars(select(Unit.name).where(Unit.archived_at.is_(None))).all()
    with running(folder) as address:
        leader = Visitor(browser, address, shots).sign_in("leader")
        pages = printed(leader, "/papan/cetak", tmp_path / "cetak.pdf")
        assert 2 < len(pages) < 12
        assert all("Perangkat daerah" in page and "Kematangan" in page for page in pages), "every page has the head of the table"
        whole = " ".join(pages)
        assert [name for name in names if name not in whole] == []
        leader.open("/papan/cetak")
        leader.look("cetak")
        assert not leader.faults, "\n".join(leader.faults)
