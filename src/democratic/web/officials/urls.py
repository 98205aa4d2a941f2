from django.urls import path

from democratic.web.officials import pages

urlpatterns = [
    path("elus", pages.officials, name="officials"),
    path("elus/<uuid:official>", pages.official, name="official"),
]
