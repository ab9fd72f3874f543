"""The training regency, made by the real command."""
import pytest

from app.cli.setup import build_demo, seed_reasons
from app.extensions import db
from tests.live import prepared


@pytest.fixture(scope="module")
def regency(tmp_path_factory):
    with prepared(tmp_path_factory.mktemp("regency")) as app:
        seed_reasons()
        build_demo(1)
        db.session.commit()
        yield app
