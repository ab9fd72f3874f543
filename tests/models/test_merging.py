"""Two units become one: what is under way goes over, what is closed stays under its old name, and every step is written down."""
from datetime import timedelta

import pytest

from app import clock
from app.models import Entry, Innovation, Unit, User
from app.models.merging import Estate
from app.rules import Refused
from app.rules.access import Role, can
from tests.cast import judge_all, make_document, submitted


def estate(cast, unit="dinas", **more) -> Estate:
    facts = {"innovations": [cast.innovation], "entries": [cast.entry] if cast.entry.is_under_way else [],
             "children": [], "merged": [], "extended": [],
             "documents": list({id(e.document): e.document for a in cast.entry.answers for e in a.exhibits}.values())}
    return Estate(**{**facts, **more})


def merge(cast, **more):
    cast.units["dinas"].merge_into(cast.units["badan"], cast.admin, "Perda 3/2026", estate(cast, **more))


def test_everything_under_way_goes_over_and_each_thing_says_so_once(cast):
    old, new = cast.units["dinas"], cast.units["badan"]
    merge(cast)
    assert {cast.innovation.unit, cast.entry.unit, *(e.document.unit for a in cast.entry.answers for e in a.exhibits)} == {new}
    assert [thing.events[-1].what for thing in (old, new, cast.innovation, cast.entry, cast.owner)] == [
        "unit_merged", "unit_joined", "innovation_moved", "entry_moved", "role_moved"]
    assert (old.name, old.archived_at is not None, old.merged_into) == ("Dinas Kesehatan", True, new)
    assert cast.owner.serves(new, Role.OPERATOR) and cast.head.serves(new, Role.HEAD) and not cast.owner.serves(old)
    assert [n.user for n in cast.owner.events[-1].notifications] == [cast.owner]


def test_its_operator_goes_on_where_he_was(cast):
    merge(cast)
    assert can(cast.owner, "entry.edit", cast.entry) and can(cast.stranger, "entry.edit", cast.entry)
    cast.entry.answer_on("18").attach(cast.owner, make_document(cast, 90, unit="badan"))


def test_who_served_in_both_serves_once(cast):
    cast.owner.give_role(Role.OPERATOR, cast.units["badan"], cast.admin)
    merge(cast)
    assert [(held.unit.name, held.role) for held in cast.owner.memberships] == [("Badan Keuangan", "operator")]


def test_what_was_approved_in_a_closed_period_keeps_its_name_and_is_read_by_the_heirs(cast):
    submitted(cast)
    judge_all(cast)
    cast.entry.approve(cast.reviewer)
    cast.period.closes_at, cast.period.repairs_close_at = clock.now() - timedelta(days=3), clock.now() - timedelta(days=1)
    assert not cast.entry.is_under_way
    merge(cast)
    assert cast.entry.unit.name == "Dinas Kesehatan" and cast.innovation.unit.name == "Badan Keuangan"
    assert can(cast.stranger, "entry.view", cast.entry) and can(cast.owner, "entry.view", cast.entry)
    assert not can(cast.owner, "entry.edit", cast.entry)
    assert {user.username for user in cast.entry.owners()} == {"owner", "head", "stranger"}


@pytest.mark.parametrize(("days", "status", "goes"), [(1, "draft", True), (-1, "draft", False), (-1, "submitted", True), (-1, "returned", False),
                                                      (1, "approved", True), (-1, "approved", False), (1, "sent", False)])
def test_which_proposals_are_under_way(cast, days, status, goes):
    cast.period.closes_at = cast.period.repairs_close_at = clock.now() + timedelta(days=days)
    cast.entry.status = status
    assert cast.entry.is_under_way is goes


def test_a_reviewer_who_comes_to_belong_to_it_gives_it_back(cast):
    submitted(cast)
    cast.entry.assign(cast.coordinator, cast.reviewer)
    cast.units["dinas"].merge_into(cast.units["office"], cast.admin, "Perda", estate(cast))
    assert cast.entry.reviewer is None and cast.entry.unit.is_office


