"""The guide: every anchor it names exists, every number is the instrument's."""
import re

import pytest

from tests.web.reviewing import text


@pytest.fixture
def page(open_as):
    return open_as("owner").get("/bantuan")


def test_every_anchor_leads_somewhere(page):
    anchors = re.findall(r'href="#(\w+)"', page.text)
    assert len(anchors) == 7 and [name for name in anchors if f'id="{name}"' not in page.text] == []


def test_the_numbers_are_those_of_the_instrument(page, cast):
    rows = cast.instrument.innovation_rows()
    said = text(page)
    assert "paling banyak 111 poin" in said
    assert "klaim level 3 berarti 3 × 3 = 9 poin diklaim" in said
    assert "Pada baris 18 dan 21 setiap tahun" in said and "baris 20, 27, dan 31 perlu set bukti" in said
    assert "Baris 16, 17, 32, 33, dan 35 wajib" in said
    assert "T-0 adalah 2026, T-1 2025, dan T-2 2024" in said
    assert [row.name for row in rows if row.name not in said] == []
    assert f"{sum(row.weight for row in rows) * 3:f}" == "111"


def test_what_is_judged_is_what_the_instrument_says(page):
    assert "tahap penerapan yang diterapkan atau dikembangkan 1 Januari 2024 sampai 31 Desember 2025" in text(page)
    assert "paling sedikit 300 kata" in text(page)


def test_the_worked_example_is_the_one_of_the_guideline(page):
    assert "(50 + 85 + 16 × 0,38) ÷ 250 × 100 = 56,43 ." in text(page)


def test_it_says_whom_to_ask(page):
    assert "Bidang Penelitian dan Pengembangan, pesawat 112" in page.text


@pytest.mark.parametrize("who", ["head", "stranger", "reviewer", "coordinator", "leader", "admin"])
def test_everyone_may_read_it(open_as, who):
    open_as(who).get("/bantuan")
