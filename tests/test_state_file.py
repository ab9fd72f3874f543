"""A small file of state: all of it or what was there before, and nothing beside it."""
import pytest

from app import state_file
from tests.faults.machine import files_no_longer_than


@pytest.fixture
def path(tmp_path):
    return tmp_path / state_file.NIGHT


def test_what_was_written_is_read_and_nothing_lies_beside_it(path):
    state_file.write(path, {"at": "22.00", "words": "Selesai – semua cocok"})
    state_file.note(path, {"at": "23.00"})
    assert (state_file.read(path), list(path.parent.iterdir())) == ({"at": "23.00"}, [path])


def test_on_a_full_disk_the_one_before_stays(path):
    state_file.write(path, {"at": "22.00"})
    with files_no_longer_than(10):
        with pytest.raises(OSError):
            state_file.write(path, {"words": "lebih panjang daripada tempat yang tersisa"})
        state_file.note(path, {"words": "lebih panjang daripada tempat yang tersisa"})
    assert (state_file.read(path), list(path.parent.iterdir())) == ({"at": "22.00"}, [path])


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe"])
def test_what_cannot_be_read_is_none(path, content):
    assert state_file.read(path) == {}
    path.write_bytes(content)
    assert state_file.read(path) == {}
