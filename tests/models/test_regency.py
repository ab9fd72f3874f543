"""The regency's own names and looks: one event a change, a colour nobody can read is refused."""
import pytest

from app.models import Regency
from app.rules import Refused
from tests.cast import make_file

FACTS = {"region": "Kabupaten Sumber Rejo", "office": "Bapperida", "seat": "Sumber Rejo", "contact": "Pesawat 112", "timezone": "Asia/Makassar",
         "number_prefix": "SR", "letter_number": "{nomor}/SR/{tahun}"}


@pytest.fixture
def regency(cast):
    return Regency.begin(cast.admin, **FACTS)


def test_what_is_not_said_is_empty(regency):
    assert (regency.region, regency.letterhead, regency.footer, regency.colour) == ("Kabupaten Sumber Rejo", "", "", "")
    assert [event.what for event in regency.events] == ["regency_described"]


def test_a_change_is_on_record_with_both_words(regency, cast):
    regency.edit(cast.admin, office="Brida", colour="#7a1f1f")
    assert regency.events[-1].details == {"changed": {"office": ["Bapperida", "Brida"], "colour": ["", "#7a1f1f"]}}


def test_no_change_is_refused(regency, cast):
    with pytest.raises(Refused, match="Tidak ada yang berubah"):
        regency.edit(cast.admin, **FACTS)


def test_a_colour_too_light_is_refused_and_nothing_else_taken(regency, cast):
    with pytest.raises(Refused, match="terlalu terang"):
        regency.edit(cast.admin, office="Brida", colour="#ffcc00")
    assert (regency.office, regency.colour, len(regency.events)) == ("Bapperida", "", 1)


def test_a_fact_nobody_knows_is_a_mistake(regency, cast):
    with pytest.raises(ValueError, match="slogan"):
        regency.edit(cast.admin, slogan="Maju")


def test_a_logo_is_put_and_taken_away(regency, cast):
    picture = make_file(1, "png")
    regency.put_logo(cast.admin, picture)
    with pytest.raises(Refused, match="Tidak ada yang berubah"):
        regency.put_logo(cast.admin, picture)
    regency.put_logo(cast.admin, None)
    assert [event.what for event in regency.events] == ["regency_described", "logo_put", "logo_removed"]


def test_a_logo_is_a_picture(regency, cast):
    with pytest.raises(Refused, match="PNG atau JPEG"):
        regency.put_logo(cast.admin, make_file(2))
