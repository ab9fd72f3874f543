"""Every door, every person, on their own unit's things and on others'. A new route fails here until someone decides.

Seven people and one who is not signed in. Things belong to `dinas` (the owner's unit) or to `office` (the reviewers' own unit).
The policies are written out here on their own, so that a mistake in the access table does not hide itself.
"""
from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.extensions import db
from app.models import (
    Announcement,
    DeskSession,
    Document,
    Entry,
    Innovation,
    Instrument,
    Letter,
    Period,
    Reason,
    RegisterImport,
    RowHelp,
    Sending,
    Unit,
    User,
    YearResult,
)
from app.queries import documents, entries, innovations
from app.rules import access
from tests.browser import client_of, sign_in
from tests.cast import PASSWORD_HASH, PROFILE, make_file

PEOPLE = (None, "owner", "head", "stranger", "reviewer", "coordinator", "leader", "admin")
OFFICE = {"reviewer", "coordinator", "admin"}
READERS = {"dinas": {"owner", "head", *OFFICE, "leader"}, "office": {*OFFICE, "leader"}}
IN, LOGIN, FORBIDDEN, HIDDEN = "in", "login", 403, 404


def everyone(who, unit):
    return IN


def signed_in(who, unit):
    return IN


def back_to_the_door(who, unit):
    return LOGIN


def only(*people):
    """A page that is not about one unit's record: open to these, forbidden to the others."""
    return lambda who, unit: IN if who in people else FORBIDDEN


def nobodys(*people):
    """About a part that is not there: these are told so, the others that it is not theirs."""
    return lambda who, unit: HIDDEN if who in people else FORBIDDEN


def view(who, unit):
    return IN if who in READERS[unit] else HIDDEN


def edit(who, unit):
    if who not in READERS[unit]:
        return HIDDEN
    return IN if (who, unit) == ("owner", "dinas") else FORBIDDEN


def sign(who, unit):
    """The head of this very unit."""
    if who not in READERS[unit]:
        return HIDDEN
    return IN if (who, unit) == ("head", "dinas") else FORBIDDEN


def judge(who, unit):
    """Reviewers and coordinators, and never for the unit they belong to."""
    if who not in READERS[unit]:
        return HIDDEN
    return IN if who in ("reviewer", "coordinator") and unit == "dinas" else FORBIDDEN


def beside(who, unit):
    """What the office says to itself: all of it, and never where one's own unit is judged."""
    if who not in READERS[unit]:
        return HIDDEN
    return IN if who in OFFICE and unit == "dinas" else FORBIDDEN


def lead(who, unit):
    """The coordinator, and never for the own unit."""
    if who not in READERS[unit]:
        return HIDDEN
    return IN if (who, unit) == ("coordinator", "dinas") else FORBIDDEN


def coordinate(who, unit):
    """The coordinator, for whichever unit: sending is no judgement."""
    if who not in READERS[unit]:
        return HIDDEN
    return IN if who == "coordinator" else FORBIDDEN


def keep(who, unit):
    """Its operators, and those who keep the register for all."""
    if who not in READERS[unit]:
        return HIDDEN
    return IN if (who, unit) == ("owner", "dinas") or who in ("coordinator", "admin") else FORBIDDEN


def office_view(who, unit):
    """The review pages of one proposal: the office reads, whoever may see the proposal elsewhere is told no."""
    if who in OFFICE:
        return IN
    return FORBIDDEN if who in READERS[unit] else HIDDEN


def arrange(who, unit):
    """Of whichever unit: a session that is there, the years before this app."""
    if who not in READERS[unit]:
        return HIDDEN
    return IN if who in ("coordinator", "admin") else FORBIDDEN


def hold(who, unit):
    """The one it is with (of the office's own unit somebody else), and the coordinator."""
    if who not in READERS[unit]:
        return HIDDEN
    return IN if who == "coordinator" or (who, unit) == ("reviewer", "dinas") else FORBIDDEN


office = only(*OFFICE)
readers = only(*OFFICE, "leader")
admin = only("admin")
period = only("admin", "coordinator")

