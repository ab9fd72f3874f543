"""What goes over the line: compressed for whoever can read it, the same for everybody else; a first visit and a further page stay light."""
import gzip
import re

from app import clock
from app.web.assets import laid_out

FIRST, FURTHER = 120_000, 15_000  # bytes, headers not counted


def sent(client, url, **headers):
    with client.get(url, headers={"Accept-Encoding": "gzip", **headers}) as answer:
        return answer, len(answer.data)


def test_a_page_is_the_same_compressed_or_not(open_as):
    client = open_as("owner").client
    with clock.at(clock.now()):
        small, _ = sent(client, "/akun")
        plain = client.get("/akun", headers={"Accept-Encoding": "identity"})
    token = re.compile(rb'value="[^"]{60,}"')
    assert token.sub(b"", gzip.decompress(small.data)) == token.sub(b"", plain.data)
    assert (small.headers["Content-Encoding"], plain.headers.get("Content-Encoding")) == ("gzip", None)
    assert "Accept-Encoding" in small.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]
    assert int(small.headers["Content-Length"]) == len(small.data)


def test_a_visit_is_light(open_as):
    client = open_as("owner").client
    page, size = sent(client, "/")
    files = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', gzip.decompress(page.data).decode()))
    assert len(files) > 5
    for url in files:
        answer, more = sent(client, url)
        assert "immutable" in answer.headers["Cache-Control"] and answer.status_code == 200
        size += more
    assert size < FIRST
    for url in ("/inovasi/", "/usulan/", "/usulan/1", "/usulan/1/indikator", "/usulan/1/indikator/16", "/dokumen/"):
        assert sent(client, url)[1] < FURTHER, url


def test_a_file_that_is_sent_as_a_file_stays_as_it_is(open_as):
    answer, _ = sent(open_as("owner").client, "/usulan/daftar.xlsx")
    assert "Content-Encoding" not in answer.headers and answer.data[:2] == b"PK"


def test_the_compressed_twins_are_made_once_and_older_ones_go(tmp_path):
    root = tmp_path / "static"
    root.mkdir()
    (root / "app.css").write_text("a{}" * 900)
    old = laid_out(root, {"app.css"}, tmp_path / "statis" / "lama")
    new = laid_out(root, {"app.css"}, tmp_path / "statis" / "baru")
    assert not old.exists() and gzip.decompress((new / "app.css.gz").read_bytes()) == (root / "app.css").read_bytes()
    assert [path.name for path in (tmp_path / "statis").iterdir()] == ["baru"] and laid_out(root, {"app.css"}, new) == new


def test_where_nothing_can_be_written_they_are_served_as_they_are(tmp_path):
    root = tmp_path / "static"
    root.mkdir()
    (tmp_path / "statis").touch()
    assert laid_out(root, set(), tmp_path / "statis" / "baru") == root
