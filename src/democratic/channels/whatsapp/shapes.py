from collections.abc import Iterator
from typing import Any

from civics.reach.capabilities import Medium
from civics.reach.rendering import Parcel
from democratic.messaging.ports import Arrived, Envelope, Fate, Template

_KINDS = {"image": Medium.PHOTO, "audio": Medium.VOICE}


def written(envelope: Envelope) -> dict[str, Any]:
    """Meta says our own name of it again when it tells what became of it: none waits for Meta's."""
    told = _templated(envelope.template) if envelope.template else _said(envelope.parcel)
    return told | {"biz_opaque_callback_data": envelope.name}


def _templated(template: Template) -> dict[str, Any]:
    """No parameter holds a line's end, nor blanks in a row: Meta refuses them."""
    told = [{"type": "text", "text": " ".join(each.split())} for each in template.parameters]
    parts = [{"type": "body", "parameters": told}] if told else []
    named = {"name": template.name, "language": {"code": template.language}}
    return {"type": "template", "template": named | ({"components": parts} if parts else {})}


def fate_told_by(status: dict[str, Any], *, shut: int) -> Iterator[Fate]:
    """None of what was only sent, nor of what we did not name. ``shut``: the error that her next word ends."""
    name, said = str(status.get("biz_opaque_callback_data", "")), status["status"]
    if name and said in ("delivered", "read"):
        yield Fate(name, is_delivered=True)
    elif name and said == "failed":
        code = next((each["code"] for each in status.get("errors", ())), 0)
        yield Fate(name, reason=f"WhatsApp {code}", is_shut=code == shut)


def _said(parcel: Parcel) -> dict[str, Any]:
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
