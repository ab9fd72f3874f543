"""A real Chromium before the real server. Runs wherever a Chromium is found; in CI it must be found."""
import os
import shutil
from pathlib import Path

import pytest

from tests.journeys import regency as training
from tests.training import copy_of_regency, folder_of_all

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_addoption(parser):
    parser.addoption("--shots", metavar="FOLDER", help="keep a screenshot of every page the journeys look at")


def chromium() -> str | None:
    return os.environ.get("LUMBUNG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser():
    path = chromium()
    if path is None:
        assert not os.environ.get("CI"), "CI needs a Chromium"
        pytest.skip("no Chromium on this machine: the browser journeys did not run")
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def regency(tmp_path_factory):
    """The training regency, for those who only look round in it."""
    return training.furnish(copy_of_regency(tmp_path_factory), folder_of_all(tmp_path_factory) / "dilihat")


@pytest.fixture(autouse=True)
def gone_home(request):
    """A page that stays open goes on asking its server."""
    browser = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    before = browser.contexts if browser else []
    yield
    for context in browser.contexts if browser else []:
        if context not in before:
            context.close()


@pytest.fixture
def shots(request) -> Path | None:
    folder = request.config.getoption("--shots", default=None)
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    return folder and Path(folder)
