"""A topic as all its readers are told it, whoever draws: in each language, at the address and hour of its authority."""

from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone, translation

from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.models import Meeting
from democratic.web.meetings.topics import draw, is_drawn


def draw_in_each_language(topic: Topic, meeting: Meeting) -> dict[str, str]:
    """HTML by language; nothing for what no screen shows."""
    if not is_drawn(topic):
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
