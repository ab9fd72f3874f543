"""The text "rancang bangun dan pokok perubahan" of an innovation, composed from its own facts.

The facts are hand-written per innovation; around them stand sentences chosen from several variants,
so that two texts of one office do not read as copies.
"""

from app.demo.content.catalogue import Innovation
from app.demo.content.source import load
from app.demo.content.words import listing, long_date, month_year, pick

_text = load("paragraphs")
_affairs = load("affairs")
_names = load("names")


def design_text(innovation: Innovation) -> str:
    """Six titled parts, each a heading line and its paragraphs, parted by blank lines."""
    headings = pick(_text["headings"], "judul", innovation.key)
    bodies = (
        _say("legal", innovation),
        _say("problem", innovation),
        _say("issue", innovation),
        f"{_say('before', innovation)}\n\n{_say('after', innovation)}",
        _say("novelty", innovation),
        _stages(innovation),
    )
    return "\n\n".join(f"{title}\n{body}" for title, body in zip(headings, bodies, strict=True))


def _stages(innovation: Innovation) -> str:
    steps = ["idea"]
    steps += ["trial"] if innovation.trial else []
    steps += ["applied"] if innovation.applied else []
    steps += ["developed"] if innovation.developed else []
    paragraphs = [" ".join(_say(step, innovation) for step in steps)]
    paragraphs += [_say("roles", innovation)] if innovation.applied else []
    return "\n\n".join((*paragraphs, _say("closing", innovation)))


def _say(part: str, innovation: Innovation) -> str:
    return pick(_text[part], part, innovation.key).format_map(_facts(innovation))


def _facts(innovation: Innovation) -> dict[str, object]:
    affair = _affairs[innovation.main_affair]
    days = "pada hari yang sama" if innovation.days == 1 else f"{innovation.days} hari kalender"
    outcome = pick(_text["outcome"], "hasil", innovation.key)
    if innovation.days == 1:
        outcome = "hasil bagi {who} diperoleh {days}."
    dates = {"trial": innovation.trial, "applied": innovation.applied, "developed": innovation.developed}
    return {
        **{step: long_date(day) for step, day in dates.items() if day},
        "name": innovation.name,
        "unit": innovation.unit.short,
        "place": innovation.place,
        "initiator": innovation.initiator_name,
        "partner": innovation.partners[0].short,
        "partners": listing([unit.short for unit in innovation.partners]),
        "campus": pick(_names["campus"], "kampus", innovation.key),
        "team": innovation.team,
        "ideas": pick(range(4, 19), "gagasan", innovation.key),
        "idea": month_year(innovation.idea_on),
        "law": affair["law"],
        "issue": pick(affair["issues"], "isu", innovation.key),
        "asta_cita": innovation.asta_cita,
        "asta_cita_text": _text["asta_cita"][str(innovation.asta_cita)],
        "problem": innovation.problem,
        "before": innovation.before,
        "after": innovation.after,
        "novelty": innovation.novelty,
        "who_sentence": outcome.format(who=innovation.who, days=days),
    }
