"""An instrument as one JSON file: written the way the shipped ones are, read with nothing believed."""
import json
from collections.abc import Mapping
from typing import Any

from app.rules import Refused

MOST_BYTES = 1024 * 1024
PARTS = ("id", "year", "indicators")


def written(data: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode()


def read(content: bytes) -> Any:
    """The data as it stands there, not yet checked. Refused when it is no JSON."""
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except Refused:
        raise
    except (ValueError, RecursionError) as trouble:
        where = f" Periksa baris {trouble.lineno}." if isinstance(trouble, json.JSONDecodeError) else ""
        raise Refused(f"Berkas ini bukan JSON yang utuh.{where}") from trouble


def must_be_instrument(data: Any) -> None:
    """Before its parts are looked at one by one: something else altogether needs one sentence, not forty."""
    if not isinstance(data, Mapping) or not all(part in data for part in PARTS):
        raise Refused("Berkas ini bukan instrumen. Unduh JSON atau XLSX sebuah instrumen dari halaman Instrumen sebagai contoh.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Refused("Ada isian yang ditulis dua kali di bagian yang sama. Sisakan satu.")
    return found


def _no_number(word: str) -> float:
    raise ValueError(word)
