from django.urls import URLPattern, URLResolver, path

from democratic.web.processes import preview, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("participer", views.participate, name="participate"),
    path("commandes", views.mandates, name="mandates"),
    path("commandes/<str:code>", views.mandate, name="mandate"),
    path("concertations/<slug:slug>", views.process, name="process"),
    path("apercu/<str:token>", preview.preview, name="process_preview"),
    path("concertations-par-code/<str:code>", views.process_by_code, name="process_by_code"),
    path("agenda", views.agenda, name="agenda"),
]
