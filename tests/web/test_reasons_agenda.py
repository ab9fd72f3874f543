"""What is said most, on the page and as a printed training."""
import re

import pytest

from app.extensions import db
from app.models import Reason
from tests.web.reviewing import Selects, another, desk, text

PAGE = "/verifikasi/agenda"


@pytest.fixture
def said(app, saved):
    """The name missing on row 16 in two units, roles on row 17 in one; a third proposal only drafted."""
    with desk(app, saved) as cast:
        name, roles = Reason.add("16", "nama", "SK T-1 tidak memuat nama inovasi.", None), Reason.add("17", "peran", "Peran tidak tercantum.", None)
        db.session.add_all([name, roles])
        cast.entry.submit(cast.owner)
        other, drafted = another(cast, "SURAT TUNTAS"), another(cast, "PETIK PANEN")
        for entry, row, reason in ((cast.entry, "16", name), (cast.entry, "17", roles), (other, "16", name), (drafted, "17", roles)):
            entry.judge(entry.answer_on(row), cast.reviewer, 1, reason.text, cited=[reason])
        cast.entry.return_(cast.reviewer, ["16", "17"])
        other.return_(cast.reviewer, ["16"])
    return saved


def figures(page) -> list[str]:
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r'<td class="r num s-right"><a [^>]*>(.*?)<span', page.text)]


@pytest.mark.parametrize(("tab", "names", "numbers"), [
    ("", ["16 Regulasi Inovasi Daerah", "17 Ketersediaan dan peran SDM terhadap inovasi daerah"], ["2", "2", "1", "1"]),
    ("opd", ["Dinas Kesehatan", "Badan Keuangan"], ["2", "1", "1", "1", "1"]),
    ("jenis", ["Dinas", "Badan"], ["2", "1", "1", "1", "1"]),
])
def test_causes_are_ranked_per_row_unit_and_kind(said, open_as, tab, names, numbers):
    page = open_as("reviewer").get(f"{PAGE}?tab={tab}")
    assert [" ".join(re.sub(r"<[^>]+>", "", name).split()) for name in re.findall(r'<th scope="rowgroup"[^>]*>(.*?)</th>', page.text)] == names
    assert figures(page) == numbers


def test_every_figure_leads_to_as_many_verdicts(said, open_as):
    reviewer = open_as("reviewer")
    page = reviewer.get(PAGE)
    links = re.findall(r'<td class="r num s-right"><a href="([^"]+)">(?:<b>)?(\d+)', page.text)
    for url, number in links:
        assert f"{number} kali dipakai dalam putusan" in text(reviewer.get(url.replace("&amp;", "&")))
    assert len(links) == 4


def test_drafts_of_verdicts_show_nowhere(said, open_as):
    for url in (PAGE, f"{PAGE}?tab=opd", f"{PAGE}/cetak", f"{PAGE}/putusan"):
        assert "PETIK PANEN" not in text(open_as("reviewer").get(url))
    assert "3 kali alasan dari bank dipakai dalam 3 putusan, untuk 2 perangkat daerah." in text(open_as("reviewer").get(PAGE))


def test_the_training_has_points_with_rows_units_and_minutes(said, open_as):
    page = open_as("coordinator").get(f"{PAGE}/cetak")
    points = re.findall(r'<tr><td class="r hide-s">(\d+)</td><th [^>]*><b>(.*?)</b>.*?Diundang, (\d+) perangkat daerah: (.*?)\.</span></th>'
                        r'<td data-l="Baris">(.*?)</td><td class="r" data-l="Kali">(\d+)</td><td class="r" data-l="Menit">(\d+)</td>', page.text)
    assert points == [("1", "Dokumen tidak menyebut nama inovasi", "2", "Badan Keuangan; Dinas Kesehatan", "16", "2", "15"),
                      ("2", "Peran atau susunan tim tidak disebut", "1", "Dinas Kesehatan", "17", "1", "10")]
    assert "Lama seluruhnya 25 menit." in text(page)
    assert "“SK 2025 tidak memuat nama inovasi.”" in text(page)


def test_the_filter_goes_along_to_the_print(said, open_as):
    page = open_as("coordinator").get(f"{PAGE}?kind=Badan")
    assert 'href="/verifikasi/agenda/cetak?kind=Badan"' in page.text
    assert "Periode 2026 · Badan. Disusun dari 1 alasan" in text(open_as("coordinator").get(f"{PAGE}/cetak?kind=Badan"))


def test_before_anything_was_decided_the_page_says_how_it_begins(saved, open_as):
    assert "Belum ada yang dihitung" in text(open_as("reviewer").get(PAGE))
    assert "Belum ada alasan yang dihitung pada periode ini." in text(open_as("reviewer").get(f"{PAGE}/cetak"))
    assert "Hapus saringan" in text(open_as("reviewer").get(f"{PAGE}?kind=Badan"))


def test_a_year_without_period_is_not_there(saved, open_as):
    open_as("reviewer").get(f"{PAGE}?period=2019", expect=404)


def test_many_citations_cost_as_many_selects_as_few(app, said, open_as):
    reviewer = open_as("reviewer")
    reviewer.get(PAGE)
    with Selects() as few:
        reviewer.get(PAGE)
    with desk(app, said) as cast:
        for n in range(3):
            entry, reason = another(cast, f"INOVASI {n}"), Reason.add("33", "data", f"Data {n} belum ada.", None)
            db.session.add(reason)
            entry.judge(entry.answer_on("33"), cast.reviewer, 1, reason.text, cited=[reason])
            entry.return_(cast.reviewer, ["33"])
    with Selects() as many:
        reviewer.get(PAGE)
    assert many.number == few.number