def test_a_reviewer_who_stays_free_of_it_keeps_it_and_is_told(cast):
    submitted(cast)
    cast.entry.assign(cast.coordinator, cast.reviewer)
    merge(cast)
    assert cast.entry.reviewer is cast.reviewer and [n.user for n in cast.entry.events[-1].notifications] == [cast.reviewer]


def test_more_time_is_kept(cast):
    until = cast.period.repairs_close_at + timedelta(days=5)
    cast.period.extend(cast.admin, cast.units["dinas"], until, "Banjir.")
    merge(cast, extended=[cast.period])
    assert cast.period.deadline(cast.entry.status, cast.entry.unit) == until
    assert cast.period.events[-1].details["reason"] == "Digabung dengan Dinas Kesehatan, yang mendapat perpanjangan: Banjir."


def test_what_was_below_it_moves_and_no_circle_comes_of_it(cast):
    old, new = cast.units["dinas"], cast.units["badan"]
    uptd = Unit.add("UPTD Gizi", "UPTD", None, parent=old)
    other = Unit.add("UPTD Obat", "UPTD", None, parent=old)
    new.parent = uptd
    merge(cast, children=[uptd, other])
    assert (new.parent, uptd.parent, other.parent) == (None, new, new)
    assert other.events[-1].details["changed"] == {"parent": ["Dinas Kesehatan", "Badan Keuangan"]}


def test_units_merged_before_follow(cast):
    earlier = Unit.add("Dinas Gizi", "Dinas", None)
    earlier.merged_into = cast.units["dinas"]
    merge(cast, merged=[earlier])
    assert earlier.merged_into is cast.units["badan"]


def test_both_may_bring_an_innovation_of_the_same_name(cast):
    twin = Innovation.add("JEMPUT GIZI", cast.units["badan"], cast.stranger)
    Entry.start(twin, cast.period, cast.stranger)
    merge(cast)
    assert {innovation.unit.name for innovation in (twin, cast.innovation)} == {"Badan Keuangan"}


@pytest.mark.parametrize(("old", "new", "reason", "sentence"), [
    ("dinas", "dinas", "x", "Dinas Kesehatan tidak dapat digabung ke dirinya sendiri. Pilih yang lain."),
    ("office", "dinas", "x",
     "Bappelitbangda adalah kantor pengelola inovasi daerah, jadi tidak dapat digabung ke yang lain. Pindahkan dulu tandanya."),
    ("dinas", "badan", " ", "Tulis alasan penggabungannya, misalnya nomor peraturannya."),
])
def test_what_cannot_be_merged_is_refused_and_nothing_moves(cast, old, new, reason, sentence):
    with pytest.raises(Refused) as refusal:
        cast.units[old].merge_into(cast.units[new], cast.admin, reason, estate(cast))
    assert str(refusal.value) == sentence and cast.entry.unit is cast.units["dinas"]


def test_it_is_for_good(cast):
    merge(cast)
    with pytest.raises(Refused, match="Dinas Kesehatan sudah digabung ke Badan Keuangan, jadi tidak diaktifkan kembali."):
        cast.units["dinas"].restore(cast.admin)
    with pytest.raises(Refused, match="Dinas Kesehatan sudah digabung ke Badan Keuangan."):
        cast.units["dinas"].merge_into(cast.units["office"], cast.admin, "x", estate(cast))
    with pytest.raises(Refused, match="Dinas Kesehatan sudah diarsipkan, jadi tidak dapat menerima gabungan. Aktifkan dulu."):
        cast.units["badan"].merge_into(cast.units["dinas"], cast.admin, "x", estate(cast))


def test_a_new_name_says_the_old_one(cast):
    unit = cast.units["dinas"]
    unit.edit(cast.admin, "Dinas Kesehatan dan KB", "Dinas", None, False)
    assert unit.events[-1].details == {"name": "Dinas Kesehatan dan KB", "changed": {"name": ["Dinas Kesehatan", "Dinas Kesehatan dan KB"]}}


def test_an_enrolled_account_has_no_slip_yet(cast):
    user = User.enrol("baru", "Baru", "x", cast.admin)
    assert (user.must_change_password, user.slip_expires_at, user.slip_has_expired) == (True, None, False)
    assert [event.what for event in user.events] == ["person_added"]
