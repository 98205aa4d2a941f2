"""What is asked in a house, in few words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.actions import MOST_DAYS, MOST_USES, CharterText
from democratic.communities.houses.models import Charter, Right, Role, Way
from democratic.participation.houses.models import ReferralRating
from democratic.web.desk.forms.fields import Written, day_field, text_field


class NameForm(forms.Form):
    name = Written(
        label=_("Le nom que les autres liront"),
        max_length=40,
        required=False,
        help_text=_("Un prénom, un surnom : au choix. Sans nom, ce sera « Membre » et un numéro."),
    )


class CodeForm(NameForm):
    code = forms.CharField(label=_("Le code"), max_length=20, help_text=_("Huit signes, comme FRM4-7XQK."))
    field_order = ("code", "name")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters"}


class MakeCodeForm(forms.Form):
    label = Written(
        label=_("Pour qui"), max_length=80, required=False, help_text=_("« La classe de 2de 4 ».")
    )
    uses = forms.IntegerField(
        label=_("Il sert"), min_value=1, max_value=MOST_USES, initial=30, help_text=_("De 1 à 60 fois.")
    )
    days = forms.IntegerField(
        label=_("Pendant"), min_value=1, max_value=MOST_DAYS, initial=7, help_text=_("De 1 à 30 jours.")
    )


class ClosingForm(forms.Form):
    closes_on = day_field(_("Dernier jour pour répondre"))


class CharterForm(forms.Form):
    articles = text_field(
        _("Les articles"),
        rows=14,
        max_length=20_000,
        help_text=_("Un titre, puis son texte à la ligne. Une ligne vide entre deux articles."),
    )
    way = forms.ChoiceField(label=_("Comment on décide"), choices=Way.choices, widget=forms.RadioSelect)
    votes_bind = forms.ChoiceField(
        label=_("Ce que valent les votes"),
        choices=[("", _("Ils éclairent le conseil.")), ("1", _("Ils engagent le conseil."))],
        required=False,
        widget=forms.RadioSelect,
    )
    turns = forms.ChoiceField(
        label=_("Les rôles se donnent"), choices=Charter.Turns.choices, widget=forms.RadioSelect
    )
    role_months = forms.IntegerField(label=_("Un rôle dure, en mois"), min_value=1, max_value=24)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for right in Right:
            self.fields[f"end_{right}"] = day_field(
                _("Qui anime n’a plus le droit de « %(right)s » à partir du") % {"right": right.label},
                required=False,
            )

    def text(self, language: str) -> CharterText:
        cleaned = self.cleaned_data
        steps = {right: cleaned[f"end_{right}"] for right in Right if cleaned[f"end_{right}"]}
        return CharterText(
            articles=read_articles(cleaned["articles"]),
            way=Way(cleaned["way"]),
            role_months=cleaned["role_months"],
            turns=Charter.Turns(cleaned["turns"]),
            votes_bind=bool(cleaned["votes_bind"]),
            steps=steps,
            language=language,
        )


def read_articles(typed: str) -> list[tuple[str, str]]:
    """Blocks between empty lines: a first line above others is the title of an article."""
    blocks = [block.strip() for block in typed.replace("\r\n", "\n").split("\n\n") if block.strip()]
    parts = [block.partition("\n") for block in blocks]
    return [(first, rest) if rest.strip() else ("", first) for first, _line, rest in parts]


def written_articles(charter: Charter) -> str:
    said = [(each.title, each.text) for each in charter.articles.all()]
    return "\n\n".join(f"{title}\n{text}" if title else text for title, text in said)


def initial_charter(charter: Charter | None) -> dict[str, Any]:
    if charter is None:
        return {
            "way": Way.VOTE.value,
            "turns": Charter.Turns.ROTATING.value,
            "votes_bind": "",
            "role_months": 3,
        }
    steps = {f"end_{step.right}": step.given_up_on or step.ends_on for step in charter.steps.all()}
    return {
        "articles": written_articles(charter),
        "way": charter.way,
        "turns": charter.turns,
        "votes_bind": "1" if charter.votes_bind else "",
        "role_months": charter.role_months,
        **steps,
    }


class DrawForm(forms.Form):
    role = forms.ChoiceField(label=_("Quel rôle"), choices=Role.choices, widget=forms.RadioSelect)
    draws_on = day_field(
        _("Jour du tirage"), help_text=_("Demain au plus tôt : chacun peut lire la graine avant.")
    )


class LeavingForm(forms.Form):
    left_word = text_field(_("Un mot pour la suite"), rows=4, max_length=1000, required=False)


class TopicForm(forms.Form):
    title = Written(label=_("De quoi on parle"), max_length=160)
    text = text_field(_("Pourquoi"), rows=3, max_length=2000, required=False)


class WordsForm(forms.Form):
    text = text_field(_("Mon message"), rows=4, max_length=5000)


class ReasonForm(forms.Form):
    reason = text_field(
        _("Pourquoi"), rows=3, max_length=1000, help_text=_("Tous les membres liront ce motif.")
    )


class PointForm(forms.Form):
    title = Written(label=_("De quoi parler"), max_length=160)
    why = Written(label=_("Pourquoi"), max_length=400, required=False)


class MeetingForm(forms.Form):
    title = Written(label=_("Son nom"), max_length=160)
    on = day_field(_("Le jour"))
    starts = forms.TimeField(label=_("De"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("À"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = Written(label=_("Le lieu"), max_length=160)
    is_for_members = forms.BooleanField(label=_("Réservée aux membres du conseil"), required=False)

    def __init__(self, *args: Any, is_youth: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if is_youth:  # theirs always are
            del self.fields["is_for_members"]


class PlacingForm(forms.Form):
    meeting = forms.ChoiceField(label=_("À quelle rencontre"), widget=forms.RadioSelect)
    minutes = forms.IntegerField(label=_("Combien de minutes"), min_value=1, max_value=240, initial=15)


class OpinionForm(forms.Form):
    title = Written(label=_("L’avis, en une ligne"), max_length=160)
    text = text_field(_("Ce que nous voyons, ce que nous voulons"), rows=8, max_length=8000, required=False)
    points = text_field(
        _("Ce que nous demandons"),
        rows=6,
        max_length=12_000,
        help_text=_("Une demande par ligne : chacune recevra sa réponse."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def asked(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["points"].splitlines() if line.strip()]


class ViewForm(forms.Form):
    text = text_field(_("Ce que je vois autrement"), rows=4, max_length=3000)


class RatingForm(forms.Form):
    answered = forms.ChoiceField(
        label=_("Est-ce que cela répond à ce qui était demandé ?"),
        choices=ReferralRating.Answered.choices,
        widget=forms.RadioSelect,
    )
    agrees = forms.ChoiceField(
        label=_("À part cela : d’accord ?"),
        choices=ReferralRating.Agrees.choices,
        widget=forms.RadioSelect,
    )


class HandOverForm(forms.Form):
    text = text_field(_("Ce que les suivants doivent savoir"), rows=6, max_length=4000)
    where = text_field(
        _("Où sont les choses"),
        rows=4,
        max_length=4000,
        required=False,
        help_text=_("La clé, les papiers, les comptes. Jamais un mot de passe."),
    )
