"""What nobody names leaves the store; what somebody is bringing at this moment does not."""
import io
import os
import threading
import time
from contextlib import suppress

import pytest

from app.storage import Storage
from app.storage.incoming import settle
from app.storage.sweeping import Swept, sweep

from . import samples

HOURS = 3600


def age(path, hours):
    then = time.time() - hours * HOURS
    os.utime(path, (then, then))


@pytest.fixture
def old(storage, take):
    """A kept PDF that was brought two days ago."""
    sha256 = take("a.pdf", samples.pdf()).sha256
    age(storage.path(sha256), 48)
    return sha256


def nobody(hashes):
    return []


def test_a_file_without_a_row_is_removed(storage, old, on_disk):
    size = storage.path(old).stat().st_size
    assert (sweep(storage, nobody), on_disk()) == (Swept((old,), size=size), [])


def test_a_file_with_a_row_stays(storage, old, on_disk):
    assert (sweep(storage, lambda hashes: hashes), on_disk()) == (Swept(), [f"files/{old[:2]}/{old}"])


def test_an_upload_whose_row_is_not_written_yet_stays(storage, take, on_disk):
    young = take("a.pdf", samples.pdf()).sha256
    assert (sweep(storage, nobody), on_disk()) == (Swept(), [f"files/{young[:2]}/{young}"])


def test_the_same_bytes_brought_again_are_an_upload_under_way(storage, old, take, on_disk):
    take("b.pdf", samples.pdf())
    assert (sweep(storage, nobody), on_disk()) == (Swept(), [f"files/{old[:2]}/{old}"])


def test_bytes_brought_again_between_looking_and_removing_stay(storage, old, take, on_disk):
    """Before the file is moved aside they touch it, after it they bring their own: in both cases it is there for the row that comes next."""
    def asked_first_while_brought(hashes):
        take("b.pdf", samples.pdf())
        return []

    assert (sweep(storage, asked_first_while_brought), on_disk()) == (Swept(), [f"files/{old[:2]}/{old}"])
    age(storage.path(old), 48)
    asked = []

    def brought_while_aside(hashes):
        asked.append(hashes)
        if len(asked) == 2:
            assert not storage.path(old).exists()
            take("c.pdf", samples.pdf())
        return []

    assert (sweep(storage, brought_while_aside).files, on_disk()) == ((old,), [f"files/{old[:2]}/{old}"])


def test_a_row_written_while_the_file_is_aside_gets_it_back(storage, old, on_disk):
    answers = iter([[], [old]])
    assert (sweep(storage, lambda hashes: next(answers)), on_disk()) == (Swept(), [f"files/{old[:2]}/{old}"])


def test_a_power_cut_while_it_is_aside_loses_nothing(storage, old, on_disk):
    def power_cut(hashes):
        if not storage.path(old).exists():
            aside = next(storage.incoming.folder.glob(f"*/{old}"))
            os.link(aside, storage.root / "kept")
            raise KeyboardInterrupt
        return []

    with pytest.raises(KeyboardInterrupt):
        sweep(storage, power_cut)
    left = storage.incoming.folder / "left"
    left.mkdir()
    os.replace(storage.root / "kept", left / old)  # as the disk looks when nothing more ran
    Storage(storage.root, samples.MEGABYTE).forget_incoming()
    assert on_disk() == [f"files/{old[:2]}/{old}"]


def test_a_hundred_uploads_of_the_same_bytes_while_it_sweeps_all_keep_their_file(storage):
    stop, lost = threading.Event(), []

    def sweeps():
        while not stop.is_set():
            sweep(storage, nobody)

    sweeping = threading.Thread(target=sweeps)
    sweeping.start()
    try:
        for number in range(100):
            with storage.incoming.receive(io.BytesIO(samples.pdf()), samples.MEGABYTE) as arrived:
                settle(arrived.path, storage.path(arrived.sha256), durable=True)
            time.sleep(0.002)  # a file that is being looked at is back by then
            if not storage.path(arrived.sha256).exists():
                lost.append(number)
            with suppress(FileNotFoundError):
                age(storage.path(arrived.sha256), 48)
    finally:
        stop.set()
        sweeping.join()
    assert lost == []


def test_temporaries_of_a_crash_are_removed_and_those_in_use_are_not(storage, on_disk):
    for name, hours in (("old", 2), ("new", 0)):
        storage.incoming.folder.mkdir(exist_ok=True)
        (storage.incoming.folder / name).write_bytes(b"x")
        age(storage.incoming.folder / name, hours)
    assert (sweep(storage, nobody).temporaries, on_disk()) == (1, ["incoming/new"])


@pytest.mark.parametrize(("hours", "is_kept"), [(89 * 24, True), (91 * 24, False)])
def test_drawings_nobody_asked_for_in_90_days_are_drawn_again_when_somebody_does(storage, old, on_disk, hours, is_kept):
    drawn = storage.page(old, 1)
    age(drawn, hours)
    assert (sweep(storage, lambda hashes: hashes).drawings, drawn.exists()) == (int(not is_kept), is_kept)
    assert storage.page(old, 1).read_bytes()


def test_drawings_of_a_file_that_is_gone_go_with_it(storage, old, on_disk):
    age(storage.page(old, 1), 48)
    assert (sweep(storage, nobody).drawings, on_disk()) == (1, [])


def test_papers_the_app_writes_have_no_file_of_their_own_and_stay_while_somebody_asks(storage, on_disk):
    paper = storage.keep_paper("ab" * 32, b"%PDF-1.7")
    age(paper, 89 * 24)
    assert sweep(storage, nobody).drawings == 0
    age(paper, 91 * 24)
    assert (sweep(storage, nobody).drawings, on_disk()) == (1, [])


def test_bringing_a_file_again_mends_the_one_that_spoiled(storage, old, take):
    content = storage.path(old).read_bytes()
    storage.path(old).write_bytes(content[::-1])
    assert (take("b.pdf", samples.pdf()).sha256, storage.path(old).read_bytes()) == (old, content)
