"""The confirmation: a code to keep, who answers and before when, and the key that is shown once."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.kernel.spoken import alike
from democratic.participation.ideas.holding import read_by
from democratic.participation.ideas.models import Idea
from democratic.participation.ideas.queries import process_of
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import dues_of
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import stages_of
from democratic.people.ages import Door, may
from democratic.people.models import AgeBand
from democratic.people.queries import addresses_of
from democratic.thread.models import Kind, Record, Visibility
from democratic.thread.queries import get_record_for
from democratic.thread.rules import records_in_reach
from democratic.web import words
from democratic.web.ages import regime_for
from democratic.web.formats import day, hour
from democratic.web.ideas.contact import consent_words
from democratic.web.ideas.forms import FollowForm
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.next_steps import next_steps
from democratic.web.ideas.phrases import sentence, shown_words
from democratic.web.ideas.receipts import open_receipt
from democratic.web.ideas.similar import similar_to_record
from democratic.web.pages import Main, show_once
from democratic.web.places import at, elsewhere, fil_path
from democratic.web.requests import Request
from democratic.web.sentences import together


@require_safe
@shown_or_gone
def receipt(request: Request, code: str, token: str) -> HttpResponse:
    now = request.clock.now()
    opened = open_receipt(code, token, now=now)
    if opened is None:
        raise Http404
    record = _said(request, code)
    if record.process_id is None:
        raise Http404
    process, today = process_of(record.process_id), timezone.localtime(now).date()
    stages = stages_of([process.pk])[process.pk]
    due = dues_of([process.pk], today).get((process.pk, Owed.ANSWER))
    context = {
        "process": process,
        "received": _received(record),
        "title": _thanks(process, record),
        "ticket": _ticket(request, record, process, due.due_on if due else None),
        "steps": next_steps(process, stages, due.due_on if due else None, today),
        "secret": opened.secret,
        "read_before": day(read_by(record)) if record.visibility == Visibility.HELD else "",
        "draft": f"dire-{process.slug}",
        "fil": fil_path(code),
        "similar": similar_to_record(request, process, record),
        **_contact(request, record),
    }
    title = _("Confirmation %(code)s") % {"code": code}
    return show_once(request, Main("web/ideas/receipt.html", context, title=title, section="participate"))


def _said(request: Request, code: str) -> Record:
    """What waits to be read too: the address of a receipt is known to its author alone."""
    held = records_in_reach(request.viewer).filter(code=code, kind=Kind.IDEA, visibility=Visibility.HELD)
    found = held.select_related("wording", "authority", "process").first()
    return found or get_record_for(request.viewer, code, Kind.IDEA)


def _received(record: Record) -> str:
    moment = timezone.localtime(record.recorded_at)
    return _("Reçu le %(day)s à %(hour)s") % {"day": day(moment, "weekday"), "hour": hour(moment)}


def _thanks(process: Process, record: Record) -> str:
    name = record.byline.split(",")[0].strip()
    if process.uses_tu:
        return (
            _("Merci %(name)s. On te doit une réponse.") % {"name": name}
            if name
            else _("Merci. On te doit une réponse.")
        )
    if name:
        return _("Merci %(name)s. On vous doit une réponse.") % {"name": name}
    return _("Merci. On vous doit une réponse.")


def _ticket(request: Request, record: Record, process: Process, due_on: date | None) -> dict[str, Any]:
    title = process.record.wording.title if process.record.wording else ""
    url = elsewhere(request.authority, at(f"/{record.code}"))
    how = sentence(_("dite %(how)s") % {"how": words.ORIGINS[record.origin]})
    facts = [
        (_("Réponse due avant le"), day(due_on) if due_on else _("date à venir")),
        (_("Par"), process.mandate.answerer.name),
        (_("Montrée avec"), record.byline or _("vos mots seuls, sans nom")),
    ]
    if process.uses_tu and not record.byline:
        facts[-1] = (_("Montrée avec"), _("tes mots seuls, sans nom"))
    return {
        "where": together(" · ", record.authority.name, title),
        "code": record.code,
        "said": alike(" ".join(part for part in shown_words(record.wording) if part), record.text),
        "origin": record.origin,
        "origin_label": f"{how}, {record.place}" if record.place else how,
        "url": url,
        "address": url.split("://", 1)[-1],
        "facts": facts,
    }


def _contact(request: Request, record: Record) -> dict[str, Any]:
    """How to be told: nothing to leave for who has an account, left an address, or is under 15."""
    person = request.person
    signed_in = request.viewer.is_signed_in
    left = bool(person and not signed_in and addresses_of([person.pk]))
    age_band = Idea.objects.filter(pk=record.pk).values_list("age_band", flat=True).first()
    is_of_age = may(Door.ADDRESS, regime_for(request, age_band or AgeBand.UNSAID))
    may_leave = not signed_in and not left and is_of_age
    consent = consent_words(record.authority)
    return {
        "has_left_address": left,
        "is_signed_in": signed_in,
        "ask_parent": "" if is_of_age or signed_in else at(f"/accord/demander/{record.code}"),
        "follow_form": FollowForm(consent=consent) if may_leave else None,
        "follow_action": at(f"/suivre/{record.code}"),
    }
