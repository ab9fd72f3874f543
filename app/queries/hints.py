"""What a machine must know to tell one innovation's name from another's."""
from collections.abc import Sequence

from sqlalchemy import Select, func, select

from app.models import Innovation


def names_with(words: Sequence[str]) -> Select[str]:
    """Names of the whole register that hold these words, in this order and perhaps more; for comparing only, never to be shown."""
    return select(Innovation.name).where(func.lower(Innovation.name).like(f"%{'%'.join(words)}%")).distinct().order_by(Innovation.name)
