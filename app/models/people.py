"""People and what they may be: roles are held per unit, an account belongs to a person."""
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base, one_of
from app.models.event import Event, Recorded
from app.models.personal import Personal
from app.models.units import Unit
from app.rules import Refused, totp
from app.rules.access import ROLE_LABELS, Role
from app.rules.reminders import Item, Kind

MOST_NAMED = 12  # more names would not be read in one notice
SLIP_HOURS = 72  # a one-time password is good for three days (stack: sessions and sign-in)


class User(Base, Recorded, Personal):
    """`password_hash` is Argon2id; a slip (one-time password) must be changed at the first sign-in and runs out. `totp_secret` (base32) asks
    for a code beside the password once `totp_since` says when it was confirmed; `totp_step` is the last thirty seconds a code was used of."""
    __tablename__ = "user"
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    nip: Mapped[str | None] = mapped_column(String(30))
    position: Mapped[str | None] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool]
    slip_expires_at: Mapped[datetime | None]
    deactivated_at: Mapped[datetime | None]
    password_changed_at: Mapped[datetime]
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_since: Mapped[datetime | None]
    totp_step: Mapped[int | None]
    anonymised_at: Mapped[datetime | None]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", order_by="Membership.id", cascade="all, delete-orphan")
    events: Mapped[list[Event]] = relationship(order_by=Event.id, foreign_keys=Event.person_id)

    # What Flask-Login asks of a user
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None

    token = None  # the session token of this request, never stored here
    kept_at = None  # the one page this person must finish first, said by the wall

    def get_id(self) -> str | None:
        return self.token

    # Verbs

    @classmethod
    def add(cls, username: str, name: str, slip_hash: str, by: "User | None", nip: str | None = None, position: str | None = None) -> "User":
        """A new account with a one-time password; the caller shows the password once."""
        user = cls(username=username, name=name, nip=nip, position=position)
        user._take_slip(slip_hash)
        user.record("person_added", by)
        return user

    @classmethod
    def enrol(cls, username: str, name: str, locked_hash: str, by: "User | None", nip: str | None = None, position: str | None = None) -> "User":
        """A new account nobody gets into before its first slip is made; `locked_hash` is of a password nobody knows."""
        user = cls(username=username, name=name, nip=nip, position=position, password_hash=locked_hash, must_change_password=True,
                   password_changed_at=clock.now())
        user.record("person_added", by)
        return user

    def edit(self, by: "User", name: str, nip: str | None, position: str | None) -> None:
        self.must_have_a_name()
        self.name, self.nip, self.position = name, nip, position
        self.record("person_edited", by)

    def give_slip(self, slip_hash: str, by: "User | None") -> None:
        """A forgotten password is replaced by a one-time password."""
        if not self.is_active:
            raise Refused(f"Akun {self.username} dinonaktifkan, jadi kata sandi tidak membukanya. Aktifkan dulu akunnya.")
        self._take_slip(slip_hash)
        self.record("slip_given", by, tell=[self])

    def change_password(self, password_hash: str) -> None:
        self.password_hash, self.must_change_password, self.slip_expires_at = password_hash, False, None
        self.password_changed_at = clock.now()
        self.record("password_changed", by=self)

    def renew_hash(self, password_hash: str | None) -> None:
        """The same password, hashed by newer parameters: nothing happened that anybody asks about."""
        self.password_hash = password_hash or self.password_hash

    def draw_key(self, key: str) -> None:
        """A key for an authenticator app; counts once a code of it was given."""
        if self.asks_code:
            raise Refused("Langkah kedua sudah aktif. Lepas dulu bila ingin memakai ponsel lain.")
        self.totp_secret = key

    def turn_on_totp(self, code: str) -> None:
        if self.asks_code or self.totp_secret is None:
            raise Refused(totp.NO_KEY)
        self.totp_step, self.totp_since = totp.window_of(self.totp_secret, code, clock.now(), None), clock.now()
        self.record("totp_on", by=self)

    def use_code(self, code: str) -> None:
        """Good once."""
        self.totp_step = totp.window_of(self.totp_secret or "", code, clock.now(), self.totp_step)

    def turn_off_totp(self, by: "User | None") -> None:
        if not self.asks_code:
            raise Refused(f"Langkah kedua akun {self.username} tidak aktif.")
        self.totp_secret = self.totp_since = self.totp_step = None
        self.record("totp_off", by, tell=[self])

    def give_role(self, role: Role, unit: Unit, by: "User | None") -> None:
        self.must_have_a_name()
        if self.serves(unit, role):
            raise Refused(f"{self.name} sudah menjadi {ROLE_LABELS[role]} di {unit.name}.")
        self.memberships.append(Membership(unit=unit, role=role))
        self.record("role_given", by, tell=[self], role=role, unit=unit.name)

    def take_role(self, membership: "Membership", by: "User") -> None:
        if membership.role == Role.ADMIN and by is self:
            raise Refused("Anda tidak dapat mencabut peran Admin Anda sendiri. Minta admin lain melakukannya.")
        self.memberships.remove(membership)
        self.record("role_taken", by, role=membership.role, unit=membership.unit.name)

    def move_role(self, membership: "Membership", unit: Unit, by: "User") -> None:
        """Its unit was merged into another: the same role there, once."""
        before, role = membership.unit, Role(membership.role)
        if self.serves(unit, role):
            self.memberships.remove(membership)
        else:
            membership.unit = unit
        self.record("role_moved", by, tell=[self], role=role, before=before.name, unit=unit.name)

    def hand_over(self, held: "Sequence[Membership]", to: "User", by: "User") -> None:
        """Leave these roles to somebody who has them by now; what belongs to the units stays with the units."""
        if not held:
            raise Refused("Pilih paling sedikit satu peran yang diserahkan.")
        if to is self:
            raise Refused(f"{self.name} tidak dapat menyerahkan perannya kepada dirinya sendiri.")
        if by is self and any(membership.role == Role.ADMIN for membership in held):
            raise Refused("Anda tidak dapat menyerahkan peran Admin Anda sendiri. Minta admin lain melakukannya.")
        for membership in held:
            if not to.is_active or not to.serves(membership.unit, Role(membership.role)):
                raise Refused(f"{to.name} belum memegang peran {ROLE_LABELS[Role(membership.role)]} di {membership.unit.name}.")
        roles = [[membership.role, membership.unit.name, membership.unit_id] for membership in held]
        for membership in list(held):
            self.memberships.remove(membership)
        self.record("handed_over", by, tell=[to], to_id=to.id, roles=roles)

    def be_reminded(self, kind: Kind, items: Sequence[Item]) -> None:
        """Of everything of one kind that waits for this person, in one notice; the first few by name."""
        named = [asdict(item) for item in items[:MOST_NAMED]]
        self.record("reminded_of", None, tell=[self], kind=kind, count=len(items), items=named)

    def begin_backup(self) -> None:
        self.record("backup_begun", by=self)

    def take_backup(self, name: str) -> None:
        """All there is leaves this house in one file: it is remembered who took it."""
        self.record("backup_taken", by=self, name=name)

    def settle_clock(self) -> None:
        """Said by who looked at the wall: the server's clock is right now, and what is dated later was written while it was ahead."""
        self.record("clock_settled", by=self)

    def deactivate(self, by: "User") -> None:
        if by is self:
            raise Refused("Anda tidak dapat menonaktifkan akun Anda sendiri. Minta admin lain melakukannya.")
        if not self.is_active:
            raise Refused(f"Akun {self.username} sudah dinonaktifkan.")
        self.deactivated_at = clock.now()
        self.record("person_deactivated", by)

    def reactivate(self, by: "User") -> None:
        self.must_have_a_name()
        if self.is_active:
            raise Refused(f"Akun {self.username} sudah aktif.")
        self.deactivated_at = None
        self.record("person_reactivated", by)

    def _take_slip(self, slip_hash: str) -> None:
        self.password_hash, self.must_change_password = slip_hash, True
        self.password_changed_at = clock.now()
        self.slip_expires_at = self.password_changed_at + timedelta(hours=SLIP_HOURS)

    def _become_nameless(self, locked_hash: str) -> None:
        self.name, self.username, self.nip, self.position = f"Orang {self.id}", self.nameless, None, None
        self.password_hash, self.must_change_password, self.slip_expires_at = locked_hash, False, None
        self.totp_secret = self.totp_since = self.totp_step = None
        self.memberships.clear()
        self.anonymised_at = clock.now()

    # Questions

    @property
    def nameless(self) -> str:
        """The user name this person has once they are nameless."""
        return f"orang-{self.id}"

    def has_role(self, *roles: Role) -> bool:
        return any(m.role in roles for m in self.memberships)

    def serves(self, unit: Unit, *roles: Role) -> bool:
        """Does this person hold one of these roles (any, when none is named) in this very unit?"""
        return any(m.unit is unit and (not roles or m.role in roles) for m in self.memberships)

    def units(self, *roles: Role) -> list[Unit]:
        """The units where one of these roles is held, each once, in the order they were given."""
        return list({id(m.unit): m.unit for m in self.memberships if not roles or m.role in roles}.values())

    @property
    def asks_code(self) -> bool:
        return self.totp_since is not None

    @property
    def role_line(self) -> str:
        """`Operator OPD · Dinas Kesehatan`, and how many more roles there are."""
        if not self.memberships:
            return "Belum punya peran"
        first, *more = self.memberships
        return f"{ROLE_LABELS[Role(first.role)]} · {first.unit.name}" + (f" +{len(more)}" if more else "")

    @property
    def slip_has_expired(self) -> bool:
        return self.slip_expires_at is not None and self.slip_expires_at <= clock.now()


class Membership(Base):
    """A role held in a unit."""
    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "unit_id", "role"), Index(None, "unit_id"), one_of("role", Role))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(20))
    user: Mapped[User] = relationship(back_populates="memberships")
    unit: Mapped[Unit] = relationship(back_populates="memberships")
