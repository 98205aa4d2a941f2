"""Where this authority is reached on the web."""

from django.conf import settings

from democratic.thread.models import Authority


def public_address(authority: Authority) -> str:
    """Without a final slash. Never read from the request: a stored page must not repeat a forged host."""
    if not authority.host:
        return str(settings.PUBLIC_URL).rstrip("/")
    return f"{'https' if settings.IS_SECURE else 'http'}://{authority.host}"
