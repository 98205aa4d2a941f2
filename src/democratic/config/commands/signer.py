from urllib.parse import urlsplit

from django.conf import settings

from democratic.config.secrets import signing_key
from democratic.thread.journal.signing import Signer


def installation_signer() -> Signer:
    """The journal bears the name under which the public knows this installation."""
    return Signer.from_pem(urlsplit(settings.PUBLIC_URL).hostname or "localhost", signing_key())
