"""Where the picture and the sound are, and whether to show the way to them yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from democratic.participation.meetings.models import Meeting, MeetingTeamMember, TeamRole, Video
from democratic.participation.meetings.states import MeetingState
from democratic.people.models import Person
from democratic.thread.models import Kind
from democratic.web.meetings.public.bigbluebutton import join_url, open_room, server_of
from democratic.web.meetings.public.framing import host_of
from democratic.web.places import record_path

BEFORE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Way:
    """``host``: who gets the request. ``url`` opens it there; ``here`` shows it in a page of ours, once agreed to."""

    host: str
    url: str
    here: str
    is_open: bool


def way_to(meeting: Meeting, now: datetime) -> Way | None:
    """None when there is no video. It opens half an hour before, so that nobody stands in an empty room for days."""
    if not meeting.video:
        return None
    page = record_path(Kind.MEETING, meeting.record.code) + "/video"
    ours = meeting.video == Video.BIGBLUEBUTTON
    state = meeting.record.state
    is_near = state == MeetingState.ANNOUNCED and meeting.starts_at - BEFORE <= now < meeting.ends_at
    return Way(
        host_of(meeting.video_url),
        f"{page}/rejoindre" if ours else meeting.video_url,
        page,
        is_near or state == MeetingState.LIVE,
    )


def address_for(meeting: Meeting, person: Person | None) -> str:
    """Where her browser goes. VideoDown when the provider can not open the room."""
    if meeting.video != Video.BIGBLUEBUTTON:
        return meeting.video_url
    server = server_of(meeting.video_url)
    open_room(server, meeting, meeting.record.title)
    runs_it = person is not None and facilitates(meeting, person)
    name = _("Animation") if runs_it else _("Une personne du public")
    return join_url(server, meeting, name, is_moderator=runs_it)


def facilitates(meeting: Meeting, person: Person) -> bool:
    return MeetingTeamMember.objects.filter(
        meeting=meeting, person=person, role=TeamRole.FACILITATES
    ).exists()
