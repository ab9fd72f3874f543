"""The training regency's people, innovations and words are complete and fit the official lists."""

import json
import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

import app
from app.demo.content.catalogue import INNOVATIONS, NON_PKPN, of_year
from app.demo.content.design import design_text
from app.demo.content.notes import APPROVAL_NOTES, PROFILE_NOTES, REASONS, REPLIES, ROUND_NOTES
from app.demo.content.people import PEOPLE
from app.demo.content.recipes import RECIPES, recipe
from app.demo.content.units import UNITS

DATA = Path(app.__file__).parent / "data"
LISTS = json.loads((DATA / "codelists-2026.json").read_text(encoding="utf-8"))
INSTRUMENT = json.loads((DATA / "instruments" / "iid-2026.json").read_text(encoding="utf-8"))
ROWS = {row["code"]: row for row in INSTRUMENT["indicators"] if row["aspect"] == "SID"}
AFFAIRS = {affair for group in LISTS["urusan"].values() for affair in group}
ALL = list(INNOVATIONS.values())


def roles(role):
    return [(person, unit) for person in PEOPLE for each, unit in person.memberships if each == role]


def test_units_are_of_every_kind_and_have_parents():
    assert {unit.kind for unit in UNITS.values()} == set(LISTS["jenis_unit"])
    assert all(unit.parent in UNITS for unit in UNITS.values() if unit.parent)
    assert [unit.short for unit in UNITS.values() if unit.is_office] == ["Bappelitbangda"]


def test_every_unit_has_an_operator_and_most_a_head():
    assert {unit for _, unit in roles("operator")} == set(UNITS)
    assert len(roles("head")) >= 30
    assert sorted(unit for _, unit in roles("reviewer")) == ["bappelitbangda"] * 4 + ["inspektorat"]
    assert [len(roles(role)) for role in ("coordinator", "leader", "admin")] == [2, 1, 1]
    assert any(len({unit for _, unit in person.memberships}) == 2 for person in PEOPLE)


def test_usernames_and_numbers_are_unique_and_well_formed():
    usernames = [person.username for person in PEOPLE]
    numbers = [person.nip for person in PEOPLE if person.nip]
    assert len(set(usernames)) == len(usernames) and len(set(numbers)) == len(numbers)
    for number in numbers:
        assert re.fullmatch(r"\d{18}", number)
        born, began = date.fromisoformat(number[:8]), date.fromisoformat(number[8:14] + "01")
        assert number[14] in "12" and 17 <= began.year - born.year <= 40
        assert number[15] == "9", "the serial shows that the number is invented"


def test_there_are_enough_innovations():
    assert len(of_year(2026)) >= 64
    assert len(of_year(2025)) >= 8
    assert sum(item.rich for item in ALL) == 8
    assert {item.kind for item in ALL} == set(LISTS["jenis"])
    assert {item.stage for item in ALL} == set(LISTS["tahapan"])
    assert len({item.name for item in ALL}) == len(ALL)


def test_basic_affairs_are_covered():
    covered = {item.main_affair for item in of_year(2026) if item.is_eligible(2026)}
    assert set(LISTS["urusan"]["wajib_pelayanan_dasar"]) <= covered


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.key)
def test_choices_are_of_the_lists(item):
    assert item.stage in LISTS["tahapan"] and item.initiator in LISTS["inisiator"]
    assert item.classification in LISTS["klasifikasi"]
    assert item.kind in LISTS["jenis"] and item.form in LISTS["bentuk"]
    assert item.asta_cita in {each["no"] for each in LISTS["asta_cita"]}
    assert set(item.affairs) <= AFFAIRS and len(set(item.affairs)) == len(item.affairs)
    assert item.cluster in LISTS["pkpn"]
    if item.cluster == NON_PKPN:
        assert item.pkpn == ()
    else:
        assert item.pkpn_main in LISTS["pkpn"][item.cluster]
    assert set(item.pkpn) <= {name for names in LISTS["pkpn"].values() for name in names}


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.key)
def test_the_profile_is_whole(item):
    latitude, longitude = item.coordinates
    assert re.fullmatch(r"-7\.\d{5}", latitude) and re.fullmatch(r"11[23]\.\d{5}", longitude)
    assert item.unit not in item.partners
    assert (item.initiator_name, item.place, item.tagline, item.name) == tuple(
        text.strip() for text in (item.initiator_name, item.place, item.tagline, item.name)
    )
    days = [day for day in (item.idea_on, item.trial, item.applied, item.developed) if day]
    assert days == sorted(days)
    assert bool(item.applied) == (item.stage == "Penerapan")
    for text in (item.purpose, item.benefit, item.result) if item.applied else ():
        assert 1 < len(re.findall(r"\.(?=\s|$)", text)) <= 4


def test_designs_are_long_enough_and_differ():
    designs = {item.key: design_text(item) for item in ALL}
    short = {key: len(text.split()) for key, text in designs.items() if len(text.split()) < 300}
    assert [key for key in short if INNOVATIONS[key].stage == "Penerapan"] == []
    assert len(set(designs.values())) == len(designs)
    sentences = {key: set(re.split(r"(?<=\.)\s+", text)) for key, text in designs.items()}
    for one, other in combinations(sentences, 2):
        assert len(sentences[one] & sentences[other]) < 0.5 * len(sentences[one]), (one, other)


def test_recipes_bring_file_types_the_row_allows():
    assert set(RECIPES) == set(ROWS)
    for item in ALL:
        for row in RECIPES:
            allowed = ROWS[row]["evidence"]["file_types"] or ["pdf", "jpg", "png"]
            for level in (1, 2, 3):
                papers = recipe(row, level, item)
                assert papers and {paper.kind for paper in papers} <= set(allowed), (item.key, row, level)


@pytest.mark.parametrize("row", ["20", "27", "31"])
def test_as_many_sets_as_the_level(row):
    for item in ALL:
        for level in (1, 2, 3):
            assert {paper.set_number for paper in recipe(row, level, item)} == set(range(1, level + 1))


@pytest.mark.parametrize("row", ["18", "21"])
def test_level_three_has_each_year(row):
    for item in ALL:
        assert [paper.years for paper in recipe(row, 3, item)] == [(2024,), (2025,), (2026,)]


def test_the_same_key_is_the_same_document():
    seen = {}
    for item in ALL:
        for year in item.years:
            for row in RECIPES:
                for level in (1, 2, 3):
                    for paper in recipe(row, level, item, year):
                        assert seen.setdefault(paper.key, paper.link()) == paper.link()
                        assert paper.dated_on <= date(2026, 6, 1)
                        assert paper.captured_on or not paper.url


def test_words_exist_for_every_row():
    assert set(REASONS) == set(REPLIES) == set(RECIPES)
    assert all(len(set(words)) == len(words) >= 5 for words in REASONS.values())
    assert all(words for words in REPLIES.values())
    assert min(map(len, (ROUND_NOTES, APPROVAL_NOTES, PROFILE_NOTES))) >= 6
