"""What founders, appointing bodies, members and officials fill in. Labels are the public words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.observatory.models import Observatory
from democratic.observatory.states import Says
from democratic.web.desk.forms.answering import with_shapes
from democratic.web.desk.forms.fields import Written, day_field, text_field, url_field
from democratic.web.uploads import ACCEPT_PHOTOS, SentFile

MOST_VOICES = 1000
LONGEST_TRANSCRIPT = 200_000
Choices = list[tuple[str, str]]


class FoundingForm(forms.Form):
    title = Written(label=_("Son nom"))
    text = text_field(
        _("Sa charte"),
        rows=8,
        help_text=_("Ce qu’il juge, comment il entend, combien de membres, ce qu’il publie."),
    )
    body = forms.ChoiceField(
        label=_("Qui nommera ses membres"),
        widget=forms.RadioSelect,
        help_text=_(
            "Dès la création, cette organisation seule les nomme. La collectivité n’y aura plus de part."
        ),
    )
    choosing = forms.ChoiceField(
        label=_("Comment"), choices=Observatory.Choosing.choices, widget=forms.RadioSelect
    )
    mandate_months = forms.IntegerField(
        label=_("Durée d’un mandat, en mois"), min_value=1, max_value=120, initial=24
    )
    act_reference = Written(
        label=_("Référence de l’acte"), max_length=120, help_text=_("« Délibération 2026-12 ».")
    )
    act_on = day_field(_("Date de l’acte"))
    act_url = url_field(_("L’acte, en ligne"))

    def __init__(self, bodies: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]


class HearingForm(forms.Form):
    title = Written(label=_("Titre de l’audition"))
    held_on = day_field(_("Tenue le"))
    place = Written(label=_("Où"), max_length=120, help_text=_("Un lieu, ou le moyen si c’était à distance."))
    is_remote = forms.BooleanField(label=_("C’était à distance"), required=False)
    heard = Written(
        label=_("Qui a été entendu"), max_length=300,
        help_text=_("Des fonctions : « la direction des mobilités ». Pas le nom d’un agent."),
    )  # fmt: skip
    commitments = forms.MultipleChoiceField(
        label=_("De quels engagements il était question"), widget=forms.CheckboxSelectMultiple
    )
    text = text_field(_("Ce qu’il faut en retenir"), rows=4, required=False)
    recording_url = url_field(_("L’enregistrement, en ligne"))
    transcript = text_field(
        _("La transcription"), rows=10, max_length=LONGEST_TRANSCRIPT, required=False,
        help_text=_("Demandée avec un enregistrement : pour qui n’entend pas, et pour la recherche."),
    )  # fmt: skip
    file = SentFile(
        label=_("Une photo"), accept=ACCEPT_PHOTOS, help_text=_("Avec l’accord des personnes qu’on y voit.")
    )
    file_alt = Written(
        label=_("Description de la photo"), max_length=300, required=False,
        help_text=_("Demandée avec une photo : pour les personnes qui ne la voient pas."),
    )  # fmt: skip

    def __init__(self, commitments: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitments"].choices = commitments  # type: ignore[attr-defined]


class CorrectionForm(forms.Form):
    note = text_field(
        _("Ce qui est corrigé"), rows=3, help_text=_("Une ligne datée, sous l’audition. Rien n’est réécrit.")
    )
    strike = text_field(
        _("Passage à ôter de la transcription"), rows=2, required=False,
        help_text=_("Seulement si la loi l’exige : des données personnelles, une décision de justice. Mot pour mot."),
    )  # fmt: skip


def _voices(label: Any, initial: int | None = None) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_VOICES, initial=initial)


class VerdictForm(forms.Form):
    says = forms.ChoiceField(label=_("L’engagement est"), widget=forms.RadioSelect)
    reasons = text_field(_("Vos raisons"), rows=6)
    decided_on = day_field(_("Décidé le"))
    votes_for = _voices(_("Voix pour"))
    votes_against = _voices(_("Voix contre"), 0)
    abstentions = _voices(_("Abstentions"), 0)
    proved_by = forms.MultipleChoiceField(
        label=_("Les preuves sur lesquelles vous vous fondez"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    contradicted = forms.MultipleChoiceField(
        label=_("Les preuves que vous contredisez"), widget=forms.CheckboxSelectMultiple, required=False
    )
    minority = text_field(
        _("L’opinion de la minorité"),
        rows=4,
        required=False,
        help_text=_("Signée par les membres qui la partagent."),
    )
    dissenters = forms.MultipleChoiceField(
        label=_("Qui la signe"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, evidence: Choices, members: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["says"].choices = with_shapes(Says.choices)  # type: ignore[attr-defined]
        for name, choices in (("proved_by", evidence), ("contradicted", evidence), ("dissenters", members)):
            if choices:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class ReplyForm(forms.Form):
    text = text_field(
        _("La réponse de la collectivité"),
        rows=6,
        help_text=_("Une seule, signée de votre nom et de votre fonction."),
    )
