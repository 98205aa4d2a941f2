from django.urls import URLPattern, URLResolver, path

from democratic.web.street_kit import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("terrain", views.shell, name="terrain"),
    path("terrain/agent.js", views.agent, name="terrain_agent"),
    path("terrain/manifest.webmanifest", views.manifest, name="terrain_manifest"),
]
