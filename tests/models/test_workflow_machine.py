"""Any order of verbs by anybody: the proposal stays in order, one event each, nothing written on a refusal, no note lost."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app import clock
from app.models import User
from app.models.choosing import Choice
from app.models.instrument import fingerprint
from app.models.period import SWITCHES
from app.models.review import Decision, Origin
from app.rules import Refused, scoring
from app.rules.access import JUDGES as JUDGING
from app.rules.access import Role
from app.rules.workflow import DONE, WITH_OFFICE, Status
from tests.cast import PASSWORD_HASH, make_cast, make_document, make_file

CODES = st.sampled_from(["16", "17", "18", "20", "33", "35"])
LEVELS = st.integers(0, 3)
REASONS = st.sampled_from(["", "Belum ditandatangani.", "Tidak memuat nama inovasi."])
JUDGES = st.sampled_from(["reviewer", "coordinator"])
ANYBODY = st.sampled_from(["owner", "head", "stranger", "reviewer", "coordinator", "insider", "leader", "admin"])
JUDGED = (("hand_in",), ("judge_everything_else", "reviewer"))
ROADS = {
    "draft": (), "signing": (("submit",),), "submitted": (("hand_in",),), "judged": JUDGED,
    "returned": (*JUDGED, ("send_back", {"16", "33"}, "coordinator", "")),
    "answered": (*JUDGED, ("send_back", {"16", "33"}, "coordinator", ""), ("answer_all",)),
    "verified": (*JUDGED, ("finish", "reviewer")), "approved": (*JUDGED, ("approved",)), "sent": (*JUDGED, ("approved",), ("send", "coordinator")),
}


class Workflow(RuleBasedStateMachine):
    @initialize(road=st.sampled_from(sorted(ROADS)), switches=st.sets(st.sampled_from(SWITCHES)))
    def begin(self, road, switches):
        """Random verbs alone seldom get far: most runs begin further down the road."""
        self.cast = make_cast()
        self.cast.insider = User.add("insider", "Insider", PASSWORD_HASH, None)  # a coordinator who also fills in for the unit
        self.cast.insider.give_role(Role.COORDINATOR, self.cast.units["office"], None)
        self.cast.insider.give_role(Role.OPERATOR, self.cast.units["dinas"], None)
        self.entry = self.cast.entry
        self.open_rows = {answer.indicator.code for answer in self.entry.answers}
        self.notes: list[tuple[int, str, str]] = []
        self.number = 1000
        needed = {"signing": {"needs_signature"}, "verified": {"two_steps"}}.get(road, set())
        for name in switches | needed:
            self.turn(name)
        for step in ROADS[road]:
            getattr(self, step[0])(*step[1:])

    def hand_in(self):
        self.submit()
        if self.entry.status == Status.SIGNING:
            self.sign("head")

    def approved(self):
        self.finish("reviewer")
        self.approve("coordinator" if self.cast.period.two_steps else "reviewer")

    def attempt(self, verb, *args, **kwargs):
        """Run a verb: one event more when it worked, nothing different when it was refused."""
        before = self.picture()
        try:
            verb(*args, **kwargs)
        except Refused as refusal:
            assert str(refusal).endswith((".", "!")) and str(refusal)[0].isupper()
            assert self.picture() == before
            return False
        assert len(self.entry.events) == before[-1] + 1 or self.picture() == before, "a verb writes one event"
        return True

    def picture(self):
        entry = self.entry
        return (entry.status, entry.claimed, entry.evidenced, entry.verified, [(a.facts(), a.is_open, a.proven_level) for a in entry.answers],
                [(r.decision, r.finished_by, r.signed_by, r.note, r.profile_note) for r in entry.rounds], entry.head_note, entry.prepared_by,
                entry.reviewer, len(entry.notes), entry.reminded_at,
                [(v.proven_level, v.reason, v.reply, v.returned) for r in entry.rounds for v in r.verdicts], len(entry.events))

    @rule(code=CODES, level=LEVELS, ticks=st.integers(0, 5))
    def claim(self, code, level, ticks):
        answer = self.entry.answer_on(code)
        basis = answer.indicator.bases[ticks % len(answer.indicator.bases)] if answer.indicator.bases else None
        self.attempt(answer.claim, self.cast.owner, level, basis, [s["code"] for s in answer.indicator.substances][:ticks])

    @rule(code=CODES, year=st.integers(2023, 2026), number=st.integers(1, 3))
    def attach(self, code, year, number):
        self.number += 1
        kind = "mp4" if code == "35" else "pdf"
        document = make_document(self.cast, self.number, kind, years=[year])
        self.attempt(self.entry.answer_on(code).attach, self.cast.owner, document, set_number=number)

    @rule(code=CODES)
    def detach(self, code):
        answer = self.entry.answer_on(code)
        if answer.exhibits:
            self.attempt(answer.detach, self.cast.owner, answer.exhibits[-1])

    @rule(code=CODES)
    def reply(self, code):
        self.attempt(self.entry.answer_on(code).reply, self.cast.owner, "Sudah diperbaiki.")

    @rule()
    def answer_all(self):
        for answer in self.entry.returned_rows:
            self.attempt(answer.reply, self.cast.owner, "Sudah diperbaiki, lihat halaman tiga.")

    @rule()
    def submit(self):
        was, asked = self.entry.status, self.entry.will_be_signed
        if self.attempt(self.entry.submit, self.cast.owner):
            assert was in {Status.DRAFT, Status.RETURNED} or (was == Status.SIGNING and not asked)
            assert self.entry.status == (Status.SIGNING if asked else Status.SUBMITTED) and self.entry.head_note == ""

    @rule(who=ANYBODY)
    def sign(self, who):
        if self.attempt(self.entry.sign, getattr(self.cast, who)):
            assert who == "head" and self.entry.rounds[-1].signed_by is self.cast.head

    @rule(who=st.sampled_from(["head", "head", "owner", "coordinator"]), note=REASONS)
    def hand_back(self, who, note):
        if self.attempt(self.entry.hand_back, getattr(self.cast, who), note):
            assert who == "head" and self.entry.head_note == note

    @rule()
    def withdraw(self):
        judged = self.entry.rounds and any(verdict.origin == Origin.JUDGED for verdict in self.entry.rounds[-1].verdicts)
        was = self.entry.status
        if self.attempt(self.entry.withdraw, self.cast.owner, "Ada yang tertinggal."):
            assert was == Status.SIGNING or not judged

    @rule(on=st.booleans())
    def the_head_comes_and_goes(self, on):
        head = self.cast.head
        if on != head.is_active:
            head.reactivate(self.cast.admin) if on else head.deactivate(self.cast.admin)

    @rule(name=st.sampled_from(SWITCHES))
    def turn(self, name):
        period = self.cast.period
        dates = {name: getattr(period, name) for name in ("opens_at", "closes_at", "repairs_close_at", "minimum_maturity")}
        period.edit(self.cast.admin, period.year, period.instrument, **dates, **{name: not getattr(period, name)})

    def may_judge(self, who):
        person, unit = getattr(self.cast, who), self.cast.units["dinas"]
        return person.has_role(*JUDGING) and (self.cast.period.may_judge_own_unit or not person.serves(unit))

    @rule(code=CODES, level=LEVELS, reason=REASONS, who=ANYBODY)
    def judge(self, code, level, reason, who):
        verified = self.entry.verified
        if self.attempt(self.entry.judge, self.entry.answer_on(code), getattr(self.cast, who), level, reason):
            assert self.may_judge(who)
        assert self.entry.verified == verified, "a draft moves no score"

    @rule(who=JUDGES)
    def judge_everything_else(self, who):
        for answer in list(self.entry.rounds[-1].unjudged) if self.entry.rounds else []:
            self.attempt(self.entry.judge, answer, getattr(self.cast, who), 0, "Bukti tidak sah.")

    @rule(codes=st.sets(CODES, max_size=3), who=JUDGES, note=REASONS)
    def send_back(self, codes, who, note):
        if self.attempt(self.entry.return_, getattr(self.cast, who), codes, "Mohon diperbaiki.", note):
            self.open_rows = codes
            self.notes += [(self.entry.rounds[-1].number, v.answer.indicator.code, v.reason) for v in self.entry.rounds[-1].verdicts if v.returned]
            assert {a.indicator.code for a in self.entry.returned_rows} == codes

    @rule(who=ANYBODY)
    def finish(self, who):
        if self.attempt(self.entry.finish, getattr(self.cast, who), "Lengkap."):
            assert self.may_judge(who) and self.cast.period.two_steps and not self.entry.rounds[-1].unjudged

    @rule(who=ANYBODY, codes=st.sets(CODES, max_size=2), note=REASONS)
    def recheck(self, who, codes, note):
        verdicts = self.entry.rounds and [(v.proven_level, v.reason, v.by) for v in self.entry.rounds[-1].verdicts]
        if self.attempt(self.entry.recheck, getattr(self.cast, who), note, codes):
            assert self.may_judge(who) and (not self.cast.period.two_steps or who in ("coordinator", "insider"))
            assert [(v.proven_level, v.reason, v.by) for v in self.entry.rounds[-1].verdicts] == verdicts, "a second look changes no verdict"

    @rule(who=ANYBODY)
    def approve(self, who):
        person, period, was = getattr(self.cast, who), self.cast.period, self.entry.status
        if self.attempt(self.entry.approve, person):
            assert self.may_judge(who)
            self.open_rows = set()
            if period.two_steps:
                assert was == Status.VERIFIED and who in ("coordinator", "insider")
                assert period.may_approve_own or person not in [v.by for v in self.entry.rounds[-1].verdicts]

    @rule(who=ANYBODY, codes=st.sets(CODES, max_size=2), reason=REASONS)
    def reopen(self, who, codes, reason):
        if self.attempt(self.entry.reopen, getattr(self.cast, who), codes, reason):
            assert self.may_judge(who) and who in ("coordinator", "insider")
            self.open_rows = codes

    @rule(who=ANYBODY, choice=st.sampled_from([None, *Choice]), reason=REASONS)
    def choose(self, who, choice, reason):
        if self.attempt(self.entry.choose, getattr(self.cast, who), choice, reason):
            assert who in ("coordinator", "insider") and self.entry.status == Status.APPROVED and (self.entry.choice or None) == choice

    @rule(who=ANYBODY)
    def send(self, who):
        if self.attempt(self.entry.send, getattr(self.cast, who), "IID-2026-0001", clock.now().date(), make_file(5000)):
            assert who in ("coordinator", "insider") and self.entry.choice != Choice.HOLD
            self.frozen = (self.entry.sending.checksum, self.picture()[:5])

    @rule()
    def next_year_the_profile_changes(self):
        if self.entry.status == Status.SENT:
            self.cast.innovation.edit(self.cast.owner, purpose=f"Dikembangkan {len(self.cast.innovation.events)}.", main_affair="Pendidikan")

    @invariant()
    def what_was_sent_stays_as_it_was(self):
        if self.entry.status == Status.SENT:
            assert self.frozen == (fingerprint(self.entry.sending.snapshot), self.picture()[:5])
            assert self.entry.main_affair == self.entry.profile_facts()["main_affair"]
        else:
            assert self.entry.sending is None

    @rule(who=ANYBODY, to=st.sampled_from([None, "reviewer", "coordinator", "insider", "owner"]))
    def share(self, who, to):
        self.attempt(self.entry.assign, getattr(self.cast, who), to and getattr(self.cast, to))
        self.attempt(self.entry.take, getattr(self.cast, who))
        self.attempt(self.entry.annotate, getattr(self.cast, who), "Tanya nomor perbupnya.", "16")
        self.attempt(self.entry.remind, getattr(self.cast, who))

    @rule()
    def the_unit_tries_to_judge(self):
        try:
            self.entry.approve(self.cast.owner)
        except Refused:
            return
        raise AssertionError("a unit approved its own proposal")

    @invariant()
    def stored_numbers_are_the_recomputed_ones(self):
        rows = self.entry.answers
        assert self.entry.claimed == scoring.maturity(scoring.Row(a.indicator.weight, a.claimed_level) for a in rows)
        assert self.entry.evidenced == scoring.maturity(
            scoring.Row(a.indicator.weight, scoring.evidenced(a.claimed_level, a.supported_level)) for a in rows)
        assert self.entry.verified == scoring.maturity(scoring.Row(a.indicator.weight, a.proven_level) for a in rows)
        assert self.entry.evidenced <= self.entry.claimed <= self.cast.instrument.maturity_max

    @invariant()
    def stored_counts_of_rounds_are_the_recounted_ones(self):
        standing = [r for r in self.entry.rounds if r.decision != Decision.WITHDRAWN]
        judged = {verdict.answer.position for verdict in standing[-1].verdicts} if standing else {a.position for a in self.entry.answers}
        assert (self.entry.round_number, self.entry.decided_rounds, self.entry.rows_left) == (
            max((r.number for r in standing), default=0), len([r for r in standing if r.decision]),
            len([a for a in self.entry.answers if a.position not in judged]))
        assert bool(self.entry.decided_rounds) == (self.entry.last_decided_round is not None)

    @invariant()
    def rounds_and_status_tell_the_same_story(self):
        assert None not in [r.decision for r in self.entry.rounds][:-1]
        standing = [r for r in self.entry.rounds if r.decision != Decision.WITHDRAWN]
        for earlier, later in zip(standing, standing[1:], strict=False):
            assert earlier.decision == Decision.RETURNED or later.is_reopening
        last = standing[-1].decision if standing else "none"
        with_unit = {Status.SIGNING, Status.DRAFT if last == "none" else Status.RETURNED}
        assert self.entry.status in {"none": with_unit, "returned": with_unit, None: WITH_OFFICE, "approved": DONE}[last]
        assert (self.entry.status == Status.VERIFIED) == bool(last is None and standing[-1].finished_by)

    @invariant()
    def only_what_was_sent_back_is_open(self):
        assert {a.indicator.code for a in self.entry.answers if a.is_open} == self.open_rows
        done = self.entry.last_decided_round
        levels = {verdict.answer.indicator.code: verdict.proven_level for verdict in done.verdicts} if done else {}
        assert {a.indicator.code: a.proven_level for a in self.entry.answers if a.proven_level is not None} == levels

    @invariant()
    def nothing_is_ever_stuck(self):
        """Whatever was switched and whoever left: some active person has the next move, or it is approved."""
        if self.entry.status == Status.SIGNING:
            assert self.entry.heads or self.entry.is_left_unsigned
            assert self.entry.may_be_withdrawn and self.entry.holders()

    @invariant()
    def no_note_ever_disappears(self):
        kept = {(r.number, v.answer.indicator.code, v.reason) for r in self.entry.rounds for v in r.verdicts}
        assert set(self.notes) <= kept


Workflow.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
TestWorkflow = Workflow.TestCase
