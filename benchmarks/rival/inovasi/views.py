"""The small ones."""
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render


def alive(request):
    return HttpResponse("ok", content_type="text/plain")


@login_required
def account(request):
    return render(request, "inovasi/account.html")


@login_required
def later(request, id):
    raise Http404  # linked to, and not compared


@login_required
def dashboard(request):
    raise Http404  # Django's leadership page is not compared: the target for ours is a time
