from allauth.account import views as allauth
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path, re_path

from democratic.web.accounts import (
    agreements,
    closing,
    consents,
    demo,
    devices,
    entering,
    erasing,
    follows,
    follows_address,
    forms,
    invitations,
    mails,
    my_data,
    proving,
    securing,
    views,
)
from democratic.web.accounts.doors import recently_authenticated

PASSWORD = "compte/mot-de-passe"  # noqa: S105 -- a path
PROOF, SECURITY = "compte/confirmer", "compte/securite"

signing_in = [
    path("connexion", entering.LoginView.as_view(form_class=forms.LoginForm), name="account_login"),
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
    path(
        "connexion/second-facteur",
        factors.AuthenticateView.as_view(form_class=forms.AuthenticateForm),
        name="mfa_authenticate",
    ),
    path("connexion/cle", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("deconnexion", entering.sign_out, name="account_logout"),
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
        recently_authenticated(allauth.PasswordChangeView.as_view(form_class=forms.ChangePasswordForm)),
        name="account_change_password",
    ),
    path(
        f"{PASSWORD}/choisir",
        recently_authenticated(allauth.PasswordSetView.as_view(form_class=forms.SetPasswordForm)),
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

proofs = [
    path(
        PROOF,
        allauth.ReauthenticateView.as_view(form_class=forms.ReauthenticateForm),
        name="account_reauthenticate",
    ),
    path(f"{PROOF}/code", proving.by_code, name="account_prove_by_code"),
    path(
        f"{PROOF}/second-facteur",
        factors.ReauthenticateView.as_view(form_class=forms.ReauthenticateByFactorForm),
        name="mfa_reauthenticate",
    ),
    path(f"{PROOF}/cle", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]

# What is set up, taken away or shown here is what keeps others out: each page asks first whether it is still her.
second_factors = [
    path(SECURITY, securing.index, name="mfa_index"),
    path(f"{SECURITY}/exigee", securing.demanded, name="second_factor_demanded"),
    path(
        f"{SECURITY}/application",
        recently_authenticated(totp.ActivateTOTPView.as_view(form_class=forms.ActivateTOTPForm)),
        name="mfa_activate_totp",
    ),
    path(
        f"{SECURITY}/application/retirer",
        recently_authenticated(totp.DeactivateTOTPView.as_view(form_class=forms.DeactivateTOTPForm)),
        name="mfa_deactivate_totp",
    ),
    path(
        f"{SECURITY}/codes",
        recently_authenticated(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        f"{SECURITY}/codes/autres",
        recently_authenticated(
            recovery.GenerateRecoveryCodesView.as_view(form_class=forms.GenerateRecoveryCodesForm)
        ),
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{SECURITY}/codes/fichier",
        recently_authenticated(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(f"{SECURITY}/cles", securing.keys, name="mfa_list_webauthn"),
    path(
        f"{SECURITY}/cles/ajouter",
        recently_authenticated(webauthn.AddWebAuthnView.as_view(form_class=forms.AddWebAuthnForm)),
        name="mfa_add_webauthn",
    ),
    path(
        f"{SECURITY}/cles/<int:pk>/renommer",
        recently_authenticated(webauthn.EditWebAuthnView.as_view(form_class=forms.EditWebAuthnForm)),
        name="mfa_edit_webauthn",
    ),
    path(
        f"{SECURITY}/cles/<int:pk>/retirer",
        recently_authenticated(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]

urlpatterns = [
    path("", include("democratic.web.accounts.identity.urls")),
    *signing_in,
    *passwords,
    *proofs,
    *second_factors,
    path("compte", views.account, name="my_account"),
    path("compte/fermer", closing.close, name="close_account"),
    path(
        "compte/adresses",
        recently_authenticated(allauth.EmailView.as_view(form_class=forms.AddEmailForm)),
        name="account_email",
    ),
    path("compte/donnees", my_data.my_data, name="my_data"),
    path("compte/effacer", erasing.erase_me, name="erase_me"),
    path("compte/accords", consents.my_consents, name="my_consents"),
    path("compte/appareils", devices.my_devices, name="my_devices"),
    path("invitation/<str:secret>", invitations.answer, name="invitation"),
    path("accord/demander/<str:code>", agreements.ask, name="ask_parent"),
    path("accord/enfant/<str:token>", agreements.as_child, name="agreement_child"),
    path("accord/parent/<str:token>", agreements.as_parent, name="agreement_parent"),
    path("suivis", follows.my_follows, name="my_follows"),
    path("suivis/adresse", follows_address.change, name="my_follows_address"),
    path("desabonnement/<str:token>", mails.stop, name="stop_mails"),
    path("confirmer/<str:token>", mails.confirm, name="confirm_address"),
    path("essai/<str:secret>", mails.trial, name="mail_trial"),
    path("courrier", mails.mailbox, name="mailbox"),
    path("demo/entrer", demo.enter, name="demo_enter"),
]
