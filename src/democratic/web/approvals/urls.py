from django.urls import path

from democratic.web.approvals import views

urlpatterns = [path("approbation/<str:token>", views.approve, name="approve_draft")]
