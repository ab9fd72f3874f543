"""Files that must not come in: (name, bytes, part of the sentence that refuses them)."""

import io
import struct

import pikepdf
from PIL import Image

from .samples import archive, box, changed_pdf, ftyp, jpg, moov, moving, mp4, pdf, picture, png, with_comment

PAGE = b"<html><body>Selamat datang</body></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
PROGRAM = b"MZ\x90\0" + bytes(60)


def _locked() -> bytes:
    return changed_pdf(lambda _: None, encryption=pikepdf.Encryption(owner="a", user="b"))


def _without_pages() -> bytes:
    return changed_pdf(lambda document: document.pages.__delitem__(0))


def _too_many_pages() -> bytes:
    def repeat(document):
        for _ in range(2000):
            document.add_blank_page()

    return changed_pdf(repeat)


def _many_pixels() -> bytes:
    out = io.BytesIO()
    Image.new("1", (8000, 7000)).save(out, "PNG")
    return out.getvalue()


def _spoilt(content: bytes) -> bytes:
    """The same picture with one byte of its compressed data changed."""
    at = content.index(b"IDAT") + 8
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


TABLE = [
    # the name
    ("surat.docx", archive(), "Berkas .docx tidak dapat diterima"),
    ("foto.jpg.exe", PROGRAM, "Berkas .exe tidak dapat diterima"),
    ("tanpa akhiran", pdf(), "tidak terbaca dari namanya"),
    ("pdf", pdf(), "tidak terbaca dari namanya"),
    ("aneh.<b>", pdf(), "tidak terbaca dari namanya"),
    ("", pdf(), "tidak terbaca dari namanya"),
    # the content is something else
    ("kosong.pdf", b"", "kosong (0 byte)"),
    ("spasi.pdf", b" \n", "tidak dikenali"),
    ("teks.pdf", b"Keputusan Bupati", "tidak dikenali"),
    ("kepala.pdf", b"%PDF", "tidak dikenali"),
    ("jauh.pdf", bytes(1024) + pdf(), "tidak dikenali"),
    ("gambar.pdf", jpg(), "tetapi isinya gambar JPG"),
    ("laman.pdf", PAGE, "tetapi isinya halaman web (HTML)"),
    ("arsip.pdf", archive(), "tetapi isinya arsip ZIP"),
    ("gif.jpg", picture("GIF"), "tetapi isinya gambar GIF"),
    ("webp.jpg", picture("WEBP"), "tetapi isinya gambar WEBP"),
    ("bmp.jpg", picture("BMP"), "tetapi isinya gambar BMP"),
    ("svg.jpg", SVG, "tetapi isinya gambar SVG"),
    ("laman.jpeg", PAGE, "berakhiran .jpeg, tetapi isinya halaman web"),
    ("naskah.jpg", b"<?php system($_GET[0]);", "tetapi isinya naskah PHP"),
    ("png.jpg", png(), "berakhiran .jpg, tetapi isinya gambar PNG"),
    ("jpg.png", jpg(), "tetapi isinya gambar JPG"),
    ("separuh.png", b"\x89PNG", "tidak dikenali"),
    ("program.png", PROGRAM, "tetapi isinya program Windows"),
    ("mov.mp4", ftyp(b"qt  ") + moov() + box(b"mdat"), "video QuickTime (MOV)"),
    ("iphone.jpg", ftyp(b"heic") + box(b"mdat"), "foto HEIC dari iPhone"),
    ("suara.mp4", ftyp(b"M4A ", b"isom") + moov() + box(b"mdat"), "tetapi isinya rekaman suara"),
    ("merek.mp4", ftyp(b"XXXX") + moov() + box(b"mdat"), "tidak dikenali"),
    ("tanpa-ftyp.mp4", moov() + ftyp() + box(b"mdat"), "tidak dikenali"),
    # two things at once
    ("laman-pdf.pdf", PAGE + pdf(), "tetapi isinya halaman web"),
    ("naskah-pdf.pdf", b"\n<SCRIPT>alert(1)</SCRIPT>" + pdf(), "tetapi isinya halaman web"),
    ("tag-pdf.pdf", b"<a href=x>" + pdf(), "tetapi isinya halaman web"),
    ("program-pdf.pdf", PROGRAM + pdf(), "tetapi isinya program Windows"),
    ("zip-pdf.pdf", archive() + pdf(), "arsip ZIP"),
    ("gif-pdf.pdf", picture("GIF") + pdf(), "tetapi isinya gambar GIF"),
    ("pdf-zip.pdf", pdf() + archive(), "tersembunyi arsip ZIP"),
    ("pdf-zip-eof.pdf", pdf() + archive(comment=b"\n%%EOF\n"), "tersembunyi arsip ZIP"),
    ("pdf-laman.pdf", pdf() + PAGE, "Di belakang akhir PDF ini"),
    ("pdf-program.pdf", pdf() + PROGRAM, "Di belakang akhir PDF ini"),
    ("pdf-jpg.jpg", with_comment(jpg(), b"%PDF-1.4"), "gambar JPG sekaligus dokumen PDF"),
    ("jpg-zip.jpg", jpg() + archive(), "tersembunyi arsip ZIP"),
    ("jpg-zip-potong.jpg", jpg() + archive()[:-8], "Di belakang akhir gambar ini"),
    ("jpg-laman.jpg", jpg() + bytes(9) + PAGE, "Di belakang akhir gambar ini"),
    ("jpg-php.jpg", jpg() + b"\n<?PHP phpinfo();", "Di belakang akhir gambar ini"),
    ("jpg-rar.jpg", jpg() + b"notes Rar!\x1a\x07\0", "Di belakang akhir gambar ini"),
    ("jpg-pdf.jpg", jpg(size=(900, 900)) + pdf(), "Di belakang akhir gambar ini"),
    ("png-zip.png", png() + archive(), "tersembunyi arsip ZIP"),
    ("png-laman.png", png() + PAGE, "Di belakang akhir gambar ini"),
    ("png-sisa.png", png() + b"rest of a cropped screenshot", "Di belakang akhir gambar ini"),
    ("mp4-zip.mp4", mp4() + archive(), "tersembunyi arsip ZIP"),
    ("mp4-zip-kotak.mp4", mp4() + box(b"free", archive()), "tersembunyi arsip ZIP"),
    ("mp4-laman.mp4", mp4() + PAGE, "Di belakang akhir video ini"),
    ("mp4-sisa.mp4", mp4() + b"\0\0\0", "Di belakang akhir video ini"),
    ("mp4-pdf.mp4", ftyp() + box(b"free", pdf()) + moov() + box(b"mdat"), "sekaligus dokumen PDF"),
    # broken or too much
    ("potong.pdf", pdf()[:-400], "akhirnya hilang"),
    ("rusak.pdf", b"%PDF-1.7\nrusak\n%%EOF", "PDF ini rusak"),
    ("terkunci.pdf", _locked(), "terkunci kata sandi"),
    ("tanpa-halaman.pdf", _without_pages(), "tidak punya halaman"),
    ("tebal.pdf", _too_many_pages(), "2001 halaman, paling banyak 2000"),
    ("potong.jpg", jpg(size=(200, 200))[:-200], "rusak atau terpotong"),
    ("tanpa-akhir.jpg", jpg()[:-2], "rusak atau terpotong"),
    ("kepala.jpg", b"\xff\xd8\xff\xe0", "rusak atau terpotong"),
    ("potong.png", png()[:-20], "rusak atau terpotong"),
    ("rusak.png", _spoilt(png()), "rusak atau terpotong"),
    ("raksasa.png", _many_pixels(), "lebih besar dari 50 juta piksel"),
    ("gerak.png", moving("PNG"), "Gambar PNG ini bergerak"),
    ("tanpa-moov.mp4", ftyp() + box(b"mdat", bytes(99)), "rusak atau terpotong"),
    ("tanpa-mdat.mp4", ftyp() + moov(), "rusak atau terpotong"),
    ("potong.mp4", mp4()[:-500], "rusak atau terpotong"),
    ("kotak-lebih.mp4", ftyp() + box(b"moov", b"\0\0\1\0mvhd") + box(b"mdat"), "rusak"),
    ("panjang-palsu.mp4", ftyp() + struct.pack(">I4sQ", 1, b"mdat", 3) + moov(), "rusak"),
    ("tanpa-satuan.mp4", ftyp() + moov(5, scale=0) + box(b"mdat"), "rusak atau terpotong"),
    ("tanpa-gambar.mp4", mp4(kinds=[b"soun"]), "tidak memuat gambar bergerak"),
    ("tanpa-waktu.mp4", ftyp() + moov(0) + box(b"mdat"), "Lama video ini tidak tercatat"),
    ("abadi.mp4", ftyp() + moov(4_000_000) + box(b"mdat"), "rusak atau terpotong"),
    ("serpih.mp4", ftyp() + moov() + box(b"mdat") + box(b"free") * 20_000, "terlalu banyak bagian"),
    ("panjang.mp4", mp4(370), "Video ini 6 menit 10 detik, paling lama 5 menit."),
    ("besar.mp4", mp4(frames=bytes(1024 * 1024)), "lebih besar dari 1 MB"),
]
