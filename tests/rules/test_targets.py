"""What a period asks of its units, and which proposals count for it."""
import pytest

from app.rules.codelists import UNIT_KINDS
from app.rules.targets import asked_of, is_brought, is_met, kinds_asked
from app.rules.workflow import Status


def test_without_named_kinds_all_are_asked_and_without_a_number_none():
    assert kinds_asked(1, []) == UNIT_KINDS
    assert kinds_asked(2, ["Badan", "Dinas"]) == ["Dinas", "Badan"]
    assert kinds_asked(0, []) == kinds_asked(0, ["Dinas"]) == []
    assert (asked_of("Dinas", 2, ["Dinas"]), asked_of("Desa", 2, ["Dinas"]), asked_of("Desa", 2, []), asked_of("Desa", 0, [])) == (2, 0, 2, 0)


@pytest.mark.parametrize(("status", "was_decided", "counts"), [
    (Status.DRAFT, False, False), (Status.SIGNING, False, False), (Status.SIGNING, True, True), (Status.SUBMITTED, False, True),
    (Status.VERIFIED, True, True), (Status.RETURNED, True, True), (Status.APPROVED, True, True), (Status.SENT, True, True)])
def test_a_proposal_counts_once_it_has_left_its_unit(status, was_decided, counts):
    assert is_brought(status, was_decided) == counts


@pytest.mark.parametrize(("brought", "wanted", "met"), [(0, 1, False), (1, 1, True), (1, 2, False), (3, 2, True), (0, 0, False), (2, 0, False)])
def test_who_is_not_asked_neither_meets_nor_misses(brought, wanted, met):
    assert is_met(brought, wanted) == met
