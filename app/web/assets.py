"""Static files under a name that changes with their content, so that browsers may keep them for ever; each also compressed, once."""
import gzip
import os
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

WORDS = {".css", ".js", ".svg"}  # what gets smaller


def init_app(app: Flask) -> None:
    root = Path(app.root_path) / "static"
    names = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    version = digest(root, names)
    prefix = f"static/{version}/"
    server = WhiteNoise(app.wsgi_app, max_age=WhiteNoise.FOREVER, immutable_file_test=".", allow_all_origins=False,
                        add_headers_function=guard)
    server.add_files(laid_out(root, names, app.config["LUMBUNG"].data / "statis" / version), prefix=prefix)
    app.wsgi_app = server

    def asset(name: str) -> str:
        """The address of a static file; KeyError when there is no such file, so a page with a typo never renders."""
        if name not in names:
            raise KeyError(name)
        return f"/{prefix}{name}"

    app.jinja_env.globals["asset"] = asset


def laid_out(root: Path, names: set[str], place: Path) -> Path:
    """The files and their compressed twins in a folder of this version, made by whichever process comes first; those of older versions go.
    Where they cannot be written, or another account wrote them, they are served as they are."""
    if os.path.isdir(place):
        return place if os.access(place, os.R_OK | os.X_OK) else root
    try:
        place.parent.mkdir(mode=0o700, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=place.parent))
        for name in names:
            copy = draft / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            content = (root / name).read_bytes()
            copy.write_bytes(content)
            if copy.suffix in WORDS:
                copy.with_name(f"{copy.name}.gz").write_bytes(gzip.compress(content, mtime=0))
        os.rename(draft, place)
    except OSError:
        return place if os.access(place, os.R_OK | os.X_OK) else root
    for old in place.parent.iterdir():
        if old != place:
            shutil.rmtree(old, ignore_errors=True)
    return place


def digest(root: Path, names: set[str]) -> str:
    """One digest over the names and contents of all files."""
    seen = sha256()
    for name in sorted(names):
        seen.update(name.encode() + b"\0" + sha256((root / name).read_bytes()).digest())
    return seen.hexdigest()[:12]


def guard(headers, _path, _url) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
