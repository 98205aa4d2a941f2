"""What the application may do in a browser, beyond any other page of ours: it is installed, records and shows
photos and voices that it made itself. It asks nobody but this server.
"""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; media-src blob:; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=()",  # photos come from the phone's own camera
    "Cache-Control": "private, no-cache",
}
