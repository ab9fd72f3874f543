"""Hashing, one-time passwords, and the list of common ones. Called at the edges, before a writing transaction opens."""
import secrets
import unicodedata
from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # about 20 ms; OWASP's smallest Argon2id profile
_two_at_once = BoundedSemaphore(2)
_UNKNOWN = _hasher.hash(secrets.token_hex())
_SYLLABLES = [c + v for c in "bdgjkmnprst" for v in "aiueo"]


def hash_password(password: str) -> str:
    """Argon2id, as a PHC string."""
    with _two_at_once:
        return _hasher.hash(_as_typed_anywhere(password))


def verify(password_hash: str | None, password: str) -> bool:
    """Does the password belong to the hash? Unknown accounts (None) take the same time."""
    with _two_at_once:
        try:
            return _hasher.verify(password_hash or _UNKNOWN, _as_typed_anywhere(password)) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


def renewed(password_hash: str, password: str) -> str | None:
    """The same password hashed with the present parameters; None when the hash has them already."""
    return hash_password(password) if _hasher.check_needs_rehash(password_hash) else None


def one_time_password() -> str:
    """Easy to read aloud and to type: four made-up words and two digits, 52 bits."""
    words = ["".join(secrets.choice(_SYLLABLES) for _ in range(2)) for _ in range(4)]
    return "-".join([*words, f"{secrets.randbelow(90) + 10}"])


@cache
def common() -> frozenset[str]:
    """What people in Indonesia and in its offices choose, from app/data/passwords.txt."""
    lines = files("app").joinpath("data", "passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _as_typed_anywhere(password: str) -> str:
    """One form for letters that keyboards write in several; nothing is cut, and spaces stay (NIST SP 800-63B-4)."""
    return unicodedata.normalize("NFKC", password)
