"""The what-if of the expected index: the address holds the scenario, and nothing is stored."""
import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from app.extensions import db
from tests.portfolios import bring, region, worked_example
from tests.web.reviewing import text
from tests.web.test_standing import IMAGINE, MIXED, total


@pytest.fixture
def lay(app, saved):
    """`lay(portfolio)` brings it into the period with 47.5 verified points of the region; the ids."""
    def laid(portfolio, spd=("58", "52.5", "47.5")):
        with app.app_context():
            region(*spd)
            ids = bring(saved, portfolio)
            db.session.commit()
        return ids
    return laid


def send(browser, page, **said):
    """The form as a browser sends it: everything on it, changed as said; the page it leads to."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page.text.split('data-scenario>')[1].split("</form>")[0]):
        name, kind = re.search(r'name="([^"]+)"', tag), re.search(r'type="([^"]+)"', tag)
        if name and (not kind or kind[1] != "checkbox" or "checked" in tag):
            value = re.search(r'value="([^"]*)"', tag)
            fields.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    fields |= {"urusan": [""] * len(fields.get("banyak", []))} | said
    answer = browser.get(IMAGINE, expect=302, query_string=fields)
    return answer.location, browser.get(answer.location)


def numbers_of(page) -> list[str]:
    return re.findall(r'name="ikut" value="(\d+)"', page.text)


def ticked(page) -> list[str]:
    return re.findall(r'name="ikut" value="(\d+)"[^>]* checked', page.text)


def name_of(page, number: str) -> str:
    return re.search(f'name="ikut" value="{number}" aria-label="Kirim ([^"]+)"', page.text)[1]


def test_sent_as_it_stands_it_says_nothing_new(lay, open_as):
    lay(worked_example())
    browser = open_as("leader")
    location, page = send(browser, browser.get(IMAGINE))
    assert location == IMAGINE
    assert "Perkiraan sekarang, belum ada yang diubah." in text(page)


def test_what_is_ticked_typed_and_imagined_stands_in_the_address_and_in_the_result(lay, open_as):
    lay(worked_example(), spd=("45", "45", "45"))
    browser = open_as("leader")
    page = browser.get(IMAGINE)
    first, *rest = ticked(page)
    extra = next(number for number in numbers_of(page) if number not in ticked(page))
    location, page = send(browser, page, ikut=[*rest, extra], spd=["50"], banyak=["2"], masing=["90"], urusan=["Sosial"], **{f"p{rest[0]}": ["111"]})
    assert parse_qs(urlsplit(location).query) == {
        "spd": ["50"], "kirim": [extra], "tahan": [first], "poin": [f"{rest[0]}:111"], "lagi": ["2x90xSosial"]}
    said = text(page)
    assert ticked(page) == [*rest, extra]
    plus, minus, other = (name_of(page, number) for number in (extra, first, rest[0]))
    assert (f"Yang diubah: SPD +5,00; 1 inovasi ditambahkan ({plus}); 1 inovasi tidak dikirim ({minus}); 1 inovasi dinilai lain ({other}); "
            "2 inovasi baru 90 poin, Sosial.") in said
    assert "dari 60,43 (Inovatif), perkiraan sekarang." in said
    assert f'value="http://localhost{IMAGINE}?' in page.text


def test_the_result_is_the_index_of_what_is_ticked(lay, open_as):
    lay(worked_example(), spd=("45", "45", "45"))
    browser = open_as("leader")
    page = browser.get(IMAGINE)
    _, page = send(browser, page, ikut=numbers_of(page))
    _, page = send(browser, browser.get(page.request.full_path + "&hal=2"), ikut=numbers_of(browser.get(page.request.full_path + "&hal=2")))
    assert '<div class="headline">50,86</div>' in page.text


def test_ticks_of_another_page_stay(lay, open_as):
    lay(worked_example())
    browser = open_as("leader")
    page = browser.get(IMAGINE)
    location, _ = send(browser, page, ikut=[], hal=["1", "2"])
    said = parse_qs(urlsplit(location).query)
    assert said["hal"] == ["2"]
    again, _ = send(browser, browser.get(location))
    assert parse_qs(urlsplit(again).query) == said


def test_what_does_not_count_is_not_told_as_a_change(lay, open_as):
    lay(worked_example(), spd=("45", "45", "45"))
    said = text(open_as("leader").get(IMAGINE + "?kirim=1-3,900&poin=1:abc&lagi=5xabcxSosial"))
    assert "Skenario ini sama dengan keadaan sekarang." in said


def test_nonsense_is_said_kept_on_the_page_and_not_counted(lay, open_as):
    lay(worked_example(), spd=("45", "45", "45"))
    browser = open_as("leader")
    _, page = send(browser, browser.get(IMAGINE), spd=["99"], banyak=["7"], masing=["abc"], urusan=["Sosial"])
    said = text(page)
    assert "Poin SPD “99” tidak dihitung: tulis bilangan 0 sampai 63." in said
    assert "Inovasi tambahan tidak dihitung: poinnya harus bilangan 0 sampai 111." in said
    assert 'name="spd" min="0" max="63" step="0.01" inputmode="decimal" value="99"' in page.text
    assert '<div class="headline">60,43</div>' in page.text


def test_what_is_under_review_is_marked(lay, open_as):
    lay(MIXED)
    page = open_as("leader").get(IMAGINE + "?q=ronda")
    assert "RONDA MALAM" in text(page) and "70 belum diverifikasi" in text(page)
    assert total(page) == 1


@pytest.mark.parametrize("query", ["kirim=9999999", "kirim=1-999999&tahan=x", "hal=99999", "hal=-1", "poin=1:,2:x,:", "lagi=x", "lagi=1x2", "q=%25",
                                   "pada=&ikut=x", "pada=1,x&p1=1e9", "pada=" + "9" * 5000, "lagi=" + "9" * 5000 + "x90xPangan"])
def test_any_address_is_answered(lay, open_as, query):
    lay(MIXED)
    answer = open_as("leader").client.get(f"{IMAGINE}?{query}", follow_redirects=True)
    assert answer.status_code == 200


def test_the_scenario_stores_nothing(app, lay, open_as):
    lay(MIXED)
    browser = open_as("leader")
    with app.app_context():
        before = [tuple(row) for row in db.session.execute(db.text("SELECT id, claimed, verified, choice, chosen_at FROM entry"))]
    send(browser, browser.get(IMAGINE), spd=["60"], ikut=[])
    with app.app_context():
        assert [tuple(row) for row in db.session.execute(db.text("SELECT id, claimed, verified, choice, chosen_at FROM entry"))] == before
