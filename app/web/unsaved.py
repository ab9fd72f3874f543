"""A page that can no longer be taken, because its session is over: the long answers on it are shown once more, to be copied."""
from urllib.parse import urlsplit

from flask import render_template, request

WORTH_KEEPING = 60  # letters; what is shorter is typed again as quickly


def came_from() -> str:
    """The page of this site the person was on; the front page when unknown."""
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc != request.host or referrer.path.startswith(("//", "/\\")):  # such a path would be read as another host
        return "/"
    return f"{referrer.path}{'?' + referrer.query if referrer.query else ''}"


def typed() -> list[str]:
    """Long answers from a page of this site; never of the pages that ask for passwords."""
    if request.method != "POST" or request.blueprint == "account" or came_from() == "/":
        return []
    return [words for name, words in request.form.items() if name != "csrf_token" and len(words) >= WORTH_KEEPING]


def page(texts: list[str], why: str, back: str, code: int):
    return render_template("errors/unsaved.html", texts=texts, why=why, back=back), code
