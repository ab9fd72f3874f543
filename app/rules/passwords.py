"""What a password must be, in two profiles.

MODERN: long, and no well-known or guessable text; no composition and no expiry (NIST SP 800-63B-4, OWASP ASVS 5).
BSSN: as regional guides read Peraturan BSSN 4/2021 (standar teknis dan prosedur keamanan SPBE), which itself names no figures: twelve letters
of four kinds, changed after ninety days. A new one differs from the present one; older ones are not kept, because a table of old hashes is
one more thing to lose and the block list does more.
"""
import re
import unicodedata
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from app.rules import Refused

LONGEST = 200
FEWEST_GUESSES = 10**10  # far beyond what the waits of `sign_in` let anybody try
READ = 72  # letters the estimate looks at; its time grows with the square of them
SHORTEST_NAME = 4  # a part of a name that is worth refusing
LEFT = 8  # letters that must remain beside names everybody here knows
EASY = "Kata sandi itu terlalu mudah ditebak. Pilih kata-kata lain."
LEET = str.maketrans("0134578@$!+", "oieastbasit")
KINDS = {"huruf besar": str.isupper, "huruf kecil": str.islower, "angka": str.isdigit, "tanda baca": lambda c: not c.isalnum()}


@dataclass(frozen=True)
class Profile:
    """`with_code` is the least length for whoever also gives a code at sign-in; `lasts` is None where a password does not age."""
    shortest: int
    with_code: int
    all_kinds: bool = False
    lasts: timedelta | None = None

    def least(self, has_code: bool) -> int:
        return self.with_code if has_code else self.shortest

    def is_over(self, since: datetime, now: datetime) -> bool:
        return self.lasts is not None and now - since >= self.lasts

    def says(self, has_code: bool) -> str:
        """For the form."""
        least = f"Paling sedikit {self.least(has_code)} huruf"
        return f"{least}, dengan {', '.join(KINDS)}. Berlaku 90 hari." if self.all_kinds else (
            f"{least}. Beberapa kata biasa yang tidak berkaitan mudah diingat dan sulit ditebak.")


MODERN = Profile(15, 12)
BSSN = Profile(12, 12, all_kinds=True, lasts=timedelta(days=90))
PROFILES = {"MODERN": MODERN, "BSSN": BSSN}


def check(password: str, username: str, names: Iterable[str] = (), common: Set[str] = frozenset(), profile: Profile = MODERN,
          has_code: bool = False) -> None:
    """Refuse a password that is short, well known, guessable, or made of names everybody here knows: `names` are those of the person, the
    units and the region; `common` is the list that is shipped."""
    password = unicodedata.normalize("NFKC", password)
    plain, least = password.lower(), profile.least(has_code)
    if len(password) < least:
        raise Refused(f"Kata sandi paling sedikit {least} huruf. Beberapa kata biasa yang tidak berkaitan paling mudah diingat.")
    if len(password) > LONGEST:
        raise Refused(f"Kata sandi paling banyak {LONGEST} huruf.")
    if profile.all_kinds and (missing := [kind for kind, has in KINDS.items() if not any(map(has, password))]):
        raise Refused(f"Kata sandi harus memuat {', '.join(KINDS)}. Belum ada: {', '.join(missing)}.")
    if username.lower() in plain and len(plain) - len(username) < LEFT:
        raise Refused("Kata sandi tidak boleh berisi nama pengguna Anda saja.")
    own = words_of([username, *names])
    if is_made_of(plain, own):
        raise Refused("Kata sandi tidak boleh hanya nama orang, perangkat daerah, atau daerah ini. Tambahkan kata-kata lain.")
    if is_made_of(plain, common) or is_well_known(plain) or is_guessable(plain, [*own, *common]):
        raise Refused(EASY)


def words_of(names: Iterable[str]) -> set[str]:
    """The parts of these names, and each without its spaces."""
    plain = [name.lower() for name in names]
    parts = {word for name in plain for word in (*re.split(r"[\W_]+", name), re.sub(r"[\W\d_]+", "", name))}
    return {word for word in parts if len(word) >= SHORTEST_NAME}


def is_made_of(plain: str, words: Set[str]) -> bool:
    """Whether too little remains without these words, figures and signs; also when letters are written as figures (b1smill4h)."""
    return any(_remains(text, words) for text in (plain, plain.translate(LEET)))


def _remains(text: str, words: Set[str]) -> bool:
    letters = re.sub(r"[\W\d_]+", "", text)
    found = [word for word in sorted(words, key=len, reverse=True) if word in letters]
    if not found:
        return False
    for word in found:
        letters = letters.replace(word, " ")
    return len(letters.replace(" ", "")) < LEFT


def is_well_known(plain: str) -> bool:
    """On the list of leaked passwords as it stands, with figures for letters, or with figures and signs added at its ends."""
    folded = plain.translate(LEET)
    bases = {plain, folded, re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain), re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain).translate(LEET)}
    return any(base in _leaked() for base in bases)


def is_guessable(plain: str, words: Iterable[str] = ()) -> bool:
    """Figures alone (an NIP, a date), repetitions, rows of keys, and the words everybody here would try."""
    from zxcvbn import zxcvbn  # 12 MB: for who chooses a password

    return plain.isdigit() or zxcvbn(plain[:READ], user_inputs=list(words))["guesses"] < FEWEST_GUESSES


@cache
def _leaked() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])
