"""Slips to cut: eight on a page, whole names of whole accounts, nothing cut short that is typed in."""
from datetime import date

from app.exports.slips import Slip, slips
from tests.exports.readers import pdf_pages


def slip(number: int, **facts) -> Slip:
    return Slip(**{"name": f"Orang {number}", "roles": ["Operator OPD, Dinas Kesehatan"], "username": f"orang.{number}",
                   "password": f"baba-cici-{number}", "until": "25 November 2026 pukul 10.00 WIB", "first": "Catat inovasi.", **facts})


def pages(*people: Slip, address: str = "http://10.1.2.3:8000/") -> list[str]:
    return pdf_pages(slips(people, address, "Bappelitbangda, pesawat 112", "Slip", "Bappelitbangda", date(2026, 11, 22)))


def test_eight_stand_on_a_page_and_each_says_what_is_needed():
    found = pages(*map(slip, range(17)))
    assert [page.count("Kata sandi baba") for page in found] == [8, 8, 1]
    for words in ("Orang 0", "Operator OPD, Dinas Kesehatan", "http://10.1.2.3:8000/", "orang.0", "baba-cici-0", "25 November 2026 pukul 10.00 WIB",
                  "Catat inovasi.", "Bappelitbangda, pesawat 112"):
        assert words in found[0]


def test_long_texts_stay_on_their_slip_and_what_is_typed_stays_whole():
    long = slip(1, name="N" * 120, roles=[f"Operator OPD, {'Unit Pelaksana Teknis Daerah ' * 7}"] * 4, username="u" * 60)
    (page,) = pages(*[long] * 8)
    assert page.count("dan 2 peran lain") == 8
    assert page.replace(" ", "").count("u" * 60) == 8


def test_without_an_address_there_is_a_line_to_write_on():
    assert "…………" in pages(slip(1), address="")[0]
