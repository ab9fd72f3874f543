"""A text beside its earlier self, word by word."""
from hypothesis import given
from hypothesis import strategies as st

from app.rules.changes import IN, KEPT, OUT, Piece, shortened, words

texts = st.lists(st.sampled_from(["kader", "balita", "dan", "posyandu", "\n", "menimbang", ",", "94%"]), max_size=30).map(" ".join)


def joined(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


def test_only_the_words_that_differ_are_marked():
    assert words("Kader menimbang 61 balita tiap bulan.", "Kader menimbang 94 balita tiap dua bulan.") == [
        Piece(KEPT, "Kader menimbang"), Piece(OUT, " 61"), Piece(IN, " 94"), Piece(KEPT, " balita tiap"), Piece(IN, " dua"), Piece(KEPT, " bulan.")]


def test_another_line_end_is_no_other_word():
    assert words("Kader menimbang.\r\nBalita ditimbang.", "Kader menimbang.\n\nBalita ditimbang.") == [
        Piece(KEPT, "Kader menimbang.\n\nBalita ditimbang.")]


@given(texts, texts)
def test_what_was_kept_and_put_in_is_the_new_text(before, after):
    assert joined(words(before, after), KEPT, IN) == after.rstrip()


@given(texts, texts)
def test_what_was_kept_and_left_out_are_the_old_words(before, after):
    assert joined(words(before, after), KEPT, OUT).split() == before.split()


@given(texts)
def test_nothing_differs_from_itself(text):
    assert {piece.kind for piece in words(text, text)} <= {KEPT}


@given(texts, texts)
def test_reading_shorter_hides_no_change_and_says_what_it_hides(before, after):
    pieces = words(before, after)
    short = shortened(pieces, around=2)
    for kind in (OUT, IN):
        assert joined(short, kind) == joined(pieces, kind)
    kept = len(joined(pieces, KEPT).split())
    assert len(joined(short, KEPT).split()) + sum(piece.skipped for piece in short) == kept


def test_a_long_text_shows_the_words_around_its_changes():
    many = [f"kata{n}" for n in range(100)]
    short = shortened(words(" ".join(many), " ".join([*many[:50], "baru", *many[50:]])), around=2)
    assert short == [Piece(KEPT, "", 48), Piece(KEPT, " kata48 kata49"), Piece(IN, " baru"), Piece(KEPT, " kata50 kata51"), Piece(KEPT, "", 48)]
