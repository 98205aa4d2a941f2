"""A session planned, a sentence corrected or set aside, a backup file brought in."""

from collections.abc import Sequence
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.participation.street.fields import NAME_LIMIT, TEXT_LIMIT
from democratic.participation.street.planning import MISSING_LIMIT, PLACE_LIMIT
from democratic.web.desk.forms.fields import Written, day_field, text_field
from democratic.web.desk.groups import Group
from democratic.web.ideas.point import PointField
from democratic.web.uploads import SentFile

Choices = Sequence[tuple[str, str]]


class SessionForm(forms.Form):
    groups: ClassVar = (
        Group(_("Ce que l’on demande"), ("question", "poll")),
        Group(_("Quand"), ("day", "starts", "ends"), is_row=True),
        Group(_("Où, et qui y va"), ("place", "team")),
        Group(_("Entre agents"), ("missing",)),
    )

    question = Written(
        label=_("La question, en une ligne"),
        help_text=_("Elle se lit sur une affiche, de loin : courte, et concrète."),
    )
    poll = forms.ChoiceField(
        label=_("Une question à répondre d’un geste"),
        required=False,
        help_text=_("Posée aussi en ligne : les réponses s’ajoutent, avec leur origine."),
    )
    day = day_field(_("Jour"))
    starts = forms.TimeField(label=_("De"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("À"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = Written(
        label=_("Lieu"),
        max_length=PLACE_LIMIT,
        help_text=_("Comme « Place de la Gare, Vaubrun » : avec sa commune, il paraît sur la carte."),
    )
    point = PointField()
    team = forms.MultipleChoiceField(
        label=_("L’équipe"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ces personnes pourront préparer un appareil. Leurs noms ne sont pas publiés."),
    )
    missing = Written(
        label=_("Qui n’a-t-on pas encore entendu ?"), max_length=MISSING_LIMIT, required=False,
        help_text=_("Pour choisir le lieu et l’heure."),
    )  # fmt: skip

    def __init__(self, team: Choices, polls: Choices, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.fields["team"].choices = list(team)  # type: ignore[attr-defined]
        self.fields["poll"].choices = [("", _("Aucune")), *polls]  # type: ignore[attr-defined]


class CorrectionForm(forms.Form):
    text = text_field(_("La parole"), rows=5, max_length=TEXT_LIMIT)
    first_name = Written(label=_("Le prénom"), max_length=NAME_LIMIT, required=False)


class AsideForm(forms.Form):
    reason = text_field(
        _("Pourquoi"),
        rows=3,
        max_length=500,
        help_text=_("Gardé entre agents. En public, seul le nombre est dit."),
    )


class TextForm(forms.Form):
    code = Written(
        label=_("Le code d’une parole publiée"), max_length=20, help_text=_("Sept signes, comme K7P-4RM.")
    )


class BackupForm(forms.Form):
    file = SentFile(
        label=_("Le fichier de sauvegarde"),
        accept="application/json,.json",
        help_text=_("Celui que l’application de terrain a gardé : « Sauvegarder mes saisies »."),
    )
