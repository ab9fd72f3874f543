"""What is drawn, not typed: the crest, a signature, a rubber stamp."""

from math import cos, pi, sin

from fpdf import FPDF

from app.demo.content.words import chance

PEN = (28, 52, 140)
RUBBER = (92, 62, 150)
GREEN = (18, 89, 75)
GOLD = (184, 128, 26)


def crest(pdf: FPDF, x: float, y: float) -> None:
    """The granary on a shield, sixteen millimetres wide."""
    shield = [(0, 0), (16, 0), (16, 11), (13, 16), (8, 19), (3, 16), (0, 11)]
    pdf.set_line_width(0.5)
    pdf.set_draw_color(*GREEN)
    pdf.set_fill_color(238, 246, 242)
    pdf.polygon([(x + dx, y + dy) for dx, dy in shield], style="DF")
    pdf.set_fill_color(*GOLD)
    pdf.polygon([(x + 3, y + 7), (x + 8, y + 2.5), (x + 13, y + 7)], style="F")
    pdf.set_fill_color(*GREEN)
    pdf.rect(x + 4.5, y + 7.6, 7, 5.5, "F")
    pdf.set_draw_color(30, 30, 30)


def scribble(pdf: FPDF, x: float, y: float, seed: object, scale: float = 1.0) -> None:
    """A signature in blue ink: a wave whose loops differ from hand to hand."""
    hand = chance("paraf", seed)
    speed, tall, lean = hand.uniform(1.6, 3.2), hand.uniform(1.0, 2.0), hand.uniform(0.15, 0.5)
    turns = hand.uniform(0.4, 1.0)
    points = []
    for step in range(22):
        t = step / 21
        wave = sin(t * 2 * pi * speed) * tall * (1 - 0.6 * t)
        points.append((x + scale * (t * 9 + lean * wave + cos(t * 9 * turns)), y + scale * (wave - t * 0.8)))
    pdf.set_draw_color(*PEN)
    pdf.set_line_width(0.22 if scale < 2 else 0.45)
    pdf.polyline(points)
    pdf.set_draw_color(30, 30, 30)


def stamp(pdf: FPDF, x: float, y: float) -> None:
    """A round office stamp, a little over the signature."""
    pdf.set_draw_color(*RUBBER)
    pdf.set_line_width(0.6)
    pdf.ellipse(x - 12, y - 12, 24, 24, "D")
    pdf.set_line_width(0.25)
    pdf.ellipse(x - 8.5, y - 8.5, 17, 17, "D")
    pdf.set_font("Helvetica", "B", 5)
    pdf.set_text_color(*RUBBER)
    for place, letter in enumerate("PEMERINTAH KABUPATEN LUMBUNG RAYA "):
        angle = -pi / 2 + 2 * pi * place / 34
        pdf.text(x + 10.1 * cos(angle) - 0.6, y + 10.1 * sin(angle) + 0.6, letter)
    star = [(x + r * cos(i * pi / 5 - pi / 2), y + r * sin(i * pi / 5 - pi / 2)) for i in range(10) for r in ((4, 1.7)[i % 2],)]
    pdf.polygon(star, style="D")
    pdf.set_draw_color(30, 30, 30)
    pdf.set_text_color(25, 25, 30)
