"""How long the certificate of HTTPS still counts. Browsers turn everybody away the minute it is over, and nobody thinks of it for two years."""
import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app import clock
from app.checks.found import Check, State
from app.config import Settings

NAME = "Sertifikat HTTPS"
SOON = timedelta(days=30)
ADVICE = "Minta sertifikat baru, ganti berkasnya, lalu jalankan ulang aplikasi; caranya di panduan HTTPS."
PEM = re.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
PATTERNS = {0x17: "%y%m%d%H%M%SZ", 0x18: "%Y%m%d%H%M%SZ"}  # UTCTime, GeneralizedTime (RFC 5280)
VERSION, VALIDITY = 0xA0, 3  # the one field that may be missing; where the validity stands without it: after number, algorithm, issuer


def certificate(settings: Settings) -> list[Check]:
    """Nothing to say where another program keeps it, or nobody does."""
    if not settings.tls_certificate:
        return []
    try:
        left = ends_at(Path(settings.tls_certificate)) - clock.now()
    except (OSError, ValueError, IndexError):
        return [Check(NAME, State.LOOK, f"Berkas sertifikat {settings.tls_certificate} tidak dapat dibaca.", ADVICE)]
    if left <= timedelta(0):
        return [Check(NAME, State.BAD, f"Sertifikat HTTPS sudah {-left.days} hari lewat: peramban memperingatkan setiap orang.", ADVICE)]
    if left < SOON:
        return [Check(NAME, State.LOOK, f"Sertifikat HTTPS berakhir {left.days} hari lagi; lalu peramban memperingatkan setiap orang.", ADVICE)]
    return [Check(NAME, State.GOOD, f"Sertifikat HTTPS masih berlaku {left.days} hari.")]


def ends_at(path: Path) -> datetime:
    """Of the first certificate in the file, which is the server's own. ValueError or IndexError when there is none."""
    if not (found := PEM.search(path.read_text(encoding="latin-1"))):
        raise ValueError(f"{path} holds no certificate")
    (_, whole), *_ = _parts(ssl.PEM_cert_to_DER_cert(found[0]))
    (_, told), *_ = _parts(whole)
    fields = [content for tag, content in _parts(told) if tag != VERSION]
    tag, last = list(_parts(fields[VALIDITY]))[1]
    return datetime.strptime(last.decode("ascii"), PATTERNS.get(tag, "")).replace(tzinfo=UTC)


def _parts(der: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each part, one level deep."""
    at = 0
    while at < len(der):
        tag, size, at = der[at], der[at + 1], at + 2
        if size & 0x80:  # the length needs more than one byte: how many
            more = size & 0x7F
            size, at = int.from_bytes(der[at:at + more]), at + more
        yield tag, der[at:at + size]
        at += size
