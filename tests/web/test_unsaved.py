"""A session may end while somebody writes: the words are shown once more, so that they can be copied."""
import pytest

from app import clock
from app.extensions import db
from app.models import Innovation, Session
from tests.web.reviewing import text

WORDS = "Kader menjemput balita yang belum ditimbang ke posyandu setiap bulan, lalu mencatatnya."


@pytest.fixture
def end_sessions(app):
    def end():
        with app.app_context():
            for session in db.session.query(Session):
                session.ended_at = clock.now()
            db.session.commit()
    return end


@pytest.fixture
def tokens_matter(app):
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def from_page(address: str) -> dict:
    return {"Referer": f"http://localhost{address}"}


def profile(saved) -> str:
    return f"/inovasi/{saved.innovation}/profil/hasil"


def test_words_typed_until_the_session_ended_are_shown_to_be_copied(app, saved, open_as, end_sessions):
    owner = open_as("owner")
    end_sessions()
    page = owner.post(profile(saved), {"purpose": WORDS, "benefit": "Sedikit"}, expect=401, headers=from_page(profile(saved)))
    assert WORDS in text(page) and "Sedikit" not in page.text
    assert f'href="/masuk?next={profile(saved)}"' in page.text
    with app.app_context():
        assert db.session.get(Innovation, saved.innovation).purpose != WORDS


def test_words_from_before_signing_in_again_are_shown_too(saved, open_as, tokens_matter):
    page = open_as("owner").post(profile(saved), {"purpose": WORDS}, expect=400, headers=from_page(profile(saved)))
    assert WORDS in text(page) and f'href="{profile(saved)}"' in page.text


def test_with_nothing_worth_keeping_it_is_a_redirect(saved, open_as, end_sessions):
    owner = open_as("owner")
    end_sessions()
    assert owner.post(profile(saved), {"purpose": "Sedikit"}, expect=302, headers=from_page(profile(saved))).location == "/masuk"


def test_words_of_another_site_are_never_shown(saved, open_as):
    nobody = open_as(None)
    assert nobody.post(profile(saved), {"purpose": WORDS}, expect=302, headers={"Referer": "https://jahat.example/"}).location == "/masuk"


def test_a_password_is_never_shown(saved, open_as, end_sessions):
    owner = open_as("owner")
    end_sessions()
    owner.post("/akun/sandi", {"current": WORDS, "password": WORDS, "again": WORDS}, expect=302, headers=from_page("/akun/sandi"))


def test_a_script_gets_no_page(saved, open_as, end_sessions):
    owner = open_as("owner")
    end_sessions()
    owner.post(profile(saved), {"purpose": WORDS}, expect=302, headers={**from_page(profile(saved)), "Accept": "application/json"})
