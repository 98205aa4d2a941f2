"""allauth's forms in our words: one label a field, and no text inside it that leaves when one types."""

from typing import Any

from allauth.account import forms as theirs
from allauth.core import context
from allauth.mfa.base import forms as factors
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import TooMany
from democratic.people.ages import NO_ADDRESS, Door, may, why_not
from democratic.people.models import Account
from democratic.web.accounts.tries import count_code
from democratic.web.accounts.words import WE_WRITE
from democratic.web.ages import regime_for

LABELS = {
    "login": _("Votre adresse e-mail"),
    "email": _("Votre adresse e-mail"),
    "name": _("Votre nom, ou un pseudonyme"),
    "password": _("Mot de passe"),
    "remember": _("Rester connecté sur cet appareil"),
    "oldpassword": _("Mot de passe actuel"),
    "password1": _("Nouveau mot de passe"),
    "password2": _("Le même, une seconde fois"),
    "code": _("Le code reçu"),
}
HINTS = {
    "name": _("Il s’affiche à côté de ce que vous signez. Laissez vide pour n’en donner aucun."),
    "password1": _("Dix signes au moins. Une phrase se retient mieux qu’un mot."),
    "code": _("Huit chiffres. Le tiret ne compte pas."),
}
LONGEST_NAME = 80


class InOurWords(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {
                "class": "input--code", "inputmode": "numeric", "maxlength": "20", "autofocus": True,
            }  # fmt: skip


class LoginForm(InOurWords, theirs.LoginForm):
    pass


class RequestLoginCodeForm(InOurWords, theirs.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(InOurWords, theirs.ConfirmLoginCodeForm):
    pass


class ConfirmEmailForm(InOurWords, theirs.ConfirmEmailVerificationCodeForm):
    pass


class SignupForm(InOurWords, theirs.SignupForm):
    """An address is enough: who gives no password gets a code at each visit. Age comes before all else."""

    is_15 = forms.BooleanField(
        label=_("J’ai 15 ans ou plus"),
        error_messages={"required": NO_ADDRESS},
    )
    name = forms.CharField(
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("is_15", "email", "name", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = WE_WRITE
        self.fields["password1"].label = LABELS["password"]
        self.fields["password1"].help_text = _(
            "Dix signes au moins. Sans mot de passe, un code vous sera envoyé à chaque connexion."
        )

    def clean_is_15(self) -> bool:
        """The box is not believed of who is known here, with her parents, to be under 15."""
        if not may(Door.ACCOUNT, regime_for(context.request, says_15=self.cleaned_data["is_15"])):
            raise forms.ValidationError(str(why_not(Door.ACCOUNT)))
        return True

    def try_save(self, request: HttpRequest) -> Any:
        """As slow for an address that has an account: what takes time is to hash the password."""
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1") or None)
        return super().try_save(request)


class AddEmailForm(InOurWords, theirs.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Nouvelle adresse e-mail")


class ChangePasswordForm(InOurWords, theirs.ChangePasswordForm):
    pass


class SetPasswordForm(InOurWords, theirs.SetPasswordForm):
    pass


class ResetPasswordForm(InOurWords, theirs.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(InOurWords, theirs.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(InOurWords, theirs.ReauthenticateForm):
    pass


class ProvingForm(InOurWords):
    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))


class CountedCode(InOurWords):
    """A code that could be guessed: five tries in five minutes."""

    user: Account

    def clean_code(self) -> str:
        try:
            count_code(self.user)
        except TooMany as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal
        # of allauth's form, which each of these puts after this one
        return str(super().clean_code())  # type: ignore[misc]


class FactorCode(CountedCode):
    """The six digits of an application, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Le code de votre application")
        self.fields["code"].help_text = _("Six chiffres. Ou l’un de vos codes de secours, de huit chiffres.")


class AuthenticateForm(FactorCode, factors.AuthenticateForm):
    pass


class ReauthenticateByFactorForm(FactorCode, factors.ReauthenticateForm):
    pass


class ActivateTOTPForm(CountedCode, totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Le code que l’application affiche")
        self.fields["code"].help_text = _("Six chiffres, qui changent toutes les trente secondes.")


class DeactivateTOTPForm(InOurWords, totp.DeactivateTOTPForm):
    pass


class GenerateRecoveryCodesForm(InOurWords, recovery.GenerateRecoveryCodesForm):
    pass


class NamedKey(InOurWords):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Son nom")
        self.fields["name"].help_text = _("Celui de l’appareil, pour la reconnaître ici.")
        self.fields["name"].widget.attrs["maxlength"] = LONGEST_NAME
        self.fields["name"].max_length = LONGEST_NAME  # type: ignore[attr-defined]


class AddWebAuthnForm(NamedKey, webauthn.AddWebAuthnForm):
    passwordless = None  # every passkey opens the account by itself: there is nothing to choose


class EditWebAuthnForm(NamedKey, webauthn.EditWebAuthnForm):
    pass
