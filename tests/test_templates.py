"""Every template compiles, uses what it imports, names no other host; every event has its sentence."""
import ast
import re
from pathlib import Path

import pytest
from jinja2 import nodes

APP = Path(__file__).parent.parent / "app"
PAGES = sorted((APP / "templates").rglob("*.html"))
OWN_FILES = [*PAGES, APP / "static/app.css", *sorted((APP / "static").glob("*.js"))]
HARMLESS = ("http://www.w3.org/",)  # names of XML namespaces, never fetched


def recorded():
    """The event names the models write, read from the source."""
    for path in (APP / "models").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_event_has_its_sentence_and_no_sentence_is_idle():
    assert {p.stem for p in (APP / "templates/events").glob("*.html")} == set(recorded())


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(APP)))
def test_page_compiles_and_uses_what_it_imports(master, path):
    tree = master.app.jinja_env.parse(path.read_text(encoding="utf-8"))
    imported = {n if isinstance(n, str) else n[1] for f in tree.find_all(nodes.FromImport) for n in f.names}
    used = {n.name for n in tree.find_all(nodes.Name)}
    assert imported <= used, imported - used
    master.app.jinja_env.get_template(path.relative_to(APP / "templates").as_posix())


def test_no_page_names_a_macro_as_the_layout_does(master):
    """The layout is run last: its own `foot` once took the place of a page's `foot`, and with it the button that saves."""
    def macros(path):
        return {m.name for m in master.app.jinja_env.parse(path.read_text(encoding="utf-8")).body if isinstance(m, nodes.Macro)}

    own = macros(APP / "templates/layout.html")
    assert own and [path.name for path in PAGES if path.name != "layout.html" and own & macros(path)] == []


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda p: str(p.relative_to(APP)))
def test_no_other_host_and_nothing_inline(path):
    text = path.read_text(encoding="utf-8")
    for namespace in HARMLESS:
        text = text.replace(namespace, "")
    assert not re.search(r"(?:src|href|url\(|@import)\s*=?\s*[\"'(]?(?:https?:)?//", text)
    if path.suffix == ".html":
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|\|\s*safe\b", text)
