from django.urls import URLPattern, URLResolver, path

from democratic.web.packages import views

_OF = "concertations/<slug:slug>/archives"
urlpatterns: list[URLPattern | URLResolver] = [
    path("bureau/concertations/<slug:slug>/archiver", views.close, name="desk_close_process"),
    path(_OF, views.archives, name="archives"),
    path(f"{_OF}/<int:version>.zip", views.take, name="archives_package"),
]
