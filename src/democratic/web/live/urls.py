from django.urls import URLPattern, URLResolver, path

from democratic.web.live.views import live

urlpatterns: list[URLPattern | URLResolver] = [path("live/<path:page>", live, name="live")]
