"""The outline and the municipalities: a file, and a list that one pastes."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from civics.territory.communes_file import MOST_SIGNS, decoded
from democratic.web.desk.forms.fields import text_field
from democratic.web.uploads import SentFile


class OutlineForm(forms.Form):
    outline = SentFile(
        label=_("Le fichier GeoJSON"),
        accept=".geojson,.json,application/geo+json",
        help_text=_(
            "Vos communes ou votre contour, en degrés (EPSG:4326), 5 Mo au plus. L’IGN et data.gouv.fr les donnent."
        ),
    )


class CommunesForm(forms.Form):
    communes = text_field(
        _("Une commune par ligne"),
        rows=8,
        max_length=MOST_SIGNS,
        required=False,
        help_text=_(
            "Code Insee, nom, code postal, séparés par des points-virgules : « 01004;Ambérieu;01500 »."
        ),
    )
    sheet = SentFile(
        label=_("Ou un fichier CSV"),
        accept=".csv,text/csv,text/plain",
        help_text=_("Les mêmes colonnes, avec ou sans ligne de titres."),
    )

    def clean(self) -> dict[str, Any]:
        """A sheet is in the place of what is typed, and shown as if it had been."""
        cleaned: dict[str, Any] = super().clean() or {}
        sheet: UploadedFile | None = cleaned.get("sheet")
        if sheet is not None:
            cleaned["communes"] = decoded(sheet.read(2 * MOST_SIGNS))
        return cleaned
