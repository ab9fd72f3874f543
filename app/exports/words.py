"""How a formal letter writes what a page writes shorter: figures, days and numbers in words; and text that no file format trips over."""
import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

_KEPT = r"\n\u0020-\u007e\u00a0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
_FORBIDDEN = re.compile(f"[^{_KEPT}]")  # what XML 1.0 refuses, other controls, and marks that turn the direction of writing
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")


def plain(text: str) -> str:
    """What a person typed, as letters and line ends only: composed, tabs as spaces, without characters a file may not hold."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    return _FORBIDDEN.sub("", text)


def cleaned(value: Any) -> Any:
    """The same facts with every text in them `plain`: in dataclasses, lists, tuples and the values of dicts."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: cleaned(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(cleaned(part) for part in value)
    return replace(value, **{field.name: cleaned(getattr(value, field.name)) for field in fields(value)}) if is_dataclass(value) else value


def figure(value: str | Decimal) -> str:
    """With a decimal comma and a real minus."""
    return format_decimal(Decimal(value), "#,##0.######", locale="id").replace("-", "−")


def spelled(number: int) -> str:
    """0 to 9,999 in words, as a deed writes its day and year."""
    if number < 12:
        return _DIGITS[number]
    if number < 20:
        return f"{_DIGITS[number - 10]} belas"
    for size, name in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= size:
            many, rest = divmod(number, size)
            head = f"se{name}" if many == 1 else f"{spelled(many)} {name}"
            return f"{head} {spelled(rest)}" if rest else head
    raise ValueError(f"{number} is beyond a year")


def day_in_words(day: date) -> str:
    """`Minggu tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam`."""
    weekday, month = (format_date(day, part, locale="id") for part in ("EEEE", "MMMM"))
    return f"{weekday} tanggal {spelled(day.day)} bulan {month} tahun {spelled(day.year)}"
