"""What leaves for the ministry once everything is approved: the best set is taken, two pages of the list and one more go out with their numbers.
Whatever else anybody tries on the way, and on what was sent, is refused."""
import re
from dataclasses import dataclass, field

from tests.season.clerk import Clerk, Reply
from tests.season.lives import Ledger, Staff

SET, LIST = "/dasbor/kirim-atau-tahan/susunan", "/kirim/"
STANDING = re.compile(r'name="keadaan-(\d+)" value="([^"]+)"')


@dataclass
class Departure:
    """`numbers` is every registration number the server acknowledged, by proposal; `register` the sheet as it was downloaded at the end."""
    staff: Staff
    ledger: Ledger
    numbers: dict[int, str] = field(default_factory=dict)
    register: bytes = b""

    def go(self) -> "Departure":
        first, second = self.staff.coordinators
        self.take_the_set(first, second)
        self.send_a_page(first)
        self.send_a_page(second)
        self.send_one(first)
        for entry in list(self.numbers)[::9]:
            self.try_everything_on(entry)
        self.correct(second)
        self.register = first.get(f"{LIST}daftar.xlsx?tab=terkirim").body
        return self

    def take_the_set(self, first: Clerk, second: Clerk) -> None:
        """Only a coordinator does, and only what the page showed."""
        seal = re.search(r'name="susunan" value="(\w+)"', first.get(SET).page)[1]
        self.ledger.not_done(self.staff.reviewers[0].post(SET, susunan=seal))
        asked_again = second.post(SET, susunan="0" * 64)
        assert (asked_again.status, asked_again.location) == (303, SET)
        self.ledger.done(first.post(SET, susunan=seal), "set_taken")

    def send_a_page(self, coordinator: Clerk) -> None:
        rows = dict(STANDING.findall(coordinator.get(LIST).page))
        fields = self.fields(rows)
        refuse, ledger = self.ledger.not_done, self.ledger
        refuse(coordinator.post(LIST, **fields))  # looked at once more first
        refuse(self.staff.reviewers[0].post(LIST, **fields, agreed="y"))
        ledger.done(coordinator.post(LIST, **fields, agreed="y"), *["sent"] * len(rows))
        refuse(coordinator.post(LIST, **fields, agreed="y"))  # pressed twice
        self.numbers |= {int(id): fields[f"nomor-{id}"] for id in rows}

    def send_one(self, coordinator: Clerk) -> None:
        """By its own page: not under a number somebody has, not unseen, and not twice."""
        entry = next(int(id) for id, _ in STANDING.findall(coordinator.get(LIST).page))
        place = f"/usulan/{entry}/pengiriman"
        page = coordinator.get(place).page
        seen, day = re.search(r'name="seen"[^>]*value="(\w+)"', page)[1], re.search(r'name="sent_on"[^>]*value="([\d-]+)"', page)[1]
        good = {"number": "IID-SATU", "sent_on": day, "seen": seen, "agreed": "y"}
        for wrong in ({"number": self.taken.lower()}, {"number": " "}, {"seen": "0" * 64}, {"sent_on": "2999-01-01"}):
            self.ledger.not_done(coordinator.post(place, **good | wrong))
        self.ledger.not_done(self.staff.reviewers[1].post(place, **good))
        self.ledger.done(coordinator.post(place, **good), "sent")
        self.ledger.not_done(coordinator.post(place, **good))
        self.numbers[entry] = "IID-SATU"

    def try_everything_on(self, entry: int) -> None:
        """What was sent stays as it is, whoever asks."""
        operator, coordinator, reviewer = self.operator_of(entry), self.staff.coordinators[0], self.staff.reviewers[0]
        usulan, verifikasi = f"/usulan/{entry}", f"/verifikasi/{entry}"
        tries: list[tuple[Clerk, str, dict]] = [
            (coordinator, f"{verifikasi}/buka-kembali", {"rows": ["16"], "reason": "Ada yang terlewat."}),
            (coordinator, f"{usulan}/pilihan", {"choice": "hold", "reason": "Ditahan saja."}),
            (coordinator, f"{verifikasi}/persetujuan", {"decision": "recheck", "again": "Hitung lagi.", "rows": ["17"], "note": "", "seen": 0}),
            (reviewer, f"{verifikasi}/putusan/16", {"level": 0, "reason": "Ternyata bukan.", "seen": 0}),
            (reviewer, f"{verifikasi}/keputusan", {"decision": "return", "rows": ["16"], "note": "", "profile_note": "", "seen": 0}),
            (operator, f"{usulan}/indikator/17", {**self.staff.forms["17"], "level": 0}),
            (operator, f"{usulan}/indikator/17/bukti", {"document": self.document_of(entry)}),
            (operator, f"{usulan}/penarikan", {"note": "Kami tarik."}), (operator, f"{usulan}/pengajuan", {"agreed": "y"})]
        for who, where, fields in tries:
            self.ledger.not_done(who.post(where, **fields))

    def correct(self, coordinator: Clerk) -> None:
        """A number typed wrong, and not into one that somebody has."""
        entry, *others = self.numbers
        sending = self.sending_of(coordinator, entry)
        page = coordinator.get(sending).page
        day = re.search(r'name="sent_on"[^>]*value="([\d-]+)"', page)[1]
        for number, reason in ((self.numbers[others[0]], "Salah ketik."), ("IID-BETUL", " ")):
            self.ledger.not_done(coordinator.post(f"{sending}/pembetulan", number=number, sent_on=day, reason=reason))
        self.ledger.done(coordinator.post(f"{sending}/pembetulan", number="IID-BETUL", sent_on=day, reason="Salah ketik."), "sending_corrected")
        self.numbers[entry] = "IID-BETUL"

    # Where things are

    @property
    def taken(self) -> str:
        return next(iter(self.numbers.values()))

    def fields(self, rows: dict[str, str]) -> dict[str, str]:
        """A number and a day beside each, as the page has them."""
        day = self.staff.coordinators[0].get("/kirim/").page.split('type="date"')[1].split('value="')[1].split('"')[0]
        return {name: value for id, standing in rows.items()
                for name, value in ((f"nomor-{id}", f"IID-{int(id):04}"), (f"tanggal-{id}", day), (f"keadaan-{id}", standing))}

    def operator_of(self, entry: int) -> Clerk:
        return self.staff.operators[self.staff.units[entry]]

    def document_of(self, entry: int) -> int:
        return self.staff.documents[self.staff.units[entry], "pdf"]

    def sending_of(self, coordinator: Clerk, entry: int) -> str:
        found: Reply = coordinator.get(f"{LIST}?tab=terkirim&q={self.numbers[entry]}")
        return re.search(r'href="(/kirim/\d+)"', found.page)[1]
