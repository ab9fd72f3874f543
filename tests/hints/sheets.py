"""Sheets as offices make them: any font, justified or not, words broken at line ends, spaced headings, tables and columns in two orders."""
import io
from random import Random

from fpdf import FPDF
from PIL import Image

LEFT, RIGHT, TOP, BOTTOM = 25.0, 190.0, 25.0, 275.0


class Sheets:
    """`y` is the next baseline in millimetres; `hyphens` breaks a word of five letters or more at most line ends."""

    def __init__(self, draw: Random, font: str = "Times", size: float = 11, justified: bool = False, hyphens: bool = False, with_page: bool = True):
        self.draw, self.family, self.size, self.justified, self.hyphens = draw, font, size, justified, hyphens
        self.pdf = FPDF(format="A4")
        self.pdf.set_auto_page_break(False)
        self.y = TOP
        if with_page:
            self.page()

    def page(self) -> None:
        self.pdf.add_page()
        self.pdf.set_font(self.family, size=self.size)
        self.y = TOP

    @property
    def number(self) -> int:
        return self.pdf.page

    @property
    def step(self) -> float:
        return self.size * 0.42

    def lines(self, text: str, width: float) -> list[str]:
        found, line = [], ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.pdf.get_string_width(longer) > width:
                if self.hyphens and word.isalpha() and len(word) > 4 and self.draw.random() < 0.7:
                    fitting = [cut for cut in range(2, len(word) - 1) if self.pdf.get_string_width(f"{line} {word[:cut]}-") <= width]
                    line, word = (f"{line} {word[:fitting[-1]]}-", word[fitting[-1]:]) if fitting else (line, word)
                found.append(line)
                line = word
            else:
                line = longer
        return [*found, line]

    def say(self, text: str, left: float = LEFT, right: float = RIGHT) -> None:
        lines = self.lines(text, right - left - 4)
        for place, line in enumerate(lines):
            self._line(line, left, right, self.justified and place < len(lines) - 1)
            self.y += self.step
        self.y += 2

    def _line(self, line: str, left: float, right: float, filled: bool) -> None:
        words = line.split()
        if not filled or len(words) < 3:
            self.pdf.text(left, self.y, line)
            return
        gap = (right - left - sum(map(self.pdf.get_string_width, words))) / (len(words) - 1)
        for word in words:
            self.pdf.text(left, self.y, word)
            left += self.pdf.get_string_width(word) + gap

    def title(self, text: str, width: float = 120, spaced: bool = False) -> None:
        for line in self.lines(text, width):
            line = "   ".join(" ".join(word) for word in line.split()) if spaced else line
            self.pdf.text((LEFT + RIGHT - self.pdf.get_string_width(line)) / 2, self.y, line)
            self.y += self.step
        self.y += 3

    def table(self, widths: list[float], rows: list[list[str]], across: bool = False) -> None:
        """Cell by cell as most programs write it, or line by line `across` all cells as some do."""
        for row in rows:
            cells = [self.lines(text, width - 3) for text, width in zip(row, widths, strict=True)]
            if self.y + len(max(cells, key=len)) * self.step > BOTTOM:
                self.page()
            placed = [(LEFT + sum(widths[:column]) + 1.5, place, line) for column, lines in enumerate(cells) for place, line in enumerate(lines)]
            for left, place, line in sorted(placed, key=lambda item: item[1]) if across else placed:
                self.pdf.text(left, self.y + place * self.step, line)
            self.y += len(max(cells, key=len)) * self.step + 2.5

    def columns(self, first: str, second: str, across: bool = False) -> None:
        """Two columns of running text, written one after the other or line by line `across` both."""
        self.table([80, 80], [[first, second]], across)

    def scan(self, footer: str = "") -> None:
        """A page that is a picture."""
        self.pdf.add_page()
        picture = io.BytesIO()
        Image.effect_noise((60, 85), 60).save(picture, "JPEG")
        self.pdf.image(picture, 0, 0, 210, 297)
        self.pdf.set_font("Helvetica", size=7)
        self.pdf.text(LEFT, 290, footer)

    def done(self) -> bytes:
        return bytes(self.pdf.output())
