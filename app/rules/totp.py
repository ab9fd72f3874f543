"""The second step at sign-in: six figures from an authenticator app (RFC 6238), good for half a minute and for one use."""
import hmac
import re
from datetime import datetime, timedelta

import pyotp

from app.rules import Refused

WINDOW = timedelta(seconds=30)
DRIFT = 1  # windows a telephone's clock may be off, either way
PENDING_FOR = timedelta(minutes=5)  # between password and code
NO_KEY = "Langkah kedua sudah aktif, atau kuncinya belum dibuat. Buka halaman ini sekali lagi."
WRONG = "Kode tidak cocok. Ketik enam angka yang sedang tampil di aplikasi autentikator."


def new_key() -> str:
    """160 bits, as base32."""
    return pyotp.random_base32()


def in_fours(key: str) -> str:
    """Easier to type."""
    return " ".join(key[at:at + 4] for at in range(0, len(key), 4))


def link(key: str, username: str, region: str) -> str:
    """What the QR code says to the telephone."""
    return pyotp.TOTP(key).provisioning_uri(name=username, issuer_name=f"Lumbung Inovasi {region}")


def window_of(key: str, code: str, now: datetime, last_used: int | None) -> int:
    """The half minute this code belongs to. Refused when it belongs to none near now, or to one a code was already used of."""
    figures, present = re.sub(r"\s", "", code), int(now.timestamp() // WINDOW.total_seconds())
    for window in range(present - DRIFT, present + DRIFT + 1):
        if re.fullmatch("[0-9]{6}", figures) and hmac.compare_digest(pyotp.TOTP(key).generate_otp(window), figures):
            if last_used is not None and window <= last_used:
                raise Refused("Kode itu sudah dipakai. Tunggu kode berikutnya, paling lama setengah menit.")
            return window
    raise Refused(WRONG)
