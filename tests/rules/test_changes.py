"""What a reviewer is told has changed since the round before."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.changes import Change, of_profile, of_row

SK = {"document": 1, "version": 1, "title": "SK Tim", "doc_number": "188/2025", "dated_on": "2025-02-12", "years": [2025], "url": "",
      "file": "SK-tim.pdf", "sha256": "a" * 64, "kind": "pdf", "pages": "", "set": 1}
ROW = {"level": 2, "basis": None, "substances": [], "exhibits": [SK]}


def row(**facts):
    return ROW | facts


def sk(**facts):
    return SK | facts


@pytest.mark.parametrize(("after", "expected"), [
    (row(), []),
    (row(level=3), [Change("Klaim", "level 2", "level 3")]),
    (row(level=None), [Change("Klaim", "level 2", "kosong")]),
    (row(basis="a"), [Change("Satuan ukur", "belum dipilih", "a")]),
    (row(substances=["latar", "dampak"]), [Change("Substansi video", "0 dicentang", "2 dicentang")]),
    (row(exhibits=[]), [Change("Bukti dilepas", "SK-tim.pdf", "")]),
    (row(exhibits=[SK, sk(document=2, file="foto.jpg")]), [Change("Bukti baru", "", "foto.jpg")]),
    (row(exhibits=[sk(version=2, sha256="b" * 64, file="SK-peran.pdf")]), [Change("Berkas", "SK-tim.pdf", "SK-peran.pdf")]),
    (row(exhibits=[sk(pages="3-4")]), [Change("Keterangan bukti", "SK Tim · 188/2025 · 2025-02-12 · 2025 · set 1",
                                              "SK Tim · 188/2025 · 2025-02-12 · 2025 · hlm. 3-4 · set 1")]),
    (row(exhibits=[sk(years=[])]), [Change("Keterangan bukti", "SK Tim · 188/2025 · 2025-02-12 · 2025 · set 1",
                                           "SK Tim · 188/2025 · 2025-02-12 · tanpa tahun · set 1")]),
    (row(level=1, exhibits=[]), [Change("Klaim", "level 2", "level 1"), Change("Bukti dilepas", "SK-tim.pdf", "")]),
])
def test_each_change_of_a_row_is_said_once(after, expected):
    assert of_row(ROW, after) == expected


def test_without_an_earlier_round_everything_is_new():
    assert of_row(None, ROW) == [Change("Klaim", "kosong", "level 2"), Change("Bukti baru", "", "SK-tim.pdf")]


def test_the_order_of_substances_says_nothing():
    assert of_row(row(substances=["latar", "dampak"]), row(substances=["dampak", "latar"])) == []


@pytest.mark.parametrize(("after", "expected"), [
    ({"purpose": "Menekan stunting.", "touching": ["Sosial"], "trial_on": None}, []),
    ({"purpose": "Menekan stunting dan anemia.", "touching": ["Sosial"], "trial_on": None},
     [Change("Tujuan", "Menekan stunting.", "Menekan stunting dan anemia.")]),
    ({"purpose": "Menekan stunting.", "touching": ["Sosial", "Pendidikan"], "trial_on": "2024-01-08"},
     [Change("Urusan", "Sosial", "Sosial, Pendidikan"), Change("Uji coba", "", "2024-01-08")]),
])
def test_changed_fields_of_a_profile_are_named_by_their_labels(after, expected):
    before = {"purpose": "Menekan stunting.", "touching": ["Sosial"], "trial_on": None}
    assert of_profile(before, after, {"purpose": "Tujuan", "touching": "Urusan", "trial_on": "Uji coba"}) == expected


def test_a_first_profile_has_no_changes():
    assert of_profile(None, {"purpose": "Menekan stunting."}, {"purpose": "Tujuan"}) == []


def exhibit(document):
    return st.fixed_dictionaries({
        "document": st.just(document), "version": st.integers(1, 3), "title": st.sampled_from(["SK", "Foto"]), "doc_number": st.just("1"),
        "dated_on": st.none(), "years": st.lists(st.sampled_from([2024, 2025]), unique=True), "url": st.just(""),
        "file": st.sampled_from(["a.pdf", "b.pdf"]), "sha256": st.sampled_from(["a" * 64, "b" * 64]), "kind": st.just("pdf"),
        "pages": st.sampled_from(["", "3"]), "set": st.integers(1, 3)})


facts = st.fixed_dictionaries({
    "level": st.none() | st.integers(0, 3), "basis": st.none() | st.sampled_from(["a", "b"]),
    "substances": st.lists(st.sampled_from(["latar", "jaring", "dampak"]), unique=True),
    "exhibits": st.lists(st.integers(1, 4), unique=True).flatmap(lambda ids: st.tuples(*map(exhibit, ids)).map(list))})


@given(facts)
def test_nothing_differs_from_itself(one):
    assert of_row(one, one) == []


@given(facts, facts)
def test_a_difference_goes_both_ways(one, other):
    assert {change.label for change in of_row(one, other)} - {"Bukti baru", "Bukti dilepas"} == (
        {change.label for change in of_row(other, one)} - {"Bukti baru", "Bukti dilepas"})


@given(facts, facts)
def test_different_facts_are_never_called_unchanged(one, other):
    """Order of documents and substances aside, which say nothing."""
    said = of_row(one, other)
    same = (one["level"], one["basis"], sorted(one["substances"])) == (other["level"], other["basis"], sorted(other["substances"])) and (
        sorted(one["exhibits"], key=lambda item: item["document"]) == sorted(other["exhibits"], key=lambda item: item["document"]))
    assert bool(said) == (not same)
