"""The public page of a meeting; and its video, which another host carries, shown once one agreed to that host."""

from functools import partial

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import get_meeting_for
from democratic.thread.models import Kind
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import readable
from democratic.web.meetings.public.bigbluebutton import VideoDown
from democratic.web.meetings.public.framing import agreed, allow_frame, remember_agreement
from democratic.web.meetings.public.mine import mine
from democratic.web.meetings.public.page import build_meeting_page
from democratic.web.meetings.public.video import Way, address_for, way_to
from democratic.web.pages import Main, show, show_stored
from democratic.web.places import at, record_path
from democratic.web.processes.days import anyone
from democratic.web.requests import Request
from democratic.web.suites.reading import by_code


@by_code
def meeting(request: Request, code: str) -> HttpResponse:
    found = get_meeting_for(request.viewer, code)
    is_public = found.record.audience.is_public
    viewer = anyone(request) if is_public else request.viewer
    return show_stored(
        request,
        found.process_id or found.pk,
        partial(build_meeting_page, viewer, found, request.clock.now()),
        personal=partial(mine, request, found),
        is_kept=is_public,  # what a body keeps to itself is in no store
    )


def _with_video(request: Request, code: str) -> tuple[Meeting, Way]:
    found = get_meeting_for(request.viewer, code)
    way = way_to(found, request.clock.now())
    if way is None or not way.is_open:
        raise Http404
    return found, way


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def video(request: Request, code: str) -> HttpResponse:
    """First it says which host will know; the frame is there once she said yes, and nothing is asked of it before."""
    found, way = _with_video(request, code)
    if request.method == "POST":
        response: HttpResponse = HttpResponseRedirect(request.path)
        remember_agreement(request, response, found)
        return response
    address, is_down = "", False
    if agreed(request, found):
        try:
            address = address_for(found, request.person)
        except VideoDown:
            is_down = True
    response = _video_page(request, found, way, address, is_down=is_down)
    response.headers["Cache-Control"] = "no-store"  # its address may hold a proof, and is hers alone
    if address:
        allow_frame(response, address)
    return response


def _video_page(
    request: Request, found: Meeting, way: Way, address: str = "", *, is_down: bool, status: int = 200
) -> HttpResponse:
    page, title = record_path(Kind.MEETING, found.record.code), _("La vidéo")
    context = {
        "meeting": found,
        "way": way,
        "address": address,
        "is_down": is_down,
        "title": title,
        "page": page,
        "trail": [(_("Agenda"), at("/agenda")), (found.record.title, page), (title, "")],
    }
    main = Main("web/meetings/public/video.html", context, title=title, section="agenda", status=status)
    return show(request, main)


@require_safe
@by_code
def join_video(request: Request, code: str) -> HttpResponse:
    """Off to the provider, by an address that is made for this click; back to the meeting's page when it is down."""
    found, way = _with_video(request, code)
    try:
        response = HttpResponseRedirect(address_for(found, request.person))
    except VideoDown:
        return _video_page(request, found, way, is_down=True, status=503)
    response.headers["Cache-Control"] = "no-store"
    return response
