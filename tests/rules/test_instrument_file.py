"""One instrument as JSON and as sheets: what goes out comes back the same, and what somebody broke is named by row and field."""
import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.instrument import fingerprint
from app.rules import Refused, instrument_file, instrument_reading
from app.rules.instrument_tables import data_of, tables
from app.rules.intake import FORMULA, Failed
from tests.rules.instrument_cases import OF_2026, SHIPPED, changed, whole


@pytest.mark.parametrize("code", SHIPPED)
def test_the_shipped_files_have_the_exact_shape_and_their_checksum_survives(code):
    data, faults = instrument_reading.read(instrument_file.read(instrument_file.written(SHIPPED[code])))
    assert (faults, data, fingerprint(data)) == ([], SHIPPED[code], fingerprint(SHIPPED[code]))


@pytest.mark.parametrize("code", SHIPPED)
def test_the_shipped_files_come_back_from_their_sheets(code):
    data, faults = data_of(tables(SHIPPED[code]))
    assert faults == [] and instrument_reading.read(data) == (SHIPPED[code], [])


@settings(max_examples=150, deadline=None)
@given(whole)
def test_whatever_has_the_shape_comes_back_from_both(data):
    assert instrument_reading.read(json.loads(instrument_file.written(data))) == (data, [])
    read, faults = data_of(tables(data))
    assert faults == [] and instrument_reading.read(read) == (data, [])


@settings(max_examples=300, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
                    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=8) | st.sampled_from([*OF_2026]), part, max_size=8)))
def test_whatever_a_file_holds_the_answer_is_faults_and_never_a_crash(junk):
    assert instrument_reading.read(junk)[1]
    assert instrument_reading.read({**OF_2026, "indicators": junk, "scoring": junk, "bands": junk})[1]
    assert instrument_reading.read({**OF_2026, "indicators": [{**OF_2026["indicators"][17], "evidence": junk, "levels": junk, "code": junk}]})[1]


@pytest.mark.parametrize(("data", "fault"), [
    (changed("weight", "tiga", "16"), "Baris 16, bobot: harus berupa bilangan."),
    (changed("weight", float("nan"), "16"), "Baris 16, bobot: harus berupa bilangan."),
    (changed("code", "16", "17"), "Aturan, kode baris: 16 ada dua kali."),
    (changed("code", "1O6", "17"), "Baris ke-22, kode: “1O6” bukan bentuk yang dikenal."),
    (changed("levels.2.level", 4, "18"), "Baris 18, level: harus tepat level 1, 2, dan 3, berurutan."),
    (changed("levels.2", ..., "18"), "Baris 18, level: harus tepat level 1, 2, dan 3, berurutan."),
    (changed("evidence.years", ["T-3"], "18"), "Baris 18, tahun bukti: tahun bukti ditulis T-0, T-1, atau T-2, masing-masing sekali."),
    (changed("aspect", "SPB", "18"), "Baris 18, aspek: SPD atau SID."),
    (changed("umur", 3, "18"), "Baris 18, umur: isian ini tidak dikenal."),
    (changed("evidence.documents", ..., "18"), "Baris 18, documents: tidak ada."),
    (changed("name", "N" * 161, "18"), "Baris 18, nama: paling banyak 160 huruf; sekarang 161."),
    (changed("name", "Dukungan\nanggaran", "18"), "Baris 18, nama: memuat huruf atau ganti baris yang tidak dapat disimpan."),
    (changed("name", "Dukungan \u202e anggaran", "18"), "Baris 18, nama: memuat huruf atau ganti baris yang tidak dapat disimpan."),
    (changed("bases.0.code", "b", "33"), "Baris 33, kode satuan ukur: b ada dua kali."),
    (changed("bases.0.levels.0.level", 3, "33"), "Baris 33, satuan ukur a, level: harus tepat level 1, 2, dan 3, berurutan."),
    (changed("formula.levels.2", ["0,01", "0.36"], "5a"), "Baris 5a, batas level 2: “0,01” bukan bentuk yang dikenal."),
    (changed("formula.kind", "tumbuh", "5a"), "Baris 5a, jenis rumus: pertumbuhan, penurunan, kenaikan, atau nilai."),
    (changed("eligibility.applied_from", "1/1/2024"), "Aturan, diterapkan dari: tanggal ditulis tahun-bulan-hari, misalnya 2026-01-31."),
    (changed("id", "../iid-2026"), "Aturan, kode instrumen: “../iid-2026” bukan bentuk yang dikenal."),
    (changed("scoring.minimum_divisor", 12.5), "Aturan, pembagi paling kecil: harus bilangan bulat."),
    (changed("bands.0.above", "65"), "Predikat 1, batas: harus berupa bilangan."),
])
def test_a_fault_names_the_row_and_the_field(data, fault):
    assert [str(one) for one in instrument_reading.read(data)[1]] == [fault]


