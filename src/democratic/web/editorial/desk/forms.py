"""What who writes pages and news fills in."""

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from democratic.thread.models import Kind
from democratic.web.desk.forms.fields import Slug, Written, day_field, text_field
from democratic.web.uploads import ACCEPT_FILES, SentFile

LONGEST_SLUG = 80
SHORT_ADDRESS = "short_address"  # any six signs look like a code: no page of ours


def is_taken_by_the_product(slug: str) -> bool:
    """Whether a page of the platform stands there, or under it: nothing may be taken for it."""
    with override("fr"):
        for path in (f"/{slug}", f"/{slug}/x"):
            try:
                found = resolve(path)
            except Resolver404:
                continue
            if found.url_name != SHORT_ADDRESS:
                return True
    return False


class WritingForm(forms.Form):
    title = Written(label=_("Titre"))
    slug = Slug(
        label=_("Adresse"),
        max_length=LONGEST_SLUG,
        required=False,
        help_text=_(
            "Pour une page : /pages/votre-adresse. Si vous la changez plus tard, l’ancienne mènera toujours à la nouvelle."
        ),
    )
    text = text_field(
        _("Texte"),
        rows=18,
        help_text=_(
            "## devant un titre, ** autour d’un mot important, - devant chaque ligne d’une liste,"
            " [mots](adresse) pour un lien."
        ),
    )

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug and is_taken_by_the_product(slug):
            raise ValidationError(
                _(
                    "« %(slug)s » est déjà l’adresse d’une page de la plateforme : choisissez-en une autre,"
                    " que personne ne confondra."
                ),
                params={"slug": slug},
            )
        return slug


class NewForm(WritingForm):
    kind = forms.ChoiceField(
        label=_("Ce que c’est"),
        choices=[
            (Kind.PAGE.value, _("Une page : elle reste, à son adresse")),
            (Kind.NEWS.value, _("Une actualité : elle est datée, et s’ajoute à la liste")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("kind", "title", "slug", "text")


class FileForm(forms.Form):
    file = SentFile(
        label=_("Un fichier"), accept=ACCEPT_FILES, help_text=_("PDF, PNG, JPEG ou WebP, 10 Mo au plus.")
    )
    file_alt = Written(
        label=_("Ce que montre l’image, ou le titre du document"),
        max_length=300,
        required=False,
        help_text=_(
            "D’une image, une phrase pour les personnes qui ne la voient pas ; d’un document, le nom du lien qui y mène."
        ),
    )

    def clean_file(self) -> Any:
        if self.cleaned_data["file"] is None:
            raise ValidationError(_("Choisissez un fichier."))
        return self.cleaned_data["file"]


class PublishForm(forms.Form):
    """Left empty: now."""

    day = day_field(_("Le jour"), required=False)
    time = forms.TimeField(
        label=_("L’heure"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": "900"}, format="%H:%M"),
        help_text=_("Un quart d’heure rond : 8 h, 8 h 15, 8 h 30, 8 h 45…"),
    )
    groups: ClassVar = ()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and (said.get("day") is None) != (said.get("time") is None):
            raise ValidationError(
                _("Donnez le jour et l’heure ; ou ni l’un ni l’autre, pour publier maintenant.")
            )
        return said

    def moment(self, time_zone: str) -> datetime | None:
        said = self.cleaned_data
        if said.get("day") is None:
            return None
        return datetime.combine(said["day"], said["time"], ZoneInfo(time_zone))
