"""A vote prepared, a proposal amended, hands counted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding, SoundingCount, SoundingKind
from democratic.participation.meetings.soundings.questions import Question
from democratic.participation.meetings.soundings.rules import may_bind
from democratic.thread.actions import Words
from democratic.web.desk.forms.fields import Written, people_field, text_field
from democratic.web.desk.groups import Group
from democratic.web.meetings.votes.words import labels_of


class VoteForm(forms.Form):
    groups: tuple[Group, ...] = (
        Group(_("La question"), ("title", "text", "item")),
        Group(_("Comment on vote"), ("kind", "options", "most")),
        Group(_("Les bouts de l’échelle"), ("lowest", "highest"), is_row=True),
        Group(_("Le résultat"), ("is_shown",)),
    )

    title = Written(label=_("La question, en une phrase"), max_length=200)
    text = text_field(
        _("Ce qu’il faut savoir, ou la proposition"),
        rows=3,
        required=False,
        help_text=_("Pour un tour de consentement : le texte auquel on consent."),
    )
    item = forms.ChoiceField(label=_("À quel point de l’ordre du jour"), required=False)
    kind = forms.ChoiceField(
        label=_("Une réponse, c’est"),
        choices=SoundingKind.choices,
        initial=SoundingKind.SINGLE,
        widget=forms.RadioSelect,
    )
    options = text_field(
        _("Les réponses"),
        rows=4,
        required=False,
        help_text=_("Pour un choix, plusieurs ou un classement : de deux à dix, une par ligne."),
    )
    most = forms.IntegerField(
        label=_("Combien, au plus"),
        initial=1,
        min_value=1,
        max_value=20,
        help_text=_("De choix, de rangs ou de mots ; pour une échelle, la note la plus haute."),
    )
    lowest = Written(label=_("Ce que veut dire 1"), max_length=40, required=False)
    highest = Written(label=_("Ce que veut dire la plus haute"), max_length=40, required=False)
    is_shown = forms.BooleanField(
        label=_("Montrer les totaux pendant le vote, minute par minute"),
        required=False,
        help_text=_("Sinon, on lit seulement combien d’avis sont reçus."),
    )

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._items = {str(item.pk): item for item in AgendaItem.objects.filter(meeting=meeting)}
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", _("Aucun")),
            *((pk, item.title) for pk, item in self._items.items()),
        ]
        if may_bind(meeting):
            self.fields["is_binding"] = forms.BooleanField(
                label=_("Ce vote décide, comme la charte le dit : seuls les membres votent"), required=False
            )
            self.groups = (*self.groups, Group(_("Ce que vaut ce vote"), ("is_binding",)))

    def question(self) -> Question:
        said = self.cleaned_data
        return Question(
            words=Words(title=said["title"], text=said["text"]),
            kind=SoundingKind(said["kind"]),
            options=said["options"].split("\n"),
            most=said["most"],
            lowest=said["lowest"],
            highest=said["highest"],
            is_hidden=not said["is_shown"],
            is_binding=said.get("is_binding", False),
            item=self._items.get(said["item"]),
        )


def initial_of(sounding: Sounding) -> dict[str, Any]:
    return {
        "title": str(sounding.record.title),
        "text": str(sounding.record.text),
        "item": str(sounding.item_id or ""),
        "kind": sounding.kind,
        "options": "\n".join(option.label for option in sounding.options.all()),
        "most": sounding.most,
        "lowest": sounding.lowest,
        "highest": sounding.highest,
        "is_shown": not sounding.is_hidden,
        "is_binding": sounding.is_binding,
    }


class AmendForm(forms.Form):
    title = Written(label=_("La question, en une phrase"), max_length=200)
    text = text_field(_("La proposition amendée"), rows=5)


class CountForm(forms.Form):
    """A number beside each answer; of several choices, how many people too."""

    def __init__(self, sounding: Sounding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = labels_of(sounding)
        self._names = {rank: f"n{rank}" for rank in labels}
        for rank, label in labels.items():
            self.fields[self._names[rank]] = people_field(label)
        names = tuple(self._names.values())
        if sounding.kind == SoundingKind.MULTIPLE:
            self.fields["people"] = people_field(_("Combien de personnes, en tout"))
            names = (*names, "people")
        self.groups = (*self._first(), Group(_("Combien de personnes"), names))

    def _first(self) -> tuple[Group, ...]:
        return ()

    def counts(self) -> dict[int, int]:
        return {rank: n for rank, name in self._names.items() if (n := self.cleaned_data[name])}

    def people(self) -> int:
        return self.cleaned_data.get("people") or 0


class EnterForm(CountForm):
    by = forms.ChoiceField(
        label=_("Ce qui est compté"), choices=SoundingCount.By.choices, widget=forms.RadioSelect
    )

    def _first(self) -> tuple[Group, ...]:
        return (Group(_("Le comptage"), ("by",)),)
