"""PDFs of one page, valid and plain."""
import base64
import os

SCAN = 2 * 1024 * 1024
_filling = base64.b64encode(os.urandom(SCAN))  # letters only: nothing in it looks like another kind of file


def scan() -> bytes:
    """2 MB, no two alike."""
    return pdf(b"Keputusan Kepala Dinas tentang Tim Pelaksana", base64.b64encode(os.urandom(24)) + _filling[:SCAN - 800])


def pdf(words: bytes, filling: bytes = b"") -> bytes:
    text = b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % words
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
             _stream(text), b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", *([_stream(filling)] if filling else [])]
    written, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table + (
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(written)))


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"
