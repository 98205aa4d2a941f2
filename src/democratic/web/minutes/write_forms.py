"""What is typed by who takes the notes."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.minutes.actions import Said
from democratic.participation.meetings.minutes.models import BlockKind, MinutesBlock
from democratic.participation.meetings.minutes.states import FEWEST_DAYS, MOST_DAYS
from democratic.web.desk.forms.fields import text_field

Choices = list[tuple[str, str]]


class BlockForm(forms.Form):
    """One passage. ``name`` makes its ids its own on a page that holds many."""

    text = text_field(_("Ce qui est écrit"), rows=4)
    kind = forms.ChoiceField(label=_("C’est"), choices=BlockKind.choices)
    seat = forms.ChoiceField(label=_("Dit depuis"), required=False)
    item = forms.ChoiceField(label=_("Point de l’ordre du jour"), required=False)
    about = forms.ChoiceField(label=_("Question ou vote"), required=False)

    def __init__(
        self, ties: "Ties", data: Any = None, *, name: str = "new", initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"id_{name}_%s")
        self.fields["seat"].choices = [("", _("Sans place particulière")), *Seat.choices]  # type: ignore[attr-defined]
        self.fields["item"].choices = [("", _("Aucun point")), *ties.items]  # type: ignore[attr-defined]
        self.fields["about"].choices = [("", _("Ni l’une ni l’autre")), *ties.about]  # type: ignore[attr-defined]

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(
            text=given["text"],
            kind=BlockKind(given["kind"]),
            seat=given["seat"],
            item=UUID(given["item"]) if given["item"] else None,
            about=UUID(given["about"]) if given["about"] else None,
        )


class Ties:
    """What a passage may be tied to: points, questions and votes of the meeting, promises that it tells already."""

    def __init__(self, items: list[AgendaItem], about: Choices) -> None:
        self.items: Choices = [(str(item.pk), item.title) for item in items]
        self.about = about


def initial_of(block: MinutesBlock) -> dict[str, str]:
    return {
        "text": block.text,
        "kind": block.kind,
        "seat": block.seat,
        "item": str(block.item_id or ""),
        "about": str(block.about_id or ""),
    }


class CatchUpForm(forms.Form):
    catch_up = text_field(
        _("L’essentiel"),
        rows=6,
        max_length=1_300,
        required=False,
        help_text=_("Cinq lignes au plus, une idée par ligne, 240 signes chacune."),
    )


class ProposeForm(forms.Form):
    days = forms.IntegerField(
        label=_("Jours pour relire et demander des corrections"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        initial=7,
    )
