"""Where an authority is reached on the web."""

from urllib.parse import urlsplit

from django.conf import settings

from democratic.thread.models import Authority


def public_address(authority: Authority) -> str:
    """Without a final slash. Never read from a request: neither a mail nor a stored page repeats a forged host."""
    ours = str(settings.PUBLIC_URL).rstrip("/")
    if authority.host:
        scheme, port = urlsplit(ours).scheme, urlsplit(ours).port
        ours = f"{scheme}://{authority.host}" + (f":{port}" if port else "")
    return ours + authority.path


def public_url(authority: Authority, path: str, language: str) -> str:
    """A page in the language in which its reader is written to."""
    return f"{public_address(authority)}{'/en' if language == 'en' else ''}{path}"
