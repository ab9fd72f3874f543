"""Every list as XLSX: as many rows as the page says, the same names in the same order as on its pages, with and without a filter."""
import re
from datetime import date, datetime, timedelta
from itertools import count

import html5lib
import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Entry, Innovation, Letter, Period, Reason, Unit, User
from app.rules.access import Role
from tests.browser import NS
from tests.cast import PASSWORD_HASH, make_file
from tests.exports.readers import xlsx
from tests.season.test_desk_scale import copies
from tests.web.reviewing import Selects, another, desk, judge, text

FORMULA = '=HYPERLINK("http://jahat.example","klik")'
MANY = 30  # more than a page shows

# who reads it, its address, a filter that leaves a part, columns of the file that hold what the page's rows begin with
LISTS = {
    "innovations.index": ("leader", "/inovasi/", "q=SURAT", (0,)),
    "entries.index": ("leader", "/usulan/", "status=submitted&sort=name", (1,)),
    "documents.index": ("reviewer", "/dokumen/", "unit=2&sort=title", (0,)),
    "letters.index": ("admin", "/verifikasi/../surat", "kind=minutes", (0,)),
    "late.index": ("coordinator", "/papan-terlambat/", "state=draft", (1, 0)),
    "review.index": ("reviewer", "/verifikasi/", "tab=opd", (1,)),
    "review.sharing": ("coordinator", "/verifikasi/pembagian", "q=Desa", (0,)),
    "reasons.index": ("reviewer", "/verifikasi/alasan", "row=16", (3,)),
    "reasons.citations": ("reviewer", "/verifikasi/agenda/putusan", "row=17", (1,)),
    "units.index": ("admin", "/kelola/unit/", "kind=Desa&sort=-name", (0,)),
    "people.index": ("admin", "/kelola/orang/", "role=head", (0,)),
    "periods.index": ("admin", "/kelola/periode/", "", (0,)),
    "periods.extensions": ("coordinator", "/kelola/periode/1/perpanjangan", "", (0,)),
    "entries.sheet": ("owner", "/usulan/1/indikator", "keadaan=kosong", (1,)),
}
TOLD = {"entries.history": ("reviewer", "/usulan/1/riwayat", "", 2), "notices.index": ("owner", "/pemberitahuan", "unread=1", 2)}
GROUPED = {"reasons.agenda"}


@pytest.fixture
def full(app, saved, once):
    return once("lists", lambda: lay_down(app, saved))


