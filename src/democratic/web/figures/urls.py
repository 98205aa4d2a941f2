from django.urls import URLPattern, URLResolver, path

from democratic.web.figures import views

_OF = "concertations/<slug:slug>/figures/<slug:key>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("chiffres", views.figures, name="figures"),
    path("chiffres/<slug:key>", views.figure, name="figure"),
    path("chiffres/<slug:key>/integrer", views.embed, name="figure_embed"),
    path("chiffres/<slug:key>/<slug:digest>/<str:form>", views.figure_file, name="figure_file"),
    path(_OF, views.figure, name="process_figure"),
    path(f"{_OF}/integrer", views.embed, name="process_figure_embed"),
    path(f"{_OF}/<slug:digest>/<str:form>", views.figure_file, name="process_figure_file"),
]
