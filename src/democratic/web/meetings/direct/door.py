"""Coming in: six digits, a seat, and one is there."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from democratic.kernel.refusals import TooMany
from democratic.participation.meetings.arrivals.joining import (
    DIGITS,
    NAME_LIMIT,
    Coming,
    seal_of,
    spend_a_guess,
    take_seat,
)
from democratic.participation.meetings.arrivals.models import Attendance, Gender, Seat
from democratic.participation.meetings.arrivals.queries import attendance_of, meeting_of_code
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.running_now import DOORS_OPEN, is_open_to_come
from democratic.participation.reports.home import title_of
from democratic.people.models import Person
from democratic.thread.models import Kind
from democratic.web import acts
from democratic.web.formats import day, hour
from democratic.web.guests import network_of
from democratic.web.ideas.intake import line, readable
from democratic.web.meetings.direct.places import door_path, live_path
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.requests import Request

_NOT_DIGITS = re.compile(r"\D")


class DoorForm(forms.Form):
    seat = forms.ChoiceField(choices=[(Seat.ROOM, Seat.ROOM.label), (Seat.REMOTE, Seat.REMOTE.label)])
    name = forms.CharField(
        label=gettext_lazy("Comment vous appeler"),
        max_length=NAME_LIMIT,
        required=False,
        help_text=gettext_lazy(
            "Dit à voix haute quand vient votre tour, et montré dans la file. Effacé à la fin, sauf accord plus bas."
        ),
    )
    gender = forms.ChoiceField(
        label=gettext_lazy("Vous êtes"),
        choices=Gender.choices,
        required=False,
        widget=forms.Select,
        help_text=gettext_lazy(
            "Pour alterner les tours de parole, si cette règle est choisie. Jamais montré."
        ),
    )
    is_listed = forms.BooleanField(
        label=gettext_lazy(
            "J’ai 15 ans ou plus et j’accepte que ce nom paraisse parmi les personnes présentes, une fois la rencontre finie"
        ),
        required=False,
    )


@require_safe
def enter(request: Request) -> HttpResponse:
    """The digits are read whatever is between them."""
    typed = line(request.GET, "code")
    code = _NOT_DIGITS.sub("", typed)
    if typed and len(code) == DIGITS:
        return redirect(door_path(code))
    return _ask_again(request, typed)


def _ask_again(request: Request, typed: str, status: int = 200) -> HttpResponse:
    is_unknown = bool(typed)
    context = {"prefix": at(""), "typed": typed, "is_unknown": is_unknown, "here": at("/entrer")}
    title = _("Entrer dans une rencontre")
    main = Main("web/meetings/enter.html", context, title, status=404 if is_unknown else status)
    return show(request, main)


@require_http_methods(["GET", "HEAD", "POST"])
@readable
def door(request: Request, code: str) -> HttpResponse:
    if len(code) != DIGITS or not code.isascii() or not code.isdecimal():
        raise Http404
    try:  # the form carries the seal too: whoever sends it was shown it, and does not guess
        spend_a_guess(network_of(request), code, line(request.POST or request.GET, "vu"))
    except TooMany as refusal:
        return _too_many(request, refusal)
    meeting = meeting_of_code(request.viewer, code)
    if meeting is None:
        return _ask_again(request, code)
    came = attendance_of(meeting.pk, request.person)
    if request.method != "POST":
        if came and request.GET.get("changer") != "oui":
            return redirect(live_path(meeting))
        return _show_door(request, meeting, DoorForm(initial=_said(came)))
    return _take_seat(request, meeting)


def _too_many(request: Request, refusal: TooMany) -> HttpResponse:
    title = _("Trop d’essais")
    context = {"heading": title, "text": refusal.message, "status": refusal.status, "back": at("/entrer")}
    return show(request, Main("web/ideas/refused.html", context, title, status=refusal.status))


def _said(came: Attendance | None) -> dict[str, Any]:
    return {"name": came.name, "gender": came.gender, "is_listed": came.is_listed} if came else {}


def _take_seat(request: Request, meeting: Meeting) -> HttpResponse:
    form = DoorForm(request.POST)

    def act(person: Person, said: dict[str, Any]) -> str:
        coming = Coming(Seat(said["seat"]), said["name"], Gender(said["gender"]), said["is_listed"])
        take_seat(meeting_id=meeting.pk, person=person, coming=coming, clock=request.clock)
        return live_path(meeting)

    return acts.attempt(request, form, act) or _show_door(request, meeting, form)


def _show_door(request: Request, meeting: Meeting, form: DoorForm) -> HttpResponse:
    title = title_of(meeting.record)
    when = f"{day(meeting.starts_at, 'weekday')}, {hour(meeting.starts_at)}, {meeting.place}"
    context = {
        "prefix": at(""),
        "title": title,
        "when": when[:1].upper() + when[1:],
        "form": form,
        "is_open": is_open_to_come(meeting, request.clock.now()),
        "opens": _("On entre à partir de %(hour)s, le %(day)s.")
        % {
            "hour": hour(meeting.starts_at - DOORS_OPEN),
            "day": day(meeting.starts_at - DOORS_OPEN, "weekday"),
        },
        "seats": meeting.seats,
        "is_detailed": form.is_bound or bool(form.initial),
        "here": door_path(meeting.join_code),
        "page": record_path(Kind.MEETING, meeting.record.code),
        "key": uuid4().hex,
        "seal": seal_of(meeting.join_code),
    }
    heading = _("Entrer : %(title)s") % {"title": title}
    return show(request, Main("web/meetings/door.html", context, heading, status=acts.refused(form)))