def lay_down(app, saved):
    """More of everything than one page shows."""
    numbers = count(1)
    with desk(app, saved) as cast:
        reasons = [Reason.add(row, "nama", f"Alasan baris {row}, SK T-1.", None) for row in ("16", "17")]
        for number in range(MANY):
            desa = Unit.add(f"Desa {number:02d}", "Desa", None)
            person = User.add(f"kades{number}", f"Kepala Desa {number:02d}", PASSWORD_HASH, None, position=FORMULA)
            person.give_role(Role.HEAD, desa, None)
            innovation = Innovation.add(f"INOVASI DESA {number:02d}", desa, cast.owner)
            draft = Entry.start(innovation, cast.period, cast.owner)
            db.session.add_all([desa, person, innovation, draft, Reason.add("16", "nama", f"Tanggal {number} tidak cocok.", None)])
            cast.period.extend(cast.coordinator, desa, cast.period.closes_at + timedelta(days=5), FORMULA)
        db.session.add_all([*reasons, Unit.add("Kecamatan Tanpa Usulan", "Kecamatan", None)])
        cast.entry.submit(cast.owner)
        surat = [another(cast, FORMULA if number == 0 else f"SURAT {number:02d}", submit_days_ago=number) for number in range(MANY)]
        for entry in (cast.entry, *surat[:MANY // 2]):
            judge(cast, entry, r16=1, r17=1)
            for row, reason in zip(("16", "17"), reasons, strict=True):
                entry.judge(entry.answer_on(row), cast.reviewer, 1, reason.text, cited=[reason])
            entry.return_(cast.reviewer, ["16", "17"])
            db.session.add_all([letter(cast, entry, kind, next(numbers)) for kind in ("decision", "minutes")])
        for _ in range(MANY):
            cast.entry.record("reminded", cast.coordinator, tell=[cast.owner])
        began = clock.now() - timedelta(days=400)
        db.session.add(Period.add(2025, cast.period.instrument, cast.admin, opens_at=began, closes_at=began + timedelta(days=100),
                                  repairs_close_at=began + timedelta(days=110), minimum_maturity=80))
    return saved


def letter(cast, entry: Entry, kind: str, number: int) -> Letter:
    return Letter(entry=entry, round=entry.rounds[0], kind=kind, year=2026, number=number, facts={"number": f"400/{number:03d}"},
                  made_by=cast.reviewer, made_at=clock.now(), docx=make_file(8000 + number, "docx"), pdf=make_file(9000 + number))


def file_address(endpoint: str, address: str) -> str:
    return f"{address}daftar.xlsx" if address.endswith("/") else f"{address}.xlsx"


def cells(browser, address: str, query: str = "") -> list[tuple]:
    answer = browser.get(f"{address}?{query}")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    return list(xlsx(answer.data).iter_rows(values_only=True))


def pages(browser, address: str, query: str) -> list:
    """Each page of the list as a tree, the first one with the address of its file."""
    first = browser.get(f"{address}?{query}")
    last = max([int(n) for n in re.findall(r'class="page-link" href="[^"]*[?;&]page=(\d+)', first.text)] or [1])
    rest = [browser.get(f"{address}?{query}&page={n}") for n in range(2, last + 1)]
    return [html5lib.parse(page.text) for page in (first, *rest)]


def words(node) -> str:
    return " ".join("".join(node.itertext()).split())


def row_heads(page) -> list[str]:
    """What each row of the page's last table with row heads begins with."""
    tables = [heads for table in page.iter(f"{{{NS['h']}}}table") if (heads := table.findall(".//h:tbody//h:th[@scope='row']", NS))]
    return [next(own for node in head.iter() if (own := own_words(node))) for head in tables[-1]] if tables else []


def own_words(node) -> str:
    return " ".join(" ".join([node.text or "", *(child.tail or "" for child in node)]).split())


def total(page) -> int:
    """What the foot of the list says, beside the link to the file."""
    link = next(node for node in page.iter(f"{{{NS['h']}}}p") if "Unduh XLSX" in words(node))
    return int(words(link).split()[0].replace(".", ""))


@pytest.mark.parametrize("endpoint", LISTS)
@pytest.mark.parametrize("is_narrow", [False, True])
def test_the_file_is_the_list(full, open_as, endpoint, is_narrow):
    who, address, narrow, columns = LISTS[endpoint]
    address, query, browser = address.replace("/verifikasi/..", ""), narrow if is_narrow else "", open_as(who)
    shown = pages(browser, address, query)
    rows = cells(browser, file_address(endpoint, address), query)[2:]
    names = [next(row[place] for place in columns if row[place]) for row in rows]
    on_pages = [name for page in shown for name in row_heads(page)]
    if endpoint == "periods.index":
        names = [f"Periode {year}" for year in names]
    assert names == on_pages
    assert len(rows) == total(shown[0]) > 0


@pytest.mark.parametrize("endpoint", TOLD)
@pytest.mark.parametrize("is_narrow", [False, True])
def test_what_happened_is_told_in_the_same_words(full, open_as, endpoint, is_narrow):
    who, address, narrow, place = TOLD[endpoint]
    browser, query = open_as(who), narrow if is_narrow else ""
    shown = pages(browser, address, query)
    items = [words(item) for page in shown for item in page.iter(f"{{{NS['h']}}}li") if "waktu" in item.get("class", "") or "2026 " in words(item)]
    said = [row[place] for row in cells(browser, f"{address}.xlsx", query)[2:]]
    assert len(said) == total(shown[0]) == len(items) > MANY
    assert all(sentence in item for sentence, item in zip(said, items, strict=True))


@pytest.mark.parametrize("tab", ["", "opd", "jenis"])
def test_the_most_frequent_reasons_sum_up_to_the_page(full, open_as, tab):
    reviewer = open_as("reviewer")
    shown, rows = pages(reviewer, "/verifikasi/agenda", f"tab={tab}"), cells(reviewer, "/verifikasi/agenda.xlsx", f"tab={tab}")[2:]
    groups = [words(head) for page in shown for head in page.findall(".//h:th[@scope='rowgroup']", NS)]
    assert list(dict.fromkeys(row[0] for row in rows)) == groups
    assert len(groups) == total(shown[0])
    assert f"{sum(row[2] for row in rows)} kali alasan dari bank dipakai" in text(reviewer.get("/verifikasi/agenda"))


def test_no_list_is_left_out(app):
    """Every file has its list, every file is walked here or where its list is tested."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    files = {endpoint.removesuffix("_xlsx") for endpoint in endpoints if endpoint.endswith("_xlsx")}
    assert files <= endpoints
    assert {*LISTS, *TOLD, *GROUPED} <= files


def test_a_person_reads_only_what_their_list_shows(full, open_as):
    assert {row[1] for row in cells(open_as("owner"), "/usulan/daftar.xlsx")[2:]} == {"JEMPUT GIZI"}
    assert {row[4] for row in cells(open_as("owner"), "/dokumen/daftar.xlsx")[2:]} == {"Dinas Kesehatan"}


def test_the_first_line_says_the_filter(full, open_as):
    badan = full.units["badan"]
    first = cells(open_as("leader"), "/usulan/daftar.xlsx", f"q=SURAT&unit={badan}&status=submitted&year=2026")[0][0]
    assert first.startswith("Usulan penilaian · “SURAT”, Badan Keuangan, menunggu verifikasi, periode 2026 · Keadaan ")


def test_nothing_a_person_typed_becomes_a_formula(full, open_as):
    for who, address in (("leader", "/inovasi/daftar.xlsx"), ("admin", "/kelola/orang/daftar.xlsx")):
        sheet = xlsx(open_as(who).get(address).data)
        typed = [cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
        assert {(cell.data_type, cell.hyperlink) for cell in typed} == {("s", None)}


def test_dates_instants_and_numbers_are_real(full, open_as):
    sheet = cells(open_as("leader"), "/usulan/daftar.xlsx", "q=JEMPUT")
    assert [type(value) for value in sheet[2]] == [str, str, str, int, str, str, datetime, int, int, float if isinstance(sheet[2][9], float) else int]
    register = cells(open_as("leader"), "/inovasi/daftar.xlsx", "q=JEMPUT")[2]
    assert (register[4].date(), register[8]) == (date(2024, 3, 4), 2026)


def test_people_are_listed_without_a_word_on_passwords(full, open_as):
    rows = cells(open_as("admin"), "/kelola/orang/daftar.xlsx")[1:]
    assert rows[0] == ("Nama", "Nama pengguna", "Jabatan", "Peran", "Terakhir masuk", "Keadaan")
    assert {row[5] for row in rows[1:]} == {"aktif"}


def test_a_row_of_the_sheet_has_levels_points_documents_and_the_note(full, open_as):
    row = next(row for row in cells(open_as("owner"), "/usulan/1/indikator.xlsx") if row[0] == "16")
    assert row[2:12] == ("wajib", 3, 2, 2, 1, 6, 6, 3, "Dikembalikan", 1)
    assert row[12:] == ("Bukti 0, 188/0/2025", "Reviewer: Alasan baris 16, SK T-1.")


def test_the_unit_does_not_read_what_the_office_says_to_itself(app, full, open_as):
    with app.app_context():
        entry, reviewer = db.session.get(Entry, full.entry), db.session.get(User, full.people["reviewer"])
        entry.annotate(reviewer, "Hanya untuk kita.")
        db.session.commit()
    numbers = {who: len(cells(open_as(who), "/usulan/1/riwayat.xlsx")) for who in ("owner", "reviewer")}
    assert numbers["reviewer"] > numbers["owner"]


def test_as_many_selects_for_two_hundred_as_for_ten(app, full, open_as):
    addresses = [(who, file_address(endpoint, address.replace("/verifikasi/..", ""))) for endpoint, (who, address, *_) in LISTS.items()]
    browsers, counted = {who: open_as(who) for who, _ in addresses}, {}
    with app.app_context():
        first = db.session.scalar(select(Entry.id).order_by(Entry.id.desc())) + 1
    for last in (None, first + 200):
        if last:
            with app.app_context():
                copies(first, last)
        for who, address in addresses:
            browsers[who].get(address)
            with Selects() as seen:
                browsers[who].get(address)
            counted.setdefault(address, []).append(seen.number)
    assert {address: few for address, (few, many) in counted.items()} == {address: many for address, (few, many) in counted.items()}
