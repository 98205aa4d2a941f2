"""Which part of the screens is drawn by what: the same words for the page that is opened and for the streams.

A drawing is a function of a meeting alone, in the language that is active: nothing of whoever looks is in it. What is
hers (her vote, her place) is said beside it, by the page.
"""

from collections.abc import Callable

from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone, translation

from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.models import Meeting

Drawing = Callable[[Meeting], str]

_drawings: dict[Topic, Drawing] = {}


def draws(topic: Topic) -> Callable[[Drawing], Drawing]:
    def keep(drawing: Drawing) -> Drawing:
        _drawings[topic] = drawing
        return drawing

    return keep


def draw(topic: Topic, meeting: Meeting) -> str:
    return _drawings[topic](meeting)


def draw_in_each_language(topic: Topic, meeting: Meeting) -> dict[str, str]:
    """As its pages say it: at the address and the hour of its authority. Nothing for what no screen shows."""
    if topic not in _drawings:
        return {}
    authority, before = meeting.record.authority, get_script_prefix()
    set_script_prefix(f"{authority.path}/")
    try:
        said = {}
        with timezone.override(authority.time_zone):
            for language in authority.languages.split(","):
                with translation.override(language):
                    said[language] = draw(topic, meeting)
        return said
    finally:
        set_script_prefix(before)
