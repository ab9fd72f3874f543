"""Any order of verbs by anybody: the proposal stays in order, one event each, nothing written on a refusal, no note lost."""
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.models.review import Decision
from app.rules import Refused, scoring
from app.rules.workflow import MOVES, Status
from tests.cast import make_cast, make_document

CODES = st.sampled_from(["16", "17", "18", "20", "33", "35"])
LEVELS = st.integers(0, 3)
REASONS = st.sampled_from(["", "Belum ditandatangani.", "Tidak memuat nama inovasi."])
JUDGES = st.sampled_from(["reviewer", "coordinator"])


class Workflow(RuleBasedStateMachine):
    @initialize(head_start=st.integers(0, 4))
    def begin(self, head_start):
        """Random verbs alone seldom get far: most runs begin further down the road."""
        self.cast = make_cast()
        self.entry = self.cast.entry
        self.notes: list[tuple[int, str, str]] = []
        self.number = 1000
        steps = [(self.submit,), (self.judge_everything_else, "reviewer"), (self.send_back, {"16", "33"}, "coordinator", ""), (self.answer_all,)]
        for verb, *arguments in steps[:head_start]:
            verb(*arguments)

    def attempt(self, verb, *args, **kwargs):
        """Run a verb: one event more when it worked, nothing different when it was refused."""
        before = self.picture()
        try:
            result = verb(*args, **kwargs)
        except Refused as refusal:
            assert str(refusal).endswith((".", "!")) and str(refusal)[0].isupper()
            assert self.picture() == before
            return None
        return result

    def picture(self):
        entry = self.entry
        return (entry.status, entry.claimed, entry.evidenced, entry.verified, [a.facts() for a in entry.answers], len(entry.rounds),
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
        was = self.entry.status
        if self.attempt(self.entry.submit, self.cast.owner):
            assert was in MOVES["submit"][0] and self.entry.status == Status.SUBMITTED

    @rule(code=CODES, level=LEVELS, reason=REASONS, who=JUDGES)
    def judge(self, code, level, reason, who):
        verified = self.entry.verified
        self.attempt(self.entry.judge, self.entry.answer_on(code), getattr(self.cast, who), level, reason)
        assert self.entry.verified == verified, "a draft moves no score"

    @rule(who=JUDGES)
    def judge_everything_else(self, who):
        for answer in list(self.entry.rounds[-1].unjudged) if self.entry.rounds else []:
            self.attempt(self.entry.judge, answer, getattr(self.cast, who), 0, "Bukti tidak sah.")

    @rule(codes=st.sets(CODES, max_size=3), who=JUDGES, note=REASONS)
    def send_back(self, codes, who, note):
        was = self.entry.status
        self.attempt(self.entry.return_, getattr(self.cast, who), codes, "Mohon diperbaiki.", note)
        if was == Status.SUBMITTED and self.entry.status == Status.RETURNED:
            self.notes += [(self.entry.rounds[-1].number, v.answer.indicator.code, v.reason) for v in self.entry.rounds[-1].verdicts if v.returned]
            assert {a.indicator.code for a in self.entry.returned_rows} == codes

    @rule(who=JUDGES)
    def approve(self, who):
        self.attempt(self.entry.approve, getattr(self.cast, who))

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
    def rounds_and_status_tell_the_same_story(self):
        decisions = [r.decision for r in self.entry.rounds]
        assert None not in decisions[:-1] and Decision.APPROVED not in decisions[:-1]
        last = decisions[-1] if decisions else "none"
        assert self.entry.status == {"none": Status.DRAFT, None: Status.SUBMITTED, "returned": Status.RETURNED, "approved": Status.APPROVED}[last]

    @invariant()
    def no_note_ever_disappears(self):
        kept = {(r.number, v.answer.indicator.code, v.reason) for r in self.entry.rounds for v in r.verdicts}
        assert set(self.notes) <= kept


Workflow.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
TestWorkflow = Workflow.TestCase
