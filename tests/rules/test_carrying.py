"""What goes on into the next year: nothing valid is lost, nothing expired is linked, no level above what the later rule knows."""
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app import instruments
from app.rules.carrying import Before, Carried, Held, Measure, Now, carry, carry_row, used_up
from app.rules.evidence import EvidenceRule, Proof, supported_level

SOURCE = instruments.load("iid-2026")
ROWS = [row for row in SOURCE["indicators"] if row["aspect"] == "SID"]
LATER = 2027


def now(row: dict, highest: int = 3, year: int = LATER) -> Now:
    bases = {None: None, **{basis["code"]: basis.get("file_types") for basis in row.get("bases", ())}}
    measures = {code: Measure(EvidenceRule.read(row["evidence"], year=year, default_types=SOURCE["default_file_types"], basis_types=types), highest)
                for code, types in bases.items()}
    return Now(row["code"], row["name"], Decimal(str(row["weight"])), measures, [one["code"] for one in row["evidence"].get("substances") or ()])


def held(id: int, *years: int, kind: str = "pdf", kept_out: str = "", set: int = 1) -> Held:
    return Held(id, f"Dokumen {id}", Proof(str(id), frozenset({kind}), frozenset(years), set), "", kept_out)


def before(code: str, level: int | None, *documents: Held, basis: str | None = None, substances=(), proven: int | None = None) -> Before:
    return Before(code, "Baris", level, proven, basis, substances, documents)


def row(code: str) -> dict:
    return next(one for one in ROWS if one["code"] == code)


def carried(code: str, level: int | None, *documents: Held, highest: int = 3, **more) -> Carried:
    return carry_row(before(code, level, *documents, **more), now(row(code), highest))


def ids(some) -> list[int]:
    return [(one.held if hasattr(one, "held") else one).document for one in some]


def test_a_budget_of_each_year_loses_the_oldest_and_says_which_is_missing():
    found = carried("18", 3, held(1, 2024), held(2, 2025), held(3, 2026))
    assert (ids(found.linked), ids(found.left)) == ([2, 3], [1])
    assert (found.level, found.evidenced, found.points) == (3, 2, 2)
    assert found.lacks == "belum ada berkas untuk tahun 2027"
    assert [(one.why, one.is_expired) for one in found.left] == [("berlaku untuk 2024; dibutuhkan 2025, 2026, atau 2027", True)]


def test_a_document_for_a_part_of_the_years_goes_along():
    found = carried("21", 2, held(1, 2024, 2025))
    assert (ids(found.linked), found.evidenced, found.lacks) == ([1], 1, "belum ada berkas untuk tahun 2026")


def test_a_row_without_years_keeps_what_it_has():
    found = carried("16", 3, held(1, 2019), held(2))
    assert (ids(found.linked), found.left, found.evidenced, found.lacks) == ([1, 2], [], 3, "")


def test_a_kind_no_longer_taken_an_archived_and_a_nameless_year_stay_with_their_reason():
    found = carried("17", 2, held(1, 2026, kind="mp4"), held(2, 2026, kept_out="sudah diarsipkan"), held(3))
    assert [(one.why, one.is_expired) for one in found.left] == [
        ("baris ini hanya menerima pdf", False), ("sudah diarsipkan", False), ("tahunnya belum diisi; dibutuhkan 2025, 2026, atau 2027", False)]
    assert found.linked == []


def test_a_level_that_is_no_more_becomes_the_highest_there_is():
    found = carried("24", 3, held(1), highest=2)
    assert (found.level, found.evidenced, found.is_lowered) == (2, 2, True)


def test_a_basis_that_is_no_more_empties_the_claim_and_keeps_the_documents():
    found = carried("33", 3, held(1), basis="z")
    assert (found.level, found.basis, ids(found.linked), found.is_lowered) == (None, None, [1], True)
    assert carried("33", 3, held(1), basis="a").level == 3


def test_substances_the_later_row_asks_for_stay():
    asked = [one["code"] for one in row("35")["evidence"]["substances"]]
    found = carried("35", 2, held(1, kind="mp4"), substances=[*asked[:3], "lain"])
    assert (found.substances, found.evidenced) == (asked[:3], 2)


def test_a_claim_that_was_not_proven_is_told():
    assert carried("16", 3, held(1), proven=1).was_doubted
    assert not carried("16", 3, held(1), proven=3).was_doubted
    assert not carried("16", 3, held(1)).was_doubted


def test_a_new_row_is_empty_and_a_row_that_is_gone_takes_its_documents_with_it():
    plan = carry([(None, now(row("16"))), (before("99", 3, held(1), held(2)), None)])
    assert [(one.level, one.linked) for one in plan.rows] == [(None, [])]
    assert ([one.code for one in plan.gone], plan.left, plan.linked, plan.claims) == (["99"], 2, 0, 0)


def test_what_to_renew_comes_with_the_dearest_first():
    plan = carry([(before("22", 3, held(1, 2024)), now(row("22"))), (before("18", 3, held(2, 2026)), now(row("18"))),
                  (before("16", 3, held(3)), now(row("16")))])
    assert [(one.now.code, one.points) for one in plan.renewals] == [("18", 4), ("22", 3)]
    assert (plan.claimed, plan.evidenced) == (18, 11)


def test_how_often_an_innovation_may_be_reported():
    assert [used_up(times, 2) for times in (0, 1, 2, 3)] == [False, False, True, True]
    assert not used_up(99, 0)


DOCUMENTS = st.lists(st.tuples(st.sets(st.sampled_from(range(2022, 2029)), max_size=4), st.sampled_from(["pdf", "jpg", "png", "mp4"]),
                               st.booleans(), st.integers(1, 4)), max_size=8)


@given(st.sampled_from(ROWS), st.sampled_from([None, 0, 1, 2, 3]), st.integers(1, 3), st.booleans(), DOCUMENTS)
def test_nothing_valid_is_lost_nothing_else_is_linked(source, level, highest, has_basis, documents):
    later = now(source, highest)
    some = [held(id, *years, kind=kind, kept_out="sudah diarsipkan" if out else "", set=set) for id, (years, kind, out, set) in enumerate(documents)]
    basis = next((code for code in later.measures if code), None) if has_basis else None
    found = carry_row(before(source["code"], level, *some, basis=basis), later)
    rule = later.measures[found.basis].rule
    assert set(ids(found.linked)) == {one.document for one in some if not one.kept_out and rule.fits(one.proof)}
    assert sorted(ids(found.linked) + ids(found.left)) == list(range(len(some)))
    assert all(one.proof.years & rule.years for one in found.linked if rule.years)
    assert (found.level or 0) <= min(level or 0, highest)
    assert found.evidenced == min(found.level or 0, supported_level(rule, [one.proof for one in found.linked]))
    assert bool(found.points) == bool(found.lacks)
    assert all(one.why for one in found.left)
