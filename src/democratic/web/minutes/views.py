"""What everyone reads after a meeting."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpResponse

from civics.captions.webvtt import write_captions
from democratic.kernel.text import clean_line
from democratic.participation.meetings.minutes.queries import recordings_of
from democratic.participation.meetings.minutes.transcript import cues_of, has_transcript
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import get_meeting_for
from democratic.web.minutes.access import scope_of
from democratic.web.minutes.catch_up import build_catch_up_page
from democratic.web.minutes.page import build_minutes_page
from democratic.web.minutes.transcript import LINES, LONGEST_QUERY, build_transcript_page
from democratic.web.minutes.versions import build_versions_page
from democratic.web.pages import Main, show_stored
from democratic.web.processes.paging import paging_of
from democratic.web.requests import Request
from democratic.web.suites.reading import by_code


def _shown(
    request: Request, meeting: Meeting, build: Callable[[], Main], *, is_kept: bool = True
) -> HttpResponse:
    """What a body keeps to itself is in no store."""
    return show_stored(
        request, scope_of(meeting), build, is_kept=is_kept and meeting.record.audience.is_public
    )


@by_code
def catch_up(request: Request, code: str) -> HttpResponse:
    meeting = get_meeting_for(request.viewer, code)
    return _shown(request, meeting, partial(build_catch_up_page, meeting, request.clock.now()))


@by_code
def minutes(request: Request, code: str) -> HttpResponse:
    meeting = get_meeting_for(request.viewer, code)
    return _shown(request, meeting, partial(build_minutes_page, meeting, request.clock.now()))


@by_code
def versions(request: Request, code: str) -> HttpResponse:
    meeting = get_meeting_for(request.viewer, code)
    return _shown(request, meeting, partial(build_versions_page, meeting, request.clock.now()))


@by_code
def transcript(request: Request, code: str) -> HttpResponse:
    """What is sought is typed by one reader: that page is not kept for others."""
    meeting = get_meeting_for(request.viewer, code)
    words = clean_line(request.GET.get("q", ""))[:LONGEST_QUERY]
    build = partial(build_transcript_page, meeting, words, paging_of(request, LINES))
    return _shown(request, meeting, build, is_kept=not words)


@by_code
def transcript_file(request: Request, code: str) -> HttpResponse:
    meeting = get_meeting_for(request.viewer, code)
    if not has_transcript(meeting):
        raise Http404
    first = next(iter(recordings_of(meeting)), None)
    text = "".join(write_captions(cues_of(meeting, first)))
    response = HttpResponse(text, content_type="text/vtt; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="rencontre-{code}.vtt"'
    return response
