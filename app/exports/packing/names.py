"""Names that every office computer can write: Windows refuses what Linux takes."""
import re
import unicodedata
from collections.abc import Iterable

from app.exports.words import plain

LONGEST = 150                # bytes of a whole path: it fits below any folder and on any disk
FOLDER, FILE = 50, 90        # bytes of what the names below are cut to
NAMELESS = "tanpa-nama"
DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE)
REFUSED = re.compile(r'[<>:"/\\|?*]')
TYPE = re.compile(r"\.[a-z0-9]{1,8}$", re.IGNORECASE)


def evidence_name(row_code: str, set_number: int | None, doc_number: str, title: str, kind: str) -> str:
    """`16_SK-188-45-2025_Keputusan-Bupati.pdf`; on rows that are counted in sets `18_ke-2_…`. `kind` is the file's type."""
    parts = (row_code, f"ke-{set_number}" if set_number else "", _cut(_joined(doc_number), FILE // 2), _joined(title))
    return safe_name(f"{_cut('_'.join(part for part in parts if part), FILE).rstrip('-_')}.{kind}")


def folder_name(register: str, innovation: str) -> str:
    """`LR-26-014_JEMPUT-GIZI`: one folder an innovation."""
    return safe_name(_cut(f"{register}_{_joined(innovation)}", FOLDER).rstrip("-_"))


def safe_name(text: str, longest: int = LONGEST) -> str:
    """One file or folder name of at most `longest` bytes; its type (".pdf") stays when it is cut."""
    kept = unicodedata.normalize("NFC", "".join(_letter(letter) for letter in REFUSED.sub("-", plain(text))))
    kept = re.sub(r"[ .]+\.", ".", " ".join(kept.split())).strip(". ")
    kind = TYPE.search(kept)
    ending = kind[0] if kind else ""
    stem = _cut(kept.removesuffix(ending), longest - len(ending)) or NAMELESS
    return (_cut(f"_{stem}", longest - len(ending)) if DEVICES.match(stem + ending) else stem) + ending


def is_safe(path: str) -> bool:
    """A path as it may stand in a package, its folders split by slashes."""
    return len(path.encode()) <= LONGEST and all(safe_name(part) == part for part in path.split("/"))


def distinct(paths: Iterable[str], reserved: Iterable[str] = ()) -> list[str]:
    """The same safe paths in their order, none like another (capitals do not count) nor like a folder: a second `a.pdf` becomes `a-2.pdf`."""
    wanted = list(paths)
    taken = {name.casefold() for name in reserved} | {folder.casefold() for path in wanted for folder in _folders(path)}
    found: list[str] = []
    counts: dict[str, int] = {}
    for path in wanted:
        name, key = path, path.casefold()
        while name.casefold() in taken:
            counts[key] = counts.get(key, 1) + 1
            name = _numbered(path, counts[key])
        taken.add(name.casefold())
        found.append(name)
    return found


def _numbered(path: str, number: int) -> str:
    kind = TYPE.search(path)
    ending = f"-{number}{kind[0] if kind else ''}"
    return _cut(path.removesuffix(kind[0] if kind else ""), LONGEST - len(ending)) + ending


def _folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:place]) for place in range(1, len(parts))]


def _letter(letter: str) -> str:
    """Nothing unseen: blanks of any kind are a space, other marks without a shape are left out."""
    return " " if letter.isspace() else "" if unicodedata.category(letter)[0] in "CZ" else letter


def _joined(text: str) -> str:
    """Words and figures with hyphens between them."""
    return "-".join(re.findall(r"\w+", plain(text).replace("_", " ")))


def _cut(text: str, longest: int) -> str:
    """At most that many bytes, never in the middle of a letter."""
    return text.encode()[:longest].decode(errors="ignore").rstrip(". ")
