"""A process before it is published, one part a screen."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from democratic.participation.processes.models import Assessment, LegalBasis, Step
from democratic.web.desk.forms.fields import Slug, Written, day_field, text_field
from democratic.web.desk.groups import Group

MOST_VOICES = 1_000_000
LONGEST_KEPT = 600  # months


class QuestionForm(forms.Form):
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("La question"), ("title", "text", "uses_tu")),
        Group(
            _("En clair"),
            ("in_clear",),
            _("La même chose en six phrases courtes : 120 mots au plus, 13 par phrase en moyenne."),
        ),
    )

    title = Written(label=_("Le nom de la concertation"), max_length=200)
    text = text_field(_("La question, dans les mots des gens"), rows=3)
    in_clear = text_field(_("Le texte « En clair »"), rows=5, required=False)
    uses_tu = forms.BooleanField(label=_("Tutoyer : concertation pour les jeunes"), required=False)


class NewProcessForm(QuestionForm):
    """The same, when the draft is made: it needs a first day, and may be given an address."""

    groups: ClassVar[tuple[Group, ...]] = (
        *QuestionForm.groups,
        Group(_("Quand, et où"), ("first_day", "slug")),
    )

    first_day = day_field(
        _("Premier jour"),
        help_text=_("Les étapes sont datées à partir de ce jour ; vous pourrez changer chacune."),
    )
    slug = Slug(
        label=_("Adresse"), max_length=60, required=False, help_text=_("Laissez vide : elle vient du nom.")
    )


class PromiseForm(forms.Form):
    groups: ClassVar = (
        Group(
            _("La promesse"),
            ("asks", "use_of_input", "not_negotiable"),
            _("Montrée à chaque personne avant qu’elle parle."),
        ),
    )

    asks = text_field(_("Ce que nous demandons"), rows=3)
    use_of_input = text_field(_("Ce que nous ferons de vos avis"), rows=3)
    not_negotiable = text_field(_("Ce qui n’est pas négociable"), rows=3, required=False)


class DatesForm(forms.Form):
    """Two days for each stage: ``<step>_opens_on`` and ``<step>_closes_on``."""

    def __init__(self, steps: Sequence[Step], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = steps
        self.groups = tuple(
            Group(step.label, (f"{step}_opens_on", f"{step}_closes_on"), is_row=True) for step in steps
        )
        for step in steps:
            self.fields[f"{step}_opens_on"] = day_field(_("Commence le"))
            self.fields[f"{step}_closes_on"] = day_field(_("Finit le"))

    def dates(self) -> Mapping[Step, tuple[date, date]]:
        return {
            step: (self.cleaned_data[f"{step}_opens_on"], self.cleaned_data[f"{step}_closes_on"])
            for step in self.steps
        }


class WorkForm(forms.Form):
    expected = forms.IntegerField(
        label=_("Combien de paroles attendez-vous ?"),
        min_value=1,
        max_value=MOST_VOICES,
        help_text=_(
            "Une phrase dite en ligne, en salle ou dans la rue compte pour une. Nos repères : deux minutes pour lire "
            "et rapprocher une parole, une heure pour instruire un sujet, un sujet pour vingt paroles."
        ),
    )


class PrivacyForm(forms.Form):
    groups: ClassVar = (
        Group(_("Pourquoi, et combien de temps"), ("legal_basis", "kept_months")),
        Group(
            _("L’analyse d’impact (AIPD)"),
            ("assessment", "assessment_reason"),
            _("Elle est obligatoire quand un traitement peut présenter un risque élevé (RGPD, art. 35)."),
        ),
        Group(_("Qui d’autre"), ("processors",)),
    )

    legal_basis = forms.ChoiceField(
        label=_("Base légale"), choices=LegalBasis.choices, widget=forms.RadioSelect
    )
    kept_months = forms.IntegerField(
        label=_("Mois de conservation après le bilan"),
        min_value=1,
        max_value=LONGEST_KEPT,
        help_text=_(
            "Les paroles publiées restent ; ce délai vaut pour ce qui relie une parole à une personne."
        ),
    )
    assessment = forms.ChoiceField(label=_("Décision"), choices=Assessment.choices, widget=forms.RadioSelect)
    assessment_reason = text_field(
        _("La raison, ou la date et l’auteur de l’analyse"), rows=2, required=False
    )
    processors = text_field(
        _("Sous-traitants"),
        rows=2,
        help_text=_(
            "Un par ligne : qui héberge, qui envoie les messages, qui transcrit. Écrivez « aucun » s’il n’y en a pas."
        ),
    )


class HourInput(forms.TimeInput):
    input_type = "time"


class ScheduleForm(forms.Form):
    groups: ClassVar = (Group(_("Le jour et l’heure"), ("on", "hour"), is_row=True),)

    on = day_field(_("Jour"))
    hour = forms.TimeField(label=_("Heure"), widget=HourInput(format="%H:%M"))

    def at(self, zone: ZoneInfo) -> datetime:
        """Refused when the clock skips that moment: it will never be that hour."""
        said = datetime.combine(self.cleaned_data["on"], self.cleaned_data["hour"], zone)
        if said.astimezone(ZoneInfo("UTC")).astimezone(zone) != said:
            raise ValidationError(gettext("Cette heure n’existe pas ce jour-là : on avance les montres."))
        return said


class CopyForm(forms.Form):
    mandate = forms.ChoiceField(label=_("La commande qu’elle portera"), widget=forms.RadioSelect)
    first_day = day_field(
        _("Premier jour"), help_text=_("Les étapes gardent leurs durées, et comptent depuis ce jour.")
    )

    def __init__(self, mandates: Sequence[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mandate"].choices = [  # type: ignore[attr-defined]
            (code, format_html("<span>{}</span>", title)) for code, title in mandates
        ]
