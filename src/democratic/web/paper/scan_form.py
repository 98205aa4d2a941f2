"""Scanned sheets as they are sent: several files at once, with what is typed in the grid."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ACCEPT_SCANS = "application/pdf,image/jpeg,image/png,image/tiff"


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:  # noqa: ARG002
        found: list[Any] = files.getlist(name) if hasattr(files, "getlist") else []
        return found


class SentFiles(forms.FileField):
    """Several; what they are is looked at later, by the program that reads them."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002
        found = [each for each in (data if isinstance(data, list) else [data]) if each]
        if not found:
            raise forms.ValidationError(gettext("Choisissez le fichier à envoyer."), code="required")
        return found


class ScanForm(forms.Form):
    scans = SentFiles(
        label=_("Les feuilles numérisées"),
        widget=ManyFiles(attrs={"accept": ACCEPT_SCANS, "multiple": True, "form": "grille"}),
        help_text=_(
            "Un PDF, ou une photo par feuille (JPEG, PNG, TIFF). 11 Mo par envoi, 60 feuilles par lot."
        ),
    )
