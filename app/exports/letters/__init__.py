"""Letters made from a decided round: the result for the head of the unit, and the minutes of the verification.

`Facts` is what a letter says, plain enough to be kept as JSON; `write` gives the same bytes for the same facts.
"""
from typing import Any

from app.exports.emblem import NO_LOGO, Logo
from app.exports.letters import pdf, word
from app.exports.letters.facts import DECISION, KINDS, MINUTES, Facts, Judged, Person

FORMATS = {"docx": word.write, "pdf": pdf.write}

__all__ = ["DECISION", "FORMATS", "KINDS", "MINUTES", "Facts", "Judged", "Person", "write"]


def write(kind: str, facts: dict[str, Any], format: str, logo: Logo = NO_LOGO) -> bytes:
    """`kind` of KINDS, `facts` as `Facts.to_json` gave them, `format` of FORMATS."""
    return FORMATS[format](kind, Facts.from_json(facts), logo)
