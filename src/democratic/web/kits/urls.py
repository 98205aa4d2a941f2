from django.urls import URLPattern, URLResolver, path

from democratic.web.kits import views

_DESK = "bureau/concertations/<slug:slug>/imprimer"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_DESK, views.listed, name="desk_kits"),
    path(f"{_DESK}/<slug:key>.pdf", views.kit, name="desk_kit"),
    path(f"{_DESK}/<slug:key>.svg", views.preview, name="desk_kit_preview"),
    path("concertations/<slug:slug>/bilan.pdf", views.balance, name="balance_pdf"),
]
