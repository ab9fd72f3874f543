"""The chain of events: each carries a fingerprint of itself and of the one before, so that none can be changed, removed or put in between
without breaking all that follow (OWASP ASVS 5, 16.4; BSSN 4/2021, aspect of logging). Its head, kept elsewhere, shows what was cut off."""
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

START = "0" * 64  # stands before the first


def link(before: str, at: datetime, facts: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of one event after the one with the hash `before`. `facts` are its columns without the empty ones: a column that comes later
    changes no hash of what was written earlier."""
    told = {name: value for name, value in facts.items() if value is not None}
    words = [before, at.astimezone(UTC).isoformat(timespec="microseconds"), json.loads(json.dumps(told))]
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")).hexdigest()
