"""What stands between a proposal and its submission, as a list of checks that lead to where each is mended."""
from typing import NamedTuple

from flask import url_for

from app.models import Entry
from app.models.submission import Obstacle
from app.rules import profile
from app.rules.words import listed


class Check(NamedTuple):
    ok: bool
    sentence: str
    url: str


def checklist(entry: Entry) -> list[Check]:
    checks = [_eligible(entry), _profile(entry), _required(entry)]
    if entry.must_tell_development:
        sentence = f"Tulis apa yang dikembangkan sejak usulan {entry.carried_from.period.year}"
        checks.append(Check(False, sentence, url_for("entries.development", id=entry.id)))
    if entry.returned_rows:
        checks.append(_answered(entry))
    if entry.profile_is_returned:
        sentence = "Catatan tentang profil sudah dijawab" if entry.profile_is_answered else "Jawab catatan tentang profil"
        checks.append(Check(entry.profile_is_answered, sentence, url_for("entries.show", id=entry.id, _anchor="profil")))
    return checks


class Place(NamedTuple):
    """Where something is mended, and everything that is to be mended there."""
    title: str
    url: str
    sentences: list[str]


def places(entry: Entry) -> list[Place]:
    """All obstacles, each place once, in the order an operator would mend them."""
    found: dict[str, Place] = {}
    for obstacle in entry.obstacles():
        title, url = _place(entry, obstacle)
        found.setdefault(url, Place(title, url, [])).sentences.append(obstacle.sentence)
    return list(found.values())


def _place(entry: Entry, obstacle: Obstacle) -> tuple[str, str]:
    if obstacle.row:
        return f"Baris {obstacle.row}", url_for("entries.row", id=entry.id, code=obstacle.row)
    if obstacle.development:
        return "Pengembangan", url_for("entries.development", id=entry.id)
    if obstacle.section:
        titles = {part.slug: part.title for part in profile.SECTIONS}
        return f"Profil: {titles[obstacle.section].lower()}", section(entry, obstacle.section)
    return "Catatan tentang profil", url_for("entries.show", id=entry.id, _anchor="profil")


def section(entry: Entry, slug: str) -> str:
    """A section of the innovation's profile."""
    return url_for("innovations.profile", id=entry.innovation_id, bagian=slug)


def _eligible(entry: Entry) -> Check:
    eligibility = entry.innovation.eligibility(entry.period.instrument.window)
    return Check(eligibility.ok, eligibility.sentence, section(entry, "waktu"))


def _profile(entry: Entry) -> Check:
    gaps = profile.gaps(entry.innovation.profile(), entry.period.instrument.window)
    first = gaps[0].section if gaps else profile.SECTIONS[0].slug
    return Check(not gaps, f"Profil {profile.filled(entry.innovation.profile())} dari {len(profile.ITEMS)} butir", section(entry, first))


def _required(entry: Entry) -> Check:
    required = {answer.indicator.code for answer in entry.answers if answer.indicator.mandatory}
    lacking = [answer.indicator.code for answer in entry.answers if answer.indicator.code in required and not answer.evidenced_level]
    if not lacking:
        return Check(True, f"{len(required)} baris wajib terisi dan berbukti", url_for("entries.sheet", id=entry.id))
    return Check(False, f"Isi dan buktikan baris wajib {listed(lacking)}", url_for("entries.row", id=entry.id, code=lacking[0]))


def _answered(entry: Entry) -> Check:
    waiting = [answer.indicator.code for answer in entry.returned_rows if not answer.is_answered]
    if not waiting:
        return Check(True, f"{len(entry.returned_rows)} baris yang dikembalikan sudah dijawab", url_for("entries.sheet", id=entry.id))
    return Check(False, f"Perbaiki atau jawab {len(waiting)} baris yang dikembalikan", url_for("entries.row", id=entry.id, code=waiting[0]))
