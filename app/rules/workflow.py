"""Which moves a proposal (usulan penilaian) may make, and from where."""
from enum import StrEnum

from app.rules import Refused


class Status(StrEnum):
    DRAFT = "draft"
    SIGNING = "signing"      # with the head of the unit
    SUBMITTED = "submitted"  # with the reviewers
    VERIFIED = "verified"    # with the coordinator, who approves or hands back
    RETURNED = "returned"
    APPROVED = "approved"
    SENT = "sent"            # to the ministry, which takes no revision


EDITABLE = {Status.DRAFT, Status.RETURNED}
WITH_UNIT = {*EDITABLE, Status.SIGNING}
WITH_OFFICE = {Status.SUBMITTED, Status.VERIFIED}
DONE = {Status.APPROVED, Status.SENT}
BACK = None  # to its unit: a draft, or returned when a round was decided before

#        move         from                                    to
MOVES: dict[str, tuple[set[Status], Status | None]] = {
    "prepare":   (EDITABLE,                                Status.SIGNING),
    "submit":    (EDITABLE,                                Status.SUBMITTED),
    "sign":      ({Status.SIGNING},                        Status.SUBMITTED),
    "forward":   ({Status.SIGNING},                        Status.SUBMITTED),  # nobody is there to sign it any more
    "hand_back": ({Status.SIGNING},                        BACK),
    "withdraw":  ({Status.SIGNING, Status.SUBMITTED},      BACK),
    "return":    ({Status.SUBMITTED},                      Status.RETURNED),
    "finish":    ({Status.SUBMITTED},                      Status.VERIFIED),
    "recheck":   ({Status.VERIFIED},                       Status.SUBMITTED),
    "approve":   ({Status.SUBMITTED, Status.VERIFIED},     Status.APPROVED),
    "reopen":    ({Status.APPROVED},                       Status.RETURNED),
    "send":      ({Status.APPROVED},                       Status.SENT),
}

LABELS = {
    Status.DRAFT: "Draf",
    Status.SIGNING: "Menunggu pengesahan",
    Status.SUBMITTED: "Menunggu verifikasi",
    Status.VERIFIED: "Menunggu persetujuan",
    Status.RETURNED: "Dikembalikan",
    Status.APPROVED: "Disetujui",
    Status.SENT: "Terkirim",
}


def allows(status: Status, move: str) -> bool:
    return status in MOVES[move][0]


def after(status: Status, move: str, home: Status = Status.DRAFT) -> Status:
    """The status a move leads to (`home` where it goes back to its unit); refuses in words when the move does not start here."""
    if not allows(status, move):
        raise Refused(f"Usulan ini sekarang berstatus “{LABELS[status]}”, jadi langkah itu tidak berlaku lagi. "
                      "Muat ulang halaman untuk melihat keadaan terakhir.")
    return MOVES[move][1] or home
