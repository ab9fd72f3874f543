"""A sheet of perangkat daerah against the list: new, changed, the same or wrong, row by row, whatever the order of the rows."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.codelists import UNIT_KINDS
from app.rules.intake import FORMULA
from app.rules.tables import NOTHING, Line, key, tidy
from app.rules.unit_sheet import COLUMNS, KnownUnit, line_of, read

LIST = [KnownUnit(1, "Dinas Kesehatan", "Dinas"), KnownUnit(2, "Bappelitbangda", "Badan", is_office=True),
        KnownUnit(3, "Puskesmas Kota", "Puskesmas", "Dinas Kesehatan"), KnownUnit(4, "Kantor Lama", "Dinas", is_archived=True),
        KnownUnit(5, "Dinas Gizi", "Dinas", is_archived=True, heir="Dinas Kesehatan")]


def lines(*rows):
    return [Line(place, {title: value for title, value in zip(COLUMNS, row, strict=False) if value not in (None, "")})
            for place, row in enumerate(rows, 3)]


def report(*rows):
    return read(lines(*rows), LIST)


def whats(*rows):
    return [one.what for one in report(*rows).found]


def faults(*rows):
    return [fault for one in report(*rows).found for fault in one.faults]


def test_rows_are_new_changed_or_the_same():
    found = report(("Dinas Sosial", "Dinas"), ("dinas  kesehatan", "Badan"), ("Puskesmas Kota", "Puskesmas", "Dinas Kesehatan", "tidak")).found
    assert [one.what for one in found] == ["baru", "diubah", "sama"]
    assert [list(one.changes) for one in found] == [["Dinas"], ["Nama: Dinas Kesehatan → dinas kesehatan", "Jenis: Dinas → Badan"], []]


def test_an_empty_cell_changes_nothing_and_a_dash_takes_the_parent_away():
    assert whats(("Puskesmas Kota",)) == ["sama"]
    assert list(report(("Puskesmas Kota", "", "-")).found[0].changes) == ["Induk: Dinas Kesehatan → kosong"]


def test_parents_may_stand_below_their_children_and_are_made_first():
    plans = report(("Puskesmas Timur", "Puskesmas", "UPTD Timur"), ("UPTD Timur", "UPTD", "Dinas Sosial"), ("Dinas Sosial", "Dinas")).plans
    assert [plan.name for plan in plans] == ["Dinas Sosial", "UPTD Timur", "Puskesmas Timur"]


@pytest.mark.parametrize(("rows", "sentences"), [
    ([("", "Dinas")], ["Baris 3, kolom Nama: kosong. Isi nama perangkat daerahnya."]),
    ([("Dinas Baru",)], ["Baris 3, kolom Jenis: kosong. Pilih jenisnya."]),
    ([("Dinas Baru", "Dinass")], ["Baris 3, kolom Jenis: “Dinass” bukan jenis yang dikenal; lihat lembar Pilihan. Maksudnya Dinas?"]),
    ([("Baru", "Dinas", "Dinas Kesehatn")],
     ["Baris 3, kolom Induk: “Dinas Kesehatn” tidak ada di daftar dan tidak ada di berkas ini. Maksudnya Dinas Kesehatan?"]),
    ([("Baru", "Dinas", "baru")], ["Baris 3, kolom Induk: “Baru” tidak dapat menjadi induk bagi dirinya sendiri."]),
    ([("Baru", "Dinas"), ("BARU ", "Badan")], ["Baris 4, kolom Nama: “BARU” sama dengan baris 3."]),
    ([("Kantor Lama", "Dinas")], ["Baris 3, kolom Nama: Kantor Lama sudah diarsipkan. Aktifkan dulu, atau hapus baris ini."]),
    ([("Dinas Gizi", "Dinas")], ["Baris 3, kolom Nama: Dinas Gizi sudah digabung ke Dinas Kesehatan. Pakai nama itu."]),
    ([("x" * 201, "Dinas")], ["Baris 3, kolom Nama: 201 huruf, paling banyak 200."]),
    ([(FORMULA, "Dinas")], ["Baris 3, kolom Nama: berisi rumus. Tempel hasilnya sebagai nilai."]),
    ([("=HYPERLINK(1)", "Dinas")], ["Baris 3, kolom Nama: berisi rumus. Tempel hasilnya sebagai nilai."]),
    ([("Baru", "Dinas", "", "boleh")], ["Baris 3, kolom Kantor pengelola: “boleh” tidak dikenal; isi “ya” atau “tidak”."]),
    ([("Baru", "Dinas", "", "ya")],
     ["Baris 3, kolom Kantor pengelola: Bappelitbangda sudah menjadi kantor pengelola. Tambahkan barisnya dengan isi “tidak”, "
      "atau tulis “tidak” di sini."]),
    ([("Dinas Kesehatan", "", "Puskesmas Kota")],
     ["Baris 3, kolom Induk: induknya berputar: Dinas Kesehatan → Puskesmas Kota → Dinas Kesehatan."]),
    ([("A", "Dinas", "B"), ("B", "Dinas", "A")],
     ["Baris 3, kolom Induk: induknya berputar: A → B → A.", "Baris 4, kolom Induk: induknya berputar: B → A → B."]),
])
def test_a_wrong_row_says_where_and_what(rows, sentences):
    assert faults(*rows) == sentences
    assert report(*rows).plans == []


def test_the_office_moves_when_its_own_row_says_so():
    assert whats(("Bappelitbangda", "", "", "tidak"), ("Brida", "Badan", "", "ya")) == ["diubah", "baru"]


def test_the_example_of_the_template_is_left_out():
    seen = report(("Contoh: Puskesmas Sukamaju", "Puskesmas"), ("Dinas Sosial", "Dinas"))
    assert ([one.label for one in seen.found], seen.examples) == (["Dinas Sosial"], 1)


names = st.text(min_size=1, max_size=40).map(tidy).filter(lambda name: name and name not in NOTHING and not name.startswith("=")
                                                         and not name.casefold().startswith("contoh:"))


@st.composite
def lists(draw):
    """Units whose parent, if any, stands before them."""
    found: list[KnownUnit] = []
    for id, name in enumerate(draw(st.lists(names, unique_by=key, max_size=12)), 1):
        parent = draw(st.sampled_from(["", *(unit.name for unit in found)]))
        found.append(KnownUnit(id, name, draw(st.sampled_from(UNIT_KINDS)), parent, is_office=id == 1 and draw(st.booleans())))
    return draw(st.permutations(found))


@given(lists())
def test_what_was_written_comes_back_the_same(units):
    seen = read(lines(*map(line_of, units)), units)
    assert {one.what for one in seen.found} <= {"sama"} and seen.plans == []


@given(lists())
def test_an_import_into_an_empty_list_makes_that_list(units):
    seen = read(lines(*map(line_of, units)), [])
    made = {plan.name for plan in seen.plans}
    assert [one.faults for one in seen.found if one.faults] == [] and made == {unit.name for unit in units}
    there: set[str] = set()
    for plan in seen.plans:
        assert not plan.parent or plan.parent in there
        there.add(plan.name)


@given(st.lists(st.tuples(*[st.one_of(st.none(), st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.dates(), st.just(FORMULA),
                                      st.sampled_from(["Dinas", "Dinas Kesehatan", "A", "B", "ya"])) for _ in COLUMNS]), max_size=8))
def test_whatever_stands_in_the_cells_gets_a_report(rows):
    seen = report(*rows)
    assert len(seen.found) + seen.examples == len(rows)
    assert all(bool(one.faults) == (one.what == "galat") for one in seen.found)
