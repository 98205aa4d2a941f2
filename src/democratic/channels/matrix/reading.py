from collections.abc import Iterator, Mapping
from typing import Any

from civics.reach.capabilities import Medium
from democratic.channels.matrix.asking import Homeserver
from democratic.channels.proving import passing_over
from democratic.messaging.ports import Arrived

ONE_PERSON = "Ce compte parle à une personne à la fois. / This account talks to one person at a time."
_KINDS = {"m.image": Medium.PHOTO, "m.audio": Medium.VOICE}


def arrived_in(room: str, what: Mapping[str, Any], server: Homeserver) -> list[Arrived]:
    """Of a room with several people nothing is read, and nothing more is said there: we leave it."""
    events = what.get("timeline", {}).get("events", [])
    if not events:
        return []
    others = server.others_in(room)
    if len(others) != 1:
        server.leave(room, ONE_PERSON if others else "")
    if len(others) > 1:
        return []
    came: list[Arrived] = []
    for event in events:
        with passing_over():
            came += _arrived(room, event, server.us)
    return came


def _arrived(room: str, event: Mapping[str, Any], us: str) -> Iterator[Arrived]:
    """One at most: none of our own, of a machine (``m.notice``), nor of what is said again otherwise."""
    content = event["content"]
    kind, relates = content.get("msgtype"), content.get("m.relates_to", {})
    if event["type"] != "m.room.message" or event["sender"] == us or relates.get("rel_type") == "m.replace":
        return
    if kind == "m.text":
        yield Arrived(event["event_id"], room, _without_quote(content["body"], relates))
    elif kind in _KINDS:
        media = [{"kind": _KINDS[kind], "ref": content["url"]}]
        yield Arrived(event["event_id"], room, _caption(content), media=media)


def _caption(content: Mapping[str, Any]) -> str:
    """What was written under it: there only beside the name of the file (v1.10), otherwise the body is that name."""
    name, body = content.get("filename"), content["body"]
    return str(body) if name and body != name else ""


def _without_quote(body: str, relates: Mapping[str, Any]) -> str:
    """Older clients put what is answered before the answer: « STOP » under a quotation is still STOP."""
    if "m.in_reply_to" not in relates or not body.startswith("> "):
        return body
    return body.partition("\n\n")[2] or body
