"""How allauth opens an account, writes to people and speaks: in this product's words."""

from typing import Any, ClassVar
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import get_connection
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.outages import Part, Unavailable, report_down
from democratic.people.actions import keep_account_address, welcome_guest
from democratic.web.requests import Request
from democratic.web.shell import JOURNAL

# Three tries a code, three codes a minute: eight digits leave a year of guessing one chance in twenty.
DIGITS = 8
PATIENCE = (
    3  # seconds: whoever signs in waits for the mail server, and holds one of the process's two threads
)


def on_our_address(url: str) -> str:
    """The same page at the address that the operator declared: a request's own Host is anyone's to write."""
    ours, asked = urlsplit(settings.PUBLIC_URL), urlsplit(url)
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

    def post_login(self, request: Request, user: Any, **more: Any) -> Any:
        keep_account_address(account=user, clock=DATABASE_CLOCK)
        return super().post_login(request, user, **more)

    def format_email_subject(self, subject: str) -> str:
        """No prefix: the sender's name says where it comes from."""
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        ours = {
            name: on_our_address(value) if name.endswith("_url") else value for name, value in context.items()
        }
        if Part.MAIL in JOURNAL.of().down:
            raise Unavailable(Part.MAIL)  # at once: each try would hold a thread that others need
        try:
            super().send_mail(template_prefix, email, ours | {"home": settings.PUBLIC_URL.rstrip("/")})
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