DOORS = {  # endpoint: {method: policy}
    "health.show": {"GET": everyone}, "look.style": {"GET": everyone},
    "look.logo": {"GET": everyone},  # a 404 where the key is not the present logo's
    "account.login": {"GET": everyone, "POST": everyone},
    "account.logout": {"POST": signed_in},
    "account.show": {"GET": signed_in},
    "account.password": {"GET": signed_in, "POST": signed_in},
    "account.code": {"GET": back_to_the_door, "POST": back_to_the_door},  # without a password given just before
    "account.end_others": {"POST": signed_in}, "account.second_step": {"GET": signed_in, "POST": signed_in},
    "account.own": {"GET": signed_in}, "account.take_own": {"POST": signed_in}, "people.anonymise": {"GET": admin, "POST": admin},
    "account.draw_key": {"POST": signed_in}, "people.drop_second_step": {"POST": admin},
    "account.end_session": {"POST": lambda who, unit: HIDDEN},  # the id is nobody's session: only one's own can be ended
    "home.show": {"GET": signed_in},
    "help.index": {"GET": signed_in}, "help.guide": {"GET": signed_in}, "help.picture": {"GET": signed_in},
    "notices.index": {"GET": signed_in}, "notices.index_xlsx": {"GET": signed_in},
    "notices.now": {"GET": signed_in}, "notices.day": {"GET": signed_in},
    "notices.follow": {"POST": lambda who, unit: HIDDEN},  # the id is nobody's notice
    "notices.read_all": {"POST": signed_in},
    "drafts.index": {"GET": signed_in}, "drafts.keep": {"POST": signed_in}, "drafts.drop": {"POST": signed_in},
    "drafts.show": {"GET": lambda who, unit: HIDDEN},  # the id is nobody's draft: only one's own is shown
    "innovations.index": {"GET": signed_in}, "innovations.index_xlsx": {"GET": signed_in},
    "innovations.new": {"GET": only("owner", "stranger"), "POST": only("owner", "stranger")},
    "innovations.show": {"GET": view},
    "innovations.profile": {"GET": view, "POST": edit},
    "innovations.attach_file": {"POST": edit},
    "innovations.file": {"GET": view},
    "innovations.describe": {"GET": keep, "POST": keep}, "innovations.archive": {"GET": keep, "POST": keep}, "innovations.restore": {"POST": keep},
    "catalogue.index": {"GET": signed_in}, "catalogue.index_xlsx": {"GET": signed_in}, "catalogue.print": {"GET": signed_in},
    "catalogue.show": {"GET": signed_in}, "catalogue.note_interest": {"POST": only("owner", "head", "stranger")},
    "catalogue.end_interest": {"POST": only("stranger", "coordinator", "admin")},  # the interest is of the stranger's unit
    "catalogue.interests": {"GET": readers}, "catalogue.interests_xlsx": {"GET": readers},
    "entries.index": {"GET": signed_in}, "entries.index_xlsx": {"GET": signed_in},
    "entries.start": {"POST": edit},
    "entries.show": {"GET": view},
    "entries.history": {"GET": view}, "entries.history_xlsx": {"GET": view},
    "entries.sheet": {"GET": view}, "entries.sheet_xlsx": {"GET": view},
    "entries.row": {"GET": view, "POST": edit},
    "entries.pick": {"GET": edit},
    "entries.attach": {"POST": edit},
    "entries.describe": {"POST": edit},
    "entries.detach": {"POST": edit},
    "entries.use_instead": {"POST": edit},
    "entries.submit": {"GET": edit, "POST": edit},
    "entries.receipt": {"GET": view},
    "entries.sign": {"GET": sign, "POST": sign}, "entries.hand_back": {"POST": sign},
    "entries.withdraw": {"GET": edit, "POST": edit},
    "entries.print": {"GET": view},
    "entries.compare": {"GET": view},
    "entries.profile_reply": {"POST": edit},
    "entries.offers": {"GET": only("owner", "stranger")}, "entries.carry": {"GET": edit, "POST": edit},
    "entries.development": {"GET": edit, "POST": edit},
    "documents.index": {"GET": only("owner", "head", "stranger", *OFFICE)},
    "documents.index_xlsx": {"GET": only("owner", "head", "stranger", *OFFICE)},
    "documents.new": {"GET": only("owner", "stranger"), "POST": only("owner", "stranger")},
    "documents.show": {"GET": view},
    "documents.edit": {"GET": edit, "POST": edit},
    "documents.archive": {"POST": edit},
    "files.show": {"GET": view},
    "files.download": {"GET": view},
    "files.page": {"GET": view},
    "files.preview": {"GET": view},
    "review.index": {"GET": office}, "review.index_xlsx": {"GET": office},
    "review.take_next": {"POST": only("reviewer", "coordinator")},
    "review.take": {"POST": judge},
    "review.share": {"POST": only("coordinator")},
    "review.remind": {"POST": only("coordinator", "admin")},
    "review.sharing": {"GET": only("coordinator")}, "review.sharing_xlsx": {"GET": only("coordinator")},
    "review.share_units": {"POST": only("coordinator")},
    "review.show": {"GET": office_view},
    "review.row": {"GET": office_view, "POST": judge},
    "review.profile": {"GET": office_view, "POST": judge},
    "review.compare": {"GET": office_view},
    "review.notes": {"GET": beside, "POST": beside},
    "review.reopen": {"GET": lead, "POST": lead},
    "reasons.index": {"GET": office}, "reasons.index_xlsx": {"GET": office},
    "reasons.new": {"GET": only("coordinator"), "POST": only("coordinator")},
    "reasons.edit": {"GET": only("coordinator"), "POST": only("coordinator")},
    "reasons.archive": {"POST": only("coordinator")}, "reasons.restore": {"POST": only("coordinator")},
    "reasons.agenda": {"GET": office}, "reasons.agenda_print": {"GET": office}, "reasons.citations": {"GET": office},
    "reasons.agenda_xlsx": {"GET": office}, "reasons.citations_xlsx": {"GET": office},
    "review.decide": {"GET": office_view, "POST": judge}, "review.approval": {"GET": office_view, "POST": judge},
    "letters.index": {"GET": office}, "letters.index_xlsx": {"GET": office}, "letters.show": {"GET": view}, "letters.make": {"POST": judge},
    "letters.docx": {"GET": view}, "letters.pdf": {"GET": view},
    "dashboard.show": {"GET": readers}, "dashboard.brief": {"GET": readers}, "dashboard.claims": {"GET": readers},
    "dashboard.turnaround": {"GET": readers}, "dashboard.claims_xlsx": {"GET": readers}, "dashboard.turnaround_xlsx": {"GET": readers},
    "board.index": {"GET": readers}, "board.index_xlsx": {"GET": readers}, "board.print": {"GET": readers}, "board.text": {"GET": readers},
    "standing.show": {"GET": readers}, "standing.imagine": {"GET": readers},
    "standing.choosing": {"GET": readers}, "standing.choosing_xlsx": {"GET": readers},
    "standing.take": {"GET": only("coordinator"), "POST": only("coordinator")}, "standing.choose": {"GET": coordinate, "POST": coordinate},
    "region.index": {"GET": readers}, "region.index_xlsx": {"GET": readers}, "region.history": {"GET": readers},
    "region.history_xlsx": {"GET": readers}, "region.print": {"GET": readers},
    "region.this_year": {"GET": readers}, "region.row": {"GET": readers, "POST": only("reviewer", "coordinator")},
    "region.judge": {"POST": only("reviewer", "coordinator")}, "region.pick": {"GET": only("reviewer", "coordinator")},
    "region.attach": {"POST": only("reviewer", "coordinator")},
    "region.describe": {"POST": nobodys("reviewer", "coordinator")}, "region.detach": {"POST": nobodys("reviewer", "coordinator")},
    "region.close": {"GET": only("coordinator"), "POST": only("coordinator")},
    "region.reopen": {"GET": only("coordinator"), "POST": only("coordinator")},
    "sendings.index": {"GET": readers}, "sendings.index_xlsx": {"GET": readers}, "sendings.send_many": {"POST": only("coordinator")},
    "sendings.register_pdf": {"GET": readers}, "sendings.annex_docx": {"GET": readers}, "sendings.pledge_docx": {"GET": readers},
    "sendings.show": {"GET": view}, "sendings.pdf": {"GET": view}, "sendings.correct": {"POST": coordinate},
    "sendings.copy": {"GET": office_view}, "sendings.tick": {"POST": office_view}, "sendings.file": {"GET": view},
    "sendings.send": {"GET": coordinate, "POST": coordinate}, "sendings.profile": {"GET": view},
    "sendings.entry_package": {"GET": view}, "sendings.entry_zip": {"GET": view},
    "sendings.package": {"GET": office}, "sendings.package_zip": {"GET": office}, "sendings.pick": {"POST": office},
    "results.years": {"GET": readers}, "results.years_xlsx": {"GET": readers},
    "results.new_year": {"GET": period, "POST": period}, "results.year": {"GET": period, "POST": period},
    "results.index": {"GET": readers}, "results.index_xlsx": {"GET": readers},
    "results.gaps": {"GET": readers}, "results.gaps_xlsx": {"GET": readers},
    "results.record": {"GET": period, "POST": period}, "results.template_file": {"GET": period},
    "results.upload": {"GET": period, "POST": period}, "results.check": {"GET": period}, "results.take": {"POST": period},
    "calendar.show": {"GET": signed_in},
    "desk.index": {"GET": signed_in}, "desk.index_xlsx": {"GET": signed_in}, "desk.print_list": {"GET": signed_in},
    "desk.calendar_file": {"GET": signed_in}, "desk.promises": {"GET": signed_in}, "desk.promises_xlsx": {"GET": signed_in},
    "desk.choose": {"GET": period}, "desk.plan": {"GET": period, "POST": period}, "desk.new": {"GET": period, "POST": period},
    "desk.show": {"GET": view}, "desk.print": {"GET": view}, "desk.edit": {"GET": arrange, "POST": arrange},
    "desk.call_off": {"GET": arrange, "POST": arrange}, "desk.minutes": {"GET": hold, "POST": hold}, "desk.keep_promise": {"POST": edit},
    "late.index": {"GET": period}, "late.index_xlsx": {"GET": period}, "late.text": {"GET": period}, "late.remind": {"POST": period},
    "rooms.index": {"GET": office},
    "regency.index": {"GET": admin, "POST": admin}, "regency.put_logo": {"POST": admin}, "regency.remove_logo": {"POST": admin},
    "units.index": {"GET": admin}, "units.index_xlsx": {"GET": admin},
    "units.new": {"GET": admin, "POST": admin}, "units.edit": {"GET": admin, "POST": admin},
    "units.archive": {"POST": admin}, "units.restore": {"POST": admin},
    "units.give_reviewer": {"POST": admin},
    "units.upload": {"GET": admin, "POST": admin}, "units.check": {"GET": admin}, "units.take": {"POST": admin},
    "units.template_file": {"GET": admin}, "units.editable": {"GET": admin}, "units.merge": {"GET": admin, "POST": admin},
    "people.upload": {"GET": admin, "POST": admin}, "people.check": {"GET": admin}, "people.take": {"POST": admin},
    "people.template_file": {"GET": admin}, "people.editable": {"GET": admin},
    "people.slips": {"GET": admin}, "people.make_slips": {"POST": admin},
    "people.index": {"GET": admin}, "people.index_xlsx": {"GET": admin}, "people.new": {"GET": admin, "POST": admin}, "people.show": {"GET": admin},
    "people.edit": {"GET": admin, "POST": admin}, "people.give_role": {"POST": admin}, "people.take_role": {"POST": admin},
    "people.slip": {"POST": admin}, "people.deactivate": {"POST": admin}, "people.reactivate": {"POST": admin},
    "people.hand_over": {"GET": admin, "POST": admin}, "people.handover_sheet": {"GET": admin},
    "periods.index": {"GET": period}, "periods.index_xlsx": {"GET": period},
    "periods.new": {"GET": period, "POST": period}, "periods.edit": {"GET": period, "POST": period},
    "periods.prolong": {"GET": period, "POST": period},
    "periods.extensions": {"GET": period, "POST": period}, "periods.extensions_xlsx": {"GET": period},
    "periods.end_extension": {"POST": period}, "periods.brought": {"GET": period}, "periods.brought_xlsx": {"GET": period},
    "log.index": {"GET": period}, "log.index_xlsx": {"GET": period},
    "log.sign_ins": {"GET": admin}, "log.sign_ins_xlsx": {"GET": admin}, "log.failures": {"GET": admin}, "log.failures_xlsx": {"GET": admin},
    "announcements.index": {"GET": period}, "announcements.index_xlsx": {"GET": period}, "announcements.new": {"GET": period, "POST": period},
    "announcements.edit": {"GET": period, "POST": period}, "announcements.end": {"POST": period},
    "wellness.index": {"GET": admin}, "wellness.examine": {"POST": admin},
    "wellness.settle_clock": {"POST": admin},
    "backups.index": {"GET": admin}, "backups.make": {"POST": admin},
    "backups.rehearse": {"POST": admin}, "backups.copy": {"POST": admin},
    "backups.take": {"POST": nobodys("admin")},  # no backup of that name
    "announced.put_away": {"POST": lambda who, unit: HIDDEN},  # the id is nobody's announcement
    "imports.index": {"GET": period}, "imports.index_xlsx": {"GET": period}, "imports.show": {"GET": period}, "imports.show_xlsx": {"GET": period},
    "imports.undo": {"GET": period, "POST": period}, "imports.template_file": {"GET": period}, "imports.upload": {"GET": period, "POST": period},
    "imports.match": {"GET": period, "POST": period}, "imports.check": {"GET": period}, "imports.faults": {"GET": period},
    "imports.take": {"POST": period}, "innovations.past": {"GET": arrange, "POST": arrange}, "innovations.withdraw_past": {"POST": arrange},
    "row_helps.index": {"GET": period}, "row_helps.index_xlsx": {"GET": period},
    "row_helps.edit": {"GET": period, "POST": period}, "row_helps.clear": {"POST": period},
    "instruments.index": {"GET": office}, "instruments.show": {"GET": office}, "instruments.print": {"GET": office},
    "instruments.compare": {"GET": office}, "instruments.json_file": {"GET": office}, "instruments.xlsx_file": {"GET": office},
    "instruments.upload": {"GET": period, "POST": period}, "instruments.clone": {"GET": period, "POST": period},
    "instruments.rules": {"GET": period, "POST": period}, "instruments.row": {"GET": period, "POST": period},
    "instruments.issue": {"GET": period, "POST": period}, "instruments.discard": {"POST": period},
}
BYTES = ("look.style", "look.logo", "innovations.file", "letters.docx", "letters.pdf", "sendings.pdf", "sendings.file")
OF_A_SENDING = ("sendings.show", "sendings.pdf", "sendings.correct")  # the other routes of `sendings` are about a proposal


