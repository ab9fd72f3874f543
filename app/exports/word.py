"""Word files from the templates in exports/templates (how to edit them: docs/surat.md)."""
import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from app.exports.emblem import NO_LOGO, Logo

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

TEMPLATES = Path(__file__).parent / "templates"
SIDE = 19   # millimetres of the logo's longer side
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
ANCHOR = (f'<wp:anchor {WP} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" '
          'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
          '<wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>'
          '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV></wp:anchor>')
NO_WRAP = f"<wp:wrapNone {WP}/>"
LONG_AGO = (1980, 1, 1, 0, 0, 0)   # the oldest day a ZIP can name


def filled(name: str, said: dict[str, Any], title: str, author: str, day: date, logo: Logo = NO_LOGO) -> bytes:
    """The template `name` with what is `said` in it, the logo beside its letterhead. The same facts give the same bytes."""
    from docxtpl import DocxTemplate  # 3 MB: for who writes letters

    template = DocxTemplate(TEMPLATES / name)
    template.render(said, SandboxedEnvironment(undefined=StrictUndefined, finalize=as_xml), autoescape=True)
    _describe(template, title, author, day)
    if logo:
        _place(template, said["government"], logo)
    written = io.BytesIO()
    template.save(written)
    return _timeless(written)


def as_xml(value: Any) -> Any:
    """Braces and per cents of a text as numbers: the template engine rewrites some of their pairs after filling them in."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(str(escape(value)).replace("{", "&#123;").replace("}", "&#125;").replace("%", "&#37;"))


def _place(template: "DocxTemplate", beside: str, logo: Logo) -> None:
    """Floating at the left margin, so that the lines of the letterhead stay in the middle. Word knows floating pictures only by their XML."""
    from docx.oxml import parse_xml
    from docx.shared import Mm

    line = next((paragraph for paragraph in template.docx.paragraphs if paragraph.text == beside), None)
    if line is None:  # an office may take the line out of its template
        return
    inline = line.add_run().add_picture(io.BytesIO(logo.png), **{"width" if logo.is_wide else "height": Mm(SIDE)})._inline
    inline.docPr.set("name", "Logo")
    inline.docPr.set("descr", "Logo daerah")
    anchor = parse_xml(ANCHOR)
    for part in list(inline):
        anchor.append(part)
        if part.tag.endswith("}extent"):
            anchor.append(parse_xml(NO_WRAP))
    inline.getparent().replace(inline, anchor)


def _describe(template: "DocxTemplate", title: str, author: str, day: date) -> None:
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
