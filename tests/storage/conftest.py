import io
from pathlib import Path

import pytest

from app.storage import Storage

from .samples import MEGABYTE


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path, max_bytes=MEGABYTE)


@pytest.fixture
def take(storage):
    """Hand bytes in as an upload of any kind the store knows."""

    def taking(name, content, allowed=("pdf", "jpg", "jpeg", "png", "mp4"), max_seconds=None):
        return storage.take(io.BytesIO(content), name, allowed, max_seconds)

    return taking


@pytest.fixture
def on_disk(storage):
    """Every file under the store, as paths relative to it."""

    def listing():
        found = (path for path in storage.root.rglob("*") if path.is_file())
        return sorted(path.relative_to(storage.root).as_posix() for path in found)

    return listing