@pytest.fixture
def things(once, saved):
    """One of each record for both units, as the values a route's arguments take."""
    return once("things", lambda: lay_down(saved))


@pytest.fixture
def clients(app, saved, things):
    """A browser of their own for everybody's try at each unit, signed in all at once."""
    tries = [(who, unit) for who in PEOPLE for unit in ("dinas", "office")]
    with app.app_context():
        tokens = {each: sign_in(saved.people[each[0]]) for each in tries if each[0]}
        db.session.commit()
    return {each: client_of(app, tokens.get(each)) for each in tries}


def lay_down(saved):
    owner, period = db.session.get(User, saved.people["owner"]), db.session.get(Period, saved.period)
    unit = db.session.get(Unit, saved.units["office"])
    innovation = Innovation.add("ARSIP KILAT", unit, owner)
    innovation.edit(owner, **PROFILE)
    entry = Entry.start(innovation, period, owner)
    document = Document.add(unit, owner, make_file(77), "arsip.pdf", years=[2025])
    db.session.add_all([innovation, document])
    db.session.flush()
    answer = entry.answer_on("16")
    answer.claim(owner, 1)
    exhibit = answer.attach(owner, document)
    own_entry = db.session.get(Entry, saved.entry)
    for each in (entry, own_entry):  # a submitted one, so that reading pages have a round to show
        with clock.at(period.closes_at - timedelta(days=1)):
            each._go("submit") if each is entry else each.submit(owner)
    entry.rounds.append(own_round(entry, owner))
    letters = {unit: own_letter(each, owner, number) for number, (unit, each) in enumerate({"dinas": own_entry, "office": entry}.items(), 1)}
    sendings = {unit: own_sending(each, owner, number) for number, (unit, each) in enumerate({"dinas": own_entry, "office": entry}.items(), 1)}
    db.session.commit()
    guest = User.add("tamu", "Tamu", PASSWORD_HASH, None)  # somebody the admin's buttons may work on
    for role in (access.Role.OPERATOR, access.Role.HEAD):
        guest.give_role(role, unit, None)
    guest.record("handed_over", None, name="Tamu", to="Owner", to_id=saved.people["owner"], roles=[["operator", unit.name, unit.id]])
    db.session.add(guest)
    db.session.commit()
    reason = Reason.add("16", "nama", "SK tidak memuat nama inovasi.", None)
    db.session.add(Instrument.clone(guest, period.instrument.source, 2027, {"iid-2026"}))
    told = Announcement.add(guest, text="Klinik hari Rabu.", audience="pimpinan", shows_from=clock.now() + timedelta(days=1),
                            shows_until=clock.now() + timedelta(days=2), at_door=False)
    help = RowHelp.begin("16", guest)
    help.write(guest, "Mintalah salinan SK di Bagian Hukum.")
    db.session.add_all([reason, told, help, YearResult.add(guest, 2025, index=Decimal("49.87"), band="Inovatif")])
    db.session.commit()
    shared = {"key": "0" * 16,
              "code": "16", "kode": "16", "bagian": "dasar", "slot": "budget", "number": 1, "tanggal": "2026-11-22", "tahun": 2025,
              "berkas": "0" * 64, "panduan": "operator", "gambar": "usulan.png", "cadangan": "lumbung-20260101-000000",
              "instrumen": "iid-2027", "baris": "16", "unit_id": saved.units["badan"]}
    version = db.session.get(Document, saved.document).current.id
    stranger, badan, interests = db.session.get(User, saved.people["stranger"]), db.session.get(Unit, saved.units["badan"]), {}
    for of, shown in {"dinas": own_entry.innovation, "office": innovation}.items():
        shown.is_shown, interests[of] = True, shown.note_interest(stranger, badan)
    db.session.commit()
    sessions = {"dinas": own_session(own_entry.unit, db.session.get(User, saved.people["reviewer"])), "office": own_session(unit, helper_of(badan))}
    db.session.commit()
    return {
        "dinas": {**shared, "innovation": saved.innovation, "entry": saved.entry, "document": saved.document, "file": version,
                  "letter": letters["dinas"].id, "sending": sendings["dinas"].id, "interest": interests["dinas"].id,
                  "session": sessions["dinas"].id, "promise_id": sessions["dinas"].promises[0].id,
                  "exhibit_id": saved.exhibit, "membership_id": guest.memberships[0].id},
        "office": {**shared, "innovation": innovation.id, "entry": entry.id, "document": document.id, "file": document.current.id,
                   "letter": letters["office"].id, "sending": sendings["office"].id, "interest": interests["office"].id,
                   "session": sessions["office"].id, "promise_id": sessions["office"].promises[0].id,
                   "exhibit_id": exhibit.id, "membership_id": guest.memberships[1].id},
        "manage": {"units": saved.units["badan"], "people": guest.id, "periods": saved.period, "reasons": reason.id,
                   "announcements": told.id, "imports": own_import(guest)},
    }


