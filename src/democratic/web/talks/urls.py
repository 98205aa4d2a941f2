from django.urls import URLPattern, URLResolver, path

from democratic.web.talks import ringing, screens, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("r/<str:code>", views.begin, {"way": "page"}, name="talk_begin"),
    path("r/<str:code>/<str:token>", views.talk, {"way": "page"}, name="talk"),
    path("r/<str:code>/<str:token>/avis", ringing.answer, name="talk_ring"),
    path("avis.js", ringing.worker, name="talk_worker"),
    path("cadre/<str:code>", views.begin, {"way": "frame"}, name="talk_frame_begin"),
    path("cadre/<str:code>/<str:token>", views.talk, {"way": "frame"}, name="talk_frame"),
    path("borne/<str:code>", views.begin, {"way": "kiosk"}, name="talk_kiosk_begin"),
    path("borne/<str:code>/brancher/<str:key>", screens.pair, name="talk_kiosk_pair"),
    path("borne/<str:code>/<str:token>", views.talk, {"way": "kiosk"}, name="talk_kiosk"),
]
