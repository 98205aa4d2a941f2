"""What every answer says to a browser, whoever gives it: Django, or the server's entry before it."""

from django.conf import settings

# No inline script or style anywhere: stored pages carry no nonce, and need none.
_IMAGES = f"img-src 'self' data: {settings.FILES_URL} {settings.TILES_ORIGIN}".strip()
CSP = (
    f"default-src 'none'; script-src 'self'; style-src 'self'; {_IMAGES}; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Frame-Options": "DENY",
}
