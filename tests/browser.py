"""A signed-in person's browser. Every page it opens is checked as HTML, the way a careful reader would."""
import re
from collections import Counter

import html5lib

from app.extensions import db
from app.models import Session, User
from app.rules.tokens import hash_token, new_token

NS = {"h": "http://www.w3.org/1999/xhtml"}
INPUTS = ("input", "select", "textarea")


def sign_in(user_id: int) -> str:
    """The token of a new session; saved by the caller's commit."""
    token = new_token()
    db.session.add(Session.start(db.session.get(User, user_id), hash_token(token), "127.0.0.1", "tests"))
    return token


def client_of(app, token: str | None):
    client = app.test_client()
    if token:
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
    return client


class Browser:
    def __init__(self, app, user_id: int | None):
        self.app, token = app, None
        if user_id:
            with app.app_context():
                token = sign_in(user_id)
                db.session.commit()
        self.client = client_of(app, token)

    def get(self, url, expect=200, **kwargs):
        return self._checked(self.client.get(url, **kwargs), expect)

    def post(self, url, data=None, expect=303, **kwargs):
        return self._checked(self.client.post(url, data=data or {}, **kwargs), expect)

    def follow(self, url, data=None):
        """Post and open the page it leads to, as a person sees it."""
        return self.get(self.post(url, data).location)

    def _checked(self, response, expect):
        assert response.status_code == expect, f"{response.status_code} {response.location or ''} {response.text[:800]}"
        if response.mimetype == "text/html" and response.text and not 300 <= expect < 400:
            check_page(response.text)
        return response


def check_page(html: str) -> None:
    """Well-formed, one h1, unique ids, every field labelled, nothing inline, no other host."""
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(html)
    assert not parser.errors, parser.errors
    assert len(tree.findall(".//h:h1", NS)) == 1, "a page has one h1"
    ids = Counter(node.get("id") for node in tree.iter() if node.get("id"))
    assert not [name for name, count in ids.items() if count > 1], f"ids twice: {ids.most_common(3)}"
    labels = {node.get("for") for node in tree.findall(".//h:label", NS)}
    wrapped = {id(field) for label in tree.findall(".//h:label", NS) for kind in INPUTS for field in label.findall(f".//h:{kind}", NS)}
    for kind in INPUTS:
        for field in tree.findall(f".//h:{kind}", NS):
            if field.get("type") in ("hidden", "submit"):
                continue
            named = field.get("id") in labels or id(field) in wrapped or field.get("aria-label") or field.get("aria-labelledby")
            assert named, f"no label: {field.attrib}"
    for node in tree.iter():
        for attribute in ("aria-describedby", "aria-labelledby"):
            for target in (node.get(attribute) or "").split():
                assert target in ids, f"{attribute} points nowhere: {target}"
    for form in tree.findall(".//h:form", NS):
        if (form.get("method") or "").lower() == "post":
            assert form.find(".//h:input[@name='csrf_token']", NS) is not None, f"no token: {form.attrib}"
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", html), "inline style or script"
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", html), "another host"


