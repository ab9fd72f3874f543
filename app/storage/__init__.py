"""Evidence files on disk: taken in with suspicion, kept under their hash, shown as pictures.

Stands alone: nothing here knows Flask, the database or the rest of the app.
"""

from .rejected import Rejected
from .scanning import Scanner
from .store import Storage, Stored

__all__ = ["Rejected", "Scanner", "Storage", "Stored"]
