"""People come and go: roles move with one page to sign, what belongs to a unit stays there, nothing waits for somebody who is gone."""
import re

import pytest
from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Draft, Entry, Session, Unit, User
from app.rules.access import Role
from tests.models.test_handing import turn
from tests.web.reviewing import desk, text
from tests.web.test_manage_people import SLIP, refused

NEW = {"name": "Nur Aini", "username": "nur.aini", "nip": "19900101 201503 2 001", "position": "Penyusun Program"}


@pytest.fixture
def admin(open_as):
    return open_as("admin")


@pytest.fixture
def url(saved):
    return f"/kelola/orang/{saved.people['owner']}/serah-terima"


def held(page) -> list[str]:
    return re.findall(r'name="roles"[^>]*value="(\d+)"', page.text)


def roles_of(app, username) -> list[tuple[str, str]]:
    with app.app_context():
        user = db.session.scalar(select(User).where(User.username == username))
        return [(membership.role, membership.unit.name) for membership in user.memberships]


def test_a_new_account_takes_over_with_its_slip_and_what_is_open(admin, app, saved, url, open_as):
    owner = open_as("owner")
    page = admin.get(url)
    assert "Inovasi, usulan, isian, bukti, dan riwayat milik perangkat daerah tetap di tempatnya" in text(page)
    page = admin.post(url, NEW | {"roles": held(page), "deactivate": "y"}, expect=200)
    words = text(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert "Dari Owner , Jabatan" in words and "Kepada Nur Aini , Penyusun Program" in words and "Operator OPD, Dinas Kesehatan" in words
    assert "Yang masih terbuka di Dinas Kesehatan" in words and "1 inovasi tercatat, 5 dokumen bukti" in words
    assert "JEMPUT GIZI LR-26-001" in words and "lengkap, tinggal diajukan" in words
    assert (roles_of(app, "owner"), roles_of(app, "nur.aini")) == ([], [("operator", "Dinas Kesehatan")])
    owner.get("/", expect=302)
    heir = open_as()
    assert heir.post("/masuk", {"username": "nur.aini", "password": SLIP.search(page.text)[1]}).location == "/"
    with app.app_context():
        assert not db.session.get(User, saved.people["owner"]).is_active
        assert db.session.scalars(select(Session.ended_at).where(Session.user_id == saved.people["owner"])).all() != [None]


def test_loading_it_again_makes_neither_a_second_account_nor_a_second_slip(admin, app, url):
    typed = NEW | {"roles": held(admin.get(url))}
    admin.post(url, typed, expect=200)
    page = admin.post(url, typed, expect=200)
    assert SLIP.search(page.text) is None and "Lembar serah terimanya" in text(page)
    assert roles_of(app, "nur.aini") == [("operator", "Dinas Kesehatan")]


def test_an_account_that_is_there_takes_over_without_a_slip(admin, app, saved, url):
    answer = admin.post(url, {"roles": held(admin.get(url)), "to": saved.people["stranger"]})
    assert answer.location == f"{url}/lembar"
    page = admin.get(answer.location)
    assert SLIP.search(page.text) is None and "Kepada Stranger , Jabatan" in text(page)
    assert roles_of(app, "stranger") == [("operator", "Badan Keuangan"), ("operator", "Dinas Kesehatan")]
    assert "Owner menyerahkan Operator OPD di Dinas Kesehatan kepada Stranger." in text(admin.get(f"/kelola/orang/{saved.people['owner']}"))


def test_the_heir_works_on_where_the_other_stopped(admin, app, saved, url, open_as):
    admin.post(url, {"roles": held(admin.get(url)), "to": saved.people["stranger"]})
    heir = open_as("stranger")
    assert "Ajukan" in text(heir.get("/usulan/1"))
    heir.post("/usulan/1/pengajuan", {"agreed": "y"})
    open_as("owner").get("/usulan/1", expect=404)
    page = text(heir.get("/"))
    assert "Badan Keuangan, Dinas Kesehatan" in page
    assert [name for name in ("Badan Keuangan", "Dinas Kesehatan") if name not in text(heir.get("/inovasi/baru"))] == []


def test_unsaved_typing_is_said_to_stay_behind(admin, app, saved, url):
    with app.app_context():
        draft = Draft.begin(db.session.get(User, saved.people["owner"]), "/usulan/1/indikator/16")
        db.session.add(draft)
        db.session.commit()
    assert "Owner masih punya satu ketikan yang belum disimpan" in text(admin.get(url))


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"roles": []}, "Pilih paling sedikit satu peran yang diserahkan."),
    ({"name": ""}, "Pilih akun penerima, atau isi nama lengkap untuk akun baru."),
    ({"username": "Nur Aini"}, "Pakai 3 sampai 60 huruf kecil"), ({"username": "head"}, "Nama pengguna head sudah dipakai. Pilih yang lain.")])
