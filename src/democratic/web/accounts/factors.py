"""Second factors: an application that gives codes, passkeys, and recovery codes for the day they are lost."""

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from democratic.people.models import Account
from democratic.web.requests import Request

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
BY_IDENTITY = "identity"  # as sign-ins by an identity service are noted in the session


def has_second_factor(account: Account) -> bool:
    return Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).exists()


def is_by_strong_identity(request: Request, account: Account) -> bool:
    """In this browser, a service of this authority said that it asked her for two factors."""
    here = f"{request.authority.slug}/"
    return any(
        record.get("method") == BY_IDENTITY
        and record.get("is_strong")
        and record["provider"].startswith(here)
        for record in get_authentication_records(request, account)
    )


def forget_factors(account: Account) -> int:
    """For who lost them all: she sets others up at her next visit. Returns how many there were."""
    deleted, _rows = Authenticator.objects.filter(user_id=account.pk).delete()
    return deleted


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.FACTOR_KEY.encode()).digest()))


class FactorAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        "add_email_blocked": gettext_lazy(
            "Cette adresse ne s’ajoute pas à un compte qui a un second facteur."
        ),
        "cannot_delete_authenticator": gettext_lazy("Ce second facteur ne se retire pas."),
        "cannot_generate_recovery_codes": gettext_lazy("Réglez d’abord une application ou une clé d’accès."),
        "incorrect_code": gettext_lazy("Ce n’est pas le bon code. Attendez le suivant, puis recommencez."),
        "unverified_email": gettext_lazy("Confirmez d’abord toutes vos adresses."),
    }

    def get_totp_issuer(self) -> str:
        return str(context.request.authority.name)

    def build_totp_svg(self, url: str) -> str:  # noqa: ARG002  allauth's signature
        """Drawn by our own tag, from the same address: its colours are the page's."""
        return ""

    def encrypt(self, text: str) -> str:
        """A copy of the database alone gives nobody's codes."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise RuntimeError("var/secrets/factors is not the key that sealed this factor") from error

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002  allauth's signature
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Clé d’accès %(n)s") % {"n": held + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": str(context.request.authority.name)}
