from django.urls import URLPattern, URLResolver, path

from democratic.web.polls import listed, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("questions", listed.polls, name="polls"),
    path("questions/<str:code>", views.poll, name="poll"),
    path("questions/<str:code>/repondre", views.answer, name="answer_poll"),
    path("questions/<str:code>/reprendre", views.take_back, name="take_back_answer"),
]
