from allauth.account import views as allauth
from django.urls import path, re_path

from democratic.web.accounts import demo, follows, mails, views

urlpatterns = [
    path("connexion", allauth.login, name="account_login"),
    path("connexion/code", allauth.request_login_code, name="account_request_login_code"),
    path("connexion/code/confirmer", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("deconnexion", allauth.logout, name="account_logout"),
    path("compte", views.account, name="my_account"),
    path("compte/creer", allauth.signup, name="account_signup"),
    path("compte/inactif", allauth.account_inactive, name="account_inactive"),
    path("compte/adresse", allauth.email_verification_sent, name="account_email_verification_sent"),
    path("compte/adresses", allauth.email, name="account_email"),
    path("compte/confirmer", allauth.reauthenticate, name="account_reauthenticate"),
    path("compte/mot-de-passe", allauth.password_change, name="account_change_password"),
    path("compte/mot-de-passe/choisir", allauth.password_set, name="account_set_password"),
    path("compte/mot-de-passe/oublie", allauth.password_reset, name="account_reset_password"),
    path("compte/mot-de-passe/envoye", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "compte/mot-de-passe/change",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^compte/mot-de-passe/cle/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("suivis", follows.my_follows, name="my_follows"),
    path("desabonnement/<str:token>", mails.stop, name="stop_mails"),
    path("confirmer/<str:token>", mails.confirm, name="confirm_address"),
    path("courrier", mails.mailbox, name="mailbox"),
    path("demo/entrer", demo.enter, name="demo_enter"),
]
