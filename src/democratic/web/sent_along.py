"""What came along with a letter, as its pages tell it: drawn and played at the desk, told to who sent it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from democratic.participation.conversations.models import FlowFile
from democratic.participation.inbox.models import InboxMessage
from democratic.web.files_shown import SMALL
from democratic.web.voices import lasting

State, Medium = FlowFile.State, FlowFile.Medium


def not_kept(message: InboxMessage, files: Sequence[FlowFile]) -> list[dict[str, Any]]:
    """Of what the message names, what is not here, or not any more."""
    here = [each.medium for each in files]
    left = []
    for named in message.attachments:
        if named["type"] in here:
            here.remove(named["type"])
        else:
            left.append(named)
    return left


def at_the_desk(sent: FlowFile, base: str) -> dict[str, Any]:
    """``base``: the letter's own page."""
    url, stored = f"{base}/fichiers/{sent.pk}", sent.file
    if stored is None:
        return {"told": told_of(sent)}
    if sent.medium == Medium.VOICE:
        return {"url": url, "voice": {"url": url, "lasts": lasting(stored)}}
    width = min(SMALL, stored.width) if stored.width else SMALL
    height = round((stored.height or 0) * width / stored.width) if stored.width else SMALL
    return {"url": url, "width": width, "height": height}


def told_of(sent: FlowFile) -> str:
    """Of one that is not here to be seen; to her, of any."""
    is_photo = sent.medium == Medium.PHOTO
    if sent.state == State.AWAITED:
        return _("Photo en route") if is_photo else _("Message vocal en route")
    if sent.state == State.REFUSED:
        return _("Photo non reçue") if is_photo else _("Message vocal non reçu")
    return _("Photo, que nos agents voient") if is_photo else _("Message vocal, que nos agents écoutent")


__all__ = ["at_the_desk", "not_kept", "told_of"]
