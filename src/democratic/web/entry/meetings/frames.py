"""What one stream reads, as server-sent events. A frame is built once for all who read it."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ALIVE = b":\n\n"  # a line that nobody reads, so that no proxy takes the silence for an end
SOONEST_BACK, LATEST_BACK = 500, 3000  # milliseconds: not all at once


@dataclass(slots=True)
class Told:
    """The newest of one topic: HTML by language, and the frames that were asked for."""

    number: int
    topic: str
    said: Mapping[str, str]
    _frames: dict[str, bytes] = field(default_factory=dict)

    def frame(self, language: str) -> bytes:
        frame = self._frames.get(language)
        if frame is None:
            data = json.dumps({"topic": self.topic, "html": self.said.get(language, "")}, ensure_ascii=False)
            frame = f"id: {self.number}\nevent: told\ndata: {data}\n\n".encode()
            self._frames[language] = frame
        return frame


def passed(number: int) -> bytes:
    """A number whose words were replaced since, or are not for her: nothing to show, and nothing missing."""
    return b"id: %d\n\n" % number


def ending(why: str) -> bytes:
    return f"event: {why}\ndata: {why}\n\n".encode() if why else b""


def come_back() -> bytes:
    return b"retry: %d\n\n" % random.randint(SOONEST_BACK, LATEST_BACK)  # noqa: S311


def body(said: bytes, *, more: bool = True) -> dict[str, Any]:
    return {"type": "http.response.body", "body": said, "more_body": more}
