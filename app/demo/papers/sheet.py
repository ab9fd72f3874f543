"""A4 sheets of an Indonesian office: letterhead, paragraphs, tables, signatures.

Lines are broken here and placed with `FPDF.text`: its own paragraphs cost eighty times as much.
Built-in fonts only, so a sheet stays a few kilobytes and its text can be selected and searched.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time

from fpdf import FPDF

from app.demo.content.units import PROVINCE, REGION, Unit
from app.demo.papers.marks import crest, scribble, stamp

PLAIN = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "•": "-", "…": "...", "×": "x"})
BOTTOM = 272
INK = (25, 25, 30)
YELLOW = (255, 238, 90)


class Sheet:
    """Pages written from top to bottom; `y` is the next baseline in millimetres."""

    def __init__(self, title: str, day: date, landscape: bool = False, font: str = "Times") -> None:
        self.pdf = FPDF(orientation="L" if landscape else "P", format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_creation_date(datetime.combine(day, time(9, 0), UTC))
        self.pdf.set_title(title.translate(PLAIN))
        self.pdf.set_author(REGION)
        self.family, self.size = font, 11.0
        self.left, self.right = 25.0, self.pdf.w - 20.0
        self.y = 0.0
        self.page()

    def page(self) -> None:
        self.pdf.add_page()
        self.y = 24.0
        self.pdf.set_font("Helvetica", "", 7)
        self.pdf.set_text_color(150, 150, 150)
        foot = f"Contoh untuk latihan - {REGION} - halaman {self.pdf.page}"
        self.pdf.text(self.left, self.pdf.h - 9, foot)
        self.font()

    def font(self, style: str = "", size: float = 11.0) -> None:
        self.size = size
        self.pdf.set_font(self.family, style, size)
        self.pdf.set_text_color(*INK)

    def width(self, text: str) -> float:
        widths = self.pdf.current_font.cw
        return sum(widths[letter] for letter in text) * self.size / 1000 / self.pdf.k

    def room(self, height: float) -> None:
        """A new page unless that much is left on this one."""
        if self.y + height > self.pdf.h - (297 - BOTTOM):
            style, size = self.pdf.font_style, self.size
            self.page()
            self.font(style, size)

    def lines(self, text: str, width: float) -> list[str]:
        """The text broken at spaces so that every line fits."""
        widths, unit = self.pdf.current_font.cw, self.size / 1000 / self.pdf.k
        space, broken, line, used = widths[" "] * unit, [], [], 0.0
        for word in text.translate(PLAIN).split():
            long = sum(widths[letter] for letter in word) * unit
            if line and used + long > width:
                broken.append(" ".join(line))
                line, used = [], 0.0
            line.append(word)
            used += long + space
        return [*broken, " ".join(line)]

    def say(self, text: str, indent: float = 0, gap: float = 2, width: float | None = None) -> None:
        """A paragraph at the left, `indent` millimetres in."""
        step = self.size * 0.46
        for line in self.lines(text, (width or self.right - self.left) - indent):
            self.room(step)
            self.pdf.text(self.left + indent, self.y, line)
            self.y += step
        self.y += gap

    def item(self, label: str, text: str, indent: float = 0, hang: float = 8, gap: float = 1.5) -> None:
        """A label ("a.", "Menimbang :") with its text hanging beside it."""
        self.room(self.size * 0.46)
        self.pdf.text(self.left + indent, self.y, label.translate(PLAIN))
        self.say(text, indent + hang, gap)

    def centre(self, text: str, style: str = "", size: float = 11, gap: float = 0.6, about: float | None = None) -> None:
        self.font(style, size)
        text = text.translate(PLAIN)
        middle = about or (self.left + self.right) / 2
        self.pdf.text(middle - self.width(text) / 2, self.y, text)
        self.y += size * 0.46 + gap

    def rule(self, weight: float = 0.3) -> None:
        self.pdf.set_line_width(weight)
        self.pdf.line(self.left, self.y, self.right, self.y)

    def letterhead(self, unit: Unit) -> None:
        crest(self.pdf, self.left + 4, self.y - 6)
        about = (self.left + self.right) / 2 + 9
        self.centre(f"PEMERINTAH {REGION.upper()}", "", 13, about=about)
        for line in self.two(unit.name.upper()):
            self.centre(line, "B", 14, about=about)
        self.centre(f"{unit.address} · Pesawat 112 · {unit.key}@lumbungraya.example", "", 8.5, about=about)
        self.y -= 1
        self.rule(0.9)
        self.y += 1
        self.rule(0.25)
        self.y += 8
        self.font()

    def two(self, name: str) -> list[str]:
        self.font("B", 14)
        return self.lines(name, self.right - self.left - 32)

    def regent_head(self, *titles: str) -> None:
        crest(self.pdf, (self.left + self.right) / 2 - 8, self.y - 8)
        self.y += 16
        for title in ("BUPATI LUMBUNG RAYA", PROVINCE.upper(), *titles):
            self.centre(title, "B" if title != PROVINCE.upper() else "", 12)
        self.y += 4
        self.font()

    def table(
        self,
        columns: Sequence[tuple[str, float]],
        rows: Sequence[Sequence[str]],
        marked: Collection[int] = (),
        signed: int | None = None,
        size: float = 9.5,
    ) -> None:
        """Rows under headings that come back on each page; `marked` rows are yellow, column `signed` is written by hand."""
        self._heads(columns, size)
        for number, row in enumerate(rows):
            cells = [self.lines(text, width - 2.4) for text, (_, width) in zip(row, columns, strict=True)]
            height = max(size * 0.62, 1.8 + max(map(len, cells)) * size * 0.44)
            if self.y + height > self.pdf.h - (297 - BOTTOM):
                self.page()
                self._heads(columns, size)
            self._row(columns, cells, height, size, number in marked)
            if signed is not None:
                left = self.left + sum(width for _, width in columns[:signed])
                scribble(self.pdf, left + 2 + (number % 2) * 9, self.y - height / 2, (number, *row))
        self.y += 6

    def _heads(self, columns: Sequence[tuple[str, float]], size: float) -> None:
        self.font("B", size)
        self._row(columns, [[title] for title, _ in columns], 7, size, False, (228, 232, 230))
        self.font("", size)

    def _row(
        self,
        columns: Sequence[tuple[str, float]],
        cells: Sequence[Sequence[str]],
        height: float,
        size: float,
        marked: bool,
        shade: tuple[int, int, int] | None = None,
    ) -> None:
        x, top = self.left, self.y
        self.pdf.set_line_width(0.2)
        self.pdf.set_fill_color(*(YELLOW if marked else shade or (255, 255, 255)))
        for (_, width), lines in zip(columns, cells, strict=True):
            self.pdf.rect(x, top, width, height, "DF" if marked or shade else "D")
            for place, line in enumerate(lines):
                self.pdf.text(x + 1.2, top + size * 0.42 + 0.6 + place * size * 0.44, line)
            x += width
        self.y = top + height

    def sign(self, place_day: str, title: str, name: str, nip: str | None = None, signed: bool = True) -> None:
        """The block at the lower right; without ink when the office forgot to sign."""
        self.room(44)
        self.font()
        x, top = self.left + (self.right - self.left) * 0.52, self.y + 4
        shift, self.left, self.y = self.left, x, top
        self.say(place_day, gap=0.5)
        for line in self.lines(title, self.right - x - 2):
            self.say(f"{line}", gap=0)
        head = self.y
        self.y += 19
        self.font("B", 11)
        self.say(name, gap=0.3)
        self.font("", 10)
        self.say(f"NIP {nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if nip else "", gap=3)
        self.left = shift
        if signed:
            stamp(self.pdf, x - 9, head + 8)
            scribble(self.pdf, x + 8, head + 10, name, scale=2.6)
        self.font()

    def done(self) -> bytes:
        return bytes(self.pdf.output())