def own_import(by):
    one = RegisterImport.begin(by, "register-2024.xlsx", 0)
    db.session.add(one)
    db.session.commit()
    return one.id


def own_round(entry, owner):
    from app.models import Round
    from app.models.submission import snapshot
    return Round(number=1, submitted_at=clock.now(), submitted_by=owner, snapshot=snapshot(entry), is_reopening=False, note="", profile_note="",
                 profile_reply="")


def helper_of(unit):
    """A reviewer who does not belong to the office."""
    helper = User.add("penolong", "Penolong", PASSWORD_HASH, None)
    helper.give_role(access.Role.REVIEWER, unit, None)
    db.session.add(helper)
    return helper


def own_session(unit, reviewer):
    session = DeskSession.arrange(reviewer, unit, reviewer, clock.now() - timedelta(hours=3), 60)
    session.hold(reviewer, "Dibahas.", ["Tamu"], [("SK ditandatangani", clock.now().date() + timedelta(days=9))])
    db.session.add(session)
    return session


def own_letter(entry, owner, number):
    letter = Letter(entry=entry, round=entry.rounds[-1], kind="decision", year=2026, number=number, facts={"number": f"400/{number}"}, made_by=owner,
                    made_at=clock.now(), docx=make_file(800 + number, "docx"), pdf=make_file(900 + number))
    db.session.add(letter)
    return letter


