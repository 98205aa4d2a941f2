"""Where a meeting can be seen again, its chapters, and what was said word by word: the pages of who takes the notes."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from civics.captions.chapters import write_chapters
from civics.captions.webvtt import MOST_BYTES, Captions, Why, decode, read_captions
from democratic.kernel.ids import uuid7
from democratic.kernel.refusals import Refusal
from democratic.participation.meetings.minutes.actions import (
    change_chapters,
    give_transcript,
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
from democratic.web.desk.forms.fields import Written, text_field
from democratic.web.formats import number
from democratic.web.minutes.access import for_writers, page_of
from democratic.web.minutes.page import trail_of
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request
from democratic.web.uploads import SentFile


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M:%S", attrs={"step": "1"})


def _moment_field(label: Any, **more: Any) -> forms.DateTimeField:
    formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"]
    return forms.DateTimeField(label=label, widget=MomentInput(), input_formats=formats, **more)


class RecordingForm(forms.Form):
    url = Written(
        label=gettext_lazy("Adresse de l’enregistrement"),
        max_length=400,
        help_text=gettext_lazy("PeerTube, ou tout autre lieu : nous gardons l’adresse, jamais l’image."),
    )
    label = Written(label=gettext_lazy("Comment l’appeler"), max_length=120, required=False)
    starts_at = _moment_field(
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


class CaptionsForm(forms.Form):
    file = SentFile(
        label=gettext_lazy("Fichier de sous-titres"),
        accept=".vtt,.srt,text/vtt",
        help_text=gettext_lazy("WebVTT ou SubRip, 6 Mo au plus."),
    )
    starts_at = _moment_field(
        gettext_lazy("Quand commence l’enregistrement"),
        help_text=gettext_lazy("L’heure de la première seconde du fichier."),
    )

    def clean_file(self) -> Captions:
        sent = self.cleaned_data.get("file")
        if not isinstance(sent, UploadedFile):
            raise forms.ValidationError(_("Choisissez un fichier."))
        if sent.size is None or sent.size > MOST_BYTES:
            raise forms.ValidationError(_("Ce fichier dépasse 6 Mo : coupez-le en deux."))
        captions = read_captions(decode(sent.read()))
        if not captions.cues:
            raise forms.ValidationError([_("Aucune ligne n’a pu être lue."), *_problems(captions)])
        return captions


_WHY = {
    Why.NO_TIME: gettext_lazy("pas d’heure"),
    Why.BAD_TIME: gettext_lazy("heure que l’on ne sait pas lire"),
    Why.ENDS_BEFORE: gettext_lazy("finit avant de commencer, ou dure plus d’un jour"),
    Why.EMPTY: gettext_lazy("rien n’y est dit"),
}


def _problems(captions: Captions) -> list[str]:
    """Each line that could not be read, by its number; then that there are more."""
    told = [
        _("Ligne %(n)d : %(why)s.") % {"n": problem.line, "why": _WHY[problem.why]}
        for problem in captions.problems
    ]
    if left := captions.wrong - len(captions.problems):
        told.append(ngettext("Et une autre ligne.", "Et %(n)s autres lignes.", left) % {"n": number(left)})
    if captions.is_cut:
        told.append(_("Le fichier est plus long que ce qui est lu : les 20 000 premières lignes."))
    return told


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
        "form": adding or RecordingForm(initial={"starts_at": _local(meeting, meeting.opened_at)}),
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


def _local(meeting: Meeting, moment: datetime | None) -> datetime | None:
    return moment.astimezone(ZoneInfo(meeting.record.authority.time_zone)) if moment else None


@require_http_methods(["GET", "POST"])
@for_writers
def captions(request: Request, meeting: Meeting) -> HttpResponse:
    first = next(iter(recordings_of(meeting)), None)
    begins = first.starts_at if first and first.starts_at else meeting.opened_at
    form = CaptionsForm(
        request.POST or None, request.FILES or None, initial={"starts_at": _local(meeting, begins)}
    )

    def act(_person: Person, cleaned: dict[str, Any]) -> str:
        n = give_transcript(
            meeting=meeting, captions=cleaned["file"], starts_at=cleaned["starts_at"], clock=request.clock
        )
        told = ngettext("%(n)s ligne est ajoutée.", "%(n)s lignes sont ajoutées.", n) % {"n": number(n)}
        messages.success(request, told if n else _("Tout y était déjà : rien n’est ajouté."))
        for problem in _problems(cleaned["file"]):
            messages.warning(request, problem)
        return page_of(meeting, "transcription")

    if request.method == "POST":
        done = acts.attempt(request, form, act)
        if done is not None:
            return done
    context = {
        "prefix": at(""),
        "trail": trail_of(
            meeting, _("Déposer une transcription"), (_("Écrire"), page_of(meeting, "compte-rendu/ecrire"))
        ),
        "meeting_title": title_of(meeting.record),
        "form": form,
        "key": request.POST.get("key") or uuid7().hex,
        "whole_url": page_of(meeting, "transcription"),
    }
    title = _("Déposer une transcription")
    return show(
        request,
        Main("web/minutes/captions.html", context, title, section="agenda", status=acts.refused(form)),
    )
