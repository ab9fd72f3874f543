"""PDF: can a reviewer read it, how long is it, what does it carry. Runs in the child only."""

from pathlib import Path

import pikepdf

from . import pages
from .active import active_names
from .rejected import Rejected

MOST_PAGES = 2000

BROKEN = "PDF ini rusak. Buka di komputer Anda, simpan ulang (Cetak ke PDF), lalu unggah lagi."


def inspect(path: Path) -> dict:
    """Number of pages and names of active content.

    Only a document that cannot be opened without a password is refused. One that is locked
    against copying or printing opens with the empty password for everyone, also for the
    reviewer; offices get such files from scanners and ministries.
    """
    try:
        with pikepdf.open(path) as pdf:
            length = len(pdf.pages)
            active = active_names(pdf)
    except pikepdf.PasswordError:
        raise Rejected("PDF ini terkunci kata sandi. Simpan ulang tanpa kata sandi, lalu unggah lagi.") from None
    except pikepdf.PdfError:
        raise Rejected(BROKEN) from None
    if not length:
        raise Rejected("PDF ini tidak punya halaman. Pilih berkas yang ada isinya.")
    if length > MOST_PAGES:
        raise Rejected(f"PDF ini {length} halaman, paling banyak {MOST_PAGES}. Unggah bagian yang diperlukan.")
    if length != pages.count(path):  # where two readers disagree, a file has two faces
        raise Rejected(BROKEN)
    return {"pages": length, "active": active}
