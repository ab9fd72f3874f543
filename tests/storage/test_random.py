"""Bytes nobody thought of: refused, never an error."""

import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.storage import Rejected, Storage

from . import samples

KINDS = ("pdf", "jpg", "png", "mp4")
WHOLE = {
    "pdf": samples.pdf(),
    "jpg": samples.jpg(),
    "png": samples.png(),
    "mp4": samples.mp4(frames=b""),
}


def offer(name: str, content: bytes):
    with tempfile.TemporaryDirectory() as folder:
        store = Storage(Path(folder), samples.MEGABYTE)
        try:
            return store.take(io.BytesIO(content), name, KINDS)
        except Rejected as refusal:
            assert str(refusal).endswith(".")
            assert not [path for path in Path(folder).rglob("*") if path.is_file()]
            return None


@settings(max_examples=100, deadline=None, database=None)
@given(name=st.text(max_size=20), kind=st.sampled_from(KINDS), content=st.binary(max_size=3000))
def test_random_bytes_are_refused(name, kind, content):
    assert offer(f"{name}.{kind}", content) is None


@settings(max_examples=12, deadline=None, database=None)
@given(
    kind=st.sampled_from(KINDS),
    keep=st.integers(min_value=12, max_value=60),
    content=st.binary(min_size=1, max_size=3000),
)
def test_an_honest_beginning_does_not_let_random_bytes_in(kind, keep, content):
    end = b"%%EOF" if kind == "pdf" else b""
    assert offer(f"a.{kind}", WHOLE[kind][:keep] + content + end) is None


@settings(max_examples=12, deadline=None, database=None)
@given(kind=st.sampled_from(KINDS), data=st.data())
def test_a_changed_byte_is_refused_or_taken_but_never_an_error(kind, data):
    content = bytearray(WHOLE[kind])
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] = data.draw(st.integers(0, 255))
    offer(f"a.{kind}", bytes(content))


def test_the_whole_samples_are_welcome():
    assert [offer(f"a.{kind}", WHOLE[kind]).kind for kind in KINDS] == list(KINDS)
