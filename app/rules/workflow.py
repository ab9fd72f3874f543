"""Which moves a proposal (usulan penilaian) may make, and from where."""
from enum import StrEnum

from app.rules import Refused


class Status(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


EDITABLE = {Status.DRAFT, Status.RETURNED}

#        move       from                     to
MOVES = {
    "submit":  (EDITABLE,           Status.SUBMITTED),
    "return":  ({Status.SUBMITTED}, Status.RETURNED),
    "approve": ({Status.SUBMITTED}, Status.APPROVED),
}

LABELS = {
    Status.DRAFT: "Draf",
    Status.SUBMITTED: "Menunggu verifikasi",
    Status.RETURNED: "Dikembalikan",
    Status.APPROVED: "Disetujui",
}


def allows(status: Status, move: str) -> bool:
    return status in MOVES[move][0]


def after(status: Status, move: str) -> Status:
    """The status a move leads to; refuses in words when the move does not start here."""
    if not allows(status, move):
        raise Refused(f"Usulan ini sekarang berstatus “{LABELS[status]}”, jadi langkah itu tidak berlaku lagi. "
                      "Muat ulang halaman untuk melihat keadaan terakhir.")
    return MOVES[move][1]
