"""A unit goes into another: shown first, done whole, read by the heirs, for good."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Document, Entry, Innovation, Membership, Period, Unit
from tests.web.reviewing import Selects, another, desk, judge, text

REASON = "Perda Nomor 3 Tahun 2026."


@pytest.fixture
def admin(open_as):
    return open_as("admin")


def merge(admin, saved, into="badan", reason=REASON):
    return admin.follow(f"/kelola/unit/{saved.units['dinas']}/gabung", {"into": saved.units[into], "reason": reason})


def holders(app, noun) -> set[int]:
    with app.app_context():
        return set(db.session.scalars(select(noun.unit_id)))


def close_the_period(app, saved):
    with app.app_context():
        period = db.session.get(Period, saved.period)
        period.closes_at, period.repairs_close_at = clock.now() - timedelta(days=3), clock.now() - timedelta(days=1)
        db.session.commit()


def test_what_moves_is_shown_before_anything_is_changed(admin, app, saved):
    page = text(admin.get(f"/kelola/unit/{saved.units['dinas']}/gabung?ke={saved.units['badan']}"))
    for words in ("Yang berpindah ke Badan Keuangan", "1 inovasi : JEMPUT GIZI", "5 dokumen bukti", "1 usulan yang masih berjalan", "2 peran",
                  "Operator OPD Owner", "Penggabungan tidak dapat dibatalkan."):
        assert words in page, words
    assert holders(app, Innovation) == {saved.units["dinas"]}


def test_the_merged_unit_says_where_it_went(admin, app, saved):
    page = text(merge(admin, saved))
    assert "Dinas Kesehatan digabung ke Badan Keuangan. Semua orangnya diberi tahu." in page and REASON in page
    for noun in (Innovation, Document, Entry):
        assert holders(app, noun) == {saved.units["badan"]}
    assert saved.units["dinas"] not in holders(app, Membership)
    old = text(admin.get(f"/kelola/unit/{saved.units['dinas']}"))
    assert "Digabung" in old and "Aktifkan" not in old and "Gabungkan" not in old
    assert "Digabung ke Badan Keuangan" in admin.get("/kelola/unit/?state=arsip").text


def test_its_people_go_on_and_are_told(admin, open_as, saved):
    merge(admin, saved)
    owner = open_as("owner")
    owner.get(f"/usulan/{saved.entry}/indikator/16")
    assert "pindah ke Badan Keuangan" in text(owner.get("/pemberitahuan"))
    stranger = open_as("stranger")
    assert "JEMPUT GIZI" in stranger.get("/inovasi/").text
    assert "Dinas Kesehatan digabung ke Badan Keuangan" in text(stranger.get("/pemberitahuan"))
    stranger.get(f"/usulan/{saved.entry}")


def test_a_closed_proposal_keeps_the_old_name_and_the_heirs_read_it(admin, open_as, app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.coordinator)
        another(cast, "MASIH DRAF", unit="dinas", submit_days_ago=None)
    close_the_period(app, saved)
    page = text(admin.get(f"/kelola/unit/{saved.units['dinas']}/gabung?ke={saved.units['badan']}"))
    assert "0 usulan yang masih berjalan" in page and page.index("Yang tetap bernama Dinas Kesehatan") < page.index("JEMPUT GIZI Periode 2026")
    merge(admin, saved)
    assert holders(app, Entry) == {saved.units["dinas"]} and holders(app, Document) == {saved.units["badan"]}
    for who in ("owner", "stranger"):
        browser = open_as(who)
        assert "Dinas Kesehatan" in browser.get(f"/usulan/{saved.entry}").text
        assert "JEMPUT GIZI" in browser.get("/usulan/").text
        browser.get(f"/usulan/{saved.entry}/cetak")
        browser.get(f"/dokumen/{saved.document}")


def figures(app, saved) -> list:
    """What a proposal counts, and every row of it."""
    with app.app_context():
        entry = db.session.get(Entry, saved.entry)
        rows = [(answer.claimed_level, answer.evidenced_level, answer.proven_level, answer.facts()) for answer in entry.answers]
        return [entry.unit.name, entry.claimed, entry.evidenced, entry.verified, entry.rounds[-1].snapshot, rows]


def test_the_scores_of_a_closed_season_do_not_move(admin, app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.coordinator)
    close_the_period(app, saved)
    before = figures(app, saved)
    merge(admin, saved)
    assert figures(app, saved) == before


@pytest.mark.parametrize(("unit", "into", "sentence"), [
    ("office", "dinas", "Bappelitbangda adalah kantor pengelola inovasi daerah, jadi tidak dapat digabung ke yang lain."),
    ("dinas", "dinas", "Dinas Kesehatan tidak dapat digabung ke dirinya sendiri."), ("dinas", "", "Pilih perangkat daerah penerimanya."),
])
def test_what_cannot_be_is_said_and_nothing_moves(admin, app, saved, unit, into, sentence):
    url = f"/kelola/unit/{saved.units[unit]}/gabung"
    assert sentence in text(admin.post(url, {"into": saved.units.get(into, ""), "reason": REASON}, expect=200))
    assert holders(app, Innovation) == {saved.units["dinas"]}


def test_without_a_reason_what_moves_stays_on_the_page(admin, app, saved):
    page = text(admin.post(f"/kelola/unit/{saved.units['dinas']}/gabung", {"into": saved.units["badan"], "reason": " "}, expect=200))
    assert "Tulis alasan penggabungannya" in page and "Yang berpindah ke Badan Keuangan" in page
    assert holders(app, Innovation) == {saved.units["dinas"]}


def test_an_archived_receiver_is_not_offered(admin, app, saved):
    admin.follow(f"/kelola/unit/{saved.units['badan']}/arsip")
    page = admin.get(f"/kelola/unit/{saved.units['dinas']}/gabung?ke={saved.units['badan']}")
    assert "Badan Keuangan sudah diarsipkan, jadi tidak dapat menerima gabungan." in text(page)


def test_merging_into_the_office_warns_of_what_waits_there(admin, app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
    page = text(admin.get(f"/kelola/unit/{saved.units['dinas']}/gabung?ke={saved.units['office']}"))
    assert "Satu usulan sedang diperiksa." in page


def test_the_preview_asks_the_same_for_few_and_many(admin, app, saved):
    url = f"/kelola/unit/{saved.units['dinas']}/gabung?ke={saved.units['badan']}"
    with Selects() as few:
        admin.get(url)
    with desk(app, saved) as cast:
        for number in range(6):
            another(cast, f"INOVASI {number}", unit="dinas")
            db.session.add(Unit.add(f"UPTD {number}", "UPTD", None, parent=cast.units["dinas"]))
    with Selects() as many:
        admin.get(url)
    assert many.number == few.number


def test_the_tree_stands_in_order_and_is_filtered_by_what_is_above(admin, app, saved):
    with desk(app, saved) as cast:
        uptd = Unit.add("UPTD Obat", "UPTD", None, parent=cast.units["dinas"])
        db.session.add_all([uptd, Unit.add("Apotek", "UPTD", None, parent=uptd)])
    page = admin.get("/kelola/unit/")
    order = [page.text.index(f">{name}</a>") for name in ("Badan Keuangan", "Bappelitbangda", "Dinas Kesehatan", "UPTD Obat", "Apotek")]
    assert order == sorted(order)
    narrow = admin.get(f"/kelola/unit/?parent={saved.units['dinas']}").text
    assert "Apotek" in narrow and ">Badan Keuangan</a>" not in narrow and "3 perangkat daerah" in narrow
