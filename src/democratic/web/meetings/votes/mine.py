"""What is hers beside what all see: the form of each vote, or what she chose."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.template.loader import render_to_string

from civics.soundings.voices import POSITIONS, Position
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding, SoundingKind, SoundingVoice
from democratic.participation.meetings.soundings.queries import soundings_shown, voices_of
from democratic.participation.meetings.soundings.states import SoundingState, state_of
from democratic.people.queries import person_and_claimed
from democratic.web.meetings.votes.drawing import until
from democratic.web.meetings.votes.places import objection_path, vote_path
from democratic.web.meetings.votes.words import labels_of, said
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
    is_here = _is_here(request, meeting)
    votes = [_mine(each, hers.get(each.pk), now, is_here=is_here) for each in soundings]
    context = {"votes": votes, "back": back, "door": at("/entrer"), "is_alone": is_alone}
    return render_to_string("web/meetings/votes/mine.html", context)


def _is_here(request: Request, meeting: Meeting) -> bool:
    if request.person is None:
        return False
    hers = person_and_claimed(request.person)
    return Attendance.objects.filter(meeting=meeting, person__in=hers).exists()


def _mine(sounding: Sounding, voice: SoundingVoice | None, now: datetime, *, is_here: bool) -> dict[str, Any]:
    state = state_of(sounding, now)
    is_later = state == SoundingState.LATER
    is_settled = is_later and voice is not None and voice.seat != Seat.LATER
    given = voice.given if voice else []
    return {
        "code": sounding.record.code,
        "title": sounding.record.title,
        "text": sounding.record.text,
        "kind": sounding.kind,
        "most": sounding.most,
        "lowest": sounding.lowest,
        "highest": sounding.highest,
        "until": until(sounding),
        "is_again": sounding.again_of_id is not None,
        "is_later": is_later,
        "is_settled": is_settled,
        "said": said(sounding, given) if given else "",
        "may_vote": (state == SoundingState.OPEN and is_here) or (is_later and not is_settled),
        "must_join": state == SoundingState.OPEN and not is_here,
        "choices": [(rank, label, rank in given) for rank, label in labels_of(sounding).items()],
        "places": _places(sounding, given) if sounding.kind == SoundingKind.RANKING else [],
        "words": _words(sounding, given) if sounding.kind == SoundingKind.WORDS else [],
        "objection": objection_path(sounding) if _objects(sounding, given) else "",
        "action": vote_path(sounding, "donner"),
        "key": uuid4().hex,
    }


def _objects(sounding: Sounding, given: list[int]) -> bool:
    return sounding.kind == SoundingKind.CONSENT and given == [POSITIONS.index(Position.OBJECTION) + 1]


def _places(sounding: Sounding, given: list[int]) -> list[tuple[int, int]]:
    """Place, and the rank of the option that she put there; 0 for none."""
    return [(place, given[place - 1] if place <= len(given) else 0) for place in range(1, sounding.most + 1)]


def _words(sounding: Sounding, given: list[str]) -> list[tuple[int, str]]:
    return [(n, given[n - 1] if n <= len(given) else "") for n in range(1, sounding.most + 1)]
