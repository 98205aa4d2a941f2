"""Which part of the screens is drawn by what: the same words for the page that is opened and for the streams.

A drawing is a function of a meeting alone, in the language that is active: nothing of whoever looks is in it. What is
hers (her vote, her place) is said beside it, by the page.
"""

from collections.abc import Callable

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


def is_drawn(topic: Topic) -> bool:
    """Whether something draws it: a page leaves out a section that nothing fills."""
    return topic in _drawings
