"""The page for what the machine below the app refuses: what the person does, what the admin does."""
from typing import NamedTuple

from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from app.extensions import is_writing
from app.rules.troubles import Kind, is_read_only, kind_of

AGAIN = ("Tunggu satu menit, lalu kirim sekali lagi", "Isian yang sudah tersimpan tidak hilang.")
NOT_AGAIN = ("Beri tahu admin sekarang", "Mengulang tidak menolong sebelum itu dibereskan. Isian yang sudah tersimpan tidak hilang.")


class Trouble(NamedTuple):
    """A page: its code and title, why, and what to do first."""
    code: int
    title: str
    why: str
    first: tuple[str, str]

    @property
    def sentence(self) -> str:
        return f"{self.title}. {self.why}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": "60"} if self.first is AGAIN else {}


TROUBLES = {
    Kind.BUSY: Trouble(503, "Basis data sedang dipakai program lain",
                       "Sudah ditunggu 15 detik. Kiriman terakhir tidak disimpan; coba lagi sebentar lagi.", AGAIN),
    Kind.GONE: Trouble(503, "Basis data tidak dapat dihubungi", "Kiriman terakhir tidak disimpan; coba lagi sebentar lagi.", AGAIN),
    Kind.FULL: Trouble(507, "Penyimpanan server penuh", "Kiriman terakhir tidak disimpan. Admin perlu mengosongkan sebagian disk server.",
                       NOT_AGAIN),
    Kind.CLOSED: Trouble(503, "Server tidak dapat membuka folder datanya",
                         "Kiriman terakhir tidak disimpan. Admin perlu memeriksa izin dan pemilik folder data.", NOT_AGAIN),
    Kind.BROKEN: Trouble(500, "Basis data atau disk server rusak",
                         "Kiriman terakhir tidak disimpan. Admin perlu menghentikan server, lalu memulihkan cadangan.", NOT_AGAIN),
}


def of(error: Exception) -> Trouble | None:
    """None for what is a fault of the app itself; also when a page that only reads tried to write."""
    if isinstance(error, NoConnectionLeft):
        return TROUBLES[Kind.BUSY]
    kind = kind_of(error) if is_writing() or not is_read_only(error) else None
    return TROUBLES[kind] if kind else None
