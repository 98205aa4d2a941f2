"""Marks of one person on one Record: a support, a follow. A double tap leaves one."""

from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.participation.processes.rules import refuse_unless_open
from democratic.participation.processes.tool import Act
from democratic.people.ages import Door, refuse_unless
from democratic.people.models import ConsentSource, Person
from democratic.people.queries import addresses_of, person_and_claimed
from democratic.thread.actions import follow, support, unfollow, unsupport
from democratic.thread.models import Follow, Kind, Record, Support, Volume
from democratic.thread.queries import get_record_for, get_record_to_act_on
from democratic.web import acts
from democratic.web.ages import regime_for
from democratic.web.ideas.contact import consent_words, spend_an_address, tell_by_mail
from democratic.web.ideas.forms import FollowForm
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import path_back, readable
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.requests import Request

SUPPORTED = (Kind.IDEA, Kind.DEBATE, Kind.COMMENT)
NO = "non"


def show_refusal(request: Request, form: forms.Form, back: str) -> HttpResponse:
    """These buttons have no page of their own to show a refusal on."""
    text = " ".join(str(error) for errors in form.errors.values() for error in errors)
    status = acts.refused(form)
    title = _("Ce n’est pas possible maintenant")
    context = {"heading": title, "text": text, "status": status, "back": back}
    return show(request, Main("web/ideas/refused.html", context, title=title, status=status))


@require_POST
@readable
@shown_or_gone
def toggle_support(request: Request, code: str) -> HttpResponse:
    """``vers`` says which way, so that two taps are one support and not none."""
    record = get_record_to_act_on(request.viewer, code, *SUPPORTED)
    anchor = "" if record.kind == Kind.COMMENT else "#soutenir"
    back, form = (
        path_back(request, f"{record_path(record.kind, record.code)}{anchor}"),
        forms.Form(request.POST),
    )
    act = _take_back if request.POST.get("vers") == NO else _support
    done = acts.attempt(request, form, partial(act, request, record, back))
    return done or show_refusal(request, form, back)


def _support(request: Request, record: Record, back: str, person: Person, _said: dict[str, Any]) -> str:
    if record.process_id:
        now = request.clock.now()
        refuse_unless_open(record.process_id, Act.SUPPORT, now)
    # Under another identity of hers, her voice is already counted.
    others = [each for each in person_and_claimed(person) if each != person.pk]
    if not (others and Support.objects.filter(record=record, person__in=others).exists()):
        support(record=record, person=person)
    return back


def _take_back(_request: Request, record: Record, back: str, person: Person, _said: dict[str, Any]) -> str:
    mine = Support.objects.filter(record=record, person__in=person_and_claimed(person))
    for each in mine.select_related("person"):
        unsupport(record=record, person=each.person)
    return back


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def follow_record(request: Request, code: str) -> HttpResponse:
    """With an account, at once. Without: an address, or the code alone."""
    record = get_record_for(request.viewer, code)
    back = path_back(request, record_path(record.kind, record.code))
    is_post = request.method == "POST"
    if is_post and request.POST.get("vers") == NO:
        return _stop_following(request, record, back)
    if _can_be_told(request) and is_post:
        return _follow_now(request, record, back)
    # A bare button was tapped: the page that proposes an address is no mistake of hers.
    is_filled = is_post and "email" in request.POST
    form = FollowForm(request.POST if is_filled else None, consent=consent_words(record.authority))
    if is_filled:
        done = acts.attempt(request, form, partial(_follow_by_mail, request, record, back))
        if done is not None:
            messages.success(
                request,
                _("Un message part à cette adresse : ouvrez-le pour confirmer. Rien d’autre ne part avant."),
            )
            return done
    return _follow_page(request, record, form, back)


def _can_be_told(request: Request) -> bool:
    person: Person | None = request.person
    if request.viewer.is_signed_in:
        return True
    return person is not None and bool(addresses_of([person.pk])) and "email" not in request.POST


def _volume(request: Request) -> str:
    volume = request.POST.get("volume", "")
    return volume if volume in Volume.values else Volume.KEY.value


def _follow_now(request: Request, record: Record, back: str) -> HttpResponse:
    def act(person: Person, _said: dict[str, Any]) -> str:
        refuse_unless(Door.FOLLOW, regime_for(request, says_15=True))  # an address of hers is known
        follow(record=record, person=person, volume=_volume(request))
        return back

    form = forms.Form(request.POST)
    done = acts.attempt(request, form, act)
    if done is None:
        return show_refusal(request, form, back)
    messages.success(request, _("C’est suivi. Vous serez tenu au courant des étapes clés."))
    return done


def _stop_following(request: Request, record: Record, back: str) -> HttpResponse:
    person: Person | None = request.person
    if person is not None:
        ids = person_and_claimed(person)
        for each in Follow.objects.filter(record=record, person__in=ids).select_related("person"):
            unfollow(record=record, person=each.person)
    messages.success(request, _("Vous ne suivez plus cette parole."))
    return redirect(back)


def _follow_by_mail(request: Request, record: Record, back: str, person: Person, said: dict[str, Any]) -> str:
    refuse_unless(Door.ADDRESS, regime_for(request, says_15=said["is_15"]), field="is_15")
    spend_an_address(request, said["email"])
    tell_by_mail(
        request, person, record, said["email"], said["volume"] or Volume.KEY, source=ConsentSource.FOLLOWED
    )
    return back


def _follow_page(request: Request, record: Record, form: FollowForm, back: str) -> HttpResponse:
    title = _("Suivre")
    said = record.wording.title if record.wording else ""
    context = {
        "record": record,
        "said": said,
        "form": form,
        "key": uuid4().hex,
        "back": back,
        "ask_parent": at(f"/accord/demander/{record.code}"),
        "title": title,
        "is_signed_in": request.viewer.is_signed_in,
    }
    main = Main("web/ideas/follow.html", context, title=f"{title} · {record.code}", status=acts.refused(form))
    return show(request, main)
