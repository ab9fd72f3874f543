"""A region's own colour is readable wherever it is used, whichever one they choose."""
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import Refused, colours

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_as_in_wcag():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert colours.contrast("#12594b", "#f6f5ef") == pytest.approx(7.5, abs=0.1)


@given(COLOURS, COLOURS)
def test_contrast_has_no_direction(one, other):
    assert 1 <= colours.contrast(one, other) == colours.contrast(other, one) <= 21.0000001


@given(COLOURS, COLOURS)
def test_mixing_begins_at_one_and_ends_at_the_other(one, other):
    assert (colours.mixed(one, other, 0), colours.mixed(one, other, 1)) == (one, other)


@given(COLOURS)
def test_the_shade_offered_is_readable_and_the_colour_itself_where_it_was(colour):
    offered = colours.darkened(colour)
    assert colours.is_readable(offered) and (offered == colour) == colours.is_readable(colour)


@given(COLOURS)
def test_a_colour_too_light_is_refused_with_its_contrast_and_a_shade(colour):
    if colours.is_readable(colour):
        colours.must_be_readable(colour)
    else:
        with pytest.raises(Refused, match=f"terlalu terang: kontrasnya .*{colours.darkened(colour)}"):
            colours.must_be_readable(colour)


@pytest.mark.parametrize("words", ["", "hijau", "#12594", "#12594B", "12594b", "#12594b;", "#12594b\n"])
def test_anything_but_six_digits_is_refused(words):
    with pytest.raises(Refused, match="enam angka"):
        colours.must_be_readable(words)
    with pytest.raises(ValueError, match="not a colour"):
        colours.channels(words)


def test_all_shades_of_a_thousand_readable_colours_can_be_read():
    chance, wrong = random.Random(5), []
    for _ in range(1000):
        colour = colours.darkened(f"#{chance.randrange(0x1000000):06x}")
        made = colours.shades(colour)
        pairs = {"white on the bar": (colours.WHITE, made["900"], 7), "quiet on the bar": (made["200"], made["900"], 4.5),
                 "dash": (made["500"], "#ffffff", 3)}
        for tint in ("100", "50"):
            pairs |= {f"{name} on {tint}": (text, made[tint], 4.5) for name, text in
                      {"ink": "#1b2825", "ink 2": "#4a5854", "link": colour, "dark": made["900"]}.items()}
        wrong += [(colour, name) for name, (text, ground, least) in pairs.items() if colours.contrast(text, ground) < least]
    assert wrong == []


def test_our_own_shades_are_what_the_style_sheet_has():
    """Not the same digits, but near: who chooses our green gets our look."""
    made = colours.shades(colours.OURS)
    for name, ours in {"900": "#0b3a32", "700": "#12594b", "500": "#3b8773", "300": "#9cc8bb", "100": "#dbeae4", "50": "#eff6f3"}.items():
        assert max(abs(a - b) for a, b in zip(colours.channels(made[name]), colours.channels(ours), strict=True)) <= 30, name
