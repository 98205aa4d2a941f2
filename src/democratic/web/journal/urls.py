from django.urls import path

from democratic.web.journal import views

urlpatterns = [
    path("journal", views.journal, name="journal"),
    path("journal/preuve/<str:code>", views.proof, name="journal_proof"),
]
