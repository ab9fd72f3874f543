"""Every page there is, as each role, on the training regency: readable in both widths, no accessibility violation, a silent console."""
import csv

import pytest
from sqlalchemy import select

from app.cli.setup import build_demo, seed_reasons
from app.extensions import db
from app.models import Answer, Document, Entry, Indicator, Period, Unit, User
from app.rules.access import Role
from app.rules.workflow import Status
from tests.journeys.visitor import Visitor
from tests.live import prepared, running

pytestmark = pytest.mark.xdist_group("browser")
SHOWN = "Dinas Kesehatan"


@pytest.fixture(scope="module")
def regency(tmp_path_factory):
    """The folder, an account per role, and where something of everything is to be seen."""
    folder = tmp_path_factory.mktemp("regency")
    with prepared(folder):
        seed_reasons()
        build_demo(1)
        db.session.commit()
        unit = db.session.scalars(select(Unit).where(Unit.name == SHOWN)).one()
        own = {status: entry_in(status, Entry.unit == unit) for status in (Status.DRAFT, Status.RETURNED, Status.APPROVED)}
        places = {
            "own": own, "waiting": entry_in(Status.SUBMITTED, Entry.unit != unit), "unit": unit.id,
            "innovation": db.session.get(Entry, own[Status.DRAFT]).innovation_id,
            "document": db.session.scalar(select(Document.id).where(Document.unit == unit)), "period": db.session.scalar(select(Period.id)),
            "person": db.session.scalar(select(User.id)),
            "returned_row": db.session.scalar(select(Indicator.code).join(Answer).where(Answer.entry_id == own[Status.RETURNED], Answer.is_open)),
        }
    with open(folder / "akun.csv", encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["perangkat_daerah"] != SHOWN)
    accounts = {role: next(row for row in rows if row["peran"] == role) for role in Role}
    return folder, accounts, places


def entry_in(status, where):
    return db.session.scalar(select(Entry.id).join(Entry.period).where(Entry.status == status, where, Period.year == 2026).order_by(Entry.id))


def pages_of(role, places):
    own, waiting = places["own"], places["waiting"]
    draft, returned, approved = (f"/usulan/{own[status]}" for status in (Status.DRAFT, Status.RETURNED, Status.APPROVED))
    innovation, document, review = f"/inovasi/{places['innovation']}", f"/dokumen/{places['document']}", f"/verifikasi/{waiting}"
    everyone = ["/", "/inovasi/", "/usulan/", "/pemberitahuan", "/bantuan", "/akun", "/akun/sandi"]
    shared = [approved, f"{approved}/indikator", f"{approved}/indikator/21", f"{approved}/riwayat", f"{approved}/tanda-terima", f"{approved}/cetak"]
    return everyone + {
        Role.OPERATOR: [innovation, *(f"{innovation}/profil/{part}" for part in ("dasar", "urusan", "waktu", "rancang-bangun", "hasil", "berkas")),
                        "/inovasi/baru", draft, f"{draft}/indikator", *(f"{draft}/indikator/{code}" for code in (16, 18, 20, 27, 30, 33, 35)),
                        f"{draft}/indikator/16/pilih", f"{draft}/pengajuan", returned, f"{returned}/indikator/{places['returned_row']}",
                        f"{returned}/pengajuan", "/dokumen/", "/dokumen/baru", document, f"{document}/ubah", *shared],
        Role.HEAD: [innovation, f"{innovation}/profil/rancang-bangun", document, *shared],
        Role.REVIEWER: ["/verifikasi/", "/verifikasi/?tab=opd", "/verifikasi/?tab=selesai", review, f"{review}/profil", f"{review}/keputusan",
                        *(f"{review}/putusan/{code}" for code in (16, 19, 33, 35)), "/dokumen/"],
        Role.COORDINATOR: ["/verifikasi/alasan", "/verifikasi/alasan/baru", "/verifikasi/alasan/1", "/verifikasi/agenda",
                           "/verifikasi/agenda?tab=opd", "/verifikasi/agenda/putusan", "/verifikasi/agenda/cetak",
                           "/verifikasi/", "/kelola/periode/", "/kelola/periode/baru", f"/kelola/periode/{places['period']}"],
        Role.LEADER: shared,
        Role.ADMIN: ["/kelola/unit/", "/kelola/unit/baru", f"/kelola/unit/{places['unit']}", "/kelola/orang/", "/kelola/orang/baru",
                     f"/kelola/orang/{places['person']}", f"/kelola/orang/{places['person']}/ubah", "/kelola/periode/"],
    }[role]


@pytest.mark.parametrize("role", list(Role))
def test_pages_of(browser, shots, regency, role):
    folder, accounts, places = regency
    with running(folder, LUMBUNG_TRAINING="1") as address:
        visitor = Visitor(browser, address, shots)
        visitor.open("/masuk")
        visitor.look("masuk")
        visitor.sign_in(accounts[role]["nama_pengguna"], accounts[role]["kata_sandi"])
        for place in pages_of(role, places):
            visitor.open(place)
            assert "LATIHAN" in visitor.page.locator("body").inner_text(), place
            visitor.look(f"{role}{place.replace('/', '-').replace('?', '-')}")
    assert not visitor.faults, "\n".join(visitor.faults)
