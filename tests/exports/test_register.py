"""The register of what was sent, as rows for a workbook and on paper."""
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.exports.register import COLUMNS, Register, Sent, lines, pdf
from app.exports.sheets import workbook
from tests.exports.readers import pdf_pages, xlsx
from tests.exports.samples import OFFICE_HEAD

FIRST = Sent("2026-3571-00001", date(2026, 7, 3), "JEMPUT GIZI", "Dinas Kesehatan", "Kesehatan", Decimal("95.5"), "LR-26-014", "Hendra Wijaya")
SECOND = Sent("2026-3571-00002", date(2026, 7, 3), "SIGAP", "Dinas Sosial", "Sosial", Decimal(88), "LR-26-020", "Hendra Wijaya")
THIRD = Sent("2026-3571-00003", date(2026, 9, 30), "TANGGAP", "Dinas Sosial", "Sosial", Decimal(101), "LR-26-021", "Sari")


def register(*rows: Sent, **changed) -> Register:
    usual = {"region": "Kabupaten Lumbung Raya", "office": "Bappelitbangda", "contact": "Pesawat 112", "place": "Lumbung Kota", "year": 2026,
             "signer": OFFICE_HEAD, "dated_on": date(2026, 10, 1), "as_of": "1 Oktober 2026 pukul 09.30 WIB"}
    return Register(rows=rows, **usual | changed)


def text_of(*rows: Sent, **changed) -> str:
    return " ".join(pdf_pages(pdf(register(*rows, **changed))))


def test_the_workbook_has_real_days_and_numbers():
    sheet = xlsx(workbook("Register", COLUMNS, lines([FIRST, THIRD]), datetime(2026, 10, 1, tzinfo=UTC), ZoneInfo("Asia/Jakarta")))

    assert [cell.value for cell in sheet[2]] == [
        "No", "Nomor registrasi", "Tanggal kirim", "Inovasi", "Perangkat daerah", "Urusan utama", "Kematangan", "Nomor usulan", "Dikirim oleh"]
    assert [cell.value for cell in sheet[4]] == [
        2, "2026-3571-00003", datetime(2026, 9, 30), "TANGGAP", "Dinas Sosial", "Sosial", 101, "LR-26-021", "Sari"]


def test_the_paper_tells_each_row_and_the_total():
    text = text_of(FIRST, SECOND, THIRD)

    for said in ("PEMERINTAH KABUPATEN LUMBUNG RAYA BAPPELITBANGDA Pesawat 112", "REGISTER INOVASI DAERAH YANG DIKIRIM 2026",
                 "1 2026-3571-00001 3 Juli 2026 JEMPUT GIZI Dinas Kesehatan Kesehatan 95,5 LR-26-014 Hendra Wijaya",
                 "3 2026-3571-00003 30 September 2026 TANGGAP Dinas Sosial Sosial 101 LR-26-021 Sari",
                 "Jumlah 3 inovasi 2 perangkat daerah 2 urusan 284,5",
                 "Lumbung Kota, 1 Oktober 2026 Kepala Bappelitbangda, Ir. H. Bambang Suharto, M.Si. NIP 197003121996031926"):
        assert said in text, said


def test_nothing_sent_says_so():
    assert "Belum ada inovasi yang dikirim pada periode ini." in text_of()


def test_headings_come_back_on_each_page():
    pages = pdf_pages(pdf(register(*[FIRST, SECOND, THIRD] * 40)))

    assert len(pages) > 3
    assert all("Nomor registrasi Tanggal kirim Inovasi" in page for page in pages)
    assert all(page.endswith(f"keadaan 1 Oktober 2026 pukul 09.30 WIB · halaman {number} dari {len(pages)}") for number, page in enumerate(pages, 1))
    assert "120 inovasi 2 perangkat daerah 2 urusan 11.380" in " ".join(pages)


def test_what_a_person_typed_stays_text():
    typed = Sent("=1+1", date(2026, 7, 3), "A\x00B\u202e {{ x }}", "健", "", Decimal(1), "", "")

    assert "1 =1+1 3 Juli 2026 AB {{ x }} \ufffd 1" in text_of(typed)


def test_the_same_facts_give_the_same_bytes():
    assert pdf(register(FIRST)) == pdf(register(FIRST))
