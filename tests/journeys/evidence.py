"""Real files for a journey: a decree of several pages, a photograph, a clip."""
from pathlib import Path

from fpdf import FPDF
from PIL import Image, ImageDraw

from app.demo.video import clip

DECREE = ("KEPUTUSAN BUPATI LUMBUNG RAYA", "PENETAPAN INOVASI DAERAH JEMPUT GIZI", "Menimbang bahwa inovasi daerah perlu ditetapkan.")


def decree(path: Path, mark: str, pages: int = 2) -> Path:
    document = FPDF()
    for number in range(1, pages + 1):
        document.add_page()
        document.set_font("helvetica", size=14)
        for line in (*DECREE, f"Nomor 188/{mark}/2025", f"Halaman {number} dari {pages}"):
            document.multi_cell(0, 10, line, new_x="LMARGIN", new_y="NEXT")
    path.write_bytes(bytes(document.output()))
    return path


def photograph(path: Path, mark: str) -> Path:
    picture = Image.new("RGB", (960, 640), "#9cc8bb")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((80, 320, 880, 600), fill="#12594b")
    pen.text((100, 340), f"Kegiatan posyandu {mark}", fill="white", font_size=40)
    picture.save(path, quality=85)
    return path


def video(path: Path, mark: str) -> Path:
    path.write_bytes(clip(mark))
    return path
