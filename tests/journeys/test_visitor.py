"""The eye of the tours: a fault is seen in whichever width it is."""
import pytest

from tests.journeys.visitor import Visitor

PAGE = """<!doctype html><html lang="id"><head><title>Contoh</title><style>
  body { color: #222; background: #fff } .pale { color: #bbb } .wide { display: none }
  @media (max-width: 600px) { .narrowly { color: #bbb } .ground { background: #333 } .narrow { display: none } .wide { display: block }
    .big { font-size: 12px } }
  .big { color: #888; font-size: 30px } @media (max-width: 600px) { .big { font-size: 12px } .pushed { width: 700px } }
</style></head><body><main><h1>Contoh</h1>%s</main></body></html>"""


@pytest.fixture(scope="module")
def visitor(browser):
    visitor = Visitor(browser, "about:blank")
    yield visitor
    visitor.context.close()


@pytest.mark.parametrize(("body", "found"), [
    ("<p>Tulisan biasa.</p>", []),
    ('<p class="pale">Pucat.</p>', ["1280 px: color-contrast", "390 px: color-contrast"]),
    ('<p>!</p><p class="pale">!</p><p class="pale">Pucat.</p>', ["1280 px: color-contrast", "390 px: color-contrast"]),
    ('<p class="narrowly">Pucat di layar sempit.</p>', ["390 px: color-contrast"]),
    ('<div class="ground"><p>Gelap di atas gelap.</p></div>', ["390 px: color-contrast"]),
    ('<p class="big">Besar, lalu kecil.</p>', ["390 px: color-contrast"]),
    ('<p class="wide pale">Hanya di layar sempit.</p>', ["390 px: color-contrast"]),
    ('<p class="narrow pale">Hanya di layar lebar.</p>', ["1280 px: color-contrast"]),
    ('<input type="text">', ["1280 px: label", "390 px: label"]),
    ('<div class="wide"><input type="text"></div>', ["390 px: label"]),
    ('<p class="pushed">Lebar.</p>', ["390 px scrolls sideways"]),
])
def test_what_is_seen(visitor, body, found):
    visitor.faults, visitor.measured = [], set()
    visitor.page.set_content(PAGE % body)
    visitor.look("contoh")
    assert [fault.partition(" at ")[2][:len(said)] for fault, said in zip(visitor.faults, found, strict=True)] == found


def test_a_shade_seen_on_one_page_is_still_seen_on_another_ground(visitor):
    visitor.faults, visitor.measured = [], set()
    for name, body in {"satu": "<p>Biasa.</p>", "dua": "<p>Biasa.</p>", "tiga": '<p style="background: #333">Biasa.</p>',
                       "empat": '<p style="position: relative; top: 0"><b style="position: absolute; color: #bbb">Lepas.</b></p>'}.items():
        visitor.page.set_content(PAGE % body)
        visitor.look(name)
    assert [fault.partition(" px: color-contrast")[0] for fault in visitor.faults] == [
        "axe on tiga at 1280", "axe on tiga at 390", "axe on empat at 1280", "axe on empat at 390"]
