"""Mail, as Django's settings name it: read from the environment, and told to ``settings``."""

import os
from urllib.parse import unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

# Real SMTP where the operator names one; else the development mailbox, which is a page.
EMAIL_URL = os.environ.get("DEMOCRATIC_SMTP", "")
_smtp = urlparse(EMAIL_URL)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_URL
    else "democratic.messaging.mailbox.MailboxBackend"
)
# scheme: the usual port. Another scheme would send in clear what was meant to be closed: it is refused.
_SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
if EMAIL_URL and _smtp.scheme not in _SMTP_PORTS:
    raise ImproperlyConfigured("DEMOCRATIC_SMTP : smtp://…, smtp+tls://… (STARTTLS) ou smtps://…")
EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "", _smtp.port or _SMTP_PORTS.get(_smtp.scheme, 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _smtp.scheme == "smtp+tls", _smtp.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEMOCRATIC_FROM", "democraTIC <ne-pas-repondre@localhost>")
