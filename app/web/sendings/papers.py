"""The papers of a period: the register to sign, a draft of the decree's annex, the integrity form."""
from app.exports import annex, integrity, register
from app.rules import Refused
from app.web import sending as files
from app.web.gate import must
from app.web.sendings import bp
from app.web.sendings.lists import leaving, read_filter
from app.web.sendings.telling import annex_of, pledge_of, register_of


@bp.get("/kirim/register.pdf")
def register_pdf():
    must("sending.list")
    year = read_filter().year
    return files.shown(register.pdf(register_of(year)), f"Register pengiriman {year}.pdf")


@bp.get("/kirim/lampiran.docx")
def annex_docx():
    must("sending.list")
    year = read_filter().year
    return files.attached(annex.docx(annex_of(year)), f"Rancangan lampiran keputusan {year}.docx")


@bp.get("/kirim/pakta.docx")
def pledge_docx():
    must("sending.list")
    year = read_filter().year
    count = sum(leaving(year).values())
    if not count:
        raise Refused("Belum ada inovasi yang terkirim atau masuk daftar kirim pada periode ini.")
    return files.attached(integrity.docx(pledge_of(year, count)), f"Pakta integritas {year}.docx")
