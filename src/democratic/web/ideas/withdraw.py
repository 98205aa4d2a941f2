"""Taking back what one said: by its author, after a page that says what stays."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.ideas.actions import take_back_idea
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import withdraw_own
from democratic.thread.models import Comment, Kind, Record
from democratic.thread.queries import get_record_for
from democratic.web import acts
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import readable
from democratic.web.ideas.phrases import shown_words
from democratic.web.pages import Main, show
from democratic.web.places import process_path, record_path
from democratic.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def withdraw_idea(request: Request, code: str) -> HttpResponse:
    record = _own(request, code, Kind.IDEA)
    slug = record.process.as_process.slug if record.process else ""
    return _withdraw(request, record, after=process_path(slug, "idees"))


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def withdraw_comment(request: Request, code: str) -> HttpResponse:
    record = _own(request, code, Kind.COMMENT)
    subject = Comment.objects.select_related("subject").get(pk=record.pk).subject
    return _withdraw(request, record, after=record_path(subject.kind, subject.code))


def _own(request: Request, code: str, kind: Kind) -> Record:
    """Under whichever identity she said it; another's is not found here at all."""
    record = get_record_for(request.viewer, code, kind)
    person: Person | None = request.person
    if person is None or record.author_id not in person_and_claimed(person):
        raise Http404
    return record


def _withdraw(request: Request, record: Record, *, after: str) -> HttpResponse:
    def act(_person: Person, _said: dict[str, Any]) -> str:
        take_back = withdraw_own if record.kind == Kind.COMMENT else take_back_idea
        take_back(record=record, clock=request.clock)
        return after

    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = acts.attempt(request, form, act)
        if done is not None:
            messages.success(request, _("C’est retiré. Une ligne publique reste, sans vos mots."))
            return done
    title = _("Retirer cette parole")
    is_comment = record.kind == Kind.COMMENT
    said = record.wording.text if is_comment and record.wording else shown_words(record.wording)[0]
    context = {
        "record": record,
        "said": said,
        "title": title,
        "form": form,
        "key": uuid4().hex,
        "action": "",
        "back": after if is_comment else record_path(record.kind, record.code),
    }
    main = Main("web/ideas/withdraw.html", context, title=title, status=acts.refused(form))
    return show(request, main)
