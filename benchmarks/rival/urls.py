"""The addresses of ours, for the pages that are compared."""
from django.contrib.auth.views import LoginView
from django.urls import path

from benchmarks.rival.inovasi import queue, sheet, views

urlpatterns = [
    path("masuk", LoginView.as_view(template_name="inovasi/login.html"), name="login"),
    path("akun", views.account, name="account"), path("sehat", views.alive),
    path("verifikasi/", queue.index, name="queue"), path("verifikasi/<int:id>", views.later, name="review"),
    path("usulan/<int:id>", views.later, name="entry"), path("usulan/<int:id>/indikator", sheet.show, name="sheet"),
    path("usulan/<int:id>/indikator/<str:code>", sheet.save, name="row"), path("dasbor/", views.dashboard, name="dashboard"),
]
