"""Being signed in, on the server's side: a session can be seen and ended; failed tries slow the next one."""
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app import clock
from app.models.base import Base
from app.models.people import User


class Session(Base):
    """`token_hash` is the SHA-256 (hex) of the 256-bit token in the cookie; the token itself is never stored."""
    __tablename__ = "session"
    __table_args__ = (Index(None, "user_id", "ended_at"), Index(None, "started_at"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(60))
    agent: Mapped[str] = mapped_column(String(200))
    user: Mapped[User] = relationship()

    @classmethod
    def start(cls, user: User, token_hash: str, address: str, agent: str) -> "Session":
        now = clock.now()
        return cls(user=user, token_hash=token_hash, started_at=now, seen_at=now, address=address, agent=agent[:200])

    def is_alive(self, idle: timedelta, absolute: timedelta) -> bool:
        """A clock that was set back ends it just as time does."""
        now = clock.now()
        return self.ended_at is None and abs(now - self.seen_at) < idle and abs(now - self.started_at) < absolute

    def renew(self, token_hash: str) -> None:
        """The same session under a new token."""
        self.token_hash = token_hash

    def end(self) -> None:
        self.ended_at = self.ended_at or clock.now()


class FailedSignIn(Base):
    """One wrong password or code, for the growing delay per account and address, and for the administrator to look at. `forgiven_at` is when
    the right one was given after it: it slows nobody any more."""
    __tablename__ = "failed_sign_in"
    __table_args__ = (Index(None, "username", "address", "at"), Index(None, "at"))
    username: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    forgiven_at: Mapped[datetime | None]
