"""The list of perangkat daerah: found, added, changed, archived; one of them is the innovation office."""
import re

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Innovation, Membership, Unit, User
from tests.web.reviewing import Selects

NEW = {"name": "Dinas Sosial", "kind": "Dinas", "parent": "", "is_office": ""}


@pytest.fixture
def admin(open_as):
    return open_as("admin")


def listed(page) -> list[str]:
    return re.findall(r'<th scope="row" class="full"><a href="/kelola/unit/\d+">([^<]+)</a>', page.text)


def refusal(page) -> str:
    return re.search(r'role="alert">.*?<p>(.*?)</p>', page.text, re.S)[1]


def unit_named(app, name) -> Unit | None:
    with app.app_context():
        return db.session.scalar(select(Unit).where(Unit.name == name))


def test_the_list_counts_operators_and_innovations(admin):
    page = admin.get("/kelola/unit/").text
    row = re.search(r"Dinas Kesehatan</a>.*?</tr>", page, re.S)[0]
    assert re.findall(r">(\d+)<", row) == ["1", "1"]
    assert listed(admin.get("/kelola/unit/")) == ["Badan Keuangan", "Bappelitbangda", "Dinas Kesehatan"]


@pytest.mark.parametrize(("query", "names"), [
    ("q=kes", ["Dinas Kesehatan"]), ("kind=Badan", ["Badan Keuangan", "Bappelitbangda"]), ("state=arsip", []),
    ("unserved=1", []), ("sort=-name", ["Dinas Kesehatan", "Bappelitbangda", "Badan Keuangan"]), ("q=%25", [])])
def test_the_address_narrows_and_orders_the_list(admin, query, names):
    assert listed(admin.get(f"/kelola/unit/?{query}")) == names


def test_a_filter_without_hits_leads_back(admin):
    assert "Hapus saringan" in admin.get("/kelola/unit/?q=zzz").text


def test_a_unit_is_added_and_remembered(admin, app, saved):
    page = admin.follow("/kelola/unit/baru", NEW | {"name": "  Dinas   Sosial ", "parent": saved.units["badan"]})
    assert "Dinas Sosial ditambahkan." in page.text
    with app.app_context():
        unit = db.session.scalar(select(Unit).where(Unit.name == "Dinas Sosial"))
        assert (unit.kind, unit.parent_id, unit.is_office, [e.what for e in unit.events]) == ("Dinas", saved.units["badan"], False, ["unit_added"])


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"name": "dinas kesehatan"}, "Sudah ada perangkat daerah bernama Dinas Kesehatan."),
    ({"is_office": "y"}, "Bappelitbangda sudah menjadi kantor pengelola inovasi daerah. Hapus dulu tandanya di sana."),
])
def test_a_refused_unit_keeps_what_was_typed(admin, app, typed, sentence):
    page = admin.post("/kelola/unit/baru", NEW | typed, expect=200)
    assert refusal(page) == sentence
    assert f'value="{(NEW | typed)["name"]}"' in page.text and '<option selected value="Dinas">' in page.text
    assert unit_named(app, "Dinas Sosial") is None


def test_an_empty_form_names_both_fields(admin):
    page = admin.post("/kelola/unit/baru", {}, expect=200)
    assert re.findall(r'<a href="#(\w+)">', page.text) == ["name", "kind"]


def test_a_unit_is_changed(admin, app, saved):
    id = saved.units["dinas"]
    admin.follow(f"/kelola/unit/{id}", {"name": "Dinas Kesehatan dan KB", "kind": "Dinas", "parent": ""})
    assert unit_named(app, "Dinas Kesehatan dan KB").id == id


def test_saving_a_unit_under_its_own_name_is_no_twin(admin, saved):
    id = saved.units["office"]
    assert "disimpan" in admin.follow(f"/kelola/unit/{id}", {"name": "Bappelitbangda", "kind": "Badan", "parent": "", "is_office": "y"}).text


def test_a_unit_is_not_its_own_parent(admin, app, saved):
    dinas, badan = saved.units["dinas"], saved.units["badan"]
    admin.follow(f"/kelola/unit/{badan}", {"name": "Badan Keuangan", "kind": "Badan", "parent": dinas})
    page = admin.post(f"/kelola/unit/{dinas}", {"name": "Dinas Baru", "kind": "Dinas", "parent": badan}, expect=200)
    assert refusal(page) == "Perangkat daerah tidak dapat menjadi induk bagi dirinya sendiri. Pilih induk yang lain."
    assert 'value="Dinas Baru"' in page.text and unit_named(app, "Dinas Baru") is None


def test_the_office_moves_after_it_was_unticked(admin, saved):
    office, badan = saved.units["office"], saved.units["badan"]
    admin.follow(f"/kelola/unit/{office}", {"name": "Bappelitbangda", "kind": "Badan", "parent": ""})
    assert "disimpan" in admin.follow(f"/kelola/unit/{badan}", {"name": "Badan Keuangan", "kind": "Badan", "parent": "", "is_office": "y"}).text


def test_an_archived_unit_leaves_the_list_and_every_choice_and_comes_back(admin, saved):
    id = saved.units["badan"]
    assert "Badan Keuangan diarsipkan." in admin.follow(f"/kelola/unit/{id}/arsip").text
    assert listed(admin.get("/kelola/unit/")) == ["Bappelitbangda", "Dinas Kesehatan"]
    assert listed(admin.get("/kelola/unit/?state=arsip")) == ["Badan Keuangan"]
    assert f'value="{id}"' not in admin.get("/kelola/orang/baru").text
    assert "sudah diarsipkan" in admin.follow(f"/kelola/unit/{id}/arsip").text
    assert "aktif kembali" in admin.follow(f"/kelola/unit/{id}/aktif").text


def test_the_office_itself_is_not_archived(admin, app, saved):
    office = saved.units["office"]
    assert "Arsipkan" not in admin.get(f"/kelola/unit/{office}").text
    assert "Bappelitbangda adalah kantor pengelola inovasi daerah" in admin.follow(f"/kelola/unit/{office}/arsip").text
    assert unit_named(app, "Bappelitbangda").archived_at is None


@pytest.mark.parametrize("who", ["owner", "reviewer", "coordinator", "leader"])
def test_the_list_is_for_administrators(open_as, saved, who):
    browser = open_as(who)
    browser.get("/kelola/unit/", expect=403)
    browser.post(f"/kelola/unit/{saved.units['dinas']}/arsip", expect=403)


def test_the_list_asks_the_same_for_few_and_many(admin, app, saved):
    with Selects() as few:
        admin.get("/kelola/unit/")
    with app.app_context():
        owner = db.session.get(User, saved.people["owner"])
        for n in range(20):
            unit = Unit.add(f"Kelurahan {n}", "Kelurahan", None, parent=db.session.get(Unit, saved.units["dinas"]))
            db.session.add_all([unit, Membership(user=owner, unit=unit, role="operator"), Innovation.add(f"Inovasi {n}", unit, owner)])
        db.session.commit()
    with Selects() as many:
        admin.get("/kelola/unit/")
    assert many.number == few.number
