"""The guides of docs/ as pages of the app: one source, read as Markdown and cut into sections."""
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from flask import url_for
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from app.config import ROOT
from app.rules.access import Role

DOCS = ROOT / "docs"
PICTURES = DOCS / "gambar"
GUIDE = "panduan-"  # how the files of roles begin
SLUGS = {Role.OPERATOR: "operator", Role.HEAD: "kepala", Role.REVIEWER: "verifikator", Role.COORDINATOR: "koordinator",
         Role.LEADER: "pimpinan", Role.ADMIN: "admin"}
SERVER = ("pemasangan", "pengaturan", "https", "cadangan", "pembaruan", "kesehatan", "ketahanan", "keamanan", "data-pribadi", "postgresql",
          "pustaka")  # for who keeps the server, in the order of need


class Section(NamedTuple):
    id: str
    title: str
    body: Markup


class Guide(NamedTuple):
    """`lead` is the first paragraph; what else stands before the first heading is a section without a title."""
    title: str
    lead: Markup
    sections: Sequence[Section]


def slugs() -> dict[str, Path]:
    """Every guide that came with this installation, by its name in an address."""
    return {path.stem.removeprefix(GUIDE): path for path in sorted(DOCS.glob("*.md"))}


def read(slug: str) -> Guide | None:
    path = slugs().get(slug)
    return _guide(path, path.stat().st_mtime_ns) if path else None


def others() -> dict[str, str]:
    """Titles of the guides about one piece of work, by slug."""
    found = {slug: guide.title for slug in slugs() if slug not in (*SLUGS.values(), *SERVER) and (guide := read(slug))}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def server() -> dict[str, str]:
    """Titles of the guides for who keeps the server, by slug."""
    return {slug: guide.title for slug in SERVER if (guide := read(slug))}


def picture(name: str) -> Path | None:
    """Only what lies in the folder of pictures has an address."""
    return next((path for path in PICTURES.glob("*.png") if path.name == name), None)


@cache
def _guide(path: Path, _changed: int) -> Guide:
    parts = _cut(_dressed(MARKDOWN.parse(path.read_text(encoding="utf-8"))))
    title, before = parts[0]
    lead = before[:3] if before and before[0].type == "paragraph_open" else []
    sections = [Section(str(tokens[0].attrs["id"]), name, _html(tokens[3:])) for name, tokens in parts[1:]]
    rest = before[len(lead):]
    return Guide(title, _html(lead[1:2]), [*([Section("awal", "", _html(rest))] if rest else []), *sections])


def _cut(tokens: Sequence[Token]) -> list[tuple[str, list[Token]]]:
    """Title and tokens of the whole, without its own heading, and then of every chapter, with it."""
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag in ("h1", "h2")]
    pieces = [(tokens[start + 1].content, list(tokens[start:end])) for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)]
    (title, first), *chapters = pieces
    return [(title, first[3:]), *chapters]


def _dressed(tokens: list[Token]) -> list[Token]:
    """Headings with their own ids; tables that become lists on a phone."""
    used: set[str] = set()
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", _id(tokens[at + 1].content, used))
        elif token.type == "table_open":
            token.attrSet("class", "table stack")
            labels = [one.content for one in tokens[at:_end(tokens, at, "thead_close")] if one.type == "inline"]
        elif token.type in ("th_open", "td_open"):
            token.attrs.pop("style", None)  # the alignment, which no page may carry inside
        if token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "tr_open":
            cells = count()
        elif token.type == "td_open":
            _cell(token, tokens[_end(tokens, at, "td_close")], next(cells), labels)
    return tokens


def _cell(opens: Token, closes: Token, at: int, labels: Sequence[str]) -> None:
    """The first of a row names it; where there are but two, the second needs no label."""
    opens.attrSet("class", "full")
    if at == 0:
        opens.tag = closes.tag = "th"
        opens.attrSet("scope", "row")
    elif labels[at] and len(labels) > 2:
        opens.attrSet("data-l", labels[at])


def _end(tokens: Sequence[Token], at: int, kind: str) -> int:
    return next(n for n in range(at, len(tokens)) if tokens[n].type == kind)


def _id(title: str, used: set[str]) -> str:
    plain = re.sub(r"\W+", "-", title.lower()).strip("-")
    name = next(name for n in count(1) if (name := plain if n == 1 else f"{plain}-{n}") not in used)
    used.add(name)
    return name


def _html(tokens: Sequence[Token]) -> Markup:
    """Safe as it is: HTML in the source is text, and a link to a script is none."""
    return Markup(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))


def _link(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """Between guides from page to page; addresses of the app stay as they are."""
    file, _, anchor = str(tokens[at].attrs["href"]).partition("#")
    if file.endswith(".md"):
        tokens[at].attrSet("href", url_for("help.guide", panduan=Path(file).stem.removeprefix(GUIDE), _anchor=anchor or None))
    return self.renderToken(tokens, at, options, env)


def _picture(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """As wide as it is, and at the click alone; where its file is missing, its words."""
    words, path = escape(tokens[at].content), picture(Path(str(tokens[at].attrs["src"])).name)
    if path is None:
        return f"<em>{words}</em>"
    url, size = url_for("help.picture", gambar=path.name), path.read_bytes()[16:24]
    width, height = int.from_bytes(size[:4]), int.from_bytes(size[4:])
    return f'<a class="shot" href="{url}"><img src="{url}" alt="{words}" width="{width}" height="{height}"></a>'


MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
MARKDOWN.add_render_rule("link_open", _link)
MARKDOWN.add_render_rule("image", _picture)
