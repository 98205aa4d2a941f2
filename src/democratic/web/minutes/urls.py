from django.urls import URLPattern, URLResolver, path

from democratic.web.minutes import captions, contesting, recordings, views, writing

_MINUTES = "rencontres/<str:code>/compte-rendu"

urlpatterns: list[URLPattern | URLResolver] = [
    path("rencontres/<str:code>/rattrapage", views.catch_up, name="catch_up"),
    path(_MINUTES, views.minutes, name="minutes"),
    path(f"{_MINUTES}/versions", views.versions, name="minutes_versions"),
    path(f"{_MINUTES}/contester", contesting.ask, name="contest_minutes"),
    path(f"{_MINUTES}/corrections", contesting.answer, name="answer_amendments"),
    path(f"{_MINUTES}/ecrire", writing.write, name="write_minutes"),
    path("rencontres/<str:code>/transcription", views.transcript, name="transcript"),
    path(
        "rencontres/<str:code>/transcription/sous-titres.vtt", views.transcript_file, name="transcript_file"
    ),
    path("rencontres/<str:code>/enregistrements", recordings.recordings, name="recordings"),
    path("rencontres/<str:code>/transcription/deposer", captions.captions, name="give_transcript"),
]
