"""The door of every provider that calls us. A channel that is not open here looks like one that is not there."""

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import TooMany
from democratic.messaging.accounts import AccountsUnreadable, account_of
from democratic.messaging.fates import note_fates
from democratic.messaging.incoming import accept
from democratic.messaging.models import ChannelUse
from democratic.messaging.ports import Forged, Hook, Hooked, Unreadable, channel_of

logger = logging.getLogger(__name__)
LARGEST = 256 * 1024  # bytes
FORGERIES = Limit("forged-webhooks", 60, 300)


@csrf_exempt  # no session is looked at: the provider's signature is the proof
@require_http_methods(["GET", "POST"])
def hook(request: HttpRequest, kind: str) -> HttpResponse:
    """Kept before it is answered: what was acknowledged is never lost. Carried out by the worker."""
    authority = request.authority  # type: ignore[attr-defined]  # our middleware's
    use = ChannelUse.objects.filter(authority=authority, kind=kind, is_open=True).first()
    channel = channel_of(kind) if use else None
    if use is None or not hasattr(channel, "read"):
        return HttpResponse(status=404)
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=413)
    hooked: Hooked = channel  # type: ignore[assignment]
    try:
        posted = _hook(request, authority.slug, kind)
        accept(authority, kind, hooked.read(posted))
        if hasattr(hooked, "fates"):
            note_fates(authority, kind, hooked.fates(posted))
        content_type, words = hooked.reply(posted)
    except Forged:
        return _forged(authority.slug, kind)
    except Unreadable as fault:
        logger.warning("channel %s: a webhook says nothing that we read: %s", kind, fault)
        return HttpResponse(status=200)
    except AccountsUnreadable as fault:
        logger.error("channel %s: %s", kind, fault)  # noqa: TRY400  an operator's file, and no fault of the code
        return HttpResponse(status=503)
    return HttpResponse(words, content_type=content_type)


def _hook(request: HttpRequest, slug: str, kind: str) -> Hook:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Hook(
        str(request.method),
        request.build_absolute_uri(),
        headers,
        request.GET.dict(),
        request.body,
        account_of(slug, kind),
    )


def _forged(slug: str, kind: str) -> HttpResponse:
    logger.warning("channel %s: a webhook is not its provider's", kind)
    try:
        spend(FORGERIES, f"{slug}:{kind}")
    except TooMany:
        return HttpResponse(status=429)
    return HttpResponse(status=403)