def own_sending(entry, owner, number):
    sending = Sending(entry=entry, period_id=entry.period_id, number=f"IID-{number}", sent_on=clock.now().date(), sent_at=clock.now(), sent_by=owner,
                      name="X", unit_name="X", main_affair="Kesehatan", maturity=entry.verified, official_note="", pdf=make_file(700 + number),
                      snapshot={"profile": entry.rounds[-1].snapshot["profile"], "rows": {}, "claimed": "0", "evidenced": "0", "verified": "0",
                                "unit": "X", "period": entry.period.year, "number": entry.number}, checksum="0" * 64)
    db.session.add(sending)
    return sending


def address(app, endpoint, things, unit):
    """The route's address for this unit's record."""
    noun = {"innovations": "innovation", "desk": "session", "entries": "entry", "review": "entry", "documents": "document", "files": "file",
            "letters": "letter" if endpoint in ("letters.docx", "letters.pdf") else "entry",
            "sendings": "sending" if endpoint in OF_A_SENDING else "entry", "standing": "entry", "results": "sending",
            "catalogue": "interest" if endpoint == "catalogue.end_interest" else "innovation"}.get(endpoint.split(".")[0])
    rule = next(r for r in app.url_map.iter_rules() if r.endpoint == endpoint)
    values = {**things[unit], "id": things[unit].get(noun) or things["manage"].get(endpoint.split(".")[0], 999999)}
    if endpoint.startswith("region."):
        values |= {"kode": "1", "tahun": 2026}
    with app.test_request_context():
        return app.url_for(endpoint, **{name: values[name] for name in rule.arguments})


