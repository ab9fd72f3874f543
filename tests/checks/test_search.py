"""The index of words beside the names: what is missing in it, what is of an old name, and how it is mended."""
import pytest
from sqlalchemy import text

from app import checks
from app.checks import Things
from app.extensions import db
from tests.web.reviewing import another, desk

OF_SQLITE = pytest.mark.sqlite("PostgreSQL keeps its index itself")


@pytest.fixture
def faults(app, saved):
    with desk(app, saved) as cast:
        another(cast, "PASAR TERTIB", "badan", submit_days_ago=1)

    def asked():
        return checks.deep("Indeks pencarian", Things(db.session(), app.config["LUMBUNG"], app.extensions["storage"])).faults

    with app.app_context():
        yield asked


def behind(*statements):
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()


def schema():
    """As the migrations make it, whatever a later one does to these things."""
    return db.session.execute(text("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")).all()


def test_what_was_written_by_the_program_is_found(faults):
    assert faults() == ()


@OF_SQLITE
def test_a_name_that_is_not_in_the_index_is_told(faults):
    behind("DROP TRIGGER innovation_search_change", "UPDATE innovation SET name = 'PASAR TERTIB DAN BERSIH' WHERE name = 'PASAR TERTIB'")
    assert faults() == ("Penjaga innovation_search_change tidak ada: nama yang berubah tidak masuk indeks",
                        "PASAR TERTIB DAN BERSIH: tidak seluruhnya ada di indeks")


@OF_SQLITE
def test_a_name_of_before_is_told_and_mended(app, faults):
    behind("INSERT INTO innovation_search (innovation_search, rowid, name, summary) SELECT 'delete', id, name, summary FROM innovation "
           "WHERE name = 'PASAR TERTIB'",
           "INSERT INTO innovation_search (rowid, name, summary) SELECT id, 'KAMPUNG LAMA', summary FROM innovation WHERE name = 'PASAR TERTIB'",
           "INSERT INTO innovation_search (rowid, name) VALUES (4711, 'TIDAK ADA')")
    assert faults() == ("PASAR TERTIB: indeksnya dari nama lama", "Indeks menyebut inovasi 4711, yang tidak ada")
    assert app.test_cli_runner().invoke(args=["susun-ulang"]).exit_code == 0
    assert faults() == ()
    behind("UPDATE innovation SET name = 'PASAR BERSIH' WHERE name = 'PASAR TERTIB'")
    assert faults() == ()


@OF_SQLITE
def test_without_an_index_nothing_would_be_found_until_it_is_made_anew(app, faults):
    made = schema()
    behind("DROP TABLE innovation_search", "DROP TRIGGER innovation_search_drop", "DROP TRIGGER entry_tally_change")
    assert faults() == ("Indeksnya tidak ada",)
    mended = app.test_cli_runner().invoke(args=["susun-ulang"])
    assert (mended.exit_code, mended.output) == (
        0, "Indeks pencarian dan jumlah usulan disusun ulang. Server yang sedang berjalan menunjukkannya paling lambat satu menit lagi. "
           "Periksa: python3 lumbung.py doctor\n")
    assert (faults(), schema()) == ((), made)


@pytest.mark.postgresql
def test_an_index_of_the_server_that_is_gone_is_made_anew(app, faults):
    behind("DROP INDEX ix_innovation_name_words")
    assert faults() == ("Indeks ix_innovation_name_words tidak ada",)
    assert app.test_cli_runner().invoke(args=["susun-ulang"]).exit_code == 0
    assert faults() == ()


@OF_SQLITE
def test_an_index_that_cannot_be_read_is_told_and_mended(app, faults):
    behind("UPDATE innovation_search_data SET block = x'00' WHERE id > 10")
    said, = faults()
    assert said.startswith("Indeksnya tidak terbaca: ")
    assert app.test_cli_runner().invoke(args=["susun-ulang"]).exit_code == 0
    assert faults() == ()
