"""Where a meeting can be seen again, its chapters, and what was said word by word: the pages of who takes the notes."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from civics.captions.chapters import write_chapters
from democratic.kernel.ids import uuid7
from democratic.kernel.refusals import Refusal
from democratic.participation.meetings.minutes.actions import (
    change_chapters,
    show_recording,
    withdraw_recording,
)
from democratic.participation.meetings.minutes.actions.recording import as_chapters
from democratic.participation.meetings.minutes.marks import mark_of_text
from democratic.participation.meetings.minutes.models import Recording
from democratic.participation.meetings.minutes.queries import recordings_of
from democratic.participation.meetings.models import Meeting
from democratic.participation.reports.home import title_of
from democratic.people.models import Person
from democratic.web import acts
from democratic.web.desk.forms.fields import Address, Written, text_field
from democratic.web.minutes.access import for_writers, page_of
from democratic.web.minutes.moment_fields import local_moment, moment_field
from democratic.web.minutes.page import trail_of
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request


class RecordingForm(forms.Form):
    url = Address(
        label=gettext_lazy("Adresse de l’enregistrement"),
        max_length=400,
        assume_scheme="https",
        help_text=gettext_lazy("PeerTube, ou tout autre lieu : nous gardons l’adresse, jamais l’image."),
    )
    label = Written(label=gettext_lazy("Comment l’appeler"), max_length=120, required=False)
    starts_at = moment_field(
        gettext_lazy("Quand il commence"),
        required=False,
        help_text=gettext_lazy("À la seconde près : les chapitres et la transcription s’y rapportent."),
    )


class ChaptersForm(forms.Form):
    chapters = text_field(
        gettext_lazy("Chapitres"),
        rows=6,
        max_length=20_000,
        required=False,
        help_text=gettext_lazy("Un par ligne : un temps, un titre. « 1:02:30 Le dernier bus »."),
    )


class WithdrawForm(forms.Form):
    reason = Written(label=gettext_lazy("Pourquoi le retirer"), max_length=300)


@require_http_methods(["GET", "POST"])
@for_writers
def recordings(request: Request, meeting: Meeting) -> HttpResponse:
    found, here = recordings_of(meeting), page_of(meeting, "enregistrements")
    do = request.POST.get("do", "")
    kinds: dict[str, type[forms.Form]] = {
        "add": RecordingForm,
        "chapters": ChaptersForm,
        "withdraw": WithdrawForm,
    }
    form = kinds.get(do, forms.Form)(request.POST)

    def act(_person: Person, cleaned: dict[str, Any]) -> str:
        if do == "add":
            show_recording(meeting=meeting, clock=request.clock, **cleaned)
        elif do == "chapters":
            seen = request.POST.get("seen", "")
            change_chapters(recording=_named(request, found), text=cleaned["chapters"], seen=seen)
        elif do == "withdraw":
            withdraw_recording(
                recording=_named(request, found), reason=cleaned["reason"], clock=request.clock
            )
        else:
            raise Refusal(_("Choisissez ce qui est à faire."))
        return here

    if request.method == "POST":
        done = acts.attempt(request, form, act)
        if done is not None:
            messages.success(request, _("C’est fait."))
            return done
    return _show(request, meeting, found, do, form if request.method == "POST" else None)


def _named(request: Request, found: list[Recording]) -> Recording:
    try:
        wanted = UUID(request.POST.get("recording", ""))
    except ValueError:
        wanted = None
    named = next((each for each in found if each.pk == wanted), None)
    if named is None:
        raise Refusal(_("Cet enregistrement n’est plus là."))
    return named


def _show(
    request: Request, meeting: Meeting, found: list[Recording], do: str, sent: forms.Form | None
) -> HttpResponse:
    at_fault = request.POST.get("recording", "") if sent else ""
    adding = sent if do == "add" else None
    context = {
        "prefix": at(""),
        "trail": trail_of(
            meeting, _("Enregistrements"), (_("Écrire"), page_of(meeting, "compte-rendu/ecrire"))
        ),
        "meeting_title": title_of(meeting.record),
        "form": adding or RecordingForm(initial={"starts_at": local_moment(meeting, meeting.opened_at)}),
        "key": uuid7().hex,
        "rows": [
            {
                "id": each.pk,
                "label": each.label or each.url,
                "url": each.url,
                "key": uuid7().hex,
                "seen": mark_of_text(str(each.chapters)),
                "chapters": sent
                if sent and do == "chapters" and at_fault == str(each.pk)
                else ChaptersForm(
                    initial={"chapters": write_chapters(as_chapters(each))}, auto_id=f"id_{each.pk}_%s"
                ),
                "withdraw": sent
                if sent and do == "withdraw" and at_fault == str(each.pk)
                else WithdrawForm(auto_id=f"id_{each.pk}_%s"),
            }
            for each in found
        ],
    }
    title = _("Enregistrements et chapitres")
    status = acts.refused(sent) if sent else 200
    return show(request, Main("web/minutes/recordings.html", context, title, section="agenda", status=status))
