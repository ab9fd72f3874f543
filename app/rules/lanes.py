"""The lanes of "satu OPD satu inovasi": how far a unit came with its furthest proposal, and whether that one stands still."""
from enum import StrEnum

from app.rules.workflow import DONE, Status

IDLE = 7  # days without a touch, in whoever's hands, until a proposal is stuck

FURTHEST_FIRST = (Status.SENT, Status.APPROVED, Status.VERIFIED, Status.SUBMITTED, Status.SIGNING, Status.RETURNED, Status.DRAFT)


class Lane(StrEnum):
    """In the order of the board, the worst first."""
    NONE = "belum"
    STUCK = "macet"
    MOVING = "berjalan"
    DONE = "terverifikasi"
    UNASKED = "bebas"  # apart from the others: nothing is asked of the unit, and it brings nothing


LABELS = {Lane.NONE: "Belum ada", Lane.STUCK: "Macet", Lane.MOVING: "Berjalan", Lane.DONE: "Terverifikasi", Lane.UNASKED: "Tidak diminta"}
LANES = (Lane.NONE, Lane.STUCK, Lane.MOVING, Lane.DONE)  # who is asked for something, or brings something


def lane_of(status: str | None, idle: int, asked: bool = True) -> Lane:
    """`status` of the furthest proposal, None without any; `idle` are days since somebody last worked on it."""
    if status is None:
        return Lane.NONE if asked else Lane.UNASKED
    if status in DONE:
        return Lane.DONE
    return Lane.STUCK if idle >= IDLE else Lane.MOVING
