"""A photo or a voice that a page sends with an answer: made safe and kept before anything is heard of it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from civics.reach.reading import MEDIA
from democratic.kernel.limits import spend
from democratic.kernel.refusals import Refusal
from democratic.participation.conversations.fetching import MOST_BYTES, Limits, stored_as, too_large
from democratic.participation.conversations.queries import Shown
from democratic.participation.conversations.speaking import longest_voice
from democratic.web.guests import network_of
from democratic.web.requests import Request
from democratic.web.uploads import UPLOADS_OF_A_NETWORK


def media_sent(request: Request, shown: Shown | None) -> list[dict[str, Any]]:
    """Only where one is asked for, so never of a child. Refusal: what is wrong, and what to do; nothing was heard."""
    question = shown.question if shown else None
    if shown is None or question is None or question.kind not in MEDIA:
        return []
    tu = shown.run.revision.flow.process.uses_tu
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        _refuse_nothing(request, question.kind)
        return []
    spend(UPLOADS_OF_A_NETWORK, network_of(request))
    if (sent.size or 0) > MOST_BYTES:
        raise Refusal(too_large(question.kind, tu=tu), field="file")
    limits = Limits(longest_voice(shown.run.revision_id, question.step), tu)
    stored = stored_as(question.kind, sent.read(), request.clock, limits)
    return [{"kind": question.kind, "file": stored.pk}]


def _refuse_nothing(request: Request, kind: str) -> None:
    said = request.POST.get("text", "").strip()
    if request.POST.get("choice") or (said and kind == "voice"):
        return
    if kind == "photo":
        raise Refusal(_("Choisissez une photo, ou touchez « Sans photo »."), field="file")
    raise Refusal(_("Choisissez un enregistrement, écrivez-le, ou touchez « Passer »."), field="file")
