"""What is hers beside what all see: the form of each vote, or what she chose."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.arrivals.queries import attendance_of
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding, SoundingVoice
from democratic.participation.meetings.soundings.queries import soundings_shown, voices_of
from democratic.participation.meetings.soundings.states import SoundingState, state_of
from democratic.web.guests import promise_of_guest
from democratic.web.meetings.votes.blank import form_of
from democratic.web.meetings.votes.drawing import until
from democratic.web.meetings.votes.words import said
from democratic.web.places import at
from democratic.web.requests import Request


def my_votes(request: Request, meeting: Meeting, back: str) -> str:
    """For the participant's screen, beside the drawing: those that are open. Empty when none is."""
    now = request.clock.now()
    is_open = [each for each in soundings_shown(meeting) if state_of(each, now) == SoundingState.OPEN]
    return forms_of(request, meeting, is_open, back=back, now=now)


def forms_of(
    request: Request,
    meeting: Meeting,
    soundings: Sequence[Sounding],
    *,
    back: str,
    now: datetime,
    is_alone: bool = False,
) -> str:
    """One form each, with what she gave before. ``is_alone``: on the page of its vote, which says the question."""
    if not soundings:
        return ""
    hers = voices_of(request.person, soundings)
    is_here = attendance_of(meeting.pk, request.person) is not None
    votes = [_mine(each, hers.get(each.pk), now, is_here=is_here) for each in soundings]
    context = {
        "votes": votes,
        "back": back,
        "door": at("/entrer"),
        "is_alone": is_alone,
        "promise": "" if request.person else promise_of_guest(),
    }
    return render_to_string("web/meetings/votes/mine.html", context)


def _mine(sounding: Sounding, voice: SoundingVoice | None, now: datetime, *, is_here: bool) -> dict[str, Any]:
    state = state_of(sounding, now)
    is_later = state == SoundingState.LATER
    is_settled = is_later and voice is not None and voice.seat != Seat.LATER
    given = voice.given if voice else []
    return {
        **form_of(sounding, given),
        "until": until(sounding),
        "is_again": sounding.again_of_id is not None,
        "is_settled": is_settled,
        "said": said(sounding, given) if given else "",
        "may_vote": (state == SoundingState.OPEN and is_here) or (is_later and not is_settled),
        "must_join": state == SoundingState.OPEN and not is_here,
    }
