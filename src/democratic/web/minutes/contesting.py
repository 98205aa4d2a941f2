"""Who was there asks for a correction; whoever writes answers it, with a reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from democratic.kernel.ids import uuid7
from democratic.kernel.refusals import NotAllowed, Refusal
from democratic.participation.meetings.minutes.actions import answer_amendment, ask_amendment
from democratic.participation.meetings.minutes.models import Amendment, MinutesBlock
from democratic.participation.meetings.minutes.queries import (
    amendment_of,
    amendments_by,
    amendments_to_answer,
    blocks_of,
    latest_shown,
)
from democratic.participation.meetings.minutes.rules import is_contestable, was_there
from democratic.participation.meetings.models import Meeting
from democratic.participation.reports.home import title_of
from democratic.people.models import Person
from democratic.web import acts
from democratic.web.desk.forms.fields import Written, text_field
from democratic.web.formats import day
from democratic.web.minutes.access import for_writers, meeting_at, page_of
from democratic.web.minutes.page import state_of, trail_of
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request

TAKE, REFUSE = "take", "refuse"


class AskForm(forms.Form):
    block = forms.ChoiceField(label=gettext_lazy("Sur quel passage"), required=False)
    text = text_field(gettext_lazy("Ce qu’il faudrait écrire"), rows=5, max_length=1_000)

    def __init__(self, blocks: list[MinutesBlock], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        passages = [(str(b.rank), f"{b.rank}. {' '.join(b.text.split())[:80]}") for b in blocks]
        self.fields["block"].choices = [("", _("L’ensemble du compte rendu")), *passages]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    reason = Written(
        label=gettext_lazy("La raison, publique"),
        max_length=300,
        help_text=gettext_lazy("Elle ne nomme personne et ne répète pas ce qui est demandé."),
    )


@require_http_methods(["GET", "POST"])
def ask(request: Request, code: str) -> HttpResponse:
    """Nobody new is welcomed here: who was there is known by the browser that she came with, or by her account."""
    meeting = meeting_at(request, code)
    last = latest_shown(meeting)
    if last is None:
        raise Http404
    is_open = is_contestable(last, request.clock.now())
    is_hers = request.person is not None and was_there(meeting, request.person)
    blocks = blocks_of([last])[last.pk]
    form = AskForm(blocks, request.POST or None, initial={"block": request.GET.get("passage", "")})

    def act(_person: Person, cleaned: dict[str, Any]) -> str:
        if request.person is None:
            raise NotAllowed(_("Seules les personnes qui ont pris part à la rencontre peuvent le demander."))
        rank = int(cleaned["block"]) if cleaned["block"] else None
        ask_amendment(
            minutes=last, block_rank=rank, person=request.person, text=cleaned["text"], clock=request.clock
        )
        return page_of(meeting, "compte-rendu/contester")

    if request.method == "POST":
        done = acts.attempt(request, form, act, welcome=_whoever_it_is)
        if done is not None:
            messages.success(request, _("Votre demande est reçue. Sa réponse paraîtra ici, avec sa raison."))
            return done
    context = {
        "prefix": at(""),
        "trail": trail_of(
            meeting, _("Demander une correction"), (_("Compte rendu"), page_of(meeting, "compte-rendu"))
        ),
        "meeting_title": title_of(meeting.record),
        "state": state_of(last, request.clock.now()),
        "is_open": is_open,
        "is_hers": is_hers,
        "form": form,
        "key": request.POST.get("key") or uuid7().hex,
        "hers": [_hers(each) for each in amendments_by(meeting, request.person)] if request.person else [],
    }
    title = _("Demander une correction")
    return show(
        request, Main("web/minutes/contest.html", context, title, section="agenda", status=acts.refused(form))
    )


def _whoever_it_is(request: Request) -> Person:
    """Never a new guest: nobody becomes someone who was there by asking."""
    if request.person is None:
        raise NotAllowed(_("Seules les personnes qui ont pris part à la rencontre peuvent le demander."))
    return request.person


def _hers(amendment: Amendment) -> dict[str, Any]:
    return {
        "text": amendment.text,
        "about": _about(amendment),
        "on": day(amendment.asked_at),
        "state": amendment.get_state_display(),
        "reason": amendment.reason,
    }


def _about(amendment: Amendment) -> str:
    if amendment.block_rank is None:
        return _("L’ensemble, version %(v)d") % {"v": amendment.minutes.version}
    return _("Passage %(n)d, version %(v)d") % {"n": amendment.block_rank, "v": amendment.minutes.version}


@require_http_methods(["GET", "POST"])
@for_writers
def answer(request: Request, meeting: Meeting) -> HttpResponse:
    form = AnswerForm(request.POST or None)

    def act(_person: Person, cleaned: dict[str, Any]) -> str:
        is_taken = request.POST.get("do") == TAKE
        answer_amendment(
            amendment=_asked(request, meeting),
            is_taken=is_taken,
            reason=cleaned["reason"],
            clock=request.clock,
        )
        return page_of(meeting, f"compte-rendu/{'ecrire' if is_taken else 'corrections'}")

    if request.method == "POST":
        done = acts.attempt(request, form, act)
        if done is not None:
            told = (
                _("Retenue : corrigez le passage dans la nouvelle version, puis proposez-la.")
                if request.POST.get("do") == TAKE
                else _("La réponse est publique, avec sa raison.")
            )
            messages.success(request, told)
            return done
    return _show_answers(request, meeting, form)


def _asked(request: Request, meeting: Meeting) -> Amendment:
    try:
        found = amendment_of(meeting, UUID(request.POST.get("amendment", "")))
    except ValueError:
        found = None
    if found is None or request.POST.get("do") not in (TAKE, REFUSE):
        raise Refusal(_("Choisissez une demande, et sa réponse."))
    return found


def _show_answers(request: Request, meeting: Meeting, form: AnswerForm) -> HttpResponse:
    waiting, total = amendments_to_answer(meeting)
    blocks = blocks_of({each.minutes for each in waiting})
    texts = {(pk, block.rank): block.text for pk, some in blocks.items() for block in some}
    sent = request.POST.get("amendment")
    context = {
        "prefix": at(""),
        "trail": trail_of(
            meeting, _("Corrections demandées"), (_("Écrire"), page_of(meeting, "compte-rendu/ecrire"))
        ),
        "meeting_title": title_of(meeting.record),
        "total": total,
        "rows": [
            {
                "id": each.pk,
                "about": _about(each),
                "on": day(each.asked_at),
                "text": each.text,
                "now": texts.get((each.minutes_id, each.block_rank or 0), ""),
                "form": form if sent == str(each.pk) else AnswerForm(auto_id=f"id_{each.pk}_%s"),
                "key": uuid7().hex,
            }
            for each in waiting
        ],
    }
    title = _("Corrections demandées")
    return show(
        request,
        Main("web/minutes/amendments.html", context, title, section="agenda", status=acts.refused(form)),
    )
