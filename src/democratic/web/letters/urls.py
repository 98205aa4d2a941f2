from django.urls import URLPattern, URLResolver, path

from democratic.web.letters import reading, writing

urlpatterns: list[URLPattern | URLResolver] = [
    path("nous-ecrire", writing.write, name="write_to_us"),
    path("nous-ecrire/reponse", reading.find, name="letter_find"),
    path("nous-ecrire/<str:code>", reading.conversation, name="letter"),
    path("nous-ecrire/<str:code>/recu/<str:token>", writing.receipt, name="letter_receipt"),
]
