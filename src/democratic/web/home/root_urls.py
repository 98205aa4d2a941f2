from django.urls import URLPattern, URLResolver, path

from democratic.web.home import machine

urlpatterns: list[URLPattern | URLResolver] = [
    path("apparence/<str:colour>.css", machine.appearance, name="appearance"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap, name="sitemap"),
    path(".well-known/security.txt", machine.security, name="security_txt"),
]
