from django.urls import path

from democratic.web.meetings.registering import views

R = "rencontres/<str:code>/inscription"

urlpatterns = [
    path(R, views.register_here, name="register_for_meeting"),
    path(f"{R}/recu/<str:token>", views.receipt, name="registration_receipt"),
    path(f"{R}/<str:secret>", views.mine, name="my_registration"),
    path(f"{R}/<str:secret>/confirmer", views.confirm, name="confirm_registration"),
    path(f"{R}/<str:secret>/laisser", views.leave, name="give_registration_up"),
]
