"""Reports about the whole regency: one page for each thing reported, with the figures of two years or a few sentences."""
from collections.abc import Sequence
from datetime import date

from app.demo.content.units import SEAT, UNITS
from app.demo.content.words import long_date
from app.demo.papers.sheet import Sheet

Page = tuple[str, Sequence[str], Sequence[Sequence[str]]]


def regional(issuer: str, title: str, number: str, day: date, years: tuple[int, int], pages: Sequence[Page]) -> bytes:
    """`issuer` is the key of a unit, or the name of an institution of the state; a page has its title, sentences, and rows of figures."""
    sheet, unit = Sheet(title, day), UNITS.get(issuer)
    for place, (heading, sentences, rows) in enumerate(pages):
        if place:
            sheet.page()
        if unit:
            sheet.letterhead(unit)
        else:
            sheet.centre(issuer.upper(), "B", 12, gap=6)
        sheet.font("B", 12)
        sheet.say(title, gap=1)
        sheet.font("", 10)
        sheet.say(f"Nomor: {number}", gap=5)
        sheet.font("B", 11)
        sheet.say(heading)
        sheet.font()
        for sentence in sentences:
            sheet.say(sentence, gap=3)
        if rows:
            sheet.table((("Uraian", 95), *((str(year), 35) for year in years)), rows, marked=range(len(rows)))
        if unit:
            head = unit.signatory
            sheet.sign(f"{SEAT}, {long_date(day)}", head.title, head.name, head.nip)
    return sheet.done()
