"""How words, dates and lists are written in a sentence an office reads."""
import re
from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal


def count_words(text: str | None) -> int:
    """Words as the counter on the page counts them: runs of anything but white space."""
    return len((text or "").split())


def on_date(value: date) -> str:
    """21 November 2026."""
    return format_date(value, "d MMMM y", locale="id")


def on_hour(moment: datetime) -> str:
    """21 November pukul 02.00, on the clock the moment carries."""
    return format_datetime(moment, "d MMMM 'pukul' HH.mm", moment.tzinfo, locale="id")


def listed(parts: Sequence[object], last: str = "dan") -> str:
    """`16, 17, dan 35`; two parts are joined by "dan" alone. `last` is "atau" where one of them is enough."""
    words = [str(part) for part in parts]
    if len(words) < 3:
        return f" {last} ".join(words)
    return f"{', '.join(words[:-1])}, {last} {words[-1]}"


def one_stop(text: str) -> str:
    """A sentence that ends in a degree has its stop already: "M.Kes." and not "M.Kes.."."""
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", text)


def file_size(size: int) -> str:
    """Bytes as people read them in their file manager, in steps of 1,024."""
    if size < 1024:
        return f"{size} B"
    if round(size / 1024) < 1024:
        return f"{round(size / 1024)} kB"
    megabytes = round(size / 1024**2, 1)
    large, unit = (megabytes, "MB") if megabytes < 1024 else (round(size / 1024**3, 1), "GB")
    return f"{format_decimal(large, '#,##0.#', locale='id')} {unit}"


_SMALL = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas", "dua belas")


def in_words(number: int) -> str:
    """Up to twelve as a word, above that as figures."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else str(number)


def masked(nip: str | None) -> str:
    """The last four figures: enough to tell two people apart. The first eight are a birthday."""
    return f"•••• {nip.replace(' ', '')[-4:]}" if nip else ""
