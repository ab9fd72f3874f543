"""The training regency with something of everything in it, and the pages each role finds there."""
import csv
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Answer, DeskSession, Document, Draft, Entry, Indicator, Innovation, Period, Reason, RegisterImport, Sending, Unit, User
from app.rules.access import Role
from app.rules.register_sheet import Past
from app.rules.workflow import Status
from app.web.guides import SLUGS
from tests.journeys import house
from tests.live import prepared

SHOWN = "Dinas Kesehatan"


class Regency(NamedTuple):
    """The data folder, where the tours keep what was looked at, a row of akun.csv per role, and ids of what is worth looking at."""
    folder: Path
    known: Path
    accounts: dict[Role, dict[str, str]]
    places: dict[str, Any]


def furnish(folder: Path, known: Path) -> Regency:
    """A copy of the training regency, with what only the tour needs."""
    with prepared(folder):
        with open(folder / "akun.csv", encoding="utf-8", newline="") as file:
            rows = sorted(csv.DictReader(file), key=lambda row: row["perangkat_daerah"] != SHOWN)
        accounts = {role: next(row for row in rows if row["peran"] == role) for role in Role}
        people = {role: db.session.scalars(select(User).where(User.username == row["nama_pengguna"])).one() for role, row in accounts.items()}
        return Regency(folder, known, accounts, places_of(people, handed_over(rows[-1]["nama_pengguna"], people[Role.ADMIN])))


def places_of(people: dict[Role, User], leaver: int) -> dict[str, Any]:
    unit = db.session.scalars(select(Unit).where(Unit.name == SHOWN)).one()
    own = {status: entry_in(status, Entry.unit == unit) for status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.APPROVED)}
    sent, last_year = (select(Sending.id).join(Sending.entry).where(which).order_by(Sending.id.desc())
                       for which in (Entry.unit == unit, Sending.official_maturity.is_not(None)))
    places = {
        "own": own, "waiting": entry_in(Status.SUBMITTED, Entry.unit != unit), "verified": entry_in(Status.VERIFIED, Entry.unit != unit),
        "signing": to_sign(people[Role.HEAD]), "to_send": entry_in(Status.APPROVED, True), "was_sent": entry_in(Status.SENT, True),
        "sent": db.session.scalar(sent), "resulted": db.session.scalar(last_year), "unit": unit.id, "person": people[Role.OPERATOR].id,
        "innovation": db.session.get(Entry, own[Status.DRAFT]).innovation_id,
        "shown": db.session.get(Entry, own[Status.APPROVED]).innovation_id,
        "document": db.session.scalar(select(Document.id).where(Document.unit == unit)), "reason": db.session.scalar(select(Reason.id)),
        "period": db.session.scalar(select(Period.id).where(Period.year == 2026)), "leaver": leaver,
        "imported": imported(people[Role.ADMIN], db.session.scalars(select(Unit).where(Unit.id != unit.id).order_by(Unit.id.desc())).first()),
        "typed": left_typing(people[Role.OPERATOR], f"/usulan/{own[Status.DRAFT]}/indikator/16"),
        "sits": people[Role.REVIEWER].id,
        "session": session_of(unit, DeskSession.held_at.is_(None)), "held": session_of(unit, DeskSession.held_at.is_not(None)),
        "returned_row": db.session.scalar(select(Indicator.code).join(Answer).where(Answer.entry_id == own[Status.RETURNED], Answer.is_open)),
    }
    left_typing(people[Role.REVIEWER], f"/verifikasi/{places['waiting']}/catatan")
    return places | house.places_of(people, unit)


def imported(by: User, unit: Unit) -> int:
    """The list of a year before this app, with one innovation in it."""
    one = RegisterImport.begin(by, "rekap-inovasi-2024.xlsx", 1, skipped=3)
    db.session.add(Innovation.bring(by, one, "LUMBUNG PANGAN DESA", unit, {"stage": "Inisiatif", "main_affair": "Pangan"}, tags=["pangan"],
                                    past=[Past(2024, "IID-24-0388", None)]))
    db.session.flush()
    return one.id


def session_of(unit: Unit, which: Any) -> int | None:
    where = (DeskSession.unit == unit, DeskSession.cancelled_at.is_(None), which)
    return db.session.scalar(select(DeskSession.id).where(*where).order_by(DeskSession.id))


def to_sign(head: User) -> int:
    """Somewhere a signature is waited for; this head is made one of its heads."""
    entry = db.session.get(Entry, entry_in(Status.SIGNING, True))
    head.give_role(Role.HEAD, entry.unit, None)
    return entry.id


def handed_over(username: str, admin: User) -> int:
    """One who left what they had to somebody new."""
    leaver = db.session.scalars(select(User).where(User.username == username)).one()
    heir = User.add("penerus", "Penerus", leaver.password_hash, admin)
    db.session.add(heir)
    db.session.flush()
    for held in leaver.memberships:
        heir.give_role(held.role, held.unit, admin)
    leaver.hand_over(list(leaver.memberships), heir, admin)
    leaver.deactivate(admin)
    return leaver.id


