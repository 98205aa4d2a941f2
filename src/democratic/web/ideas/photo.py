"""One photo with what one says: never asked of who is under 15, or did not say; described, and agreed to."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from democratic.thread.actions.attachments import ALTERNATIVE_LIMIT
from democratic.web.ideas.typed import Typed, too_long
from democratic.web.requests import Request
from democratic.web.uploads import ACCEPT_PHOTOS, SentFile, take_file

# Where the young are asked to speak, no face is shown, whoever agreed.
NOBODY_ON_IT = _("On ne reconnaît personne sur la photo.")


class PhotoFields(forms.Form):
    """Mixed into a form that asks the age first. ``keeps_photo`` says what was decided with it."""

    file = SentFile(
        accept=ACCEPT_PHOTOS,
        label=_("Une photo"),
        help_text=_(
            "JPEG, PNG ou WebP, 10 Mo au plus. Le lieu, l’heure et l’appareil qu’elle contient sont effacés."
        ),
    )
    file_alt = Typed(
        label=_("Ce que montre la photo"),
        required=False,
        max_length=ALTERNATIVE_LIMIT,
        help_text=_("En une phrase, pour les personnes qui ne la voient pas. Demandé avec une photo."),
        error_messages=too_long(ALTERNATIVE_LIMIT),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    file_agreed = forms.BooleanField(
        required=False,
        label=_("Les personnes que l’on reconnaît sur la photo sont d’accord pour qu’elle soit publiée."),
    )

    def may_keep_photo(self, said: dict[str, Any]) -> bool:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("file") is None:
            return said
        if not self.may_keep_photo(said):
            said["file"] = None  # not looked at, not kept: the page says so
            return said
        if not said.get("file_alt", "").strip() and "file_alt" not in self.errors:
            self.add_error("file_alt", _("Décrivez la photo en une phrase : tout le monde ne la voit pas."))
        if not said.get("file_agreed"):
            self.add_error(
                "file_agreed", _("Cochez cette case, ou choisissez une photo où l’on ne reconnaît personne.")
            )
        return said


def take_photo(request: Request, said: dict[str, Any]) -> None:
    """Before the act: ``said["photo"]`` is what it may show, or None."""
    said["photo"] = take_file(request, said["file"], said["file_alt"])


def was_sent(request: HttpRequest) -> bool:
    return "file" in request.FILES
