"""The training regency, made by the real command."""
import pytest

from tests.live import prepared
from tests.training import copy_of_regency


@pytest.fixture(scope="module")
def regency(tmp_path_factory):
    with prepared(copy_of_regency(tmp_path_factory)) as app:
        yield app
