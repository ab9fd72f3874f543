"""Which level the linked documents carry, row by row of the 2026 instrument: T-0 is 2026, T-1 2025, T-2 2024."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import instruments
from app.rules.evidence import EvidenceRule, Proof, lacking, resolve, supported_level

SOURCE = instruments.load("iid-2026")
ROWS = {item["code"]: item for item in SOURCE["indicators"] if item["aspect"] == "SID"}
KINDS = ("pdf", "jpg", "png", "mp4", "url")
YEARS = (2023, 2024, 2025, 2026, 2027)


def rule(code: str, basis: str | None = None) -> EvidenceRule:
    row = ROWS[code]
    types = next((one.get("file_types") for one in row.get("bases", ()) if one["code"] == basis), None)
    return EvidenceRule.read(row["evidence"], year=SOURCE["year"], default_types=SOURCE["default_file_types"], basis_types=types)


def file(name: str, *years: int, kind: str = "pdf", set: int = 1) -> Proof:
    """A document; the same name is the same file. A picture in .jpg is one in .jpeg."""
    return Proof(name, frozenset({kind, "jpeg"} if kind == "jpg" else {kind}), frozenset(years), set)


def level(code: str, *proofs: Proof, substances: int = 0, basis: str | None = None) -> int:
    return supported_level(rule(code, basis), proofs, substances)


@pytest.mark.parametrize(("years", "expected"), [
    ([], 0), ([2026], 1), ([2025], 1), ([2024], 1), ([2023], 0), ([2024, 2025], 2), ([2025, 2026], 2), ([2024, 2026], 1), ([2024, 2025, 2026], 3),
])
def test_row_18_each_year_of_budget_needs_its_own_file(years, expected):
    assert level("18", *(file(str(year), year) for year in years)) == expected


@pytest.mark.parametrize(("years", "expected"), [
    ([], 0), ([2026], 0), ([2025], 1), ([2024], 1), ([2024, 2025], 2), ([2025, 2026], 1), ([2024, 2026], 1), ([2024, 2025, 2026], 3), ([2027], 0),
])
def test_row_21_the_present_year_alone_plans_nothing_yet(years, expected):
    assert level("21", *(file(str(year), year) for year in years)) == expected


@pytest.mark.parametrize("code", ["18", "21"])
def test_one_file_for_three_years_proves_one(code):
    assert level(code, file("a", 2024, 2025, 2026)) == 1
    assert level(code, file("a", 2024, 2025, 2026), file("a", 2024, 2025, 2026)) == 1
    assert level(code, file("a", 2024, 2025, 2026), file("b", 2024, 2025, 2026)) == 2
    assert level(code, *(file(name, 2024, 2025, 2026) for name in "abc")) == 3


def test_files_are_shared_out_over_the_years_in_the_best_way():
    """The file of two years must leave the year to the one that has no other."""
    assert level("18", file("a", 2024, 2025), file("b", 2024), file("c", 2025, 2026)) == 3
    assert level("18", file("a", 2024, 2025), file("b", 2024, 2025), file("c", 2024, 2025)) == 2


@pytest.mark.parametrize(("code", "kind"), [("20", "pdf"), ("27", "jpg"), ("31", "pdf")])
def test_counted_rows_need_as_many_sets_as_the_level(code, kind):
    one, two, three = (file(name, 2025, kind=kind, set=number) for number, name in enumerate("abc", start=1))
    assert [level(code), level(code, one), level(code, one, two), level(code, one, two, three)] == [0, 1, 2, 3]
    assert level(code, one, two, three, file("d", 2025, kind=kind, set=4)) == 3


@pytest.mark.parametrize(("code", "kind"), [("20", "pdf"), ("27", "jpg"), ("31", "pdf")])
def test_the_same_file_in_three_sets_counts_once(code, kind):
    assert level(code, *(file("a", 2025, kind=kind, set=number) for number in (1, 2, 3))) == 1
    assert level(code, file("a", 2025, kind=kind, set=1), file("a", 2025, kind=kind, set=2), file("b", 2025, kind=kind, set=3)) == 2


def test_many_files_of_one_set_are_one_set():
    assert level("31", *(file(name, set=1) for name in "abcd")) == 1


@pytest.mark.parametrize(("years", "expected"), [([2024], 3), ([2026], 3), ([2023], 0), ([], 0), ([2023, 2025], 3)])
@pytest.mark.parametrize("code", ["17", "22"])
def test_rows_17_and_22_take_any_year_of_the_three_and_no_other(code, years, expected):
    assert level(code, file("a", *years)) == expected


@pytest.mark.parametrize(("years", "expected"), [([2025], 1), ([2020], 0), ([], 0)])
def test_trainings_before_the_three_years_do_not_count(years, expected):
    assert level("20", file("a", *years)) == expected


@pytest.mark.parametrize("basis", ["a", "b", "c", "d", "e", "f"])
@pytest.mark.parametrize(("kind", "expected"), [("pdf", 3), ("jpg", 3), ("png", 3), ("mp4", 0), ("url", 0)])
def test_row_33_takes_a_document_or_a_picture_on_every_basis(basis, kind, expected):
    own = next(one.get("file_types") for one in ROWS["33"]["bases"] if one["code"] == basis)
    assert level("33", file("a", kind=kind), basis=basis) == (expected if not own or kind in own else 0)


@pytest.mark.parametrize(("basis", "kind", "expected"), [
    (None, "pdf", 0), ("digital", "pdf", 0), ("digital", "png", 3), ("nondigital", "pdf", 3), ("nondigital", "png", 3)])
def test_row_30_takes_documents_only_for_what_is_not_digital(basis, kind, expected):
    assert level("30", file("a", kind=kind), basis=basis) == expected


@pytest.mark.parametrize(("substances", "expected"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
@pytest.mark.parametrize("kind", ["mp4", "url"])
def test_row_35_a_video_is_worth_what_it_tells(kind, substances, expected):
    assert level("35", file("a", kind=kind), substances=substances) == expected


def test_row_35_a_cover_alone_is_no_video():
    assert level("35", file("a", kind="jpg"), substances=5) == 0
    assert level("35", file("a", kind="jpg"), file("b", kind="mp4"), substances=5) == 3


def test_a_link_with_its_capture_counts_as_either():
    captured = Proof("a", frozenset({"png", "url"}), frozenset())
    assert level("35", captured, substances=5) == 3 and level("27", captured) == 1 and level("31", captured) == 0


@pytest.mark.parametrize("code", ROWS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_kind_proves_nothing(code, kind):
    types = ROWS[code]["evidence"].get("file_types") or SOURCE["default_file_types"]
    proofs = [file(name, year, kind=kind, set=number) for number, (name, year) in enumerate(zip("abc", (2024, 2025, 2026), strict=True), start=1)]
    must = ROWS[code]["evidence"].get("must_include")
    assert bool(level(code, *proofs, substances=5)) == (kind in (must or types))


@pytest.mark.parametrize("code", ROWS)
def test_every_row_can_be_proven_to_the_top_and_not_without_evidence(code):
    kind = (ROWS[code]["evidence"].get("must_include") or ROWS[code]["evidence"].get("file_types") or ["pdf"])[0]
    proofs = [file(name, year, kind=kind, set=number) for number, (name, year) in enumerate(zip("abc", (2024, 2025, 2026), strict=True), start=1)]
    assert (level(code, *proofs, substances=5), level(code, substances=5)) == (3, 0)


PROOFS = st.builds(lambda name, kind, years, number: file(name, *years, kind=kind, set=number),
                   st.sampled_from("abcdef"), st.sampled_from(KINDS), st.sets(st.sampled_from(YEARS)), st.integers(1, 4))


@given(st.sampled_from(sorted(ROWS)), st.lists(PROOFS, max_size=6), PROOFS, st.integers(0, 5))
def test_one_more_document_never_lowers_the_level(code, proofs, more, substances):
    assert level(code, *proofs, substances=substances) <= level(code, *proofs, more, substances=substances)


@given(st.sampled_from(sorted(ROWS)), st.lists(PROOFS, max_size=6), st.integers(0, 5), st.randoms())
def test_the_order_of_documents_does_not_matter(code, proofs, substances, random):
    shuffled = random.sample(proofs, len(proofs))
    assert level(code, *proofs, substances=substances) == level(code, *shuffled, substances=substances)


@given(st.sampled_from(sorted(ROWS)), st.lists(PROOFS, max_size=6), st.integers(0, 5), st.integers(1, 3))
def test_something_is_said_to_be_missing_exactly_when_the_level_is_not_carried(code, proofs, substances, wanted):
    short = supported_level(rule(code), proofs, substances) < wanted
    assert bool(lacking(rule(code), proofs, substances, wanted)) == short


@pytest.mark.parametrize(("code", "proofs", "substances", "wanted", "said"), [
    ("16", [], 0, 1, "belum ada dokumen yang dilampirkan"),
    ("35", [file("a", kind="jpg")], 5, 1, "belum ada video atau tautan dengan tangkapan layar bertanggal"),
    ("17", [file("a", 2020)], 0, 1, "belum ada dokumen untuk tahun 2024, 2025, atau 2026"),
    ("16", [file("a", kind="png")], 0, 1, "jenis berkas yang diterima: pdf"),
    ("35", [file("a", kind="mp4")], 2, 3, "baru 2 substansi video yang dicentang, perlu 5"),
    ("31", [file("a", set=1), file("a", set=2)], 0, 2, "baru 1 set bukti dengan berkas berbeda, perlu 2"),
    ("18", [file("a", 2024), file("b", 2026)], 0, 3, "belum ada berkas untuk tahun 2025"),
    ("18", [file("a", 2026)], 0, 2, "belum ada berkas untuk tahun 2025"),
    ("16", [file("a")], 0, 3, ""),
])
def test_what_is_missing_is_said_in_words(code, proofs, substances, wanted, said):
    assert lacking(rule(code), proofs, substances, wanted) == said


def test_years_are_counted_from_the_instrument():
    assert resolve(["T-2", "T-1", "T-0"], 2026) == [2024, 2025, 2026] and resolve(["T-1"], 2023) == [2022]
