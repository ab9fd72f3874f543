"""The desk with twenty proposals and with two thousand: as many SELECTs, each through an index, and soon enough to work with."""
import pytest

from tests.season.many import FEW, MANY, copies, costs, whole_tables_read
from tests.web.reviewing import desk

pytestmark = pytest.mark.sqlite("thousands are laid down in its own SQL, and its plans are read")
PAGES = {"reviewer": ("/verifikasi/", "/verifikasi/?tab=rekan", "/verifikasi/?tab=opd", "/verifikasi/?q=gizi&verifikator=belum",
                      "/verifikasi/1/putusan/16"),
         "coordinator": ("/verifikasi/", "/verifikasi/pembagian")}


@pytest.fixture
def judged(app, saved):
    """One proposal the reviewer holds, three rows of it judged."""
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        cast.entry.take(cast.reviewer)
        for code in ("17", "32", "33"):
            cast.entry.judge(cast.entry.answer_on(code), cast.reviewer, 2)
    return saved


def test_the_desk_stays_as_quick_with_two_thousand(app, judged, open_as):
    people, counted = {who: open_as(who) for who in PAGES}, []
    for first, last in ((2, FEW), (FEW + 1, MANY)):
        with app.app_context():
            copies(first, last)
        counted.append(costs(people, PAGES, last))
    assert counted[0] == counted[1]
    assert whole_tables_read(app, people, PAGES) == []
