from django.urls import URLPattern, URLResolver, path

from democratic.web.home import machine
from democratic.web.home.logo import logo

urlpatterns: list[URLPattern | URLResolver] = [
    path("apparence/<str:colour>.css", machine.appearance, name="appearance"),
    path("logo/<str:sha256>", logo, name="logo"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap, name="sitemap"),
    path(".well-known/security.txt", machine.security, name="security_txt"),
]
