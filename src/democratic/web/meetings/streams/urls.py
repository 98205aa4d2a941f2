from django.urls import URLPattern, URLResolver, path

from democratic.web.meetings.streams.views import since, stream

urlpatterns: list[URLPattern | URLResolver] = [
    path("rencontres/<str:code>/flux", stream, name="meeting_stream"),
    path("rencontres/<str:code>/depuis", since, name="meeting_since"),
]
