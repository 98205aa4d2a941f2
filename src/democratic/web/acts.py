"""From a form to an action and back: one way for every page that writes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from democratic.kernel.idempotency import once
from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import Refusal
from democratic.people.models import Person
from democratic.web.guests import network_of, person_for_act, remember_guest
from democratic.web.requests import Request
from democratic.web.uploads import ask_again

# A whole school shares one address: the network's limit is wide, each person's is narrow.
WRITES_OF_A_PERSON = Limit("writes-of-person", 60, 600)
_REFUSED = "refused_status"
WRITES_OF_A_NETWORK = Limit("writes-of-network", 3000, 600)


def spend_a_write(request: Request) -> None:
    """Hers first: what is refused to one who goes too fast takes nothing from those around her."""
    if request.person is not None:
        spend(WRITES_OF_A_PERSON, str(request.person.pk))
    spend(WRITES_OF_A_NETWORK, network_of(request))


def attempt(
    request: Request,
    form: forms.Form,
    act: Callable[[Person, dict[str, Any]], str],
    prepare: Callable[[dict[str, Any]], None] | None = None,
    *,
    welcome: Callable[[Request], Person] = person_for_act,
) -> HttpResponseRedirect | None:
    """Validate, act once in one transaction, and go where ``act`` says; None leaves the form, all kept.

    ``prepare`` does before the transaction what is long and may be done twice without harm: to take a file.

    ``welcome``: who acts, when it is not whoever this browser is known as.

    The hidden field ``key`` makes a form that is sent twice show its first result; sent to another page
    it is another form, and refused.
    """
    if not form.is_valid():
        ask_again(form)
        return None
    try:
        spend_a_write(request)
        if prepare is not None:
            prepare(form.cleaned_data)
        # The key is random and hidden in the form itself: it tells apart two guests who have no cookie yet.
        location = once(
            sender="form",
            key=request.POST.get("key", ""),
            fields={**dict(form.data.items()), "to": request.path},
            act=lambda: act(welcome(request), form.cleaned_data),
        )
    except Refusal as refusal:
        refused_by(form, refusal)
        ask_again(form)
        return None
    response = redirect(location)
    remember_guest(request, response)
    return response


def refused_by(form: forms.Form, refusal: Refusal) -> None:
    """The form says why, beside the field at fault, with the refusal's own status."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    setattr(form, _REFUSED, refusal.status)


def refused(form: forms.Form) -> int:
    """The status of a page that shows a refused form: 200 when it is shown first, else what was refused."""
    return getattr(form, _REFUSED, 400) if form.is_bound else 200


def respond_to_refusal(refusal: Refusal) -> HttpResponse:
    return HttpResponse(str(refusal.message), status=refusal.status, content_type="text/plain; charset=utf-8")
