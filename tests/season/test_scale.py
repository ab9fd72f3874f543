"""Every list and every page of one proposal, with twenty proposals and with two thousand: as many SELECTs, and soon enough."""
import time
from datetime import timedelta

import pytest
from sqlalchemy import text

from app import clock
from app.extensions import db
from app.models import DeskSession
from app.queries import reminders
from app.web.season import zone
from tests.season.many import FEW, MANY, copies, costs
from tests.web.reviewing import Selects, desk

pytestmark = pytest.mark.sqlite("thousands are laid down in its own SQL, and its plans are read")
PAGES = {
    "owner": ("/", "/inovasi/", "/inovasi/1", "/katalog/?q=inovasi", "/katalog/5",
              "/usulan/", "/usulan/1", "/usulan/1/indikator", "/usulan/1/indikator/16", "/usulan/1/riwayat",
              "/dokumen/", "/dokumen/1", "/pemberitahuan", "/pemberitahuan/hari/{today}", "/pendampingan/", "/pendampingan/1", "/pendampingan/janji",
              "/usulan/bawa"),
    "head": ("/",), "reviewer": ("/", "/verifikasi/1", "/verifikasi/1/keputusan", "/pemberitahuan/hari/{today}"),
    "coordinator": ("/", "/papan-terlambat/", "/papan-terlambat/teks?idle=3", "/verifikasi/agenda", "/verifikasi/agenda/cetak", "/verifikasi/alasan",
                    "/surat", "/kelola/periode/", "/katalog/minat", "/inovasi/?year=2026&eligible=layak&state=semua",
                    "/kelola/periode/1/bawaan", "/kelola/log/", "/kelola/log/?kind=usulan&q=inovasi"),
    "leader": ("/", "/usulan/?q=gizi"), "admin": ("/", "/papan-terlambat/?state=draft", "/kelola/unit/", "/kelola/orang/",
                                                   "/kelola/unit/1/gabung?ke=2", "/kelola/orang/slip-massal", "/kelola/log/masuk"),
}
STATUSES = ("CASE id % 6 WHEN 0 THEN 'draft' WHEN 1 THEN 'submitted' WHEN 2 THEN 'returned' WHEN 3 THEN 'signing' WHEN 4 THEN 'verified' "
            "ELSE 'approved' END")
DONE = "CASE entry_id % 6 WHEN 2 THEN 'returned' WHEN 5 THEN 'approved' ELSE NULL END"


@pytest.fixture
def judged(app, saved):
    """One proposal the reviewer holds, three rows of it judged, in a period that asks for a signature and two steps."""
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner, tell=[cast.reviewer, cast.coordinator])
        cast.entry.take(cast.reviewer)
        for code in ("17", "32", "33"):
            cast.entry.judge(cast.entry.answer_on(code), cast.reviewer, 2)
        cast.period.needs_signature = cast.period.two_steps = True
        session = DeskSession.arrange(cast.coordinator, cast.units["dinas"], cast.reviewer, clock.now() - timedelta(hours=2), 60)
        session.hold(cast.reviewer, "Dibahas.", ["Owner"], [("SK ditandatangani", clock.now().date())])
        session.promises[0].due_on -= timedelta(days=9)
        db.session.add(session)
    return saved


def test_every_page_and_the_reminders_stay_as_quick(app, judged, open_as):
    people, counted = {who: open_as(who) for who in PAGES}, []
    with app.test_request_context():
        today = clock.now().astimezone(zone()).date()
    pages = {who: [url.format(today=today) for url in urls] for who, urls in PAGES.items()}
    for first, last in ((2, FEW), (FEW + 1, MANY)):
        with app.app_context():
            copies(first, last)
            db.session.execute(text(f"UPDATE entry SET status = {STATUSES}, moved_at = datetime('now', '-' || (id % 40) || ' days') WHERE id > 1"))
            db.session.execute(text(f"UPDATE round SET decision = {DONE}, decided_at = submitted_at, decided_by_id = 1 WHERE entry_id > 1 AND {DONE} "
                                    "IS NOT NULL"))
            db.session.commit()
        counted.append(costs(people, pages, last) | {"reminders": reminders_of(app, last)})
    assert counted[0] == counted[1]


def reminders_of(app, size: int) -> int:
    with app.test_request_context(), Selects() as seen:
        began = time.process_time()
        told = reminders.for_today(db.session(), clock.now(), zone())
        print(f"{size} reminders: {seen.number} SELECTs, {1000 * (time.process_time() - began):.0f} ms, {len(told)} notices")
        return seen.number
