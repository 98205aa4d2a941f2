"""What was said word by word, given as a file of captions by who takes the notes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from civics.captions.webvtt import MOST_BYTES, Captions, Why, decode, read_captions
from democratic.kernel.ids import uuid7
from democratic.participation.meetings.minutes.actions import (
    give_transcript,
)
from democratic.participation.meetings.minutes.queries import recordings_of
from democratic.participation.meetings.models import Meeting
from democratic.participation.reports.home import title_of
from democratic.people.models import Person
from democratic.web import acts
from democratic.web.formats import number
from democratic.web.minutes.access import for_writers, page_of
from democratic.web.minutes.moment_fields import local_moment, moment_field
from democratic.web.minutes.page import trail_of
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request
from democratic.web.uploads import SentFile


class CaptionsForm(forms.Form):
    file = SentFile(
        label=gettext_lazy("Fichier de sous-titres"),
        accept=".vtt,.srt,text/vtt",
        help_text=gettext_lazy("WebVTT ou SubRip, 6 Mo au plus."),
    )
    starts_at = moment_field(
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
def captions(request: Request, meeting: Meeting) -> HttpResponse:
    first = next(iter(recordings_of(meeting)), None)
    begins = first.starts_at if first and first.starts_at else meeting.opened_at
    form = CaptionsForm(
        request.POST or None, request.FILES or None, initial={"starts_at": local_moment(meeting, begins)}
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
