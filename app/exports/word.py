"""Word files from the templates in exports/templates (how to edit them: docs/surat.md)."""
import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parent / "templates"
LONG_AGO = (1980, 1, 1, 0, 0, 0)   # the oldest day a ZIP can name


def filled(name: str, said: dict[str, Any], title: str, author: str, day: date) -> bytes:
    """The template `name` with what is `said` in it. The same facts give the same bytes."""
    template = DocxTemplate(TEMPLATES / name)
    template.render(said, SandboxedEnvironment(undefined=StrictUndefined, finalize=as_xml), autoescape=True)
    _describe(template, title, author, day)
    written = io.BytesIO()
    template.save(written)
    return _timeless(written)


def as_xml(value: Any) -> Any:
    """Braces and per cents of a text as numbers: the template engine rewrites some of their pairs after filling them in."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(str(escape(value)).replace("{", "&#123;").replace("}", "&#125;").replace("%", "&#37;"))


def _describe(template: DocxTemplate, title: str, author: str, day: date) -> None:
    about = template.docx.core_properties
    about.title, about.author, about.last_modified_by = title[:255], author[:255], ""
    about.created = about.modified = datetime.combine(day, time())
    about.revision = 1


def _timeless(written: io.BytesIO) -> bytes:
    """The same parts without the minute they were packed in."""
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w") as target:
        for part in source.infolist():
            fresh = zipfile.ZipInfo(part.filename, LONG_AGO)
            fresh.compress_type, fresh.create_system, fresh.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            target.writestr(fresh, source.read(part))
    return packed.getvalue()
