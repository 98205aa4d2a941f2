from collections.abc import Iterator
from typing import Any

from civics.reach.capabilities import Medium
from democratic.messaging.ports import Arrived


def arrived_by(update: dict[str, Any]) -> Iterator[Arrived]:
    """One at most: none of a group, nor of what is neither words, a photo, a voice nor a button."""
    pressed = update.get("callback_query")
    message = (pressed or update).get("message")
    if not message or message["chat"]["type"] != "private":
        return
    said: dict[str, Any] = {} if pressed else message  # the message under a button is ours
    text, choice = str(said.get("text") or said.get("caption") or ""), str((pressed or {}).get("data", ""))
    largest = said.get("photo", [])[-1:]
    media = [{"kind": Medium.PHOTO, "ref": each["file_id"]} for each in largest]
    if "voice" in said:
        media.append({"kind": Medium.VOICE, "ref": said["voice"]["file_id"]})
    if text or choice or media:
        language = str((pressed or said)["from"].get("language_code", ""))
        yield Arrived(str(update["update_id"]), str(message["chat"]["id"]), text, choice, language, media)
