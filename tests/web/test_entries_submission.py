"""From what is still missing to the receipt."""
from app.extensions import db
from app.models import Entry, Innovation, Notification
from tests.web.reviewing import desk, judge, second_round, text


def address(saved, more="/pengajuan"):
    return f"/usulan/{saved.entry}{more}"


def test_what_is_missing_is_said_with_the_way_to_each_place(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.answer_on("16").claim(cast.owner, None)
        cast.entry.innovation.edit(cast.owner, purpose="", design="Terlalu pendek.")
    page = open_as("owner").get(address(saved))
    words = text(page)
    assert "Belum dapat diajukan: 3 hal masih kurang" in words
    assert "Profil: tujuan, manfaat, dan hasil Tujuan belum diisi." in words and "Baris 16 Baris 16 wajib diisi." in words
    assert f'href="/usulan/{saved.entry}/indikator/16"' in page.text and f'href="/inovasi/{saved.innovation}/profil/hasil"' in page.text
    assert 'name="agreed"' not in page.text


def test_submitting_what_is_incomplete_is_refused_with_the_same_sentences(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.answer_on("16").claim(cast.owner, None)
    page = open_as("owner").post(address(saved), {"agreed": "y"}, expect=200)
    assert "Baris 16 wajib diisi." in text(page)
    assert status(app, saved) == "draft"


def test_the_declaration_must_be_ticked(app, saved, open_as):
    page = open_as("owner").post(address(saved), expect=200)
    assert "Centang pernyataan ini sebelum mengajukan." in text(page)
    assert status(app, saved) == "draft"


def test_submitted_with_a_receipt_and_the_reviewers_hear_of_it(app, saved, open_as):
    page = text(open_as("owner").follow(address(saved), {"agreed": "y"}))
    assert "JEMPUT GIZI diajukan. Sekarang giliran verifikator." in page
    assert "Tanda terima LR-26-001/1" in page and "Owner, Jabatan" in page and "5 dari 20" in page
    assert "28 diklaim · 28 berbukti · belum diverifikasi, dari 111" in page
    assert status(app, saved) == "submitted"
    with app.app_context():
        told = {notice.user.username for notice in db.session.query(Notification) if notice.event.what == "submitted"}
    assert told == {"reviewer", "coordinator"}


def test_submitting_twice_says_where_it_is(app, saved, open_as):
    owner = open_as("owner")
    owner.post(address(saved), {"agreed": "y"})
    page = text(owner.post(address(saved), {"agreed": "y"}, expect=200))
    assert "Usulan ini menunggu verifikasi, jadi isiannya hanya dapat dibaca." in page


def test_claims_without_evidence_are_warned_about_and_let_through(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.answer_on("31").claim(cast.owner, 2)
    owner = open_as("owner")
    page = text(owner.get(address(saved)))
    assert "1 baris diklaim lebih tinggi daripada buktinya." in page and "diklaim level 2, bernilai 0" in page
    owner.post(address(saved), {"agreed": "y"})


def test_only_rows_that_are_open_are_warned_about(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.answer_on("31").claim(cast.owner, 2)
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1, r31=0)
        cast.entry.return_(cast.reviewer, ["16"])
        cast.entry.answer_on("16").reply(cast.owner, "Sudah dilampirkan.")
    page = text(open_as("owner").get(address(saved)))
    assert "Ajukan kembali JEMPUT GIZI" in page and "diklaim lebih tinggi" not in page


def test_the_receipt_of_a_later_round_names_the_mended_rows(app, saved, open_as):
    with desk(app, saved) as cast:
        second_round(cast)
    owner = open_as("owner")
    page = text(owner.get(address(saved, "/tanda-terima")))
    assert "LR-26-001/2" in page and "Baris ditanggapi 16" in page and "28 diklaim · 28 berbukti · 25 terverifikasi" in page
    first = text(owner.get(address(saved, "/tanda-terima?putaran=1")))
    assert "LR-26-001/1" in first and "belum diverifikasi" in first and "Putaran ini sudah diputus Reviewer" in first


def test_the_receipt_keeps_what_was_submitted(app, saved, open_as):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry, r16=1)
        cast.entry.return_(cast.reviewer, ["16"])
        cast.entry.answer_on("16").claim(cast.owner, 3)
    assert "28 diklaim · 28 berbukti" in text(open_as("head").get(address(saved, "/tanda-terima")))


def test_no_receipt_before_the_first_submission(saved, open_as):
    open_as("owner").get(address(saved, "/tanda-terima"), expect=404)


def test_only_the_operator_submits(app, saved, open_as):
    open_as("head").get(address(saved), expect=403)
    open_as("reviewer").post(address(saved), {"agreed": "y"}, expect=403)
    open_as("stranger").post(address(saved), {"agreed": "y"}, expect=404)


def test_the_whole_way_of_a_bare_idea(app, saved, open_as):
    """Only a name: every page stands, and the way forward is named on each."""
    with desk(app, saved) as cast:
        db.session.add(innovation := Innovation.add("GEMA CUCI TANGAN", cast.units["dinas"], cast.owner))
        db.session.flush()
        id = innovation.id
    owner = open_as("owner")
    entry = owner.post("/usulan/", {"innovation": id}).location
    for more in ("", "/indikator", "/indikator/16", "/indikator/16/pilih", "/pengajuan", "/riwayat", "/cetak"):
        owner.get(entry + more)
    assert "Isi tahapan dan tanggal penerapan dulu" in text(owner.get(f"{entry}/pengajuan"))


def status(app, saved):
    with app.app_context():
        return db.session.get(Entry, saved.entry).status
