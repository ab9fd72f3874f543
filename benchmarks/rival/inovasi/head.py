"""What stands in the head of every page: places, notices, the next closing."""
from django.urls import reverse
from django.utils import timezone

from benchmarks.rival.inovasi.models import Period

PLACES = ((None, "Beranda", "account"), (None, "Inovasi", "account"), (None, "Usulan", "account"), ("unit", "Dokumen bukti", "account"),
          ("all", "Verifikasi", "queue"), ("all", "Dasbor", "dashboard"), ("all", "Kirim", "account"))


def head(request):
    user = request.user
    if not user.is_authenticated:
        return {}
    now = timezone.now()
    period = Period.objects.filter(opens_at__lte=now).order_by("-year").first()
    closing = next((("pengisian", "closes_at"), ("perbaikan", "repairs_close_at"))[n] for n in (0, 1) if n or (period and period.closes_at > now))
    places = [{"label": label, "url": reverse(name), "current": request.path == reverse(name)} for who, label, name in PLACES
              if who is None or user.reads_all == (who == "all")]
    until = getattr(period, closing[1]) if period else None
    return {"places": places, "unread": user.notifications.filter(read_at=None).count(), "closing": closing[0], "until": until, "period_now": period,
            "days_left": (timezone.localdate(until) - timezone.localdate()).days if until else 0, "now": now}