def outcome(response):
    """What the person met: a door, a wall, or the way in (whatever the page then says about the form)."""
    if response.status_code in (301, 302, 303) and "/masuk" in response.location:
        return LOGIN
    return response.status_code if response.status_code in (401, 403, 404) else IN


def test_every_route_and_method_is_decided(app):
    routes = {(r.endpoint, method) for r in app.url_map.iter_rules() for method in r.methods - {"HEAD", "OPTIONS"}}
    assert routes == {(endpoint, method) for endpoint, methods in DOORS.items() for method in methods}


@pytest.mark.parametrize(("endpoint", "method"), [(e, m) for e, methods in DOORS.items() for m in methods])
def test_door(app, things, clients, endpoint, method):
    policy, wrong = DOORS[endpoint][method], []
    for unit in ("dinas", "office"):
        url = address(app, endpoint, things, unit)
        data = {"entries.start": {"innovation": things[unit]["innovation"]}, "letters.make": {"jenis": "minutes", "putaran": 1}}.get(endpoint, {})
        for who in PEOPLE:
            met = outcome(clients[who, unit].open(url, method=method, data=data))
            wanted = policy(who, unit) if who or policy is everyone else LOGIN
            if endpoint.startswith("files.") or endpoint in BYTES:  # seen by the right people; the bytes are not on this disk
                met = IN if met == 404 and wanted == IN else met
            if endpoint in ("account.logout", "account.end_others") and who:  # leads to the sign-in page; ends the session for the other unit
                wanted, met = IN, IN if met == LOGIN else met
            if met != wanted:
                wrong.append(f"{who} on {unit}: {met}, not {wanted}")
    assert not wrong, wrong


