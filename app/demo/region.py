"""The regional indicators of a period: filled by one reviewer, verified by another, locked where the year is over."""
from datetime import timedelta

from app import clock
from app.demo.content.region import claims
from app.demo.diary import Diary
from app.demo.shelf import Shelf
from app.models import Period, Unit, User

FILLS, JUDGES, LOCKS = "dimas.bappelitbangda", "nurul.bappelitbangda", "agus.bappelitbangda"
STARTS = 14  # days after the opening


def report(period: Period, office: Unit, people: dict[str, User], shelf: Shelf) -> None:
    filling, judging = people[FILLS], people[JUDGES]
    diary = Diary(period.opens_at + timedelta(days=STARTS), min(clock.now() - timedelta(hours=20), period.repairs_close_at))
    said = claims(period.year)
    for claim in said:
        row = period.region_row(claim.code)
        with diary.deed(15):
            row.claim(filling, claim.level, claim.figures, claim.reason)
        for paper in claim.papers:
            with diary.deed(4):
                row.attach(filling, shelf.document(office, paper, filling), pages=paper.pages or "")
    diary.wait(5)
    for claim in said:
        if claim.proven is not None:
            with diary.deed(9):
                period.region_row(claim.code).judge(judging, claim.proven, claim.verdict)
    if clock.now() > period.repairs_close_at:
        with clock.at(period.repairs_close_at + timedelta(days=4)):
            period.close_region(people[LOCKS])
