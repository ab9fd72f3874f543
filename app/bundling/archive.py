"""The archive itself: what the app needs to run, laid out as it is here, with the wheels beside it and a hash of every file."""
import hashlib
import json
import subprocess
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from app.bundling import papers
from app.bundling.libraries import Library, Pin, table
from app.config import ROOT
from app.rules import Refused
from app.rules.troubles import reason

PARTS = ("lumbung.py", "wsgi.py", "pyproject.toml", "requirements.txt", "requirements-postgresql.txt", "README.md", "LICENSE",
         "app", "migrations", "docs", "pemasangan")  # no tests, no development
UNUSED = {"__pycache__", ".mypy_cache", ".ruff_cache"}
SUMS = "SHA256SUMS"
MOMENT = (2020, 1, 1, 0, 0, 0)  # the same content gives the same archive
PACKED = {".whl", ".png", ".jpg", ".webp", ".gz", ".br", ".zip"}


def version() -> str:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def app_files(root: Path = ROOT) -> Iterator[Path]:
    """Those git knows; all of them where there is no git."""
    if (root / ".git").exists():
        asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *PARTS]
        known = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=False)
        if known.returncode == 0:
            yield from sorted(path for name in known.stdout.split("\0") if name and (path := root / name).is_file())
            return
    for part in PARTS:
        found = [root / part] if (root / part).is_file() else (root / part).rglob("*")
        yield from sorted(path for path in found if path.is_file() and not UNUSED & set(path.parts))


def write(target: Path, wheels: Path, pins: list[Pin], libraries: Iterable[Library]) -> Path:
    """`lumbung-inovasi-<version>.zip` in `target`, read again and compared; beside it its own hash. Refused when it cannot be written."""
    top, libraries = f"lumbung-inovasi-{version()}", list(libraries)
    path = target / f"{top}.zip"
    draft = path.with_suffix(".sebagian")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            sums = [_put(archive, f"{top}/{name}", content) for name, content in _contents(wheels, pins, libraries)]
            _put(archive, f"{top}/{SUMS}", "".join(f"{digest}  {name.removeprefix(top + '/')}\n" for name, digest in sums).encode())
        must_be_whole(draft)
        draft.replace(path)
        path.with_suffix(".zip.sha256").write_text(f"{_digest(path)}  {path.name}\n")
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise Refused(f"Paket tidak dapat ditulis di {target}: {reason(error)}.") from None
    return path


def must_be_whole(path: Path) -> None:
    """Every file in it has the hash that stands in its list, and none is there that does not."""
    with zipfile.ZipFile(path) as archive:
        listing = next(name for name in archive.namelist() if name.endswith(f"/{SUMS}"))
        top = listing.removesuffix(SUMS)
        told = dict(reversed(line.split("  ", 1)) for line in archive.read(listing).decode().splitlines())
        if set(archive.namelist()) != {listing, *(top + name for name in told)}:
            raise Refused(f"Isi {path.name} tidak sama dengan daftarnya.")
        for name, digest in told.items():
            if hashlib.sha256(archive.read(top + name)).hexdigest() != digest:
                raise Refused(f"{name} di {path.name} tidak sama dengan aslinya; disk itu mungkin rusak.")


def _contents(wheels: Path, pins: list[Pin], libraries: list[Library]) -> Iterator[tuple[str, bytes]]:
    for path in app_files():
        yield path.relative_to(ROOT).as_posix(), path.read_bytes()
    for wheel in sorted(wheels.glob("*.whl")):
        yield f"wheels/{wheel.name}", wheel.read_bytes()
    yield "lisensi/PUSTAKA.md", (table() + "\n").encode()
    for name, text in papers.licence_texts(libraries):
        yield f"lisensi/{name}", text
    yield "sbom.cdx.json", (json.dumps(papers.sbom(version(), pins, libraries), ensure_ascii=False, indent=1) + "\n").encode()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> tuple[str, str]:
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_STORED if Path(name).suffix in PACKED else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
    return name, hashlib.sha256(content).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
