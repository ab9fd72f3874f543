"""What a password must be. Length and no well-known or guessable text, no composition and no expiry (NIST SP 800-63B-4, OWASP ASVS 5)."""
import re

from zxcvbn import zxcvbn

from app.rules import Refused

SHORTEST, LONGEST = 15, 200
FEWEST_GUESSES = 10**10  # far beyond what the waits of `sign_in` let anybody try
READ = 72  # letters the estimate looks at; its time grows with the square of them
LOCAL = ("lumbung", "inovasi", "daerah", "kabupaten", "bappeda", "bappelitbangda", "litbang", "puskesmas", "indonesia", "merdeka", "katasandi",
         "rahasia", "bismillah", "selamat", "datang", "admin", "operator")


def check(password: str, username: str) -> None:
    """Refuse a password that is short, guessable, or made of the account's own name."""
    plain = password.lower()
    if len(password) < SHORTEST:
        raise Refused(f"Kata sandi paling sedikit {SHORTEST} huruf. Beberapa kata biasa yang tidak berkaitan paling mudah diingat.")
    if len(password) > LONGEST:
        raise Refused(f"Kata sandi paling banyak {LONGEST} huruf.")
    if username.lower() in plain and len(plain) - len(username) < 8:
        raise Refused("Kata sandi tidak boleh berisi nama pengguna Anda saja.")
    if is_guessable(plain, username):
        raise Refused("Kata sandi itu terlalu mudah ditebak. Pilih kata-kata lain.")


def is_guessable(plain: str, username: str) -> bool:
    """Figures alone (an NIP, a date), common passwords, repetitions, rows of keys, and the words everybody here would try."""
    words = [username, *re.split(r"\W+", username), *LOCAL]
    return plain.isdigit() or zxcvbn(plain[:READ], user_inputs=words)["guesses"] < FEWEST_GUESSES
