"""What the deep checks find wrong."""
from app import checks
from app.checks.everything import DEEP
from app.cli.doctor import everything


def faults(*names: str) -> list[str]:
    """Of the checks with these names, or of all."""
    return [fault for name in names or DEEP for fault in checks.deep(name, everything()).faults]
