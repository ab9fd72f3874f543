"""The boards, the regional indicators, the way out and the results with twenty proposals and with two thousand, and all of their sheets: as many
SELECTs, no large table read from end to end, and soon enough."""
from decimal import Decimal

import pytest

from app.extensions import db
from app.models import YearResult
from tests.season.many import FEW, MANY, copies_of_sent, costs, whole_tables_read
from tests.web.outgoing import lay_bytes
from tests.web.reviewing import desk
from tests.web.sent import give, send

pytestmark = pytest.mark.sqlite("thousands are laid down in its own SQL, and its plans are read")
BOARDS = ("/dasbor/", "/dasbor/ringkas", "/dasbor/klaim", "/dasbor/klaim?semua=1", "/dasbor/klaim.xlsx", "/dasbor/waktu", "/dasbor/waktu.xlsx",
          "/papan/", "/papan/?lane=macet", "/papan/cetak", "/papan/teks", "/papan/daftar.xlsx")
INDEX = ("/dasbor/indeks", "/dasbor/indeks/andai", "/dasbor/indeks/andai?kirim=4-9&poin=5:90&lagi=40x70",
         "/dasbor/kirim-atau-tahan?sort=maturity", "/dasbor/kirim-atau-tahan?putusan=tahan&page=2", "/dasbor/kirim-atau-tahan.xlsx")
REGION = ("/spd/", "/spd/2026/8", "/spd/2026/cetak", "/spd/2026/riwayat", "/spd/daftar.xlsx", "/spd/2026/riwayat.xlsx")
SENDINGS = ("/kirim/", "/kirim/?tab=belum", "/kirim/?tab=terkirim", "/kirim/?tab=terkirim&q=inovasi", "/kirim/1", "/usulan/1/salin",
            "/kirim/daftar.xlsx", "/kirim/daftar.xlsx?tab=terkirim")
RESULTS = ("/dasbor/tahun", "/dasbor/tahun.xlsx", "/hasil/", "/hasil/?tab=baris", "/hasil/?tab=opd", "/hasil/?tab=verifikator",
           "/hasil/?state=berbeda", "/hasil/daftar.xlsx", "/hasil/daftar.xlsx?tab=baris", "/hasil/selisih", "/hasil/selisih?row=16&state=turun",
           "/hasil/selisih.xlsx")
PAGES = {"leader": (*BOARDS, *INDEX, *REGION, *RESULTS, "/usulan/?status=selesai&below=1", "/usulan/?status=proses&affair=Kesehatan"),
         "coordinator": (*SENDINGS, "/", "/dasbor/kirim-atau-tahan/susunan", "/usulan/4/pilihan", "/usulan/4/pengiriman", "/spd/2026/8",
                         "/spd/2026/8/pilih", "/spd/2026/kunci", "/hasil/1", "/hasil/templat.xlsx", "/kirim/register.pdf", "/kirim/lampiran.docx",
                         "/kirim/pakta.docx")}
# With twenty, all of them go; with thousands the best set ends among equals, and one SELECT tells which of those go. The overview asks for two sets.
ENDS_AMONG_EQUALS = {
    **{("leader", page): 2 for page in ("/dasbor/", "/dasbor/ringkas")},
    **{("leader", page): 1 for page in (*INDEX, "/dasbor/tahun", "/dasbor/tahun.xlsx")},
    **{("coordinator", page): 1 for page in ("/", "/dasbor/kirim-atau-tahan/susunan", "/usulan/4/pilihan")}}


@pytest.fixture
def sent(app, saved):
    """One proposal that was sent, ticked and given its result; a regional row stated and verified; the result of the year before."""
    with desk(app, saved) as cast:
        sending = send(cast, cast.entry, "IID-1", r16=1)
        give(cast, sending, rest=1, r16=2)
        for field in ("name", "design", "16"):
            cast.entry.tick(cast.coordinator, field, "0" * 64)
        row = next(row for row in cast.period.region_rows if row.code == "8")
        row.claim(cast.coordinator, 3)
        db.session.add(YearResult.add(cast.coordinator, 2025, index=Decimal("49.87"), band="Inovatif"))
    lay_bytes(app)
    return saved


def test_the_way_out_stays_as_quick(app, sent, open_as):
    people, counted = {who: open_as(who) for who in PAGES}, []
    for first, last in ((2, FEW), (FEW + 1, MANY)):
        with app.app_context():
            copies_of_sent(first, last)
        counted.append(costs(people, PAGES, last))
    assert {what: number + ENDS_AMONG_EQUALS.get(what, 0) for what, number in counted[0].items()} == counted[1]
    assert whole_tables_read(app, people, PAGES) == []
