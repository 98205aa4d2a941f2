from django.urls import path

from democratic.web.meetings.direct import asking, door, leading, screens

D = "rencontres/<str:code>/direct"

urlpatterns = [
    path("entrer", door.enter, name="enter_meeting"),
    path("entrer/<str:code>", door.door, name="meeting_door"),
    path(D, screens.participant, name="meeting_live"),
    path(f"{D}/parole", asking.ask, name="ask_for_floor"),
    path(f"{D}/ecran", screens.projector, name="meeting_hall"),
    path(f"{D}/animer", leading.facilitator, name="lead_meeting"),
    path(f"{D}/animer/<slug:act>", leading.lead, name="act_in_meeting"),
]
