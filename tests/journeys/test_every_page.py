"""Every page there is, as each role, on the training regency: readable in both widths, no accessibility violation, a silent console."""
import csv
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.cli.setup import build_demo, seed_reasons
from app.extensions import db
from app.models import Answer, Document, Draft, Entry, Indicator, Period, Unit, User
from app.rules.access import Role
from app.rules.workflow import Status
from tests.journeys.visitor import Visitor
from tests.live import prepared, running

SHOWN = "Dinas Kesehatan"


@pytest.fixture(scope="module")
def regency(tmp_path_factory):
    """The folder, an account per role, and where something of everything is to be seen."""
    folder = tmp_path_factory.mktemp("regency")
    with prepared(folder):
        seed_reasons()
        build_demo(1)
        db.session.commit()
        with open(folder / "akun.csv", encoding="utf-8", newline="") as file:
            rows = sorted(csv.DictReader(file), key=lambda row: row["perangkat_daerah"] != SHOWN)
        accounts = {role: next(row for row in rows if row["peran"] == role) for role in Role}
        people = {role: db.session.scalars(select(User).where(User.username == row["nama_pengguna"])).one() for role, row in accounts.items()}
        unit = db.session.scalars(select(Unit).where(Unit.name == SHOWN)).one()
        own = {status: entry_in(status, Entry.unit == unit) for status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.APPROVED)}
        places = {
            "own": own, "waiting": entry_in(Status.SUBMITTED, Entry.unit != unit), "verified": entry_in(Status.VERIFIED, Entry.unit != unit),
            "signing": to_sign(people[Role.HEAD]), "unit": unit.id, "innovation": db.session.get(Entry, own[Status.DRAFT]).innovation_id,
            "document": db.session.scalar(select(Document.id).where(Document.unit == unit)),
            "period": db.session.scalar(select(Period.id).where(Period.year == 2026)), "person": people[Role.OPERATOR].id,
            "leaver": handed_over(rows[-1]["nama_pengguna"], people[Role.ADMIN]),
            "typed": left_typing(people[Role.OPERATOR], f"/usulan/{own[Status.DRAFT]}/indikator/16"),
            "returned_row": db.session.scalar(select(Indicator.code).join(Answer).where(Answer.entry_id == own[Status.RETURNED], Answer.is_open)),
        }
        left_typing(people[Role.REVIEWER], f"/verifikasi/{places['waiting']}/catatan")
    return folder, accounts, places


def to_sign(head):
    """Somewhere a signature is waited for; this head is made one of its heads."""
    entry = db.session.get(Entry, entry_in(Status.SIGNING, True))
    head.give_role(Role.HEAD, entry.unit, None)
    return entry.id


def handed_over(username, admin):
    """One who left what they had to somebody new."""
    leaver = db.session.scalars(select(User).where(User.username == username)).one()
    heir = User.add("penerus", "Penerus", leaver.password_hash, admin)
    db.session.add(heir)
    db.session.flush()
    for held in leaver.memberships:
        heir.give_role(held.role, held.unit, admin)
    leaver.hand_over(list(leaver.memberships), heir, admin)
    return leaver.id


def left_typing(user, address):
    """Typed two hours ago and never saved."""
    with clock.at(clock.now() - timedelta(hours=2)):
        draft = Draft.begin(user, address)
        draft.keep({"note": ["SK yang baru masih ditandatangani."], "reply": ["SK yang baru sudah dilampirkan."]})
    db.session.add(draft)
    db.session.flush()
    return draft.id


def entry_in(status, where):
    return db.session.scalar(select(Entry.id).join(Entry.period).where(Entry.status == status, where, Period.year == 2026).order_by(Entry.id))


