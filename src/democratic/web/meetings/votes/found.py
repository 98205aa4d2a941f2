"""Which vote of a meeting an address names."""

from django.http import Http404

from democratic.kernel.ids import read_code
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.soundings.queries import sounding_of


def vote_in(meeting: Meeting, vote: str) -> Sounding:
    """Drafts included."""
    sounding = sounding_of(meeting, read_code(vote) or "")
    if sounding is None:
        raise Http404
    return sounding
