from django.urls import URLPattern, URLResolver, path

from democratic.web.home import views
from democratic.web.home.texts import TEXTS, view_of

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    *(path(text.path, view_of(text), name=text.path) for text in TEXTS),
]
