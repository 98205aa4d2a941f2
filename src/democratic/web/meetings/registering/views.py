"""One keeps a place without an account, and comes back to it by a secret address: to change it, confirm it, leave it."""

from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from democratic.kernel.limits import Limit, spend
from democratic.participation.meetings.arrivals.models import Registration
from democratic.participation.meetings.arrivals.places import confirm_before, places_of
from democratic.participation.meetings.arrivals.registering import (
    change_registration,
    confirm_place,
    give_up,
    register,
    takes_registrations,
    way_back,
)
from democratic.participation.meetings.arrivals.registrations import registration_by_secret, registration_of
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import get_meeting_for
from democratic.people.models import Person
from democratic.thread.addresses import public_address
from democratic.thread.models import Kind
from democratic.web import acts
from democratic.web.ages import regime_for
from democratic.web.formats import day, hour, hours
from democratic.web.guests import network_of
from democratic.web.ideas.contact import spend_an_address
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import readable
from democratic.web.ideas.marks import show_refusal
from democratic.web.ideas.receipts import open_receipt, seal_receipt
from democratic.web.meetings.public.place import in_words, register_path
from democratic.web.meetings.registering.addresses import consent_words, tell_by_mail
from democratic.web.meetings.registering.forms import RegisterForm, WishForm, wish_of
from democratic.web.pages import Main, show, show_once
from democratic.web.places import at, record_path
from democratic.web.requests import Request
from democratic.web.words import ORIGINS

# A school registers its pupils from one address; nobody takes a thousand places an hour.
REGISTRATIONS = Limit("registrations-of-network", 600, 3600)


def _meeting(request: Request, code: str) -> Meeting:
    return get_meeting_for(request.viewer, code)


def _seats(meeting: Meeting) -> list[tuple[str, str]]:
    return [(seat, f"{ORIGINS[seat]}. {in_words(each)}.") for seat, each in places_of(meeting).items()]


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def register_here(request: Request, code: str) -> HttpResponse:
    meeting = _meeting(request, code)
    hers = registration_of(meeting, request.person)
    if hers is not None and request.method != "POST":
        return redirect(_path(hers, meeting))
    form = RegisterForm(
        _seats(meeting),
        request.POST if request.method == "POST" else None,
        regime=partial(regime_for, request),
        consent=consent_words(request.authority),
        is_signed_in=request.viewer.is_signed_in,
    )
    if request.method == "POST":
        done = acts.attempt(request, form, partial(_register, request, meeting), partial(_spend, request))
        if done is not None:
            return done
    title = _("Garder une place")
    context = {
        **_about(meeting, title),
        "form": form,
        "key": request.POST.get("key") or uuid4().hex,
        "is_open": takes_registrations(meeting, request.clock.now()),
        "notice": at("/mineurs"),
    }
    main = Main("web/meetings/registering/register.html", context, title=title, status=acts.refused(form))
    return show(request, main)


def _spend(request: Request, said: dict[str, Any]) -> None:
    spend(REGISTRATIONS, network_of(request))
    if said.get("email"):
        spend_an_address(request, said["email"])


def _register(request: Request, meeting: Meeting, person: Person, said: dict[str, Any]) -> str:
    row = register(meeting=meeting, person=person, wish=wish_of(said), clock=request.clock)
    if said.get("email"):
        tell_by_mail(request, person, meeting.record, said["email"])
    return _sealed(request, row, meeting)


def _sealed(request: Request, row: Registration, meeting: Meeting) -> str:
    """Where a form goes is kept for a while: her secret stands in it sealed."""
    token = seal_receipt(meeting.record.code, way_back(row), now=request.clock.now())
    return f"{register_path(meeting)}/recu/{token}"


@require_safe
@shown_or_gone
def receipt(request: Request, code: str, token: str) -> HttpResponse:
    """What a form that is sent twice shows again: the way to her registration, for a quarter of an hour."""
    meeting = _meeting(request, code)
    opened = open_receipt(code, token, now=request.clock.now())
    if opened is None:
        raise Http404
    return redirect(f"{register_path(meeting)}/{opened.secret}" if opened.secret else register_path(meeting))


