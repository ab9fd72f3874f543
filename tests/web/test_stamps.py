"""What is signed into every form: readable to the library, once where it stays the same; and a page that is only read changes no cookie."""
from itsdangerous import URLSafeSerializer

from app.web.stamps import Short
from tests.web.typing import hidden


def test_a_stamp_is_read_by_the_library_and_its_own_by_us():
    """Pages opened before an upgrade are still sent, and the other way round."""
    own, theirs = Short("kunci", salt="halaman"), URLSafeSerializer("kunci", salt="halaman")
    for told in ([1, 0, 1_790_000_000_000], [2**31 - 1, 2**31 - 1, 1_790_000_000_001]):
        assert own.loads(theirs.dumps(told)) == theirs.loads(own.dumps(told)) == told


def test_all_pages_of_a_session_carry_one_token_and_another_session_another(saved, open_as):
    owner, other = open_as("owner"), open_as("owner")
    first, second, elsewhere = (hidden(browser.get(page), "csrf_token") for browser, page in (
        (owner, "/akun"), (owner, "/usulan/1/indikator/16"), (other, "/akun")))
    assert first == second != elsewhere


def test_the_queue_is_noted_only_where_it_was_narrowed(saved, open_as):
    """For the way back; what everybody sees first needs no note."""
    reviewer = open_as("reviewer")
    reviewer.get("/akun")
    asked = [reviewer.get(address) for address in ("/verifikasi/", "/verifikasi/?tab=opd", "/verifikasi/?tab=opd", "/verifikasi/", "/verifikasi/")]
    assert ["Set-Cookie" in page.headers for page in asked] == [False, True, False, True, False]
