from django.urls import URLPattern, URLResolver, path

from democratic.web.home import register, views
from democratic.web.home.texts import TEXTS, view_of

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("registre-des-traitements", register.register, name="register"),
    path("registre-des-traitements.csv", register.register_csv, name="register_csv"),
    path("registre-des-traitements.json", register.register_json, name="register_json"),
    *(path(text.path, view_of(text), name=text.path) for text in TEXTS),
]