@pytest.mark.parametrize(("content", "sentence"), [
    (b"", "Berkas ini bukan JSON yang utuh. Periksa baris 1."),
    (b'{\n"id": "iid-2026",\n"year": 2026', "Berkas ini bukan JSON yang utuh. Periksa baris 3."),
    (b"\xff\xfe{}", "Berkas ini bukan JSON yang utuh."),
    (b'{"year": NaN}', "Berkas ini bukan JSON yang utuh."),
    (b'{"year": ' + b"9" * 5000 + b"}", "Berkas ini bukan JSON yang utuh."),
    (b"[" * 100_000, "Berkas ini bukan JSON yang utuh."),
    (b'{"year": 2026, "year": 2027}', "Ada isian yang ditulis dua kali di bagian yang sama. Sisakan satu."),
], ids=["empty", "cut", "bytes", "nan", "digits", "deep", "twice"])
def test_what_is_no_json_is_said_to_be_none(content, sentence):
    with pytest.raises(Refused) as refused:
        instrument_file.read(content)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("data", [None, [], "iid-2026", {}, {"id": "iid-2026", "year": 2026}])
def test_something_else_altogether_gets_one_sentence(data):
    with pytest.raises(Refused, match="Berkas ini bukan instrumen"):
        instrument_file.must_be_instrument(data)


def sheets(**edits):
    """The sheets of 2026, a cell changed: Baris=(line, column, value)."""
    found = deepcopy(tables(OF_2026))
    for name, (line, head, value) in edits.items():
        table = found[name.replace("_", " ")]
        table[line - 1][table[0].index(head)] = value
    return found


@pytest.mark.parametrize(("found", "fault"), [
    (sheets(Level=(2, "Baris", "99")), "Lembar Level baris 2, kolom Baris: kode “99” tidak ada di lembar Baris."),
    (sheets(Level=(2, "Satuan ukur", "zz")), "Lembar Level baris 2, kolom Satuan ukur: tidak ada di lembar Satuan ukur."),
    (sheets(Baris=(2, "Bobot", FORMULA)), "Lembar Baris baris 2, kolom Bobot: berisi rumus Excel. Tulis nilainya."),
    (sheets(Baris=(2, "Bobot", Failed("#N/A"))), "Lembar Baris baris 2, kolom Bobot: berisi kesalahan Excel #N/A. Ketik nilainya."),
    (sheets(Baris=(1, "Bobot", "Berat")), "Lembar Baris, judul kolom: “Bobot” tidak ada di baris pertama."),
    ({name: table for name, table in sheets().items() if name != "Rumus"}, "Lembar Rumus, lembar: tidak ada."),
])
def test_a_fault_of_a_sheet_names_the_line_and_the_column(found, fault):
    assert str(data_of(found)[1][0]) == fault


def test_numbers_that_a_spreadsheet_made_of_codes_and_limits_are_read_back():
    """Typed over in Excel, row 16 becomes the number 16 and a limit gets a decimal comma or becomes a number."""
    found = sheets(Baris=(22, "Kode", 16), Rumus=(2, "Level 1 sampai", -50.32), Perkiraan=(2, "Tahun", 2025.0))
    found["Rumus"][1][found["Rumus"][0].index("Level 2 dari")] = "−50,33"
    assert instrument_reading.read(data_of(found)[0]) == (OF_2026, [])


def test_the_sheets_may_name_what_is_not_known():
    found = sheets(Aturan=(2, "Kunci", "rahasia"), Baris=(3, "Wajib", "mungkin"))
    found["Aturan"].append(["title.x", "", "y"])
    assert [str(one) for one in instrument_reading.read(data_of(found)[0])[1]] == [
        "Aturan, rahasia: isian ini tidak dikenal.", "Aturan, x: isian ini tidak dikenal.", "Aturan, id: tidak ada.",
        "Aturan, kode instrumen: belum diisi.", "Baris 2a, wajib: harus ya atau tidak."]
