"""Pages in one or two orders, and what is marked on them."""
from typing import NamedTuple

from app.rules import hints


class Page(NamedTuple):
    texts: tuple[str, ...]
    order: tuple[int, ...] = ()


DECREE = Page(("KEPUTUSAN BUPATI\nNOMOR 188/45/2025\tTim inovasi JEMPUT GIZI\nditetapkan 12 Februari 2025",))
SCAN = Page(())


def ask(pages, name="JEMPUT GIZI", number="188/45/2025", years=(2025, 2024)):
    return {hint.key: (hint.found, hint.uncertain) for hint in hints.look(pages, hints.wanted(name, number, years))}


def test_pages_count_from_one_and_scans_are_skipped_and_told():
    pages = [SCAN, DECREE, Page(("inovasi JEMPUT GIZI PLUS",)), SCAN]
    assert ask(pages) == {"nama": ((2,), (3,)), "nomor": ((2,), ()), "tahun-2024": ((), ()), "tahun-2025": ((2,), ())}
    assert hints.unread(pages) == [1, 4]
    assert hints.spans([1, 2, 3, 7]) == "1–3, 7"


def test_without_a_name_or_a_number_nothing_is_said_of_them():
    assert list(ask([DECREE], name="", number="tanpa nomor", years=())) == []


def test_the_words_to_mark_are_those_found():
    name, number, year = hints.wanted("JEMPUT GIZI", "188/45/2025", [2025])
    assert (hints.places(DECREE, name), hints.places(DECREE, number), hints.places(DECREE, year)) == ([6, 7], [3], [11])


def test_uncertain_places_are_marked_where_there_is_no_certain_one():
    (name,) = hints.wanted("JEMPUT GIZI", "", [])
    assert hints.places(Page(("inovasi JEMPUT GIZI PLUS dan inovasi JEMPUT GIZI",)), name) == [6, 7]
    assert hints.places(Page(("inovasi JEMPUT GIZI PLUS",)), name) == [1, 2]


def test_a_name_broken_in_its_cell_is_found_in_the_order_of_blocks():
    across = Page(("Pelaksanaan inovasi JEMPUT\t12 bulan\nGIZI di desa", "Pelaksanaan inovasi JEMPUT\nGIZI di desa\t12 bulan"), (0, 1, 2,
    5, 6, 7, 3, 4))
    (name,) = hints.wanted("JEMPUT GIZI", "", [])
    assert ask([across], number="", years=())["nama"] == ((1,), ())
    assert hints.places(across, name) == [2, 5]


def test_what_one_order_denies_the_other_does_not_make_certain():
    across = Page(("11\tJEMPUT GIZI\tDinas Kesehatan\nPLUS", "11\tJEMPUT GIZI\nPLUS\tDinas Kesehatan"), (0, 1, 2, 5, 3, 4))
    assert ask([across], number="", years=())["nama"] == ((), (1,))


def test_the_words_of_a_name_as_they_are_compared():
    assert hints.words("Inovasi “E-Lapor” Désa!") == ["inovasi", "e", "lapor", "desa"]
