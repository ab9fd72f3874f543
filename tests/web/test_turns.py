"""Who has it, since when, and how long it was with whom: the unit and the office read the same words."""
import re

from app import clock
from tests.past import happened
from tests.web.reviewing import another, days_ago, desk, judge, text


def told(page) -> tuple[str, str]:
    """Who has it now, and the days with each holder."""
    return re.search(r"Ada di .*? sejak [^,]*, [^.]*\.", text(page))[0], re.search(r'<p class="meta">([^<]*)</p><ol class="timeline">', page.text)[1]


def test_both_sides_read_who_has_it_and_how_long_it_was_with_whom(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.period.needs_signature = cast.period.two_steps = True
        happened(cast.entry.events, days_ago(20))
        for day, verb in ((15, lambda: cast.entry.submit(cast.owner)), (13, lambda: cast.entry.sign(cast.head)),
                          (12, lambda: cast.entry.assign(cast.coordinator, cast.reviewer))):
            with clock.at(days_ago(day)):
                verb()
    found = {who: told(open_as(who).get(f"/usulan/{saved.entry}")) for who in ("owner", "head", "reviewer", "coordinator", "leader")}
    assert set(found.values()) == {found["owner"]}
    now, way = found["owner"]
    assert re.fullmatch(r"Ada di Reviewer \(verifikator\) sejak \d+ \w+ \d{4}, 13 hari\.", now)
    assert way == "5 hari di OPD · 2 hari di kepala OPD · 13 hari di verifikator"
    assert now in text(open_as("reviewer").get(f"/verifikasi/{saved.entry}"))
    assert "Reviewer (verifikator) 13 hari" in text(open_as("owner").get("/usulan/"))
    assert "Ada di Reviewer (verifikator) sejak" in text(open_as("owner").get(f"/inovasi/{saved.innovation}"))


def test_each_milestone_says_how_long_it_lasted(app, saved, open_as):
    with desk(app, saved) as cast:
        happened(cast.entry.events, days_ago(6))
        with clock.at(days_ago(4)):
            cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.return_(cast.reviewer, ["16"])
    page = text(open_as("owner").get(f"/usulan/{saved.entry}"))
    assert "Reviewer Kurang dari 1 hari di OPD sampai sekarang" in page
    assert "Owner 4 hari di verifikator" in page and "Owner 2 hari di OPD" in page


def test_a_recheck_counts_for_the_reviewer_and_is_not_told_to_the_unit(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.period.two_steps = True
        happened(cast.entry.events, days_ago(9))
        with clock.at(days_ago(8)):
            cast.entry.submit(cast.owner)
            judge(cast, cast.entry)
        with clock.at(days_ago(5)):
            cast.entry.finish(cast.reviewer)
        with clock.at(days_ago(4)):
            cast.entry.recheck(cast.coordinator, "Baca lagi baris 16.", ["16"])
    page = text(open_as("owner").get(f"/usulan/{saved.entry}"))
    assert "1 hari di OPD · 7 hari di verifikator · 1 hari di koordinator" in page and "Baca lagi" not in page


def test_a_list_names_the_reviewer_of_each(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        another(cast, "PAJAK MUDAH").assign(cast.coordinator, cast.reviewer)
    page = text(open_as("leader").get("/usulan/"))
    assert "ada di verifikator Bappelitbangda hari ini" in page and "ada di Reviewer (verifikator) hari ini" in page
