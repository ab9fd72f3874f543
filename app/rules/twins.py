"""When two documents are the same paper: the same bytes, or the same number and date."""
import re
from collections.abc import Iterable
from functools import lru_cache

_LEAST = 4  # letters and figures of a number worth comparing; "-" and "12" are on too many papers


@lru_cache(4096)  # asked again and again about the same few on a page
def number_key(number: str) -> str:
    """`188/ 12/2025` and `188/12/2025` are one number; empty for what tells nothing."""
    key = re.sub(r"\s+", "", number).casefold().replace("–", "-")
    telling = re.sub(r"[^0-9a-z]", "", key)
    return key if len(telling) >= _LEAST and re.search(r"\d", telling) else ""


def in_any_spelling(numbers: Iterable[str]) -> str:
    """A pattern for each number with the `number_key` of one of these, and for few others: their figures in their order, whatever stands between."""
    figures = {"".join(re.findall("[0-9]", number)) for number in numbers}
    return f"^[^0-9]*({'|'.join('[^0-9]*'.join(each) for each in sorted(figures))})[^0-9]*$"
