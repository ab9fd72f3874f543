"""The rows of kept files, by their hashes."""
from collections.abc import Collection

from sqlalchemy import Select, select

from app.models import StoredFile


def named(hashes: Collection[str]) -> Select[str]:
    """Those of these hashes that have a row."""
    return select(StoredFile.sha256).where(StoredFile.sha256.in_(hashes))
