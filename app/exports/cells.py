"""What stands in a cell of a workbook that comes in."""
from typing import Any

from app.rules.intake import FORMULA, Failed


def value_of(cell: Any) -> Any:
    """A formula as FORMULA, what a formula left behind when it failed as Failed; texts without the blanks around them, an empty one as None."""
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e" and cell.value:
        return Failed(cell.value)
    return (cell.value.strip() or None) if isinstance(cell.value, str) else cell.value