def pages_of(role, places):
    own, waiting = places["own"], places["waiting"]
    draft, submitted, returned, approved = (f"/usulan/{own[status]}" for status in own)
    innovation, document, review = f"/inovasi/{places['innovation']}", f"/dokumen/{places['document']}", f"/verifikasi/{waiting}"
    verified, done = f"/verifikasi/{places['verified']}", f"/verifikasi/{own[Status.APPROVED]}"
    signing, period, leaver = f"/usulan/{places['signing']}", f"/kelola/periode/{places['period']}", f"/kelola/orang/{places['leaver']}"
    everyone = ["/", "/inovasi/", "/usulan/", "/pemberitahuan", "/pemberitahuan/hari", "/ketikan", "/bantuan", "/akun", "/akun/sandi"]
    shared = [approved, f"{approved}/indikator", f"{approved}/indikator/21", f"{approved}/riwayat", f"{approved}/tanda-terima", f"{approved}/cetak",
              f"{approved}/banding", f"{done}/surat"]
    agenda = ["/verifikasi/agenda", "/verifikasi/agenda?tab=opd", "/verifikasi/agenda?tab=jenis", "/verifikasi/agenda/putusan",
              "/verifikasi/agenda/cetak"]
    late = ["/papan-terlambat/", "/papan-terlambat/?state=draft", "/papan-terlambat/teks", f"/papan-terlambat/teks?unit={places['unit']}"]
    return everyone + {
        Role.OPERATOR: [innovation, *(f"{innovation}/profil/{part}" for part in ("dasar", "urusan", "waktu", "rancang-bangun", "hasil", "berkas")),
                        "/inovasi/baru", draft, f"{draft}/indikator", *(f"{draft}/indikator/{code}" for code in (16, 18, 20, 27, 30, 33, 35)),
                        f"{draft}/indikator/16/pilih", f"{draft}/pengajuan", f"/ketikan/{places['typed']}", submitted, f"{submitted}/penarikan",
                        returned, f"{returned}/indikator/{places['returned_row']}", f"{returned}/pengajuan", "/dokumen/", "/dokumen/baru", document,
                        f"{document}/ubah", *shared],
        Role.HEAD: [signing, f"{signing}/pengesahan", innovation, f"{innovation}/profil/rancang-bangun", document, *shared],
        Role.REVIEWER: ["/verifikasi/", "/verifikasi/?tab=rekan", "/verifikasi/?tab=opd", "/verifikasi/?tab=selesai", review, f"{review}/profil",
                        f"{review}/keputusan", *(f"{review}/putusan/{code}" for code in (16, 19, 33, 35)), f"{review}/catatan",
                        verified, f"{verified}/keputusan", f"{verified}/persetujuan", f"{verified}/putusan/17", f"{verified}/banding",
                        f"{done}/surat", "/surat", "/verifikasi/alasan", *agenda, "/dokumen/"],
        Role.COORDINATOR: ["/verifikasi/", "/verifikasi/?tab=rekan", "/verifikasi/?tab=opd", "/verifikasi/?verifikator=belum",
                           "/verifikasi/pembagian", verified, f"{verified}/persetujuan", done, f"{done}/buka-kembali", f"{done}/banding",
                           f"{done}/surat", "/surat", "/verifikasi/alasan", "/verifikasi/alasan/baru", "/verifikasi/alasan/1", *agenda, *late,
                           "/kelola/periode/", "/kelola/periode/baru", period, f"{period}/perpanjangan"],
        Role.LEADER: shared,
        Role.ADMIN: ["/kelola/unit/", "/kelola/unit/?headless=1", "/kelola/unit/baru", f"/kelola/unit/{places['unit']}", "/kelola/orang/",
                     "/kelola/orang/baru", f"/kelola/orang/{places['person']}", f"/kelola/orang/{places['person']}/ubah",
                     f"/kelola/orang/{places['person']}/serah-terima", leaver, f"{leaver}/serah-terima", f"{leaver}/serah-terima/lembar",
                     "/kelola/periode/", f"{period}/perpanjangan", *late, "/verifikasi/", f"{verified}/catatan"],
    }[role]


def issue_letter(visitor, place):
    """So that there is one to look at."""
    visitor.open(place).get_by_role("button", name="Buat berita acara").last.click()
    visitor.page.get_by_role("link", name="PDF").first.wait_for()


@pytest.mark.parametrize("role", list(Role))
def test_pages_of(browser, shots, regency, role):
    folder, accounts, places = regency
    with running(folder, LUMBUNG_TRAINING="1") as address:
        visitor = Visitor(browser, address, shots)
        visitor.open("/masuk")
        visitor.look("masuk")
        visitor.sign_in(accounts[role]["nama_pengguna"], accounts[role]["kata_sandi"])
        if role == Role.REVIEWER:
            issue_letter(visitor, f"/verifikasi/{places['own'][Status.APPROVED]}/surat")
        for place in pages_of(role, places):
            visitor.open(place)
            assert "LATIHAN" in visitor.page.locator("body").inner_text(), place
            visitor.look(f"{role}{place.replace('/', '-').replace('?', '-')}")
    assert not visitor.faults, "\n".join(visitor.faults)
