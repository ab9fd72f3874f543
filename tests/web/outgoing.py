"""Proposals on their way to the ministry, made by the verbs in the saved database, with real bytes behind every file."""
import hashlib

from sqlalchemy import text

from app import clock
from app.extensions import db
from app.models import Entry
from tests.web.reviewing import another, desk, judge


def approve(cast, entry: Entry) -> Entry:
    """Judged at its claim and approved; submitted first where it is still a draft."""
    if entry.status == "draft":
        entry.submit(cast.owner)
    judge(cast, entry)
    entry.approve(cast.reviewer)
    db.session.flush()
    return entry


def list_up(cast, *entries: Entry) -> None:
    """Into the list to be sent."""
    cast.period.take_set(cast.coordinator, list(entries), list(entries))


def approved(app, saved, *names: str, listed: bool = False) -> list[int]:
    """JEMPUT GIZI and those named, each approved: their ids."""
    with desk(app, saved) as cast:
        entries = [approve(cast, cast.entry), *(approve(cast, another(cast, name)) for name in names)]
        if listed:
            list_up(cast, *entries)
        return [entry.id for entry in entries]


def lay_bytes(app) -> None:
    """Bytes on disk for every file the database knows of. What a snapshot says of a file follows only before it is taken."""
    with app.app_context():
        for id, sha256 in db.session.execute(text("SELECT id, sha256 FROM stored_file")).all():
            content = f"%PDF-1.7 berkas {id} {sha256}".encode()
            new = hashlib.sha256(content).hexdigest()
            if app.extensions["storage"].path(sha256).is_file():
                continue
            db.session.execute(text("UPDATE stored_file SET sha256 = :new, size = :size WHERE id = :id"),
                               {"new": new, "size": len(content), "id": id})
            path = app.extensions["storage"].path(new)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        db.session.commit()


def today() -> str:
    return clock.now().date().isoformat()


def send(browser, entry: int, number: str, **fields: str):
    """By the form, as the coordinator does; gives the answer to it."""
    page = browser.get(f"/usulan/{entry}/pengiriman").text
    seen = page.split('name="seen" type="hidden" value="')[1].split('"')[0]
    return browser.client.post(f"/usulan/{entry}/pengiriman", data={"number": number, "sent_on": today(), "agreed": "y", "seen": seen} | fields)
