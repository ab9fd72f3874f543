"""What reviewers write when they return (the product's own bank of reasons), what offices answer, and other short remarks.

The first reason of a row fits the slip in `recipes.flaws`; the first reply answers it.
"""

from app import instruments
from app.demo.content.source import load

_notes = load("notes")
REASONS: dict[str, list[str]] = {row: [text for _, text in each] for row, each in instruments.reasons().items()}
REPLIES: dict[str, list[str]] = _notes["replies"]
ROUND_NOTES: list[str] = _notes["rounds"]["returned"]
APPROVAL_NOTES: list[str] = _notes["rounds"]["approved"]
HEAD_NOTES: list[str] = _notes["desk"]["head"]
RECHECK_NOTES: list[str] = _notes["desk"]["recheck"]
OFFICE_NOTES: list[str] = _notes["desk"]["office"]
PROFILE_NOTES: list[str] = _notes["profile"]["notes"]