def _hers(request: Request, code: str, secret: str) -> tuple[Meeting, Registration]:
    """By her secret alone: whoever has it is let in, from any device."""
    meeting = _meeting(request, code)
    row = registration_by_secret(meeting, secret)
    if row is None:
        raise Http404
    return meeting, row


def _path(row: Registration, meeting: Meeting) -> str:
    return f"{register_path(meeting)}/{way_back(row)}"


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def mine(request: Request, code: str, secret: str) -> HttpResponse:
    meeting, row = _hers(request, code, secret)
    form = WishForm(
        _seats(meeting),
        request.POST if request.method == "POST" else None,
        regime=partial(regime_for, request),
        initial={"seat": row.seat, "name": row.name, "needs": row.needs},
    )
    if request.method == "POST":

        def act(_person: Person, said: dict[str, Any]) -> str:
            change_registration(registration=row, wish=wish_of(said), clock=request.clock)
            return _sealed(request, row, meeting)

        done = acts.attempt(request, form, act, welcome=lambda _request: row.person)
        if done is not None:
            messages.success(request, _("Votre inscription est changée."))
            return done
    return _my_page(request, meeting, row, form)


def _my_page(request: Request, meeting: Meeting, row: Registration, form: WishForm) -> HttpResponse:
    until, now = confirm_before(row, meeting), request.clock.now()
    title, path = _("Votre inscription"), _path(row, meeting)
    context = {
        **_about(meeting, title),
        "form": form,
        "key": request.POST.get("key") or uuid4().hex,
        "path": path,
        "address": public_address(request.authority) + path,
        "seat": str(ORIGINS[row.seat]),
        "state": row.state,
        "until": f"{day(until, 'weekday')}, {hour(until)}" if until else "",
        "is_open": takes_registrations(meeting, now),
        "calendar": record_path(Kind.MEETING, meeting.record.code) + ".ics",
        "again": register_path(meeting),
    }
    main = Main("web/meetings/registering/mine.html", context, title=title, status=acts.refused(form))
    return show_once(request, main)


@require_POST
@readable
@shown_or_gone
def confirm(request: Request, code: str, secret: str) -> HttpResponse:
    meeting, row = _hers(request, code, secret)

    def act(_person: Person, _said: dict[str, Any]) -> str:
        confirm_place(registration=row, clock=request.clock)
        return _sealed(request, row, meeting)

    return _press(request, row, act, _path(row, meeting), _("Votre place est gardée."))


@require_POST
@readable
@shown_or_gone
def leave(request: Request, code: str, secret: str) -> HttpResponse:
    meeting, row = _hers(request, code, secret)

    def act(_person: Person, _said: dict[str, Any]) -> str:
        give_up(registration=row, clock=request.clock)
        return record_path(Kind.MEETING, meeting.record.code)

    told = _("C’est noté : votre place va à quelqu’un d’autre. Merci de l’avoir dit.")
    return _press(request, row, act, _path(row, meeting), told)


def _press(request: Request, row: Registration, act: Any, back: str, told: str) -> HttpResponse:
    """A button, and nothing to fill in. She who holds the secret acts as who registered."""
    form = forms.Form(request.POST)
    done = acts.attempt(request, form, act, welcome=lambda _request: row.person)
    if done is None:
        return show_refusal(request, form, back)
    messages.success(request, told)
    return done


def _about(meeting: Meeting, title: str) -> dict[str, Any]:
    page = record_path(Kind.MEETING, meeting.record.code)
    return {
        "title": title,
        "meeting": meeting,
        "when": f"{day(meeting.starts_at, 'weekday')}, {hours(meeting.starts_at, meeting.ends_at)}",
        "page": page,
        "trail": [(_("Agenda"), at("/agenda")), (meeting.record.title, page), (title, "")],
    }
