from django.urls import path

from democratic.web.meetings.public import mine, views

M = "rencontres/<str:code>"

urlpatterns = [
    path(M, views.meeting, name="meeting"),
    path(f"{M}/nom/retirer", mine.unname, name="unname_me"),
    path(f"{M}/video", views.video, name="meeting_video"),
    path(f"{M}/video/rejoindre", views.join_video, name="meeting_video_join"),
]
