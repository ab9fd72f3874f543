"""Every figure leads to the list behind it, and the list adds up to it.

A figure is `<a href="…" data-figure="12">`; it may also say `data-claimed`, `data-evidenced` and `data-verified` (points). The list it leads
to says `data-total`, and the same three where a figure asks for them. `check(browser, "/dasbor/")` walks over all figures of a page.
"""
from decimal import Decimal
from typing import NamedTuple

import html5lib

SAID = {"data-figure": "data-total", "data-claimed": "data-claimed", "data-evidenced": "data-evidenced", "data-verified": "data-verified"}


class Figure(NamedTuple):
    """`said` as numbers by the attribute the list must carry."""
    href: str
    words: str
    said: dict[str, Decimal]


def figures(page) -> list[Figure]:
    found = []
    for node in html5lib.parse(page.text).iter():
        if node.get("data-figure") is not None:
            assert node.get("href"), f"a figure without a list: {''.join(node.itertext())}"
            words = node.get("aria-label") or " ".join("".join(node.itertext()).split())
            found.append(Figure(node.get("href").partition("#")[0], words,
                                {there: Decimal(node.get(here)) for here, there in SAID.items() if node.get(here) is not None}))
    return found


def totals(page) -> dict[str, Decimal]:
    """What the list says of itself."""
    node = next((node for node in html5lib.parse(page.text).iter() if node.get("data-total") is not None), None)
    assert node is not None, "a list without data-total"
    return {name: Decimal(node.get(name)) for name in SAID.values() if node.get(name) is not None}


def check(browser, address: str, at_least: int = 1) -> list[Figure]:
    """Open every list behind a figure of this page; gives the figures."""
    walked, lists = figures(browser.get(address)), {}
    wrong = []
    for figure in walked:
        if figure.href not in lists:
            lists[figure.href] = totals(browser.get(figure.href))
        if (there := {name: lists[figure.href].get(name) for name in figure.said}) != figure.said:
            wrong.append(f"{address}: “{figure.words}” says {figure.said}, {figure.href} says {there}")
    assert not wrong, "\n".join(wrong)
    assert len(walked) >= at_least, f"{address} has only {len(walked)} figures"
    return walked
