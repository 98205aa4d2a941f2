"""A question asked; and what was answered on paper or by raised hands."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from democratic.participation.polls.actions import BY_HAND, Question
from democratic.participation.polls.models import Poll, PollOption, Shows
from democratic.participation.processes.models import Stage
from democratic.thread.actions import Words
from democratic.web.desk.forms.fields import Written, day_field, people_field, text_field
from democratic.web.desk.groups import Group


class PollForm(forms.Form):
    groups: ClassVar = (
        Group(_("La question"), ("title", "text")),
        Group(_("Les réponses proposées"), ("options", "takes_no_opinion", "is_shuffled")),
        Group(_("Quand"), ("stage", "closes_on"), is_row=True),
        Group(_("Le résultat"), ("shows",)),
    )

    title = Written(label=_("La question, en une phrase"), max_length=200)
    text = text_field(_("Ce qu’il faut savoir pour répondre"), rows=3, required=False)
    options = text_field(_("Les réponses"), rows=4, help_text=_("De deux à huit, une par ligne."))
    takes_no_opinion = forms.BooleanField(
        label=_("Proposer aussi « Sans avis »"), required=False, initial=True
    )
    is_shuffled = forms.BooleanField(
        label=_("Tirer l’ordre des réponses pour chacun"),
        required=False,
        help_text=_("Pour que la première ne soit pas favorisée. Pas pour une échelle."),
    )
    stage = forms.ChoiceField(label=_("Pendant l’étape"))
    closes_on = day_field(
        _("Dernier jour pour répondre"), required=False, help_text=_("Vide : la fin de l’étape.")
    )
    shows = forms.ChoiceField(
        label=_("Les totaux se lisent"),
        choices=Shows.choices,
        initial=Shows.ANSWERED,
        widget=forms.RadioSelect,
        help_text=_("À la clôture : d’ici là, personne ne les voit, vous non plus."),
    )

    def __init__(self, stages: Sequence[Stage], zone: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stages, self._zone = {str(stage.pk): stage for stage in stages}, ZoneInfo(zone)
        choices = [(pk, stage.get_step_display()) for pk, stage in self._stages.items()]
        self.fields["stage"].choices = choices  # type: ignore[attr-defined]

    def question(self) -> Question:
        said = self.cleaned_data
        return Question(
            words=Words(title=said["title"], text=said["text"]),
            options=said["options"].split("\n"),
            stage=self._stages[said["stage"]],
            takes_no_opinion=said["takes_no_opinion"],
            shows=Shows(said["shows"]),
            is_shuffled=said["is_shuffled"],
            closes_at=self._end(said["closes_on"]),
        )

    def _end(self, last: Any) -> datetime | None:
        """The last day is taken whole."""
        return datetime.combine(last + timedelta(days=1), time.min, self._zone) if last else None


def initial_of(poll: Poll, zone: str) -> dict[str, Any]:
    options = list(poll.options.all())
    last = (poll.closes_at - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)) if poll.closes_at else None
    return {
        "title": str(poll.record.title),
        "text": str(poll.record.text),
        "options": "\n".join(option.label for option in options if not option.is_no_opinion),
        "takes_no_opinion": any(option.is_no_opinion for option in options),
        "is_shuffled": poll.is_shuffled,
        "stage": str(poll.stage_id),
        "closes_on": last.date() if last else None,
        "shows": poll.shows,
    }


class CountsForm(forms.Form):
    """A number beside each option."""

    def __init__(self, options: Sequence[PollOption], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = {option.rank: f"n{option.rank}" for option in options}
        for option in options:
            label = option.label or now_("Sans avis")
            self.fields[self._names[option.rank]] = people_field(label)
        self.groups = (*self._first(), Group(_("Combien de réponses"), tuple(self._names.values())))

    def _first(self) -> tuple[Group, ...]:
        return ()

    def counts(self) -> dict[int, int]:
        said = self.cleaned_data
        return {rank: n for rank, name in self._names.items() if (n := said[name])}


class TallyForm(CountsForm):
    origin = forms.ChoiceField(label=_("D’où elles viennent"), choices=[(o.value, o.label) for o in BY_HAND])
    batch = Written(
        label=_("Numéro du lot"),
        max_length=40,
        help_text=_("Celui qui est écrit sur la liasse, ou la salle."),
    )

    def _first(self) -> tuple[Group, ...]:
        return (Group(_("Le lot"), ("origin", "batch"), is_row=True),)