def left_typing(user: User, address: str) -> int:
    """Typed two hours ago and never saved."""
    with clock.at(clock.now() - timedelta(hours=2)):
        draft = Draft.begin(user, address)
        draft.keep({"note": ["SK yang baru masih ditandatangani."], "reply": ["SK yang baru sudah dilampirkan."]})
    db.session.add(draft)
    db.session.flush()
    return draft.id


def entry_in(status: Status, where: Any) -> int | None:
    return db.session.scalar(select(Entry.id).join(Entry.period).where(Entry.status == status, where, Period.year == 2026).order_by(Entry.id))


# What there is to look at

EVERYONE = ["/", "/inovasi/", "/usulan/", "/pemberitahuan", "/pemberitahuan/hari", "/ketikan", "/bantuan", "/akun", "/akun/sandi", "/akun/data-saya"]
LISTS = ["/usulan/?status=proses", "/usulan/?status=selesai&below=1", "/usulan/?status=unit&affair=Kesehatan", "/usulan/?chosen=1"]
BOARDS = ["/dasbor/", "/dasbor/?tahun=2025", "/dasbor/ringkas", "/dasbor/klaim", "/dasbor/klaim?semua=1", "/dasbor/waktu",
          "/papan/", "/papan/?lane=macet", "/papan/cetak", "/papan/teks"]
INDEX = ["/dasbor/indeks", "/dasbor/indeks/andai", "/dasbor/indeks/andai?spd=40&lagi=5x70&q=gizi", "/dasbor/kirim-atau-tahan",
         "/dasbor/kirim-atau-tahan?putusan=tahan"]
REGION = ["/spd/", "/spd/?tahun=2025", *(f"/spd/2026/{code}" for code in ("3", "2a", "13a", "15")), "/spd/2025/3", "/spd/2026/cetak",
          "/spd/2026/riwayat"]
RESULTS = ["/dasbor/tahun", "/hasil/", *(f"/hasil/?tahun=2025&tab={tab}" for tab in ("", "baris", "opd", "verifikator")),
           "/hasil/selisih?tahun=2025&state=berbeda"]
SENDINGS = ["/kirim/", "/kirim/?tab=belum", "/kirim/?tab=terkirim", "/kirim/?year=2025&tab=terkirim"]
READ = [*LISTS, *BOARDS, *INDEX, *REGION, *RESULTS, *SENDINGS]  # by whoever reads all
AGENDA = ["/verifikasi/agenda", "/verifikasi/agenda?tab=opd", "/verifikasi/agenda?tab=jenis", "/verifikasi/agenda/putusan",
          "/verifikasi/agenda/cetak"]


def pages_of(role: Role, places: dict[str, Any]) -> list[str]:
    own, sent = places["own"], [f"/kirim/{places['sent']}", f"/usulan/{places['was_sent']}"]
    approved, done, period = f"/usulan/{own[Status.APPROVED]}", f"/verifikasi/{own[Status.APPROVED]}", f"/kelola/periode/{places['period']}"
    shared = [approved, f"{approved}/indikator", f"{approved}/indikator/21", f"{approved}/riwayat", f"{approved}/tanda-terima", f"{approved}/cetak",
              f"{approved}/banding", f"{approved}/paket", f"{done}/surat"]
    late = ["/papan-terlambat/", "/papan-terlambat/?state=draft", "/papan-terlambat/teks", f"/papan-terlambat/teks?unit={places['unit']}"]
    recording = ["/dasbor/tahun/baru", "/dasbor/tahun/2024", f"/hasil/{places['resulted']}", "/hasil/impor?tahun=2025"]
    return [*EVERYONE, f"/bantuan/panduan/{SLUGS[role]}"] + {
        Role.OPERATOR: lambda: [*of_the_operator(places), f"/kirim/{places['sent']}", *shared],
        Role.HEAD: lambda: [*of_the_head(places), f"/kirim/{places['sent']}", *shared],
        Role.REVIEWER: lambda: [*of_the_reviewer(places), *READ, *AGENDA, *sent, "/spd/2026/9/pilih", f"/usulan/{places['to_send']}/salin"],
        Role.COORDINATOR: lambda: [*of_the_coordinator(places), *READ, *AGENDA, *late, *sent, *recording, period, f"{period}/undur",
                                   f"{period}/perpanjangan"],
        Role.LEADER: lambda: ["/katalog/cetak", *shared, *READ, *sent],
        Role.ADMIN: lambda: [*of_the_admin(places), *READ, *late, *sent, *recording, f"{period}/perpanjangan"],
    }[role]() + desk_of(role, places) + house.pages_of(role, places)


def desk_of(role: Role, places: dict[str, Any]) -> list[str]:
    session, held = (f"/pendampingan/{places[name]}" for name in ("session", "held"))
    return {
        Role.OPERATOR: ["/pendampingan/", "/pendampingan/janji", session, held],
        Role.REVIEWER: ["/pendampingan/?state=selesai", session, f"{session}/risalah", f"{held}/risalah", f"{held}/cetak"],
        Role.COORDINATOR: ["/pendampingan/", "/pendampingan/cetak", "/pendampingan/susun", "/pendampingan/baru", f"{session}/ubah",
                           f"{session}/batal", f"{session}/cetak",
                           f"/pendampingan/susun/rencana?first=2026-12-07&unit={places['unit']}&reviewer={places['sits']}"
                           "&days=2&slots=5&at=08:30&minutes=60"],
        Role.LEADER: ["/pendampingan/?state=semua", "/pendampingan/janji?state=semua"],
    }.get(role, [])


