"""« Me prévenir sur cet appareil »: the service worker that rings, and the form that gives this browser's address."""

import json
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from democratic.kernel.limits import Limit, spend
from democratic.kernel.push_key import public_key
from democratic.kernel.refusals import Refusal
from democratic.messaging.models import ChannelKind
from democratic.messaging.ringing import ring_no_more, rings_for
from democratic.participation.conversations.queries import Shown, shown_to
from democratic.participation.conversations.ringing import may_ring, ring_here
from democratic.web.places import at, root
from democratic.web.requests import Request

WORKER = Path(__file__).with_name("avis.js")
RINGS_OF_ONE = Limit("rings-of-talk", 20, 3600)


def wording() -> str:
    """What she agrees to."""
    return _("Me prévenir sur cet appareil de ce que devient ma réponse")


def ring(shown: Shown, action: str) -> dict[str, Any] | None:
    """What the end of her page offers: None where there is nothing to offer."""
    if not may_ring(shown.run, shown.her):
        return None
    return {
        "action": action,
        "key": public_key(),
        "worker": f"{root()}/avis.js",
        "scope": f"{root()}/avis",
        "wording": wording(),
        "browsers": rings_for(shown.her),
    }


@require_safe
def worker(request: Request) -> HttpResponse:
    """It holds nothing, and shows what comes under the authority's name."""
    told = json.dumps({"name": request.authority.name, "home": at("/")}, ensure_ascii=False)
    script = f"const PLACE = {told};\n{WORKER.read_text('utf-8')}"
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)


@require_POST
def answer(request: Request, code: str, token: str) -> HttpResponse:
    """One browser more rings, or none does any more."""
    shown = shown_to(request.authority, ChannelKind.WIDGET, token)
    if shown is None:
        raise Http404
    try:
        spend(RINGS_OF_ONE, token)
        messages.success(request, _answered(request, shown))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(at(f"/r/{code}/{token}"))


def _answered(request: Request, shown: Shown) -> str:
    if request.POST.get("stop"):
        ring_no_more(shown.her)
        return _("Plus aucun appareil ne vous prévient.")
    ring_here(
        run=shown.run,
        her=shown.her,
        subscription=request.POST.get("subscription", ""),
        wording=wording(),
        clock=request.clock,
    )
    return _("Cet appareil vous préviendra.")
