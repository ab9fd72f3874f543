"""A sheet of the ministry's results is held against what was sent before anything is taken."""
from decimal import Decimal

import pytest

from app.rules.intake import EMPTY, FORMULA, NEW, SAME, WRONG, Failed, Known, Line, checked, fingerprint

WEIGHTS = {"16": Decimal(3), "17": Decimal(2), "18": Decimal(1)}
MOST = Decimal(18)
SENT = [Known(1, "IID-1", "LI-26-001", "JEMPUT GIZI", None, "", dict.fromkeys(WEIGHTS)),
        Known(2, "12", "LI-26-002", "PAJAK PINTAR", Decimal(9), "Surat.", {"16": 2, "17": 1, "18": 1})]


def look(*cells, sent=SENT):
    return checked([Line(place, each) for place, each in enumerate(cells, 3)], sent, WEIGHTS, MOST)


def one(**cells):
    return look({name.removeprefix("r"): value for name, value in cells.items()})[0]


def test_all_levels_make_the_total():
    found = one(number="IID-1", r16=1, r17=2.0, r18="3")
    assert (found.kind, found.known.id, found.levels, found.total, found.faults) == (NEW, 1, {"16": 1, "17": 2, "18": 3}, Decimal(10), [])
    assert found.changed == ["16", "17", "18"]


def test_a_number_in_a_cell_of_numbers_is_still_the_number():
    assert one(number=12.0, total=9).known.id == 2


def test_small_letters_and_blanks_are_the_same_number():
    assert one(number="iid-1", total="7,5").total == Decimal("7.5")


def test_empty_cells_leave_what_is_recorded():
    found = one(number="12", r16=2)
    assert (found.kind, found.total, found.note) == (SAME, Decimal(9), "Surat.")
    assert one(number="12").kind == SAME
    assert one(number="IID-1").kind == EMPTY


def test_another_level_makes_another_total_of_what_was_whole():
    found = one(number="12", r16=1)
    assert (found.kind, found.total, found.changed) == (NEW, Decimal(6), ["16"])


def test_a_new_note_alone_is_new():
    assert one(number="12", note="Surat kedua.").kind == NEW


@pytest.mark.parametrize(("cells", "words"), [
    ({"total": 5}, "Nomor registrasinya kosong."),
    ({"number": "IID-9", "total": 5}, "Nomor registrasi “IID-9” tidak ada di antara yang terkirim."),
    ({"number": "IID-9", "proposal": "li-26-001"}, "Usulan LI-26-001 terkirim dengan nomor IID-1."),
    ({"number": "IID-1", "proposal": "LI-26-002"}, "Nomor registrasi ini milik usulan LI-26-001, bukan LI-26-002."),
    ({"number": "IID-1", "r16": 4}, "Baris 16 berisi “4”. Isi 0, 1, 2, atau 3."),
    ({"number": "IID-1", "r16": 1.5}, "Baris 16 berisi “1.5”."),
    ({"number": "IID-1", "r16": -1}, "Baris 16 berisi “-1”."),
    ({"number": "IID-1", "r16": "dua"}, "Baris 16 berisi “dua”."),
    ({"number": "IID-1", "r16": True}, "Baris 16 berisi “True”."),
    ({"number": "IID-1", "r16": "NaN"}, "Baris 16 berisi “NaN”."),
    ({"number": "IID-1", "r16": FORMULA}, "Kolom 16 berisi rumus. Tempel hasilnya sebagai nilai."),
    ({"number": FORMULA, "total": 5}, "Kolom Nomor registrasi berisi rumus."),
    ({"number": "IID-1", "total": FORMULA}, "Kolom Jumlah berisi rumus."),
    ({"number": "IID-1", "total": 5, "note": Failed("#N/A")}, "Kolom Catatan berisi kesalahan Excel #N/A. Ketik nilainya."),
    ({"number": "IID-1", "total": "banyak"}, "Jumlah “banyak” bukan angka"),
    ({"number": "IID-1", "total": 5.125}, "paling banyak dua desimal"),
    ({"number": "IID-1", "total": "1e400"}, "bukan angka"),
    ({"number": "IID-1", "total": "Infinity"}, "bukan angka"),
    ({"number": "IID-1", "total": 19}, "antara 0 dan 18 poin"),
    ({"number": "IID-1", "total": 9, "r16": 1, "r17": 2, "r18": 3}, "Jumlah ke-3 barisnya 10 poin, bukan 9"),
    ({"number": "IID-1", "total": 2, "r16": 1}, "Jumlah 2 poin tidak mungkin"),
    ({"number": "12", "total": 8}, "Jumlah ke-3 barisnya 9 poin, bukan 8"),
    ({"number": "IID-1", "note": "x" * 501}, "Catatannya lebih dari 500 huruf."),
])
def test_what_is_wrong_is_said_in_words(cells, words):
    found = one(**cells)
    assert found.kind == WRONG
    assert [fault for fault in found.faults if words in fault] == found.faults


def test_the_same_number_twice_names_the_first_place():
    first, second = look({"number": "IID-1", "total": 5}, {"number": "iid-1", "total": 5})
    assert (first.faults, second.faults) == ([], ["Nomor registrasi ini sudah ada di baris 3."])


def test_another_name_is_remarked_and_does_not_stand_in_the_way():
    found = one(number="IID-1", name="JEMPUT BOLA", total=5)
    assert (found.kind, found.remarks) == (NEW, ["Nama di berkas “JEMPUT BOLA”, yang terkirim “JEMPUT GIZI”."])
    assert one(number="IID-1", name="Jemput  Gizi", total=5).remarks == []


def test_the_stamp_changes_when_the_sheet_would_do_something_else():
    cells = {"number": "12", "16": 1}
    stamp = fingerprint(look(cells))
    assert stamp == fingerprint(look(cells))
    assert stamp != fingerprint(look({**cells, "17": 2}))
    elsewhere = [SENT[0], SENT[1]._replace(levels={"16": 3, "17": 1, "18": 1}, total=Decimal(12))]
    assert stamp != fingerprint(look(cells, sent=elsewhere))