@pytest.mark.parametrize(("noun", "listed"), [
    (Innovation, innovations.visible_to), (Entry, entries.visible_to), (Document, documents.visible_to)])
def test_lists_and_the_rule_agree(app, things, saved, noun, listed):
    with app.app_context():
        for user in db.session.query(User):
            shown = set(db.session.scalars(listed(user)).unique())
            for thing in db.session.query(noun):
                assert (thing in shown) == access.can(user, f"{noun.__name__.lower()}.view", thing), (user.username, thing.id)


def test_a_person_with_roles_in_two_units_sees_both(app, things, saved, open_as):
    with app.app_context():
        stranger, dinas = db.session.get(User, saved.people["stranger"]), db.session.get(Unit, saved.units["dinas"])
        stranger.give_role(access.Role.OPERATOR, dinas, None)
        db.session.commit()
    open_as("stranger").get(f"/usulan/{saved.entry}")


def test_a_reviewer_with_a_role_in_the_unit_may_look_but_not_judge(app, things, saved, open_as):
    with app.app_context():
        db.session.get(User, saved.people["reviewer"]).give_role(access.Role.HEAD, db.session.get(Unit, saved.units["dinas"]), None)
        db.session.commit()
    open_as("reviewer").get(f"/verifikasi/{saved.entry}/putusan/16")
    open_as("reviewer").post(f"/verifikasi/{saved.entry}/putusan/16", {"level": "2"}, expect=403)
