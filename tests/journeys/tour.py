"""Somebody goes through all pages of their role and looks at each in both widths."""
from app.rules.access import Role
from tests.journeys.regency import Regency, pages_of
from tests.journeys.visitor import Visitor
from tests.live import running


def go_round(browser, shots, regency: Regency, role: Role, before=None) -> None:
    """`before` makes what only comes of a button, and looks at it."""
    with running(regency.folder, LUMBUNG_TRAINING="1") as address:
        visitor = Visitor(browser, address, shots, regency.known)
        visitor.sign_in(regency.accounts[role]["nama_pengguna"], regency.accounts[role]["kata_sandi"])
        if before:
            before(visitor, regency.places)
        for place in pages_of(role, regency.places):
            visitor.open(place)
            assert "LATIHAN" in visitor.page.locator("body").inner_text(), place
            visitor.look(f"{role}{place.replace('/', '-').replace('?', '-')}")
    assert not visitor.faults, "\n".join(visitor.faults)
