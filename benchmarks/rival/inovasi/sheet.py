"""The rows of one proposal, and saving one of them."""
from datetime import UTC

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from app.rules.access import Role
from app.rules.chain import START, link
from app.rules.workflow import EDITABLE, Status
from benchmarks.rival.inovasi.models import Answer, Entry, Event, Exhibit, Verdict

KINDS = {"returned": ("act", "Dikembalikan"), "empty": ("idle", "Kosong"), "short": ("act", "Bukti kurang"), "partly": ("act", "Terbukti sebagian"),
         "evidenced": ("wait", "Berbukti"), "proven": ("good", "Terbukti")}


class ClaimForm(forms.Form):
    level = forms.TypedChoiceField(choices=[(n, n) for n in range(4)], coerce=int)
    seen = forms.IntegerField(required=False)


def entry_of(user, id):
    """Whole, as far as sheet and save need it; 404 when it is not theirs to see."""
    seen = Entry.objects.all() if user.reads_all else Entry.objects.filter(unit__in=user.unit_ids)
    exhibits = Prefetch("exhibits", Exhibit.objects.select_related("version__file"))
    answers = Prefetch("answers", Answer.objects.select_related("indicator", "basis", "changed_by").prefetch_related(exhibits))
    verdicts = Prefetch("rounds__verdicts", Verdict.objects.all())
    found = seen.select_related("innovation", "unit", "period__instrument", "reviewer").prefetch_related(answers, "rounds", verdicts)
    return get_object_or_404(found, pk=id)


def why_closed(user, entry):
    if not any(one.unit_id == entry.unit_id and one.role == Role.OPERATOR for one in user.held):
        return f"Isian diubah oleh operator {entry.unit.name}."
    until = entry.period.repairs_close_at if entry.status == Status.RETURNED else entry.period.closes_at
    if entry.status not in EDITABLE or timezone.now() > until:
        return "Isiannya hanya dapat dibaca."
    return ""


@login_required
def show(request, id):
    entry = entry_of(request.user, id)
    decided = next((one for one in sorted(entry.rounds.all(), key=lambda one: -one.number) if one.decision and one.decision != "withdrawn"), None)
    reasons = {verdict.answer_id: verdict.reason for verdict in decided.verdicts.all()} if decided else {}
    lines = [line(entry, answer, reasons) for answer in entry.answers.all()]
    chosen = request.GET.get("keadaan", "")
    counts = {kind: sum(one["kind"] == kind for one in lines) for kind in KINDS}
    return render(request, "inovasi/sheet.html", {
        "entry": entry, "lines": [one for one in lines if chosen in ("", one["kind"])], "total": len(lines), "lock": why_closed(request.user, entry),
        "most": entry.period.instrument.rules["scoring"]["maturity_max"], "verified": entry.verified if decided else None,
        "tabs": [(kind, KINDS[kind][1], number) for kind, number in counts.items() if number], "chosen": chosen,
        "todo": next((one for one in lines if one["kind"] in ("returned", "empty", "short")), None)})


def line(entry, answer, reasons):
    claimed, weight = answer.claimed_level or 0, answer.indicator.weight
    if entry.status == Status.RETURNED and answer.is_open:
        kind = "returned"
    elif not claimed:
        kind = "empty"
    elif answer.proven_level is None:
        kind = "evidenced" if answer.evidenced_level >= claimed else "short"
    else:
        kind = "proven" if answer.proven_level >= claimed else "partly"
    note = reasons.get(answer.id, "") if kind in ("returned", "partly") else answer.lacks if kind == "short" else ""
    tone, word = KINDS[kind]
    return {"code": answer.indicator.code, "name": answer.indicator.name, "mandatory": answer.indicator.mandatory, "kind": kind,
            "tone": tone, "word": word, "levels": (answer.claimed_level, answer.evidenced_level, answer.proven_level), "claimed": claimed * weight,
            "evidenced": answer.evidenced_level * weight, "proven": None if answer.proven_level is None else answer.proven_level * weight,
            "documents": len(answer.exhibits.all()), "note": note[:1].upper() + note[1:]}


@login_required
@require_POST
@transaction.atomic
def save(request, id, code):
    """The claim, what its evidence carries, the three totals, and one link more of the log's chain."""
    entry = entry_of(request.user, id)
    answers = list(entry.answers.all())
    answer = next((one for one in answers if one.indicator.code == code), None)
    if answer is None:
        raise Http404
    if why_closed(request.user, entry) or not answer.is_open:
        return HttpResponseForbidden()
    form = ClaimForm(request.POST)
    if not form.is_valid() or form.cleaned_data["seen"] not in (None, answer.version):
        return show(request, id)
    before, level = answer.claimed_level, form.cleaned_data["level"] or None
    if before != level:
        answer.claimed_level, answer.version, answer.changed_by = level, answer.version + 1, request.user
        answer.recount()
        entry.recount(answers)
        answer.save(update_fields=["claimed_level", "evidenced_level", "version", "changed_by"])
        entry.save(update_fields=["claimed", "evidenced", "verified"])
        record(entry, request.user, "level_claimed", row=code, level=level, before=before)
    return redirect("row", id=id, code=code)


def record(entry, by, what, **details):
    event = Event(what=what, at=timezone.now(), by=by, details=details, entry=entry)
    last = Event.objects.order_by("-id").values_list("hash", flat=True).first() or START
    event.hash = link(last, event.at.astimezone(UTC), {"what": what, "by_id": by.id, "details": details, "entry_id": entry.id})
    event.save()
