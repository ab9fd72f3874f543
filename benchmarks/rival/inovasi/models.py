"""The nouns both sides share, as Django models."""
from django.contrib.auth.models import AbstractUser
from django.db import models

from app.rules import evidence, scoring
from app.rules.access import JUDGES, READS_ALL


def points(**how):
    return models.DecimalField(max_digits=7, decimal_places=2, **how)


def link(to, name="+", **how):
    return models.ForeignKey(to, models.PROTECT, related_name=name, **how)


class Unit(models.Model):
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)


class Person(AbstractUser):
    name = models.CharField(max_length=120)

    @property
    def held(self):
        """Its roles, read once a request."""
        if not hasattr(self, "_held"):
            self._held = list(self.memberships.select_related("unit"))
        return self._held

    def has_role(self, *roles):
        return any(one.role in roles for one in self.held)

    @property
    def unit_ids(self):
        return [one.unit_id for one in self.held]

    @property
    def judges(self):
        return self.has_role(*JUDGES)

    @property
    def reads_all(self):
        return self.has_role(*READS_ALL)


class Membership(models.Model):
    user = link(Person, "memberships")
    unit = link(Unit, "memberships")
    role = models.CharField(max_length=20)


class Instrument(models.Model):
    year = models.IntegerField()
    rules = models.JSONField()


class Period(models.Model):
    year = models.IntegerField()
    instrument = link(Instrument)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    repairs_close_at = models.DateTimeField()
    minimum_maturity = models.IntegerField()


class Indicator(models.Model):
    instrument = link(Instrument, "indicators")
    position = models.IntegerField()
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=160)
    weight = points()
    mandatory = models.BooleanField()
    evidence = models.JSONField()


class Basis(models.Model):
    indicator = link(Indicator, "bases")
    code = models.CharField(max_length=20)
    file_types = models.JSONField(null=True)


class Innovation(models.Model):
    unit = link(Unit)
    name = models.CharField(max_length=300)
    main_affair = models.CharField(max_length=80, null=True)


class Entry(models.Model):
    innovation = link(Innovation, "entries")
    period = link(Period)
    unit = link(Unit)
    number = models.IntegerField()
    status = models.CharField(max_length=20)
    moved_at = models.DateTimeField()
    reviewer = link(Person, null=True)
    main_affair = models.CharField(max_length=80, null=True)
    claimed = points()
    evidenced = points()
    verified = points()

    class Meta:
        indexes = [models.Index(fields=["status", "moved_at"]), models.Index(fields=["reviewer", "status"]),
                   models.Index(fields=["period", "unit", "status"])]

    def recount(self, answers):
        rows = [(answer.indicator.weight, answer) for answer in answers]
        self.claimed = scoring.maturity(scoring.Row(weight, one.claimed_level) for weight, one in rows)
        self.evidenced = scoring.maturity(scoring.Row(weight, one.evidenced_level) for weight, one in rows)
        self.verified = scoring.maturity(scoring.Row(weight, one.proven_level) for weight, one in rows)


class StoredFile(models.Model):
    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8)


class Document(models.Model):
    unit = link(Unit)


class DocumentVersion(models.Model):
    document = link(Document, "versions")
    title = models.CharField(max_length=300)
    years = models.JSONField()
    url = models.CharField(max_length=500)
    file = link(StoredFile)


class Answer(models.Model):
    entry = link(Entry, "answers")
    indicator = link(Indicator)
    position = models.IntegerField()
    basis = link(Basis, null=True)
    claimed_level = models.IntegerField(null=True)
    evidenced_level = models.IntegerField()
    proven_level = models.IntegerField(null=True)
    substances = models.JSONField()
    version = models.IntegerField()
    changed_by = link(Person, null=True)
    is_open = models.BooleanField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["entry", "indicator"], name="one_answer")]

    @property
    def rule(self):
        instrument = self.entry.period.instrument
        return evidence.EvidenceRule.read(self.indicator.evidence, year=instrument.year, basis_types=self.basis and self.basis.file_types,
                                          default_types=instrument.rules["default_file_types"])

    @property
    def proofs(self):
        return [evidence.Proof(one.version.file.sha256, evidence.kinds_of(one.version.file.kind, one.version.url),
                               frozenset(one.version.years), one.set_number) for one in self.exhibits.all()]

    @property
    def lacks(self):
        return evidence.lacking(self.rule, self.proofs, len(self.substances), self.claimed_level or 0)

    def recount(self):
        supported = evidence.supported_level(self.rule, self.proofs, len(self.substances))
        self.evidenced_level = scoring.evidenced(self.claimed_level, supported)


class Exhibit(models.Model):
    answer = link(Answer, "exhibits")
    version = link(DocumentVersion)
    set_number = models.IntegerField()


class Round(models.Model):
    entry = link(Entry, "rounds")
    number = models.IntegerField()
    decision = models.CharField(max_length=20, null=True)
    finished_by = link(Person, null=True)
    decided_by = link(Person, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_round")]


class Verdict(models.Model):
    round = link(Round, "verdicts")
    answer = link(Answer, "verdicts")
    origin = models.CharField(max_length=20)
    reason = models.TextField()
    reply = models.TextField()
    by = link(Person, null=True)
    at = models.DateTimeField()


class Event(models.Model):
    what = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = link(Person, null=True)
    details = models.JSONField()
    hash = models.CharField(max_length=64)
    entry = link(Entry, "events", null=True)


class Notification(models.Model):
    event = link(Event)
    user = link(Person, "notifications")
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "read_at"])]
