"""A named cast: seven people, three units, one period and one proposal that is complete enough to submit."""
from datetime import date, timedelta
from types import SimpleNamespace

from sqlalchemy import select

from app import clock, instruments
from app.models import Document, Entry, Innovation, Instrument, Period, StoredFile, Unit, User
from app.rules.access import Role

SEVEN = {  # who: (role, unit)
    "owner": (Role.OPERATOR, "dinas"), "head": (Role.HEAD, "dinas"), "stranger": (Role.OPERATOR, "badan"),
    "reviewer": (Role.REVIEWER, "office"), "coordinator": (Role.COORDINATOR, "office"), "leader": (Role.LEADER, "office"),
    "admin": (Role.ADMIN, "office"),
}
PASSWORD_HASH = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$unusable"
PROFILE = {
    "stage": "Penerapan", "initiator": "ASN", "initiator_name": "dr. Hendra Gunawan", "classification": "Perangkat Daerah",
    "latitude": -7.75, "longitude": 113.2, "kind": "Nondigital", "form": "Pelayanan publik", "asta_cita": 4, "pkpn_cluster": "I. Non PKPN",
    "main_affair": "Kesehatan", "touching_affairs": ["Sosial"], "trial_on": date(2024, 1, 8), "applied_on": date(2024, 3, 4),
    "design": " ".join(["Kader menjemput balita berisiko stunting ke posyandu"] * 50), "purpose": "Menekan stunting.",
    "benefit": "Balita tertimbang setiap bulan.", "result": "Cakupan penimbangan naik dari 61 menjadi 94 persen.",
}
MANDATORY = ("16", "17", "32", "33", "35")


def make_cast(instrument: Instrument | None = None) -> SimpleNamespace:
    """In memory. The proposal JEMPUT GIZI claims level 2 on the required rows, each with evidence, and may be submitted."""
    units = {
        "dinas": Unit.add("Dinas Kesehatan", "Dinas", None), "badan": Unit.add("Badan Keuangan", "Badan", None),
        "office": Unit.add("Bappelitbangda", "Badan", None, is_office=True),
    }
    people = {}
    for who, (role, unit) in SEVEN.items():
        people[who] = User.add(who, who.title(), PASSWORD_HASH, None, nip="198001012005011001", position="Jabatan")
        people[who].change_password(PASSWORD_HASH)
        people[who].give_role(role, units[unit], None)
    instrument = instrument or Instrument.publish(instruments.load("iid-2026"))
    now = clock.now()
    period = Period.add(2026, instrument, people["admin"], opens_at=now - timedelta(days=30), closes_at=now + timedelta(days=30),
                        repairs_close_at=now + timedelta(days=45), minimum_maturity=86)
    innovation = Innovation.add("JEMPUT GIZI", units["dinas"], people["owner"])
    innovation.edit(people["owner"], **PROFILE)
    entry = Entry.start(innovation, period, people["owner"])
    cast = SimpleNamespace(**people, people=people, units=units, period=period, innovation=innovation, entry=entry, instrument=instrument)
    for number, code in enumerate(MANDATORY):
        fill(cast, code, 2, file_number=number)
    return cast


def make_file(number: int, kind: str = "pdf") -> StoredFile:
    """A file row without bytes on disk, for tests that never open it."""
    return StoredFile(sha256=f"{number:064x}", size=100_000 + number, kind=kind, pages=3 if kind == "pdf" else None, active=[])


def make_document(cast, number: int, kind: str = "pdf", years=(2024, 2025, 2026), unit: str = "dinas") -> Document:
    return Document.add(cast.units[unit], cast.owner, make_file(number, kind), f"bukti-{number}.{kind}", title=f"Bukti {number}",
                        doc_number=f"188/{number}/2025", dated_on=date(2025, 2, 12), years=list(years))


def fill(cast, code: str, level: int, file_number: int, **document) -> None:
    """Claim a level on a row and attach one fitting document."""
    answer = cast.entry.answer_on(code)
    substances = [item["code"] for item in answer.indicator.substances][:{1: 1, 2: 3, 3: 5}[level]]
    answer.claim(cast.owner, level, basis=answer.indicator.bases[0] if answer.indicator.bases else None, substances=substances)
    kind = "pdf" if "pdf" in answer.file_types else "mp4" if "mp4" in answer.file_types else "jpg"
    answer.attach(cast.owner, make_document(cast, file_number, document.pop("kind", kind), **document))


def save(session) -> SimpleNamespace:
    """The cast in the database, as ids."""
    cast = make_cast(session.scalars(select(Instrument).where(Instrument.code == "iid-2026")).one())
    session.add_all([*cast.units.values(), *cast.people.values(), cast.period, cast.entry])
    session.commit()
    return SimpleNamespace(
        people={who: user.id for who, user in cast.people.items()}, units={name: unit.id for name, unit in cast.units.items()},
        entry=cast.entry.id, innovation=cast.innovation.id, period=cast.period.id, document=cast.entry.answers[0].exhibits[0].document_id,
        exhibit=cast.entry.answers[0].exhibits[0].id)


def submitted(cast) -> Entry:
    cast.entry.submit(cast.owner, tell=[cast.reviewer, cast.coordinator])
    return cast.entry


def judge_all(cast, **levels: int) -> None:
    """Every row of the open round: at its claim, or at `r16=1` with a reason."""
    for answer in list(cast.entry.rounds[-1].unjudged):
        level = levels.get(f"r{answer.indicator.code}", answer.claimed_level or 0)
        cast.entry.judge(answer, cast.reviewer, level, "Belum cukup." if level < (answer.claimed_level or 0) else "")


