from django.urls import include, path

urlpatterns = [
    path("", include("democratic.web.meetings.registering.urls")),
    path("", include("democratic.web.meetings.desk.urls")),
    path("", include("democratic.web.meetings.public.urls")),
]
