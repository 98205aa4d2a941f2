"""How allauth opens an account, writes to people and speaks: in this product's words."""

from typing import Any, ClassVar
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.mail import get_connection
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.outages import Part, Unavailable, report_down
from democratic.kernel.refusals import TooMany
from democratic.people.actions import (
    end_other_sessions,
    keep_account_address,
    note_first_sign_in,
    welcome_guest,
)
from democratic.people.models import Account
from democratic.thread.addresses import public_address
from democratic.web.accounts.doors import is_recently_authenticated
from democratic.web.accounts.factors import BY_IDENTITY
from democratic.web.accounts.tries import count_sign_in
from democratic.web.accounts.words import WE_WRITE
from democratic.web.requests import Request
from democratic.web.shell import JOURNAL

# Three tries a code, three codes a minute: eight digits leave a year of guessing one chance in twenty.
DIGITS = 8
PROVING = {
    "reauthenticate": _("Avec votre mot de passe"),
    "mfa_reauthenticate": _("Avec un code de votre application, ou de secours"),
    "mfa_reauthenticate:webauthn": _("Avec une clé d’accès"),
    "code": _("Avec un code reçu par e-mail"),
}
PATIENCE = (
    3  # seconds: whoever signs in waits for the mail server, and holds one of the process's two threads
)


def on_our_address(url: str, address: str) -> str:
    """The same page at the address that was declared: a request's own Host is anyone's to write."""
    ours, asked = urlsplit(address), urlsplit(url)
    return urlunsplit((ours.scheme, ours.netloc, asked.path, asked.query, asked.fragment))


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Ce compte est fermé."),
        "cannot_remove_primary_email": _("C’est votre adresse principale : choisissez-en une autre d’abord."),
        "duplicate_email": _("Cette adresse est déjà la vôtre."),
        "email_password_mismatch": _("Cette adresse et ce mot de passe ne vont pas ensemble."),
        "email_taken": _("Cette adresse est déjà celle d’un compte."),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
        "incorrect_code": _("Ce n’est pas le code. Regardez le dernier message reçu."),
        "incorrect_password": _("Ce n’est pas votre mot de passe."),
        "max_email_addresses": _("Un compte a %d adresses au plus."),
        "rate_limited": _("Un message vient de partir. Attendez une minute avant d’en demander un autre."),
        "same_as_current": _("C’est déjà celle-ci."),
        "too_many_login_attempts": _("Trop d’essais. Attendez quelques minutes, puis demandez un code."),
        "unverified_primary_email": _("Confirmez d’abord cette adresse."),
    }

    def save_user(self, request: Request, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  allauth's signature
        """Always with the Person who takes part."""
        user.person = welcome_guest(name=form.cleaned_data.get("name", ""))
        user.language = get_language() or user.language
        return super().save_user(request, user, form, commit)

    def pre_authenticate(self, request: Request, **credentials: Any) -> None:
        """Right or wrong, each try counts: a right one now and then must not pay for guessing."""
        try:
            count_sign_in(request, credentials.get("email", ""))
        except TooMany as refusal:
            raise self.validation_error("too_many_login_attempts") from refusal

    def post_login(self, request: Request, user: Any, **more: Any) -> Any:
        if user.last_login is None:
            note_first_sign_in(account=user)
        keep_account_address(account=user, wording=str(WE_WRITE), clock=DATABASE_CLOCK)
        return super().post_login(request, user, **more)

    def get_login_stages(self) -> list[str]:
        """Who was just asked for two factors by a service of this authority is not asked for a third."""
        stages: list[str] = super().get_login_stages()
        records = self.request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or [{}]
        last = records[-1]
        is_strong = last.get("method") == BY_IDENTITY and last.get("is_strong")
        if is_strong and last["provider"].startswith(f"{self.request.authority.slug}/"):
            stages.remove("allauth.mfa.stages.AuthenticateStage")
        return stages

    def set_password(self, user: Account, password: str) -> None:
        """Wherever else the account was open, it is no more: the rows themselves go."""
        super().set_password(user, password)
        end_other_sessions(account=user, but=self.request.session.session_key)

    def is_reauthentication_required(self, *, app: str, **_more: Any) -> bool:  # noqa: ARG002  allauth's signature
        """What allauth checks by itself follows the one rule of this product."""
        return not is_recently_authenticated(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has neither password nor second factor proves by a code that it is her, as she signs in."""
        methods = [
            method | {"description": PROVING[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]
        if methods or not user.is_authenticated:
            return methods
        by_code = {"id": "code", "description": PROVING["code"], "url": reverse("account_prove_by_code")}
        return [by_code]

    def format_email_subject(self, subject: str) -> str:
        """No prefix: the sender's name says where it comes from."""
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        home = public_address(self.request.authority)
        ours = {
            name: on_our_address(value, home) if name.endswith("_url") else value
            for name, value in context.items()
        }
        if Part.MAIL in JOURNAL.of().down:
            raise Unavailable(Part.MAIL)  # at once: each try would hold a thread that others need
        try:
            super().send_mail(template_prefix, email, ours | {"home": home})
        except OSError as fault:  # and all that smtplib raises
            report_down(Part.MAIL)
            raise Unavailable(Part.MAIL) from fault

    def render_mail(self, *args: Any, **more: Any) -> Any:
        message = super().render_mail(*args, **more)
        message.connection = get_connection(timeout=PATIENCE)
        return message

    def generate_login_code(self) -> str:
        """Digits: any phone's keyboard types them, and no one takes them for the number of an idea."""
        digits = get_random_string(DIGITS, "0123456789")
        return f"{digits[:4]}-{digits[4:]}"

    def generate_email_verification_code(self) -> str:
        return self.generate_login_code()