def test_a_refused_handover_changes_nothing(admin, app, url, wrong, sentence):
    page = admin.post(url, NEW | {"roles": held(admin.get(url)), "deactivate": "y"} | wrong, expect=200)
    assert sentence in text(page) and 'value="Penyusun Program"' in page.text
    assert roles_of(app, "owner") == [("operator", "Dinas Kesehatan")]
    with app.app_context():
        assert db.session.scalar(select(User).where(User.username == "nur.aini")) is None


def test_a_reviewer_hands_over_what_was_given_to_them(admin, app, saved):
    with desk(app, saved) as cast:
        cast.units["dinas"].give_reviewer(cast.coordinator, cast.reviewer)
        cast.entry.submit(cast.owner)
    url = f"/kelola/orang/{saved.people['reviewer']}/serah-terima"
    page = admin.get(url)
    admin.post(url, {"roles": held(page), "to": saved.people["coordinator"], "deactivate": "y"})
    with app.app_context():
        assert db.session.get(Entry, 1).reviewer_id == db.session.get(Unit, saved.units["dinas"]).reviewer_id == saved.people["coordinator"]


def test_an_administrator_does_not_hand_over_their_own_administration(admin, app, saved):
    url = f"/kelola/orang/{saved.people['admin']}/serah-terima"
    page = admin.get(url)
    assert "Nonaktifkan akun lama" not in text(page)
    page = admin.post(url, {"roles": held(page), "to": saved.people["coordinator"]}, expect=200)
    assert "Anda tidak dapat menyerahkan peran Admin Anda sendiri." in text(page)
    assert roles_of(app, "coordinator") == [("coordinator", "Bappelitbangda")]


def test_without_a_handover_there_is_no_sheet(admin, saved):
    admin.get(f"/kelola/orang/{saved.people['head']}/serah-terima/lembar", expect=404)


def test_units_without_a_head_are_listed_with_the_way_to_an_account(admin, app, saved, open_as):
    open_as("owner")  # an installation where people sign in
    with desk(app, saved) as cast:
        turn(cast, needs_signature=True)
        cast.stranger.give_role(Role.HEAD, cast.units["badan"], None)
        cast.entry.submit(cast.owner)
        cast.head.deactivate(cast.admin)
    page = admin.get("/")
    assert "1 perangkat daerah belum punya akun kepala" in text(page)
    assert "1 usulan menunggu pengesahan yang tidak dapat diberikan siapa pun" in text(page)
    assert f'href="/kelola/orang/baru?unit={saved.units["dinas"]}&amp;peran=head"' in page.text
    assert re.findall(r'<a href="/kelola/unit/\d+">([^<]+)</a>', admin.get("/kelola/unit/?headless=1").text) == ["Dinas Kesehatan"]
    assert '<option selected value="head">' in admin.get(f"/kelola/orang/baru?unit={saved.units['dinas']}&peran=head").text


def test_a_unit_has_its_usual_reviewer(admin, app, saved):
    unit = f"/kelola/unit/{saved.units['dinas']}"
    page = text(admin.follow(f"{unit}/verifikator", {"tetap-reviewer": saved.people["reviewer"]}))
    assert "Usulan Dinas Kesehatan mulai sekarang masuk ke Reviewer." in page
    with desk(app, saved) as cast, clock.at(clock.now()):
        assert cast.entry.submit(cast.owner) and cast.entry.reviewer is cast.reviewer
    assert "Dinas Kesehatan tidak lagi dipegang satu verifikator." in text(admin.follow(f"{unit}/verifikator", {"tetap-reviewer": ""}))
    assert "Pilih verifikator dari daftar." in refused(admin, f"{unit}/verifikator", {"tetap-reviewer": saved.people["owner"]})
