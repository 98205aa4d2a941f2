from django.urls import URLPattern, URLResolver, path

from democratic.web.suites import commitments_csv, commitments_list, files
from democratic.web.suites.fil import views as fil
from democratic.web.suites.records import views as records
from democratic.web.suites.reports import views as reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("fil/<str:code>", fil.fil, name="fil"),
    path("fil/<str:code>/retour", fil.fil_back, name="fil_back"),
    path("concertations/<slug:slug>/entendu", reports.heard, name="heard"),
    path("concertations/<slug:slug>/entendu.csv", reports.heard_csv, name="heard_csv"),
    path("concertations/<slug:slug>/reponses", reports.answers, name="process_answers"),
    path("concertations/<slug:slug>/bilan", reports.balance, name="process_balance"),
    path("sujets/<str:code>", records.theme, name="theme"),
    path("reponses/<str:code>", records.answer, name="answer"),
    path("engagements", commitments_list.commitments, name="commitments"),
    path("engagements.csv", commitments_csv.commitments_csv, name="commitments_csv"),
    path("engagements/<str:code>", records.commitment, name="commitment"),
    path("decisions/<str:code>", records.decision, name="decision"),
    path("actions/<str:code>", records.action, name="action"),
    path("preuves/<str:code>", records.evidence, name="evidence"),
    path("fichiers/<str:sha256>", files.file, name="file"),
    path("fichiers/<str:sha256>/<int:width>", files.file, name="thumbnail"),
]