def of_the_operator(places: dict[str, Any]) -> list[str]:
    draft, submitted, returned, _ = (f"/usulan/{places['own'][status]}" for status in places["own"])
    innovation, document = f"/inovasi/{places['innovation']}", f"/dokumen/{places['document']}"
    return [innovation, *(f"{innovation}/profil/{part}" for part in ("dasar", "urusan", "waktu", "rancang-bangun", "hasil", "berkas")),
            f"{innovation}/katalog", f"{innovation}/arsip", "/katalog/?q=gizi",
            "/inovasi/baru", draft, f"{draft}/indikator", *(f"{draft}/indikator/{code}" for code in (16, 18, 20, 27, 30, 33, 35)),
            f"{draft}/indikator/16/pilih", f"{draft}/pengajuan", f"{draft}/paket", f"/ketikan/{places['typed']}", submitted,
            f"{submitted}/penarikan", returned, f"{returned}/indikator/{places['returned_row']}", f"{returned}/pengajuan", "/dokumen/",
            "/dokumen/baru", document, f"{document}/ubah"]


def of_the_head(places: dict[str, Any]) -> list[str]:
    signing, innovation = f"/usulan/{places['signing']}", f"/inovasi/{places['innovation']}"
    return ["/katalog/", f"/katalog/{places['shown']}",
            signing, f"{signing}/pengesahan", innovation, f"{innovation}/profil/rancang-bangun", f"/dokumen/{places['document']}"]


def of_the_reviewer(places: dict[str, Any]) -> list[str]:
    review, verified, done = (f"/verifikasi/{id}" for id in (places["waiting"], places["verified"], places["own"][Status.APPROVED]))
    return ["/verifikasi/", "/verifikasi/?tab=rekan", "/verifikasi/?tab=opd", "/verifikasi/?tab=selesai", review, f"{review}/profil",
            f"{review}/keputusan", *(f"{review}/putusan/{code}" for code in (16, 19, 33, 35)), f"{review}/catatan", verified,
            f"{verified}/keputusan", f"{verified}/persetujuan", f"{verified}/putusan/17", f"{verified}/banding", f"{done}/surat", "/surat",
            "/verifikasi/alasan", "/dokumen/"]


def of_the_coordinator(places: dict[str, Any]) -> list[str]:
    verified, done = f"/verifikasi/{places['verified']}", f"/verifikasi/{places['own'][Status.APPROVED]}"
    to_send = f"/usulan/{places['to_send']}"
    return ["/katalog/minat", "/inovasi/?state=semua", f"/katalog/{places['shown']}", f"/inovasi/{places['shown']}",
            "/verifikasi/", "/verifikasi/?tab=rekan", "/verifikasi/?tab=opd", "/verifikasi/?verifikator=belum", "/verifikasi/pembagian", verified,
            f"{verified}/persetujuan", done, f"{done}/buka-kembali", f"{done}/banding", f"{done}/surat", "/surat", "/verifikasi/alasan",
            "/verifikasi/alasan/baru", f"/verifikasi/alasan/{places['reason']}", "/kelola/", "/kelola/periode/", "/kelola/periode/baru",
            f"{to_send}/salin", f"{to_send}/pengiriman", f"{to_send}/pilihan", f"{to_send}/paket", f"/usulan/{places['was_sent']}/salin",
            "/kirim/paket?tab=terkirim", "/dasbor/kirim-atau-tahan/susunan", "/spd/2026/9/pilih", "/spd/2026/kunci", "/spd/2025/buka-kunci"]


def of_the_admin(places: dict[str, Any]) -> list[str]:
    leaver = f"/kelola/orang/{places['leaver']}"
    return ["/kelola/", "/kelola/daerah/", "/kelola/unit/", "/kelola/unit/?headless=1", "/kelola/unit/baru", f"/kelola/unit/{places['unit']}",
            "/kelola/orang/",
            "/kelola/orang/baru", f"/kelola/orang/{places['person']}", f"/kelola/orang/{places['person']}/ubah",
            f"/kelola/orang/{places['person']}/serah-terima", leaver, f"{leaver}/serah-terima", f"{leaver}/serah-terima/lembar",
            f"{leaver}/samarkan",
            "/kelola/impor/", "/kelola/impor/baru", f"/kelola/impor/{places['imported']}", f"/kelola/impor/{places['imported']}/batal",
            f"/inovasi/{places['innovation']}/tahun-lalu", "/kelola/cadangan/", "/kelola/kesehatan/", "/bantuan/panduan/pengaturan",
            "/kelola/periode/", "/verifikasi/", f"/verifikasi/{places['verified']}/catatan", f"/usulan/{places['to_send']}/salin"]
