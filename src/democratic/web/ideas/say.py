"""Saying something in one screen, without an account and without a script."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.communities.models import SpeakingMandate
from democratic.kernel.ids import read_code
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.ideas.queries import open_acts, places_in
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import dues_of
from democratic.participation.polls.actions import tie_reason
from democratic.participation.polls.models import Poll
from democratic.participation.polls.queries import poll_named
from democratic.participation.processes.models import Process, Stage
from democratic.participation.processes.queries import get_process_for, get_process_to_act_in, stages_of
from democratic.participation.processes.tool import Act
from democratic.people.ages import Door, is_proposed, may
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.queries.places import official_names
from democratic.web import acts
from democratic.web.ages import regime_for
from democratic.web.formats import day
from democratic.web.ideas.contact import consent_words, spend_an_address, tell_by_mail
from democratic.web.ideas.forms import SayForm
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.in_whose_name import chosen_among, mandates_of
from democratic.web.ideas.intake import readable
from democratic.web.ideas.next_steps import next_steps
from democratic.web.ideas.photo import take_photo, was_sent
from democratic.web.ideas.point import map_to_pick_on, place_at
from democratic.web.ideas.receipts import seal_receipt
from democratic.web.ideas.similar import similar_ideas
from democratic.web.pages import Main, show
from democratic.web.places import at, process_path
from democratic.web.requests import Request

CONFLICT = 409
LOOK = "ressemble"
"""The button of who wants to see what looks like her words first: nothing is sent, nothing is checked."""


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def say(request: Request, slug: str) -> HttpResponse:
    get = get_process_to_act_in if request.method == "POST" else get_process_for
    process = get(request.viewer, slug)
    mandates = mandates_of(request)
    form, poll = _form(request, process, mandates), _asked_by(request, process)
    if request.method == "POST" and LOOK not in request.POST:
        submit = partial(_submit, request, process, mandates, poll)
        done = acts.attempt(request, form, submit, partial(take_photo, request))
        if done is not None:
            _tell_what_was_left_out(request, form)
            return done
    stages = stages_of([process.pk])[process.pk]
    is_open = Act.SUBMIT_IDEA in open_acts(stages, request.clock.now())
    if not is_open:
        return _closed(request, process, stages, form)
    return _page(request, process, stages, form, poll)


def _asked_by(request: Request, process: Process) -> Poll | None:
    """The question after which she says why, when she comes from one of this process."""
    code = read_code(request.GET.get("question", ""))
    return poll_named(request.viewer, code, process.pk) if code else None


def _form(request: Request, process: Process, mandates: Sequence[SpeakingMandate]) -> SayForm:
    person: Person | None = request.person
    signed_in: bool = request.viewer.is_signed_in
    initial: dict[str, Any] = {}
    if signed_in and person:
        named = is_proposed(Door.BYLINE, regime_for(request))
        initial = {"age_band": person.age_band, "byline": person.name if named else ""}
    looks = LOOK in request.POST
    if looks:
        initial |= {name: request.POST[name] for name in SayForm.base_fields if name in request.POST}
    is_sent = request.method == "POST" and not looks
    return SayForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial=initial,
        consent=consent_words(request.authority),
        regime=partial(regime_for, request),
        is_signed_in=signed_in,
        is_for_youth=process.uses_tu,
        mandates=mandates,
    )


def _submit(
    request: Request,
    process: Process,
    mandates: Sequence[SpeakingMandate],
    poll: Poll | None,
    person: Person,
    said: dict[str, Any],
) -> str:
    regime = regime_for(request, said["age_band"])
    email = said.get("email", "").strip() if may(Door.ADDRESS, regime) else ""
    if email:
        spend_an_address(request, email)
    point, place = said["point"], said["place"]
    if point is not None:
        place = place_at(request.authority, point, place)
    receipt = submit_idea(
        process=process,
        author=person,
        words=Words(
            text=said["text"],
            language=get_language() or "fr",
            byline=said["byline"] if may(Door.BYLINE, regime) else "",
        ),
        place=place if may(Door.PLACE, regime) else "",
        point=point if may(Door.PLACE, regime) else None,
        age_band=said["age_band"],
        photo=said["photo"],
        speaks_for=chosen_among(mandates, said),
        clock=request.clock,
    )
    record = receipt.idea.record
    if poll is not None:
        tie_reason(poll=poll, said=record, clock=request.clock)
    if email:
        tell_by_mail(request, person, record, email)
    token = seal_receipt(record.code, receipt.claim_secret, now=record.recorded_at)
    return at(f"/recu/{record.code}/{token}")


def _tell_what_was_left_out(request: Request, form: SayForm) -> None:
    """Nothing is dropped in silence."""
    said = form.cleaned_data
    regime = regime_for(request, said["age_band"])
    asked = {Door.BYLINE: "byline", Door.PLACE: "place", Door.ADDRESS: "email"}
    was_given = {door for door, field in asked.items() if said.get(field, "").strip()}
    if said.get("point"):
        was_given.add(Door.PLACE)
    if any(not may(door, regime) for door in was_given):
        messages.info(
            request,
            _("Vos mots sont publiés seuls : ni nom, ni lieu, ni adresse, c’est la règle avant 15 ans."),
        )
    if was_sent(request) and not may(Door.PHOTO, regime):
        messages.info(
            request,
            _("Vos mots sont publiés sans la photo, qui n’a pas été gardée : c’est la règle avant 15 ans."),
        )


def _page(
    request: Request, process: Process, stages: Sequence[Stage], form: SayForm, poll: Poll | None
) -> HttpResponse:
    title, today = _("Dire une idée"), timezone.localtime(request.clock.now()).date()
    due = dues_of([process.pk], today).get((process.pk, Owed.ANSWER))
    context = {
        "process": process,
        "title": title,
        "asks": process.record.spoken(process.asks),
        "question": poll.record.title if poll else "",
        "trail": [(_title(process), process_path(process.slug)), (title, "")],
        "form": form,
        "key": uuid4().hex,
        "notice": at("/mineurs"),
        "holds": process.holds_first_words,
        "draft": f"dire-{process.slug}",
        "places": _proposed(request, process),
        "pick": map_to_pick_on(request.authority),
        "similar_action": process_path(process.slug, LOOK) if settings.SIMILAR_IDEAS else "",
        "similar": _similar(request, process),
        "is_asked": LOOK in request.POST,
        "steps": next_steps(process, stages, due.due_on if due else None, today),
    }
    return show(
        request,
        Main(
            "web/ideas/say.html",
            context,
            title=_("%(title)s · %(process)s") % {"title": title, "process": _title(process)},
            section="participate",
            status=acts.refused(form),
        ),
    )


def _proposed(request: Request, process: Process) -> list[str]:
    """The authority's own places first, then what others said here."""
    return list(dict.fromkeys([*official_names(request.authority), *places_in(process)]))


