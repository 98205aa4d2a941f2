from allauth.account import views as allauth
from django.urls import path, re_path

from democratic.web.accounts import closing, consents, demo, erasing, follows, forms, mails, my_data, views

PASSWORD = "compte/mot-de-passe"  # noqa: S105 -- a path

signing_in = [
    path("connexion", allauth.LoginView.as_view(form_class=forms.LoginForm), name="account_login"),
    path(
        "connexion/code",
        allauth.RequestLoginCodeView.as_view(form_class=forms.RequestLoginCodeForm),
        name="account_request_login_code",
    ),
    path(
        "connexion/code/confirmer",
        allauth.ConfirmLoginCodeView.as_view(form_class=forms.ConfirmLoginCodeForm),
        name="account_confirm_login_code",
    ),
    path("deconnexion", allauth.logout, name="account_logout"),
    path("compte/creer", allauth.SignupView.as_view(form_class=forms.SignupForm), name="account_signup"),
    path("compte/inactif", allauth.account_inactive, name="account_inactive"),
    path(
        "compte/adresse",
        allauth.ConfirmEmailVerificationCodeView.as_view(form_class=forms.ConfirmEmailForm),
        name="account_email_verification_sent",
    ),
]

passwords = [
    path(
        PASSWORD,
        allauth.PasswordChangeView.as_view(form_class=forms.ChangePasswordForm),
        name="account_change_password",
    ),
    path(
        f"{PASSWORD}/choisir",
        allauth.PasswordSetView.as_view(form_class=forms.SetPasswordForm),
        name="account_set_password",
    ),
    path(
        f"{PASSWORD}/oublie",
        allauth.PasswordResetView.as_view(form_class=forms.ResetPasswordForm),
        name="account_reset_password",
    ),
    path(f"{PASSWORD}/envoye", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        f"{PASSWORD}/change",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        rf"^{PASSWORD}/cle/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        allauth.PasswordResetFromKeyView.as_view(form_class=forms.ResetPasswordKeyForm),
        name="account_reset_password_from_key",
    ),
]

urlpatterns = [
    *signing_in,
    *passwords,
    path("compte", views.account, name="my_account"),
    path("compte/fermer", closing.close, name="close_account"),
    path("compte/donnees", my_data.my_data, name="my_data"),
    path("compte/effacer", erasing.erase_me, name="erase_me"),
    path("compte/accords", consents.my_consents, name="my_consents"),
    path("compte/adresses", allauth.EmailView.as_view(form_class=forms.AddEmailForm), name="account_email"),
    path(
        "compte/confirmer",
        allauth.ReauthenticateView.as_view(form_class=forms.ReauthenticateForm),
        name="account_reauthenticate",
    ),
    path("suivis", follows.my_follows, name="my_follows"),
    path("desabonnement/<str:token>", mails.stop, name="stop_mails"),
    path("confirmer/<str:token>", mails.confirm, name="confirm_address"),
    path("courrier", mails.mailbox, name="mailbox"),
    path("demo/entrer", demo.enter, name="demo_enter"),
]
