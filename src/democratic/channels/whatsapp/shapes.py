from collections.abc import Iterator
from typing import Any

from civics.reach.capabilities import Medium
from civics.reach.rendering import Parcel
from democratic.messaging.ports import Arrived

_KINDS = {"image": Medium.PHOTO, "audio": Medium.VOICE}


def written(parcel: Parcel) -> dict[str, Any]:
    if not parcel.buttons:
        return {"type": "text", "text": {"body": parcel.text, "preview_url": False}}
    buttons = [{"type": "reply", "reply": {"id": each.key, "title": each.label}} for each in parcel.buttons]
    asked = {"type": "button", "body": {"text": parcel.text}, "action": {"buttons": buttons}}
    return {"type": "interactive", "interactive": asked}


def arrived_by(message: dict[str, Any]) -> Iterator[Arrived]:
    """One at most: none of what is neither words, a photo, a voice nor a button."""
    kind = message["type"]
    told = message.get(kind) or {}
    text = str(told.get("body") or told.get("caption") or "")
    choice = str(told.get("button_reply", {}).get("id", ""))
    media = [{"kind": _KINDS[kind], "ref": told["id"]}] if kind in _KINDS else []
    if text or choice or media:
        yield Arrived(message["id"], message["from"], text, choice, "", media)
