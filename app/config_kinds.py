"""What a setting may be: the words for people and the reader of what was written."""

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Kind:
    """`says` is for people; `read` takes what the environment or the file gives."""

    says: str
    read: Callable[[Any], Any]  # raises ValueError when the value is not of this kind


def number(low: int, high: int) -> Kind:
    def read(value):
        if isinstance(value, (bool, float)) or not low <= int(value) <= high:
            raise ValueError
        return int(value)

    return Kind(f"bilangan bulat {low} sampai {high}", read)


def text(longest: int) -> Kind:
    def read(value):
        if not isinstance(value, str) or not 0 < len(value.strip()) <= longest:
            raise ValueError
        return value.strip()

    return Kind(f"teks 1 sampai {longest} huruf", read)


def _command(value):
    """Words that a shell would take apart the same way."""
    if not isinstance(value, str) or not 0 < len(value) <= 300 or not shlex.split(value):
        raise ValueError
    return value.strip()


def one_of(*choices: str) -> Kind:
    return Kind("salah satu dari " + ", ".join(choices), lambda value: choices[choices.index(value)])


def _yes_no(value):
    return {"true": True, "1": True, "false": False, "0": False}[str(value).lower()]


def _hosts(value):
    hosts = value.split(",") if isinstance(value, str) else value
    return tuple(host.strip() for host in hosts if host.strip())


def _folder(value):
    if not value.strip():
        raise ValueError
    return (ROOT / Path(value).expanduser()).resolve()


def _database(value):
    """In the words of SQLAlchemy; what is wrong with it is not repeated, for a password stands in it."""
    scheme, _, rest = value.strip().partition("://")
    if scheme not in ("postgres", "postgresql", "postgresql+psycopg") or not urlsplit(f"postgresql://{rest}").path.strip("/"):
        raise ValueError
    return f"postgresql+psycopg://{rest}"


DATABASE = Kind("`postgresql://nama:sandi@komputer/basisdata`", _database)
YES_NO = Kind("true atau false", _yes_no)
HOSTS = Kind("nama atau alamat, dipisah koma", _hosts)
LETTERS = Kind("1 sampai 10 huruf besar atau angka", lambda value: re.fullmatch("[A-Z0-9]{1,10}", value)[0])
PATTERN = Kind("teks pendek yang memuat {nomor} dan {tahun}, boleh {bulan}", lambda value: re.fullmatch(
    r"(?=.*\{nomor\})(?=.*\{tahun\})([^{}\n]|\{(nomor|tahun|bulan)\}){2,60}", value)[0])
COMMAND = Kind("perintah paling panjang 300 huruf", _command)
FOLDER = Kind("folder", _folder)
FILE = Kind("berkas", _folder)
PROFILE = one_of("MODERN", "BSSN")
ZONE = one_of("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")


def about(kind: Kind, doc: str) -> dict[str, Any]:
    return {"kind": kind, "doc": doc}
