"""What the innovation office reports for the whole regency: each regional row's claim, figures and evidence, year by year."""
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.demo.content.paper import Paper
from app.demo.content.source import load
from app.demo.content.words import amount

_region = load("region")
_papers = {row["key"]: row for row in _region["paper"]}


@dataclass(frozen=True)
class Claim:
    """`figures` are decimal texts by year (`T-2`, `T-1`); `reason` why a person chose the level; `proven` None where nobody verified yet, with
    the `verdict` when it is lower; `bare` is claimed before any evidence was found."""
    code: str
    level: int
    figures: dict[str, str]
    reason: str = ""
    proven: int | None = None
    verdict: str = ""
    papers: list[Paper] = field(default_factory=list)


def claims(year: int) -> list[Claim]:
    """The rows that are filled in a period."""
    return [_claim(code, year, **said) for code, said in _region["year"][str(year)].items()]


def _claim(code: str, year: int, level: int, figures: tuple[str, ...] = (), bare: bool = False, **said: Any) -> Claim:
    papers = [] if bare else [_paper(key, year, year - (shift[0] if shift else 0)).link(pages) for key, pages, *shift in _region["proof"][code]]
    return Claim(code, level, dict(zip(("T-2", "T-1")[-len(figures):], figures, strict=True)) if figures else {}, papers=papers, **said)


def _paper(key: str, year: int, about: int) -> Paper:
    """A paper for the period of `year`, or the same kind of paper of an earlier one."""
    row = _papers[key]
    about = row.get("fixed", about)
    words = {"t0": about, "t1": about - 1, "t2": about - 2}
    title, number, day = (row[name].format(**words) for name in ("title", "number", "day"))
    dated = date.fromisoformat(day)
    pages = [(page["title"], [text.format(**words) for text in page.get("text", ())], [_figures(*each, year) for each in page.get("rows", ())])
             for page in row["page"]]
    facts = {"issuer": row["issuer"], "title": title, "number": number, "day": dated, "years": (about - 2, about - 1), "pages": pages}
    return Paper(key=f"daerah-{key}:{about}", title=title, doc_number=number, dated_on=dated, years=(about - 1,), kind="pdf", render="regional",
                 facts=facts)


def _figures(label: str, code: str, year: int) -> tuple[str, ...]:
    return (label, *(amount(float(figure)) for figure in _region["year"][str(year)][code]["figures"]))
