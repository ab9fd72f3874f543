"""From a `Paper` to the bytes of its file and what is known of them."""

import pypdfium2

from app.demo.content.paper import Paper
from app.demo.papers import PAPERS
from app.demo.pictures import PICTURES
from app.demo.video import SECONDS, clip

DRAWINGS = {**PAPERS, **PICTURES, "film": clip}


def draw(paper: Paper) -> tuple[bytes, dict[str, int]]:
    """The file and its facts: `pages` of a PDF, `seconds` of a film. The same paper always gives the same bytes."""
    content = DRAWINGS[paper.render](**paper.facts)
    if paper.kind == "pdf":
        return content, {"pages": len(pypdfium2.PdfDocument(content))}
    return content, {"seconds": SECONDS[paper.facts["substances"]]} if paper.kind == "mp4" else {}
