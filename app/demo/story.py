"""The life of one innovation in one period, told by the verbs: recorded, filled, submitted, judged, sent back, mended, approved."""
from collections.abc import Callable
from dataclasses import dataclass, field

from app.demo.content import notes
from app.demo.content.catalogue import Innovation as Source
from app.demo.content.claims import bases, claims
from app.demo.content.design import design_text
from app.demo.content.paper import Paper
from app.demo.content.recipes import recipe
from app.demo.content.recipes.flaws import SLIPS, first_try
from app.demo.content.words import chance, pick
from app.demo.diary import Diary
from app.demo.shelf import Shelf
from app.models import Answer, Document, Entry, Innovation, Period, Reason, Unit, User
from app.rules import Refused
from app.rules.workflow import Status
from app.rules.years import in_years

REQUIRED = {"16", "17", "32", "33", "35"}
STAGES = ("registered", "started", "draft", "signing", "submitted", "returned", "resubmitted", "verified", "approved")


def reached(stage: str, other: str) -> bool:
    return STAGES.index(stage) >= STAGES.index(other)


@dataclass
class Plan:
    """What will be told of one innovation: how far it gets, what is claimed, which rows are brought badly (`slips`) or with
    half of their documents (`thin`) at first."""
    source: Source
    year: int
    stage: str
    clean: bool = False  # approved at the first reading
    levels: dict[str, int] = field(init=False)
    slips: set[str] = field(init=False)
    thin: set[str] = field(init=False)

    def __post_init__(self) -> None:
        draw = chance("rencana", self.source.key, self.year)
        self.levels = claims(self.source, self.year) if reached(self.stage, "draft") else {}
        if self.stage == "draft":  # half done: some rows are still empty
            self.levels = {row: level for row, level in self.levels.items() if draw.random() < 0.55}
        open_to_slips = [row for row in SLIPS if self.levels.get(row)]
        self.slips = set() if self.clean else set(draw.sample(open_to_slips, min(len(open_to_slips), draw.randint(2, 4))))
        others = [row for row in self.levels if self.levels[row] and row not in self.slips | REQUIRED]
        self.thin = set() if self.clean else set(draw.sample(others, min(len(others), draw.randint(1, 4))))

    def papers(self, row: str) -> list[Paper]:
        """As brought the first time."""
        wanted = recipe(row, self.levels.get(row, 0), self.source, self.year)
        if row in self.thin:
            return wanted[:len(wanted) // 2]
        return (first_try(row, wanted) if row in self.slips else wanted) or wanted

    def mended(self, row: str) -> list[Paper]:
        return recipe(row, self.levels.get(row, 0), self.source, self.year)

    def all_papers(self) -> list[Paper]:
        rows = [self.papers(row) for row in self.levels] + [self.mended(row) for row in self.slips | self.thin]
        return [paper for papers in rows for paper in papers]


@dataclass(frozen=True)
class Desk:
    """Who deals with it at the office: the reviewer it is given to, the coordinator who shares out and approves, and all who may judge it;
    `bank` are the reasons they write, by row and text."""
    reviewer: User
    coordinator: User
    judges: list[User]
    bank: dict[tuple[str, str], Reason]


class Story:
    def __init__(self, plan: Plan, unit: Unit, period: Period, operator: User, desk: Desk, shelf: Shelf, diary: Diary,
                 save: Callable[[Innovation], None]):
        """`save` brings the innovation and all that hangs on it to the database, so that a snapshot can name its documents."""
        self.plan, self.unit, self.period, self.operator, self.reviewer = plan, unit, period, operator, desk.reviewer
        self.desk, self.shelf, self.diary, self.save = desk, shelf, diary, save
        self.chance = chance("cerita", plan.source.key, plan.year, plan.stage)

    def tell(self, name: str, known: Innovation | None = None) -> Innovation:
        """All of it, as far as the plan goes. `name` differs from the source's only for copies; an innovation that was `known`
        the year before keeps its place in the register and gets another proposal."""
        innovation = known or self.record(name)
        if not reached(self.plan.stage, "started"):
            return innovation
        with self.diary.deed(20):
            entry = Entry.start(innovation, self.period, self.operator)
        if reached(self.plan.stage, "draft"):
            self.fill(entry)
        if reached(self.plan.stage, "signing"):
            self.hand_in(entry)
        if entry.status == Status.SUBMITTED and entry.reviewer is None and self.chance.random() < 0.6:
            self.share_out(entry)
        if reached(self.plan.stage, "returned") and not self.plan.clean:
            self.judge(entry)
            self.send_back(entry)
        if reached(self.plan.stage, "resubmitted") and not self.plan.clean:
            self.mend(entry)
            self.hand_in(entry)
        if reached(self.plan.stage, "verified"):
            self.judge(entry)
            self.finish(entry)
        if self.plan.stage == "approved":
            self.approve(entry)
        return innovation

    def record(self, name: str) -> Innovation:
        source, by = self.plan.source, self.operator
        with self.diary.deed(5):
            innovation = Innovation.add(name, self.unit, by)
        latitude, longitude = (float(part) for part in source.coordinates)
        with self.diary.deed(15):
            innovation.edit(by, stage=source.stage, initiator=source.initiator, initiator_name=source.initiator_name,
                            classification=source.classification, kind=source.kind, form=source.form)
        with self.diary.deed(10):
            innovation.edit(by, asta_cita=source.asta_cita, pkpn_cluster=source.cluster, pkpn_main=source.pkpn_main,
                            pkpn_touching=list(source.pkpn_touching), main_affair=source.main_affair, touching_affairs=list(source.touching_affairs))
        with self.diary.deed(10):
            innovation.edit(by, latitude=latitude, longitude=longitude, trial_on=source.trial, applied_on=source.applied,
                            developed_on=source.developed)
        if self.plan.stage == "started":
            return innovation
        with self.diary.deed(90):
            innovation.edit(by, design=design_text(source))
        with self.diary.deed(25):
            innovation.edit(by, purpose=source.purpose, benefit=source.benefit, result=source.result)
        return innovation

    def fill(self, entry: Entry) -> None:
        for row, level in self.plan.levels.items():
            answer = entry.answer_on(row)
            if not level:
                continue
            basis = next((b for b in answer.indicator.bases if b.code == bases(self.plan.source).get(row)), None)
            ticks = [item["code"] for item in answer.indicator.substances][:{1: 2, 2: 4, 3: 5}[level]]
            with self.diary.deed(self.chance.randint(3, 25)):
                answer.claim(self.operator, level, basis=basis, substances=ticks)
            self.attach(answer, self.plan.papers(row))

    def attach(self, answer: Answer, papers: list[Paper]) -> None:
        for paper in papers:
            document = self.shelf.document(self.unit, paper, self.operator)
            if any(exhibit.document is document for exhibit in answer.exhibits):
                continue
            with self.diary.deed(self.chance.randint(1, 9)):
                answer.attach(self.operator, document, pages=pages_in(document, paper), set_number=paper.set_number)

    def hand_in(self, entry: Entry) -> None:
        self.save(entry.innovation)
        with self.diary.deed(self.chance.randint(60, 600)):
            entry.submit(self.operator, tell=self.desk.judges)
        if entry.status == Status.SIGNING and reached(self.plan.stage, "submitted"):
            self.sign(entry)

    def sign(self, entry: Entry) -> None:
        """Now and then the head sends it back once before standing behind it."""
        head = entry.heads[0]
        if not entry.rounds and self.chance.random() < 0.15:
            with self.diary.deed(240):
                entry.hand_back(head, pick(notes.HEAD_NOTES, "kepala", self.plan.source.key))
            with self.diary.deed(180):
                entry.submit(self.operator)
        with self.diary.deed(self.chance.randint(60, 900)):
            entry.sign(head, tell=self.desk.judges)

    def judge(self, entry: Entry) -> None:
        """Row by row; what was brought badly is proven lower, everything else as far as its evidence reaches."""
        self.diary.wait(self.chance.randint(1, 6))
        if entry.reviewer is None:
            self.share_out(entry)
        first = len(entry.standing_rounds) == 1
        for answer in entry.rounds[-1].unjudged:
            row, claimed = answer.indicator.code, answer.claimed_level or 0
            level = min(claimed, answer.evidenced_level)
            slipped = first and row in self.plan.slips
            if slipped:
                level = max(0, min(level, claimed - 1))
            reason = self.said(notes.REASONS[row], slipped, row) if level < claimed else ""
            cited = [self.desk.bank[row, reason]] if (row, reason) in self.desk.bank else []
            with self.diary.deed(self.chance.randint(2, 8)):
                entry.judge(answer, self.reviewer, level, in_years(reason, answer.indicator.year), cited=cited)

    def send_back(self, entry: Entry) -> None:
        verdicts = entry.rounds[-1].verdicts
        rows = [v.answer.indicator.code for v in verdicts if v.proven_level < (v.answer.claimed_level or 0)]
        about_profile = self.chance.choice(notes.PROFILE_NOTES) if self.chance.random() < 0.25 else ""
        with self.diary.deed(10):
            entry.return_(self.reviewer, rows, pick(notes.ROUND_NOTES, "catatan", self.plan.source.key), about_profile)

    def mend(self, entry: Entry) -> None:
        self.diary.wait(self.chance.randint(1, 5))
        for answer in entry.returned_rows:
            row = answer.indicator.code
            for paper in self.plan.mended(row):
                with self.diary.deed(self.chance.randint(5, 40)):
                    self.shelf.repair(self.unit, paper, self.operator)
            self.attach(answer, self.plan.mended(row))
            with self.diary.deed(4):
                answer.reply(self.operator, self.said(notes.REPLIES[row], row in self.plan.slips, row))
        if entry.profile_is_returned:
            with self.diary.deed(12):
                entry.reply_on_profile(self.operator, "Sudah kami perbaiki sesuai catatan.")

    def said(self, choices: list[str], about_slip: bool, row: str) -> str:
        """The first of a row's sentences fits its usual slip; otherwise any of the others."""
        return choices[0] if about_slip else pick(choices[1:] or choices, "kata", self.plan.source.key, row)

    def approve(self, entry: Entry) -> None:
        with self.diary.deed(10):
            entry.approve(self.desk.coordinator if self.period.two_steps else self.reviewer, self.approval)

    def share_out(self, entry: Entry) -> None:
        """The coordinator gives it to somebody, or a reviewer takes it."""
        with self.diary.deed(30):
            if self.chance.random() < 0.5:
                entry.take(self.reviewer)
            else:
                entry.assign(self.desk.coordinator, self.reviewer)

    def finish(self, entry: Entry) -> None:
        if not self.period.two_steps:
            return
        with self.diary.deed(10):
            entry.finish(self.reviewer, self.approval, tell=[self.desk.coordinator])
        if self.chance.random() < 0.12:
            with self.diary.deed(300):
                entry.recheck(self.desk.coordinator, pick(notes.RECHECK_NOTES, "periksa", self.plan.source.key), ["17"])
            with self.diary.deed(120):
                entry.annotate(self.reviewer, pick(notes.OFFICE_NOTES, "kantor", self.plan.source.key), "17")
            with self.diary.deed(5):
                entry.finish(self.reviewer, self.approval, tell=[self.desk.coordinator])

    @property
    def approval(self) -> str:
        return pick(notes.APPROVAL_NOTES, "setuju", self.plan.source.key)


def pages_in(document: Document, paper: Paper) -> str:
    """The pages to point at; a spoiled first try may be shorter than the document it should have been."""
    try:
        document.current.must_have(paper.pages or "")
    except Refused:
        return ""
    return paper.pages or ""
