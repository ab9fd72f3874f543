"""The 22 items: all may be empty in a draft; a submission is told everything that is missing, in their order."""
from datetime import date

import pytest

from app import instruments
from app.models.innovation import PROFILE as COLUMNS
from app.rules.codelists import NON_PKPN, PKPN
from app.rules.eligibility import Window
from app.rules.profile import FILE_SLOTS, ITEMS, SECTIONS, filled, gaps
from tests.cast import PROFILE

WINDOW = Window.read(instruments.load("iid-2026"))
EMPTY = dict.fromkeys([*COLUMNS, *FILE_SLOTS])
WHOLE = EMPTY | PROFILE | {"name": "JEMPUT GIZI"}


def sentences(**changes) -> list[str]:
    return [gap.sentence for gap in gaps(WHOLE | changes, WINDOW)]


def test_there_are_22_items_each_in_a_section_and_on_the_profile():
    assert [item.number for item in ITEMS] == list(range(1, 23))
    assert {item.section for item in ITEMS} == {section.slug for section in SECTIONS}
    assert {field for item in ITEMS for field in item.fields} <= set(EMPTY)


def test_a_whole_profile_lacks_nothing():
    assert sentences() == [] and filled(WHOLE) == 17


def test_an_empty_one_is_told_everything_in_order():
    assert [gap.sentence for gap in gaps(EMPTY, WINDOW)] == [
        f"{item.label} belum diisi." for item in ITEMS if item.number not in (14, 19, 20, 21, 22)]
    assert filled(EMPTY) == 0


@pytest.mark.parametrize("item", [item for item in ITEMS if item.section != "berkas" and item.number not in (10, 14)], ids=lambda item: item.label)
@pytest.mark.parametrize("nothing", [None, "", []])
def test_each_required_item_is_missed_in_its_section(item, nothing):
    found = gaps(WHOLE | {item.fields[-1]: nothing}, WINDOW)
    assert [(gap.section, gap.sentence) for gap in found] == [(item.section, f"{item.label} belum diisi.")]


def test_half_a_coordinate_is_none():
    assert sentences(latitude=None) == sentences(longitude=None) == ["Koordinat belum diisi."]


def test_the_equator_and_greenwich_are_places():
    assert sentences(latitude=0.0, longitude=0.0) == []


@pytest.mark.parametrize("slot", FILE_SLOTS)
def test_files_may_be_missing_but_count_when_there(slot):
    assert filled(WHOLE | {slot: "a" * 64}) == 18


@pytest.mark.parametrize(("applied", "developed", "expected"), [
    (date(2023, 12, 31), None, ["Tanggal pengembangan terakhir belum diisi."]), (date(2023, 12, 31), date(2024, 6, 1), []),
    (date(2024, 1, 1), None, [])])
def test_an_old_innovation_must_say_when_it_was_developed(applied, developed, expected):
    assert sentences(applied_on=applied, developed_on=developed) == expected


def test_a_programme_is_asked_for_only_inside_a_cluster():
    cluster = next(name for name, programmes in PKPN.items() if programmes)
    assert sentences(pkpn_cluster=NON_PKPN, pkpn_main=None) == []
    assert sentences(pkpn_cluster=cluster, pkpn_main=None) == ["PKPN belum diisi."]
    assert sentences(pkpn_cluster=cluster, pkpn_main=PKPN[cluster][0]) == []
    assert sentences(pkpn_cluster=None) == ["PKPN belum diisi."]


@pytest.mark.parametrize(("words", "expected"), [
    (299, ["Rancang bangun baru 299 kata; paling sedikit 300 kata."]), (300, []), (1, ["Rancang bangun baru 1 kata; paling sedikit 300 kata."])])
def test_the_design_has_a_least_number_of_words(words, expected):
    assert sentences(design=" ".join(["kata"] * words)) == expected


def test_blanks_are_no_words():
    assert sentences(design="  \n ") == ["Rancang bangun dan pokok perubahan belum diisi."]
