"""The office's queue: whose turn it is, with tabs, filters and 25 rows a page."""
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils import timezone

from app.rules.access import Role
from app.rules.workflow import DONE, WITH_OFFICE, Status
from benchmarks.rival.inovasi.models import Answer, Entry, Event, Membership, Period, Person, Round, Unit, Verdict

TABS = (("", "Giliran saya"), ("rekan", "Di rekan"), ("opd", "Menunggu OPD"), ("selesai", "Selesai"))


@login_required
def index(request):
    user = request.user
    if not user.reads_all:
        raise PermissionDenied
    tab, wanted = request.GET.get("tab", ""), narrowed(request.GET)
    groups = tabs_of(user)
    found = with_round().filter(~Q(status=Status.DRAFT))
    count = found.aggregate(
        **{f"tab_{name or 'mine'}": Count("id", filter=condition & wanted) for name, condition in groups.items()},
        turn=Count("id", filter=groups[""]),
        again_number=Count("id", filter=groups[""] & Q(again=True)), again_rows=Sum("left", filter=groups[""] & Q(again=True)),
        unshared=Count("id", filter=groups[""] & Q(status=Status.SUBMITTED, reviewer=None)),
        to_approve=Count("id", filter=groups[""] & Q(status=Status.VERIFIED)))
    rows = with_names(found).filter(groups.get(tab, groups[""]), wanted).order_by("-moved_at" if tab == "selesai" else "moved_at", "id")
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = {"rows": Verdict.objects.filter(by=user, at__gte=midnight).count(),
             "decided": Event.objects.filter(by=user, at__gte=midnight, what__in=("returned", "finished", "approved")).count()}
    return render(request, "inovasi/queue.html", {
        "page": page, "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1), "count": count, "tab": tab,
        "today": today, "held": count["turn"] - count["unshared"] - count["to_approve"], "midnight": midnight,
        "tabs": [(name, label, count[f"tab_{name or 'mine'}"]) for name, label in TABS], "chosen": request.GET,
        "units": Unit.objects.filter(id__in=Entry.objects.exclude(status=Status.DRAFT).values("unit")).order_by("name").values_list("id", "name"),
        "reviewers": Person.objects.filter(id__in=Membership.objects.filter(role__in=(Role.REVIEWER, Role.COORDINATOR)).values("user"))
                     .order_by("name").values_list("id", "name"),
        "years": Period.objects.order_by("-year").values_list("year", flat=True)})


def tabs_of(user):
    own = Q(unit__in=user.unit_ids)
    mine = Q(status=Status.SUBMITTED) & (Q(reviewer=None) | Q(reviewer=user))
    if user.has_role(Role.COORDINATOR):
        mine |= Q(status=Status.VERIFIED) & ~Q(finished_by=user.id)
    mine &= ~own
    return {"": mine, "rekan": Q(status__in=WITH_OFFICE) & ~mine, "opd": Q(status__in=(Status.RETURNED, Status.SIGNING)),
            "selesai": Q(status__in=DONE)}


def narrowed(asked):
    wanted = Q()
    if asked.get("q"):
        wanted &= Q(innovation__name__icontains=asked["q"])
    if asked.get("unit", "").isdecimal():
        wanted &= Q(unit=asked["unit"])
    if asked.get("verifikator", "").isdecimal():
        wanted &= Q(reviewer=asked["verifikator"])
    if asked.get("period", "").isdecimal():
        wanted &= Q(period__year=asked["period"])
    return wanted


def with_round():
    """With its latest round that counts, whether one came before, and how many rows are left to judge."""
    rounds = Round.objects.filter(entry=OuterRef("pk")).exclude(decision="withdrawn")
    latest = rounds.order_by("-number")
    given = Verdict.objects.filter(round=OuterRef("round_id")).order_by().values("round").annotate(n=Count("id")).values("n")
    all_rows = Answer.objects.filter(entry=OuterRef("pk")).order_by().values("entry").annotate(n=Count("id")).values("n")
    return Entry.objects.annotate(
        round_id=Subquery(latest.values("id")[:1]), round=Subquery(latest.values("number")[:1]),
        finished_by=Subquery(latest.values("finished_by")[:1]),
        again=Exists(rounds.filter(number__lt=OuterRef("round"))), left=Subquery(all_rows) - Coalesce(Subquery(given), 0))


def with_names(found):
    latest = Round.objects.filter(entry=OuterRef("pk")).exclude(decision="withdrawn").order_by("-number")
    judging = Verdict.objects.filter(round=OuterRef("round_id"), origin="judged").order_by("-at", "-id").values("by__name")[:1]
    decided = Round.objects.filter(entry=OuterRef("pk"), decision__isnull=False).exclude(decision="withdrawn")
    return found.select_related("innovation", "unit", "period", "reviewer").annotate(
        was_decided=Exists(decided), by_name=Coalesce(
            Subquery(latest.values("decided_by__name")[:1]), Subquery(latest.values("finished_by__name")[:1]), Subquery(judging)))
