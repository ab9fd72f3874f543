"""One-time passwords on paper: eight slips on a page of A4, to cut and hand out. Nothing of it is kept anywhere else."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.exports.paper import STEP, Paper

ACROSS, DOWN = 2, 4
WIDE, HIGH = 210 / ACROSS, 297 / DOWN   # millimetres
EDGE, FOOT = 9.0, 4.0                   # from the cut to the text, beside and below
LABEL = 28.0
HEAD, USUAL, SMALL = 11, 9, 8
WHOLE = 9                               # lines; what is typed in is never cut short
UNKNOWN_ADDRESS = "………………………………………………"


@dataclass(frozen=True)
class Slip:
    """`roles` are lines like "Operator OPD, Dinas Kesehatan"; `until` says when the password runs out; `first` what to do after signing in."""
    name: str
    roles: Sequence[str]
    username: str
    password: str
    until: str
    first: str


def slips(people: Sequence[Slip], address: str, contact: str, title: str, author: str, day: date) -> bytes:
    """`address` is what one types into the browser; empty when only this computer knows one."""
    paper = Paper(title, author, day, foot="")
    paper.bottom = 297.0    # a slip never flows to another page
    for place, slip in enumerate(people):
        at = place % (ACROSS * DOWN)
        if not at:
            if place:
                paper.page()
            _cuts(paper)
        _draw(paper, slip, at % ACROSS * WIDE, at // ACROSS * HIGH, address, contact)
    return paper.done()


def _cuts(paper: Paper) -> None:
    paper.pdf.set_line_width(0.1)
    paper.pdf.set_dash_pattern(1.5, 1.5)
    for across in range(1, ACROSS):
        paper.pdf.line(across * WIDE, 0, across * WIDE, 297)
    for down in range(1, DOWN):
        paper.pdf.line(0, down * HIGH, 210, down * HIGH)
    paper.pdf.set_dash_pattern()


def _draw(paper: Paper, slip: Slip, left: float, top: float, address: str, contact: str) -> None:
    left, width = left + EDGE, WIDE - 2 * EDGE
    paper.y = top + EDGE - 2
    _say(paper, slip.name, left, width, HEAD, 1, bold=True)
    for line in slip.roles[:2]:
        _say(paper, line, left, width, SMALL, 2 if len(slip.roles) == 1 else 1)
    if len(slip.roles) > 2:
        _say(paper, f"dan {len(slip.roles) - 2} peran lain", left, width, SMALL, 1)
    paper.gap(1.5)
    _pair(paper, "Alamat", address or UNKNOWN_ADDRESS, left, width, USUAL, False)
    _pair(paper, "Nama pengguna", slip.username, left, width, USUAL + 1, True)
    _pair(paper, "Kata sandi", slip.password, left, width, USUAL + 2, True)
    _pair(paper, "Masuk paling lambat", slip.until, left, width, USUAL, False)
    paper.gap(1.5)
    fit = int((top + HIGH - FOOT - paper.y) / (SMALL * STEP))   # lines of small letters until the cut
    _say(paper, f"{slip.first} Sesudah masuk, buat kata sandi sendiri paling sedikit 15 huruf, lalu musnahkan kertas ini. Admin tidak pernah "
                "menanyakan kata sandi.", left, width, SMALL, fit - min(fit, 2))
    _say(paper, f"Kesulitan? {contact}", left, width, SMALL, min(fit, 2))


def _pair(paper: Paper, label: str, value: str, left: float, width: float, size: float, bold: bool) -> None:
    top = paper.y
    _say(paper, label, left, LABEL, SMALL, 1)
    paper.y = top
    _say(paper, value, left + LABEL, width - LABEL, size, WHOLE, bold)
    paper.gap(0.6)


def _say(paper: Paper, text: str, left: float, width: float, size: float, most: int, bold: bool = False) -> None:
    """At most so many lines; what is longer ends in an ellipsis."""
    lines = paper.lines(text, width, size, bold)
    if len(lines) > most > 0:
        last = lines[most - 1]
        while len(paper.lines(f"{last}…", width, size, bold)) > 1:
            last = last[:-1].rstrip()
        lines = [*lines[:most - 1], f"{last}…"]
    for line in lines[:most]:
        paper.say(line, size, bold, left=left, width=width)
