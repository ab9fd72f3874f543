"""The plug is pulled three times in the middle of saves, uploads and typing; `python -m tests.faults.power --times 100` does it a hundred times."""
import os

import pytest

from tests.faults.power import pull


@pytest.mark.skipif(os.name == "nt", reason="processes are found and killed through /proc (Linux)")
def test_what_was_confirmed_survives_a_power_cut(tmp_path):
    told = pull(3, tmp_path / "data", seed=7)
    assert told["lost"] == []
    assert told["saves"] + told["uploads"] + told["typings"] >= 15
