"""Every page there is, as each role, on the training regency: readable in both widths, no accessibility violation, a silent console.
The roles are in three files, so that they run side by side: here those of the units and the leader."""
import pytest

from app.rules.access import Role
from tests.journeys.tour import go_round
from tests.journeys.visitor import Visitor
from tests.live import running


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.HEAD, Role.LEADER])
def test_pages_of(browser, shots, regency, role):
    go_round(browser, shots, regency, role)


def test_the_way_in(browser, shots, regency):
    with running(regency.folder, LUMBUNG_TRAINING="1") as address:
        visitor = Visitor(browser, address, shots)
        visitor.open("/masuk")
        visitor.look("masuk")
    assert not visitor.faults, "\n".join(visitor.faults)