def _similar(request: Request, process: Process) -> list[dict[str, Any]]:
    if LOOK not in request.POST:
        return []
    return similar_ideas(
        request, process, request.POST.get("text", ""), back=process_path(process.slug, "dire")
    )


def _closed(request: Request, process: Process, stages: Sequence[Stage], form: SayForm) -> HttpResponse:
    """When it was open, what became of it; and what was typed is given back, to be copied."""
    stage = next((stage for stage in stages if Act.SUBMIT_IDEA in stage.allows), None)
    is_ahead = stage is not None and request.clock.now() < stage.opens_at
    title = _("La parole n’est pas encore ouverte") if is_ahead else _("On ne peut plus rien dire ici")
    context = {
        "process": process,
        "title": title,
        "trail": [(_title(process), process_path(process.slug)), (_("Dire une idée"), "")],
        "opens_on": day(stage.opens_at) if stage else "",
        "closes_on": day(stage.closes_at - timedelta(microseconds=1)) if stage else "",
        "is_ahead": is_ahead,
        "typed": form.data.get("text", "") if form.is_bound else "",
        "ideas": process_path(process.slug, "idees"),
    }
    status = CONFLICT if form.is_bound else 200
    main = Main("web/ideas/say_closed.html", context, title=title, section="participate", status=status)
    return show(request, main)


def _title(process: Process) -> str:
    return process.record.wording.title if process.record.wording else process.slug
