"""A4 paper for formal letters as PDF: letterhead, paragraphs, pairs, tables that flow over pages, signatures.

Lines are broken here, because a cell of thousands of letters must be split over pages; fpdf2 draws and embeds the font.
"""
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Lumbung Sans"
LEFT, RIGHT, TOP, BOTTOM = 25.0, 190.0, 20.0, 275.0   # millimetres on A4
WIDE_RIGHT, WIDE_BOTTOM = 277.0, 188.0                # and where it lies on its side
WIDTH, WIDE_WIDTH = RIGHT - LEFT, WIDE_RIGHT - LEFT
STEP = 0.47            # height of a line in millimetres per point of the letters
PAD = 1.3              # around the text of a cell
SIGN = 18.0            # room for a signature
FEWEST = 3             # lines of a split row that must fit before the page ends
SHADE = (231, 235, 233)
MISSING = "\ufffd"


@dataclass(frozen=True)
class Column:
    title: str
    width: float
    align: str = "L"


class Paper:
    """Written from top to bottom; `y` is where the next line begins, in millimetres. The same calls give the same bytes. A `wide` one lies
    on its side, for lists of many columns. Every page ends with what it belongs to and its number; with nothing where `foot` is empty."""

    def __init__(self, title: str, author: str, day: date, foot: str, wide: bool = False):
        from fpdf import FPDF  # 17 MB: for who prints

        self.pdf, self.foot = FPDF("landscape" if wide else "portrait", format="A4"), foot
        self.pdf.footer = self._foot
        self.right, self.bottom, self.width = (WIDE_RIGHT, WIDE_BOTTOM, WIDE_WIDTH) if wide else (RIGHT, BOTTOM, WIDTH)
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margins(LEFT, TOP, 20)
        for style, name in (("", "Regular"), ("B", "Bold")):
            self.pdf.add_font(FAMILY, style, FONTS / f"LumbungSans-{name}.ttf")
        self.pdf.set_creation_date(datetime.combine(day, time(), UTC))
        self.pdf.set_producer("Lumbung Inovasi")
        self.pdf.set_title(title)
        self.pdf.set_author(author)
        self.pdf.set_lang("id")
        self.widths: dict[tuple[bool, str], float] = {}
        self.page()

    def page(self) -> None:
        self.pdf.add_page()
        self.y = TOP

    def room(self, height: float) -> None:
        """A new page unless that much is left on this one."""
        if self.y + height > self.bottom:
            self.page()

    def gap(self, height: float) -> None:
        self.y += height

    def say(self, text: str, size: float = 11, bold: bool = False, align: str = "L", left: float = LEFT, width: float = 0) -> None:
        """A paragraph in a column of `width` from `left`; as wide as the paper when not said."""
        width = width or self.width
        for line in self.lines(text, width, size, bold):
            self.room(size * STEP)
            self._put(line, left, width, size, bold, align)
            self.y += size * STEP

    def pair(self, label: str, value: str, hang: float, size: float = 11) -> None:
        """`label : value`, the value hanging beside its label."""
        self.room(size * STEP)
        self._put(label, LEFT, hang, size, False, "L")
        self._put(":", LEFT + hang - 3, 3, size, False, "L")
        self.say(value, size, left=LEFT + hang, width=self.width - hang)

    def picture(self, png: bytes, left: float, top: float, side: float) -> None:
        """In the middle of a square, as large as fits."""
        self.pdf.image(io.BytesIO(png), left, top, side, side, keep_aspect_ratio=True)

    def rule(self, weight: float) -> None:
        self.pdf.set_line_width(weight)
        self.pdf.line(LEFT, self.y, self.right, self.y)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float = 9, last_is_total: bool = False) -> None:
        """Headings come back on each page. A row that fits on one page stays whole; a longer one is split, its first cell
        repeated and its second saying that it goes on."""
        self.room(self.beginning(columns, rows, size))
        self._heads(columns, size)
        for place, row in enumerate(rows):
            bold = last_is_total and place == len(rows) - 1
            cells = [self.lines(text, column.width - 2 * PAD, size, bold) for text, column in zip(row, columns, strict=True)]
            self._row(columns, cells, size, bold)

    def beginning(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float = 9) -> float:
        """The least height a table must find on a page to begin there: its headings and the first row, or the first lines of one too long
        for any page."""
        most = max((len(self.lines(text, column.width - 2 * PAD, size, False)) for row in rows[:1]
                    for text, column in zip(row, columns, strict=True)), default=0)
        heads = max(len(self.lines(column.title, column.width - 2 * PAD, size, True)) for column in columns)
        return self._height(heads, size) + self._height(most if most <= self._fresh(size) else FEWEST, size)

    def signatures(self, blocks: Sequence[dict[str, str]], closing: str) -> None:
        """Two beside each other, an odd last one in the middle; one alone stands at the right. The closing sentence stays with the first
        of them: nobody signs an empty page."""
        half, size = self.width / 2, 10.5
        for first in range(0, len(blocks), 2):
            pair = blocks[first:first + 2]
            shift = (half if len(blocks) == 1 else half / 2) if len(pair) == 1 else 0
            places = [(block, LEFT + shift + place * half) for place, block in enumerate(pair)]
            tall = [max(len(self.lines(block[part], half - 6, size, part == "name")) for block in pair) for part in ("title", "name", "nip")]
            heading = [] if first else [*self.lines(closing, self.width, 11, False), ""]
            self.room(len(heading) * 11 * STEP + sum(tall) * size * STEP + SIGN)
            for line in heading:
                self.say(line)
            top = self.y
            for block, left in places:
                for part, above in (("title", 0), ("name", tall[0] * size * STEP + SIGN), ("nip", sum(tall[:2]) * size * STEP + SIGN)):
                    self.y = top + above
                    self.say(block[part], size, part == "name", left=left, width=half - 6)
            self.y = top + sum(tall) * size * STEP + SIGN + 8

    def done(self) -> bytes:
        return bytes(self.pdf.output())

    def _foot(self) -> None:
        if self.foot:
            self.pdf.set_y(-15)
            self.pdf.set_font(FAMILY, "", 8)
            self.pdf.cell(w=self.width, text=f"{self.foot} · halaman {self.pdf.page_no()} dari {{nb}}", align="C")

    # Lines

    def lines(self, text: str, width: float, size: float, bold: bool) -> list[str]:
        """Broken at spaces, and inside a word that is wider than the column; never fewer than one line."""
        broken: list[str] = []
        for part in self._shown(text, bold).split("\n"):
            broken.extend(self._broken(part, width * self.pdf.k / size * 1000, bold))
        return broken

    def _broken(self, part: str, width: float, bold: bool) -> list[str]:
        """`width` in thousandths of the letter size, as the font counts."""
        broken, line, used, space = [], "", 0.0, self._wide(" ", bold)
        for word in part.split():
            for piece in self._pieces(word, width, bold):
                wide = self._wide(piece, bold)
                if line and used + space + wide > width:
                    broken.append(line)
                    line, used = "", 0.0
                line, used = (f"{line} {piece}", used + space + wide) if line else (piece, wide)
        return [*broken, line]

    def _pieces(self, word: str, width: float, bold: bool) -> list[str]:
        if self._wide(word, bold) <= width:
            return [word]
        pieces, piece = [], ""
        for letter in word:
            if piece and self._wide(piece + letter, bold) > width:
                pieces.append(piece)
                piece = ""
            piece += letter
        return [*pieces, piece]

    def _wide(self, text: str, bold: bool) -> float:
        known = self.widths.get((bold, text))
        if known is None:
            font = self._font(bold)
            known = self.widths[bold, text] = sum(font.cw[ord(letter)] for letter in text)
        return known

    def _shown(self, text: str, bold: bool) -> str:
        """Letters the font lacks become a mark that says so; Word shows them all."""
        held = self._font(bold).cmap
        return "".join(letter if letter == "\n" or ord(letter) in held else MISSING for letter in text)

    def _font(self, bold: bool):
        return self.pdf.fonts[FAMILY.lower() + ("B" if bold else "")]

    def _put(self, line: str, left: float, width: float, size: float, bold: bool, align: str) -> None:
        if not line:
            return
        self.pdf.set_font(FAMILY, "B" if bold else "", size)
        slack = width - self._wide(line, bold) * size / 1000 / self.pdf.k
        self.pdf.text(left + slack * {"L": 0, "C": 0.5, "R": 1}[align], self.y + size * STEP * 0.76, line)

    # Rows

    def _height(self, lines: int, size: float) -> float:
        return lines * size * STEP + 2 * PAD

    def _fresh(self, size: float) -> int:
        """Lines of one row that a page holds under the headings."""
        return int((self.bottom - TOP - self._height(2, size) - 2 * PAD) / (size * STEP))

    def _heads(self, columns: Sequence[Column], size: float) -> None:
        cells = [self.lines(column.title, column.width - 2 * PAD, size, True) for column in columns]
        self._draw(columns, cells, size, True, shaded=True)

    def _row(self, columns: Sequence[Column], cells: list[list[str]], size: float, bold: bool) -> None:
        most = max(map(len, cells))
        fresh = self._fresh(size)
        while True:
            fit = int((self.bottom - self.y - 2 * PAD) / (size * STEP) + 0.001)
            if most <= fit:
                return self._draw(columns, cells, size, bold)
            if most > fresh and fit >= FEWEST:
                self._draw(columns, [cell[:fit] for cell in cells], size, bold)
                cells = [cells[0], cells[1][fit:] or ["(lanjutan)"], *(cell[fit:] for cell in cells[2:])]
                most = max(map(len, cells))
            self.page()
            self._heads(columns, size)

    def _draw(self, columns: Sequence[Column], cells: Sequence[list[str]], size: float, bold: bool, shaded: bool = False) -> None:
        left, top, height = LEFT, self.y, self._height(max(map(len, cells)), size)
        self.pdf.set_line_width(0.2)
        self.pdf.set_fill_color(*SHADE)
        for column, lines in zip(columns, cells, strict=True):
            self.pdf.rect(left, top, column.width, height, "DF" if shaded else "D")
            for place, line in enumerate(lines):
                self.y = top + PAD + place * size * STEP
                self._put(line, left + PAD, column.width - 2 * PAD, size, bold, column.align)
            left += column.width
        self.y = top + height
