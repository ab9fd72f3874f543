"""Static files under a name that changes with their content, so that browsers may keep them for ever."""
from hashlib import sha256
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise


def init_app(app: Flask) -> None:
    root = Path(app.root_path) / "static"
    names = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    prefix = f"static/{digest(root, names)}/"
    server = WhiteNoise(app.wsgi_app, max_age=WhiteNoise.FOREVER, immutable_file_test=".", allow_all_origins=False,
                        add_headers_function=guard)
    server.add_files(root, prefix=prefix)
    app.wsgi_app = server

    def asset(name: str) -> str:
        """The address of a static file; KeyError when there is no such file, so a page with a typo never renders."""
        if name not in names:
            raise KeyError(name)
        return f"/{prefix}{name}"

    app.jinja_env.globals["asset"] = asset


def digest(root: Path, names: set[str]) -> str:
    """One digest over the names and contents of all files."""
    seen = sha256()
    for name in sorted(names):
        seen.update(name.encode() + b"\0" + sha256((root / name).read_bytes()).digest())
    return seen.hexdigest()[:12]


def guard(headers, _path, _url) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
